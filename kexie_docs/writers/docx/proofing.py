"""The checking copy (校核稿) in Word: figures shaded, a comment on each with its source, an index.

In Word neither shading nor comments move any text. In LibreOffice 7.4 shading does not either, but the mark
of a comment takes back the letter spacing before it: all lines of our inputs are the same, a line that is
full of figures may differ (docs/notes/provenance.md). The checking copy as a PDF has the document's lines.
"""

from collections.abc import Iterable, Iterator

from lxml import etree

from kexie_docs.provenance.index import MARK, index_blocks, main_file, places_text, source_text, value_text
from kexie_docs.provenance.records import FigureRecord, FigureTable
from kexie_docs.style.sheet import Style
from kexie_docs.writers.docx.blocks import add_section
from kexie_docs.writers.docx.oxml import XML_SPACE, W, add, element, serialized
from kexie_docs.writers.docx.package import OpenPackage
from kexie_docs.writers.docx.sections import Section

HIGHLIGHT = "FFF0A8"

_INITIALS = "数"
_AFTER_SHADING = frozenset(f"{W}{name}" for name in ("fitText", "vertAlign", "rtl", "cs", "em", "lang"))
"""What the schema has behind ``w:shd`` in a run's properties."""
_COMMENT_SIZE = 18
"""Type size of comments in half points."""


def add_proof(package: OpenPackage, table: FigureTable, sheet: Style) -> None:
    """Turn a written document into its checking copy.

    Args:
        package: with the document, no section of which is the last.
        table: of its figures, with their places.
        sheet: the document's style.
    """
    mark_figures(package.body, table)
    before = len(package.body)
    add_section(package, Section(tuple(index_blocks(table))), sheet, last=True)
    link_index(list(package.body)[before:], table)
    package.add_comments(comments_part(table))


def mark_figures(body: etree._Element, table: FigureTable) -> None:
    """Shade the runs of every figure, and anchor its comment.

    Args:
        body: of the document, with the figures' bookmarks.
        table: of these figures; the n-th comment belongs to the n-th of them.
    """
    numbers = {record.bookmark: number for number, record in enumerate(table.figures, 1)}
    for start in list(body.iter(f"{W}bookmarkStart")):
        number = numbers.get(start.get(f"{W}name", ""))
        if number is None:
            continue
        end = start
        for item in start.itersiblings():
            if item.tag == f"{W}r":
                _shade(item)
            elif item.tag == f"{W}bookmarkEnd" and item.get(f"{W}id") == start.get(f"{W}id"):
                end = item
                break
        start.addprevious(element("commentRangeStart", id=number))
        # Behind the bookmark's end LibreOffice 7.4 would make a portion more of the line.
        end.addprevious(element("commentRangeEnd", id=number))
        end.addprevious(element("r", element("commentReference", id=number)))


def comments_part(table: FigureTable) -> bytes:
    """Return comments.xml: one comment a figure, the n-th with the id n."""
    root = element("comments")
    main = main_file(table)
    for number, record in enumerate(table.figures, 1):
        comment = add(root, "comment", id=number, author=MARK, initials=_INITIALS)
        for line in _comment_lines(number, record, main):
            paragraph = add(comment, "p")
            spacing, indent = element("spacing", line=240, lineRule="auto"), element("ind", firstLine=0)
            paragraph.append(element("pPr", spacing, indent))
            run = add(paragraph, "r")
            add(add(run, "rPr"), "sz", val=_COMMENT_SIZE)
            text = add(run, "t")
            text.set(XML_SPACE, "preserve")
            text.text = line
    return serialized(root)


def link_index(index: Iterable[etree._Element], table: FigureTable) -> None:
    """Make the number that begins each row of the index a link to its figure's bookmark.

    Args:
        index: what was written of the index; its last table has a header row and one row a figure.
        table: of the figures.
    """
    tables = [item for item in index if item.tag == f"{W}tbl"]
    rows = tables[-1].findall(f"{W}tr")[1:]
    for row, record in zip(rows, table.figures, strict=True):
        paragraph = next(row.iter(f"{W}p"))
        runs = paragraph.findall(f"{W}r")
        link = element("hyperlink", anchor=record.bookmark, history=True)
        paragraph.append(link)
        link.extend(runs)


def _shade(run: etree._Element) -> None:
    properties = run.find(f"{W}rPr")
    if properties is None:
        return  # a line break of a title
    shading = element("shd", val="clear", color="auto", fill=HIGHLIGHT)
    place = next((at for at, item in enumerate(properties) if item.tag in _AFTER_SHADING), len(properties))
    properties.insert(place, shading)


def _comment_lines(number: int, record: FigureRecord, main: str) -> Iterator[str]:
    yield f"{number}　{record.name}：{value_text(record)}"
    if record.expression != record.name:
        yield f"写法：{record.expression}"
    yield f"来源：{source_text(record, main)}"
    yield f"位置：{places_text(record.printed)}"
