"""Inlines of the document tree as Word runs."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from lxml import etree

from kexie_docs.doctree.nodes import Figure, Inline, Title
from kexie_docs.doctree.walk import marked_text, parted_at_fill, spanned_leaves
from kexie_docs.frozen import dataclass
from kexie_docs.style.sheet import ParagraphStyle, Style
from kexie_docs.text.characters import Script
from kexie_docs.text.line_break import steered
from kexie_docs.text.title import title_lines
from kexie_docs.writers.docx.oxml import XML_SPACE, add
from kexie_docs.writers.docx.properties import zi_width
from kexie_docs.writers.docx.provenance import end_bookmark, start_bookmark


@dataclass(frozen=True, slots=True)
class _Piece:
    """Text that becomes one run.

    A figure stays a run of its own, so that its bookmark can be set around it.

    Attributes:
        text: what it says.
        style: name of the character style; "" for none.
        figure: whether it is a figure, or a part of one.
        spacing: letter spacing beside the paragraph's.
        opens: number of the figure whose bookmark starts before it; 0 for none.
        closes: number of the figure whose bookmark ends after it; 0 for none.
    """

    text: str
    style: str = ""
    figure: bool = False
    spacing: int = 0
    opens: int = 0
    closes: int = 0


def add_inlines(
    paragraph: etree._Element,
    inlines: tuple[Inline, ...],
    style: ParagraphStyle,
    sheet: Style,
    *,
    number: str = "",
) -> bool:
    """Append the inlines as runs, ``number`` before them; a Fill is a tab.

    Returns:
        Whether there is a Fill: the paragraph then needs a tab stop at its end indent.
    """
    before, after = parted_at_fill(inlines)
    _add_runs(paragraph, _merged(_pieces(before, number)), style, sheet)
    if after is None:
        return False
    add(add(paragraph, "r"), "tab")
    # A line has one right edge: further Fills have nowhere to go.
    _add_runs(paragraph, _merged(_pieces(after)), style, sheet)
    return True


def _pieces(inlines: Iterable[Inline], number: str = "") -> Iterator[_Piece]:
    yield _Piece(number)
    for leaf, span in spanned_leaves(inlines):
        if isinstance(leaf, Figure):
            yield _Piece(leaf.text, span.style, True, span.spacing, leaf.number, leaf.number)
        else:
            yield _Piece(leaf.text, span.style, spacing=span.spacing)


def _merged(pieces: Iterable[_Piece]) -> Iterator[_Piece]:
    """Yield the pieces with neighbours of one style joined, empty ones dropped."""
    last = _Piece("")
    for piece in pieces:
        if not piece.text:
            continue
        alike = (last.style, last.spacing) == (piece.style, piece.spacing)
        if not (last.figure or piece.figure) and (alike or not last.text):
            last = replace(piece, text=last.text + piece.text)
            continue
        if last.text:
            yield last
        last = piece
    if last.text:
        yield last


def add_title(paragraph: etree._Element, title: Title, style: ParagraphStyle, sheet: Style) -> None:
    """Append the title's lines, parted by line breaks: the one place where the file fixes lines."""
    text, marks = marked_text(title.inlines)
    room = sheet.page.text_width / zi_width(style) - style.start_indent - style.end_indent
    pieces = list(_pieces(title.inlines))
    lines: list[list[_Piece]] = []
    position = 0
    for line in title_lines(text, marks, room):
        # A space at which the title breaks belongs to no line.
        start = text.index(line, position)
        position = start + len(line)
        lines.append([piece for piece in _cut(pieces, start, position) if piece.text])
    for number, parts in enumerate(_bookmarked_once(lines)):
        if number:
            add(add(paragraph, "r"), "br")
        _add_runs(paragraph, _merged(parts), style, sheet)


def _cut(pieces: Iterable[_Piece], start: int, stop: int) -> Iterator[_Piece]:
    """Yield the part of the pieces between two offsets of their text."""
    offset = 0
    for piece in pieces:
        part = piece.text[max(0, start - offset) : max(0, stop - offset)]
        yield replace(piece, text=part)
        offset += len(piece.text)


def _bookmarked_once(lines: Sequence[Sequence[_Piece]]) -> Iterator[Iterator[_Piece]]:
    """Yield the lines with bookmarks that start at a figure's first part and end at its last."""
    parts = Counter(piece.opens for line in lines for piece in line)
    seen: Counter[int] = Counter()

    def bookmarked(piece: _Piece) -> _Piece:
        number = piece.opens
        seen[number] += 1
        opens = number if seen[number] == 1 else 0
        closes = number if seen[number] == parts[number] else 0
        return replace(piece, opens=opens, closes=closes)

    for line in lines:
        yield map(bookmarked, line)


def _add_runs(
    paragraph: etree._Element, pieces: Iterable[_Piece], style: ParagraphStyle, sheet: Style
) -> None:
    for piece, parts in _steered(list(pieces)):
        if piece.opens:
            start_bookmark(paragraph, piece.opens)
        for text, rules in parts:
            run = add(paragraph, "r")
            properties = add(run, "rPr")
            if piece.style:
                add(properties, "rStyle", val=sheet.characters[piece.style].word_id)
            # Quotes, dashes and dots are Han punctuation, as Word marks what is typed in Chinese.
            add(properties, "rFonts", hint="eastAsia")
            if piece.spacing:
                # A run's spacing stands in place of its paragraph's.
                add(properties, "spacing", val=style.char_spacing + piece.spacing)
            match rules:
                case Script.LATIN:
                    add(properties, "lang", eastAsia="en-US")
                case Script.ASIAN:
                    add(properties, "lang", val="zh-CN")
                case Script.WEAK:
                    # As in the document's defaults: what is said at all makes a portion.
                    add(properties, "lang", val="en-US", eastAsia="zh-CN")
            element = add(run, "t")
            element.set(XML_SPACE, "preserve")
            element.text = text
        if piece.closes:
            end_bookmark(paragraph, piece.closes)


def _steered(pieces: Sequence[_Piece]) -> Iterator[tuple[_Piece, list[tuple[str, Script | None]]]]:
    """Yield each piece with the parts of its text, each with the script whose rules break its lines.

    None is for a part's own script. Marks are x
    """
    marks = list(steered("".join([piece.text for piece in pieces])))
    here = offset = 0
    for piece in pieces:
        text = piece.text
        last, end = offset, offset + len(text)
        parts: list[tuple[str, Script | None]] = []
        while here < len(marks) and marks[here][0] < end:
            start, stop, rules = marks[here]
            if start > last:
                parts.append((text[last - offset : start - offset], None))
            parts.append((text[max(start, last) - offset : stop - offset], rules))
            last = min(stop, end)
            if stop > end:
                break
            here += 1
        if last < end:
            parts.append((text[last - offset :], None))
        yield piece, parts
        offset = end
