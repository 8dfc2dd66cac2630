"""The table of a document's figures: one record for each that is printed.

Every build makes these classes anew, and a NamedTuple is made in a tenth of a dataclass's time.
"""

from typing import NamedTuple

from kexie_docs import __version__
from kexie_docs.doctree.nodes import Document, Figure, FigureFact
from kexie_docs.doctree.walk import figures

BOOKMARK_PREFIX = "_kd"
"""Begins the name of every bookmark around a figure; Word hides bookmarks that begin with ``_``."""

_UNKNOWN = FigureFact(kind="")


class PrintedPlace(NamedTuple):
    """A line on which a figure stands, or a part of it.

    Attributes:
        page: the sheet in the file, from 1.
        line: the line with text on that page, from 1 at its top.
    """

    page: int
    line: int


class FigureRecord(NamedTuple):
    """A printed figure and where it comes from. "", () and None: there is nothing to say.

    Attributes:
        bookmark: name of the Word file's bookmark around it.
        name: of the metric, as the input spells it.
        expression: the reference as written, filters included.
        text: as printed.
        kind: what sort of statement it is (`kexie_docs.figures.value.Kind`).
        value: exact number in the base unit, in digits.
        ends: both numbers of a range or proportion.
        unit: base unit.
        hedge: 余, 近, 超 …
        source: who answers for it (来源).
        file: name of the input file that gives the metric, without folders.
        line: its line there, from 1.
        computed_from: references that a derived figure was worked out from.
        printed: lines on which it stands; known in the PDF only.
    """

    bookmark: str
    name: str
    expression: str
    text: str
    kind: str = ""
    value: str = ""
    ends: tuple[str, ...] = ()
    unit: str = ""
    hedge: str = ""
    source: str = ""
    file: str = ""
    line: int | None = None
    computed_from: tuple[str, ...] = ()
    printed: tuple[PrintedPlace, ...] = ()


class FigureTable(NamedTuple):
    """All printed figures of a document.

    Attributes:
        input: name of the input file, without folders; "" where there is none.
        template: name of the template; "" for none.
        version: of the program that wrote the table.
        figures: in reading order; the n-th has the number n and the bookmark of `bookmark_name`.
    """

    input: str = ""
    template: str = ""
    version: str = __version__
    figures: tuple[FigureRecord, ...] = ()


def bookmark_name(number: int) -> str:
    """Return the name of the bookmark around the figure of a number: ``_kd000012``."""
    return f"{BOOKMARK_PREFIX}{number:06d}"


def figure_table(document: Document) -> FigureTable:
    """Return the table of a document's numbered figures; without ``printed``."""
    return FigureTable(
        input=document.metadata.input,
        template=document.metadata.template,
        figures=tuple(_record(figure) for figure in figures(document) if figure.number),
    )


def _record(figure: Figure) -> FigureRecord:
    fact = figure.fact or _UNKNOWN
    return FigureRecord(
        bookmark=bookmark_name(figure.number),
        name=figure.metric,
        expression=figure.expression,
        text=figure.text,
        kind=fact.kind,
        value=fact.value,
        ends=fact.ends,
        unit=fact.unit,
        hedge=fact.hedge,
        source=fact.origin.source,
        file=fact.origin.file,
        line=fact.origin.line,
        computed_from=figure.sources,
    )
