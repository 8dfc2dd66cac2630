"""From a report and a template to the document tree: render, read the Markdown, number, place."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from kexie_docs.compose.attaching import with_attachment_note
from kexie_docs.compose.blocks import PAGE_BREAKS, TITLE, MarkupError, Styles, merged, read_blocks
from kexie_docs.compose.closing import CLOSING_PHRASE, SealPicture, placed, with_closing_phrase
from kexie_docs.compose.environment import TemplateLanguage, render
from kexie_docs.compose.fitting import with_fitted_pictures
from kexie_docs.compose.imprinting import with_imprint
from kexie_docs.compose.letterhead import PSEUDO_STYLES, with_letterhead
from kexie_docs.compose.loader import FolderLoader
from kexie_docs.compose.namespace import Namespace, PlaceOf, nowhere
from kexie_docs.compose.numbering import numbered
from kexie_docs.compose.stamping import with_stamp
from kexie_docs.compose.templates import CONTENT, TemplateFolder
from kexie_docs.doctree.nodes import Block, Document, Metadata, Paragraph, Title
from kexie_docs.doctree.walk import inline_text
from kexie_docs.errors import InputError, KexieDocsError, Place, Problem, TemplateError, message
from kexie_docs.model.report import Report, Seal, SignatureStamp
from kexie_docs.style.sheet import Style
from kexie_docs.units import Twips

LEAD_IN = "lead_in"
"""Container whose text begins the next body paragraph, wherever that stands: a press release's dateline."""

BODY = "body"


def styles_of(style: Style) -> Styles:
    """Return the names that templates may use with a style."""
    paragraphs = style.paragraphs
    return Styles(
        frozenset(paragraphs) | {LEAD_IN, CLOSING_PHRASE} | PSEUDO_STYLES | PAGE_BREAKS,
        frozenset(style.characters),
        frozenset(name for name, each in paragraphs.items() if each.rule_above or each.rule_below),
    )


class Composer:
    """One template made ready, for any number of reports."""

    def __init__(self, folder: TemplateFolder, style: Style | None = None) -> None:
        """Make a template ready.

        Args:
            folder: from `find_template`.
            style: the template's style; None reads it.

        Raises:
            TemplateError: the style is not valid.
        """
        self.folder = folder
        self.style = style if style is not None else folder.load_style()
        self._language = TemplateLanguage(FolderLoader(folder))
        self._styles = styles_of(self.style)

    def compose(self, report: Report, place: PlaceOf = nowhere) -> Document:
        """Return the document of a report.

        Args:
            report: a valid input.
            place: where the report's fields stand, for messages.

        Raises:
            TemplateError: KD404 to KD410, with the template's file and line.
            InputError: the input's text asks for what is not there, or its Markdown cannot be used.
        """
        namespace = Namespace(report, self.folder.defaults, place)
        text = render(self._language, CONTENT, namespace.names())
        try:
            blocks: Iterable[Block] = read_blocks(text, namespace.store, self._styles)
        except MarkupError as error:
            raise self._located(error, place) from None
        blocks = with_closing_phrase(_with_lead_ins(blocks))
        if self.folder.numbering:
            blocks = numbered(blocks)
        blocks = with_letterhead(with_fitted_pictures(blocks, self.style), self.style)
        signature = report.signature
        seal = _picture(signature.seal) if signature is not None else None
        stamp = _picture(signature.stamp) if signature is not None else None
        blocks = with_stamp(placed(with_attachment_note(blocks), self.style, seal), self.style, stamp)
        even_page = report.imprint is not None and report.imprint.even_page
        document = tuple(with_imprint(blocks, self.style, even_page=even_page))
        if not document:
            raise InputError(
                Problem(
                    "KD302",
                    message("The document would be empty: the input gives nothing that the template prints."),
                    place(""),
                )
            )
        return Document(blocks=document, metadata=self._metadata(report, document))

    def _metadata(self, report: Report, blocks: tuple[Block, ...]) -> Metadata:
        titles = (block for block in blocks if isinstance(block, Title) and block.style == TITLE)
        title = next((inline_text(block.inlines) for block in titles), "")
        return Metadata(
            title=title or self.folder.title,
            author=report.organization.full_name,
            subject=self.folder.subject,
            created=report.signature.issue_date if report.signature else None,
        )

    def _located(self, error: MarkupError, place: PlaceOf) -> KexieDocsError:
        """Return the error with its place: the input's field, or the template's line that has the mark."""
        if error.field is not None:
            # A reference never holds a line end, so the lines of the Markdown are the source's.
            lines_above = error.source.splitlines(keepends=True)[: (error.line or 1) - 1]
            offset = sum(map(len, lines_above)) if error.line else None
            where = place(error.field, offset)
            return InputError(Problem(error.error.code, error.error.what, where, error.error.hint))
        lines = (self.folder.path / CONTENT).read_text(encoding="utf-8-sig").split("\n")
        numbers = (number for number, line in enumerate(lines, 1) if error.mark and error.mark in line)
        where = Place(f"{self.folder.display}/{CONTENT}", next(numbers, None))
        return TemplateError(Problem(error.error.code, error.error.what, where, error.error.hint))


def compose(
    report: Report, folder: TemplateFolder, style: Style | None = None, *, place: PlaceOf = nowhere
) -> Document:
    """Return the document of a report; for many of one template keep a `Composer`.

    Args:
        report: a valid input.
        folder: from `find_template`.
        style: the template's style; None reads it.
        place: where the report's fields stand, for messages.

    Raises:
        TemplateError: the template or its style is not valid.
        InputError: the input's text asks for what is not there.
    """
    return Composer(folder, style).compose(report, place)


def _picture(seal: Seal | SignatureStamp | None) -> SealPicture | None:
    """Return a picture in its printed size, its height by the picture's own proportions."""
    if seal is None or not seal.image.data:
        return None
    height = Twips(round(seal.width * seal.image.height / seal.image.width))
    return SealPicture(seal.image.data, seal.width, height)


def _with_lead_ins(blocks: Iterable[Block]) -> Iterator[Block]:
    """Put the text of each lead-in at the beginning of the next body paragraph; alone, it is a paragraph."""
    waiting: list[Paragraph] = []
    for block in blocks:
        if isinstance(block, Paragraph) and block.style == LEAD_IN:
            waiting.append(block)
        elif waiting and isinstance(block, Paragraph) and block.style == BODY:
            inlines = tuple(inline for lead_in in waiting for inline in lead_in.inlines) + block.inlines
            yield replace(block, inlines=merged(inlines))
            waiting = []
        else:
            yield block
    for lead_in in waiting:
        yield replace(lead_in, style=BODY)
