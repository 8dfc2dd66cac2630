"""The second half of composing: what a template printed becomes the document tree, numbered and placed."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from kexie_docs.compose.attaching import with_attachment_note
from kexie_docs.compose.blocks import PAGE_BREAKS, TITLE, MarkupError, Styles, read_blocks
from kexie_docs.compose.closing import CLOSING_PHRASE, placed, with_closing_phrase, with_text_above
from kexie_docs.compose.fitting import with_fitted_pictures
from kexie_docs.compose.imprinting import with_imprint
from kexie_docs.compose.inlines import merged
from kexie_docs.compose.letterhead import PSEUDO_STYLES, with_letterhead
from kexie_docs.compose.numbering import numbered
from kexie_docs.compose.places import PlaceOf, nowhere
from kexie_docs.compose.rendered import Rendered
from kexie_docs.compose.stamping import with_stamp
from kexie_docs.compose.templates import CONTENT, TemplateFolder
from kexie_docs.doctree.nodes import Block, Document, Metadata, Paragraph, Title
from kexie_docs.doctree.numbering import with_numbered_figures
from kexie_docs.doctree.walk import inline_text
from kexie_docs.errors import InputError, KexieDocsError, Place, Problem, TemplateError, message
from kexie_docs.style.sheet import Style

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


class Assembler:
    """A template's style and settings made ready, for any number of documents."""

    def __init__(self, folder: TemplateFolder, style: Style) -> None:
        """Make them ready.

        Args:
            folder: from `find_template`.
            style: the template's style.
        """
        self.folder = folder
        self.style = style
        self._styles = styles_of(style)

    def assemble(self, rendered: Rendered, place: PlaceOf = nowhere) -> Document:
        """Return the document of what the template printed.

        Args:
            rendered: from this template's `Renderer`.
            place: where the report's fields stand, for messages.

        Raises:
            TemplateError: KD409 and KD410, with the template's file and line.
            InputError: the input's Markdown cannot be used.
        """
        try:
            blocks: Iterable[Block] = read_blocks(rendered.markdown, rendered.store, self._styles)
        except MarkupError as error:
            raise self._located(error, place) from None
        blocks = with_closing_phrase(_with_lead_ins(blocks))
        if self.folder.numbering:
            blocks = numbered(blocks)
        blocks = with_letterhead(with_fitted_pictures(blocks, self.style), self.style)
        blocks = with_attachment_note(blocks)
        if any(rendered.seals):
            from kexie_docs.compose.joint_seals import with_joint_seals  # loaded for joint documents only

            blocks = with_joint_seals(blocks, self.style, rendered.seals)
        else:
            blocks = placed(blocks, self.style, rendered.seal)
        blocks = with_text_above(with_stamp(blocks, self.style, rendered.stamp), self.style)
        blocks = with_imprint(blocks, self.style, even_page=rendered.even_page)
        document = tuple(with_numbered_figures(blocks))
        if not document:
            raise InputError(
                Problem(
                    "KD302",
                    message("The document would be empty: the input gives nothing that the template prints."),
                    place(""),
                )
            )
        return Document(blocks=document, metadata=self._metadata(rendered, document))

    def _metadata(self, rendered: Rendered, blocks: tuple[Block, ...]) -> Metadata:
        titles = (block for block in blocks if isinstance(block, Title) and block.style == TITLE)
        title = next((inline_text(block.inlines) for block in titles), "")
        return Metadata(
            title=title or self.folder.title,
            author=rendered.author,
            subject=self.folder.subject,
            created=rendered.created,
            input=rendered.input,
            template=self.folder.name,
        )

    def _located(self, error: MarkupError, place: PlaceOf) -> KexieDocsError:
        """Return the error with its place: the input's field, or the template's line that has the mark."""
        if error.field is not None:
            # A reference never holds a line end, so the lines of the Markdown are the source's.
            lines_above = error.source.splitlines(keepends=True)[: (error.line or 1) - 1]
            offset = sum(map(len, lines_above)) if error.line else None
            where = place(error.field, offset)
            return InputError(Problem(error.error.code, error.error.what, where, error.error.hint))
        giver = self.folder.giver(CONTENT) or self.folder
        lines = (giver.path / CONTENT).read_text(encoding="utf-8-sig").split("\n")
        numbers = (number for number, line in enumerate(lines, 1) if error.mark and error.mark in line)
        where = Place(f"{giver.display}/{CONTENT}", next(numbers, None))
        return TemplateError(Problem(error.error.code, error.error.what, where, error.error.hint))


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
