"""版头 (GB/T 9704 7.2): the mark at its height on the page, the document number beside its signatories."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from kexie_docs.doctree.nodes import Block, Fill, Inline, Paragraph, Placement, Span, Text
from kexie_docs.doctree.walk import inline_text
from kexie_docs.style.sheet import ParagraphStyle, Style
from kexie_docs.text.widths import text_width
from kexie_docs.units import TWIPS_PER_PT, Twips, mm

MARK, MARK_SUFFIX, MARK_JOINT = "authority_mark", "authority_mark_suffix", "authority_mark_joint"
NUMBER, NUMBER_UPWARD, SIGNATORY = "document_number", "document_number_upward", "signatory"

PSEUDO_STYLES = frozenset((MARK_SUFFIX, SIGNATORY))
"""Containers of templates that are no styles: what stands in them becomes part of other lines."""

_ABOVE = ("copy_number", "classification", "urgency")

_MARK_SIZES = (MARK, "authority_mark_medium", "authority_mark_small")
"""Styles of a mark, from the largest size on."""

_MARK_TOP = mm(72)
"""Where the ink of the mark begins: 35 mm below the type area's top at 37 mm (7.2.4)."""

_INK_INSET = 0.075
"""Ink of a line of 小标宋 below the top of its em box, in em: 0.03 to 0.12 in fonts that serve the role."""

_SUFFIX_GAP = 0.5
"""Between the names of a joint mark and the word on their right, in 字."""

_PER_ROW = 2
"""Signatories on a line (7.2.6)."""

_SIGNATORY_LABEL = "签发人："
_BLANK = "\N{IDEOGRAPHIC SPACE}"


def with_letterhead(blocks: Iterable[Block], style: Style) -> Iterator[Block]:
    """Yield the blocks with mark, document number and signatories placed."""
    above: list[Paragraph] = []
    run: list[Paragraph] = []
    for block in blocks:
        if run and not (isinstance(block, Paragraph) and _continues(run, block)):
            yield from _placed(run, above, style)
            run, above = [], []
        if isinstance(block, Paragraph) and block.style in _RUN:
            run.append(block)
            continue
        if isinstance(block, Paragraph) and block.style in _ABOVE:
            block = _spaced(block, above)
            above.append(block)
        yield block
    if run:
        yield from _placed(run, above, style)


_MARK_RUN = frozenset((MARK, MARK_SUFFIX))
_NUMBER_RUN = frozenset((NUMBER, SIGNATORY))
_RUN = _MARK_RUN | _NUMBER_RUN


def _spaced(block: Paragraph, above: Sequence[Paragraph]) -> Paragraph:
    """Return a classification without a period, and an urgency below it, with a space between its characters.

    So the figures of the standard draw them (figures 4 and 11), and so both are as wide as each other.
    """
    text = inline_text(block.inlines)
    below_spaced = bool(above) and above[-1].style == _ABOVE[1] and _BLANK in inline_text(above[-1].inlines)
    if len(text) != 2 or not (block.style == _ABOVE[1] or (block.style == _ABOVE[2] and below_spaced)):
        return block
    return replace(block, inlines=_run(_parted(_text_of(block.inlines))))


def _continues(run: Sequence[Paragraph], block: Paragraph) -> bool:
    return any(run[0].style in kind and block.style in kind for kind in (_MARK_RUN, _NUMBER_RUN))


def _placed(run: Sequence[Paragraph], above: Sequence[Paragraph], style: Style) -> Iterator[Paragraph]:
    if run[0].style in _MARK_RUN:
        marks = [block for block in run if block.style == MARK]
        suffixes = [block for block in run if block.style == MARK_SUFFIX]
        if marks:
            yield from _mark(marks, suffixes, above, style)
    else:
        numbers = [block for block in run if block.style == NUMBER]
        yield from _number(numbers, [block for block in run if block.style == SIGNATORY], style)


def _mark(
    marks: Sequence[Paragraph], suffixes: Sequence[Paragraph], above: Sequence[Paragraph], style: Style
) -> Iterator[Paragraph]:
    """Yield the mark's lines, the first one with the space that brings its ink to its height."""
    if not above:
        # Space before is lost at the top of a page, so the line of the copy number is kept free.
        free = Paragraph(inlines=(), style=_ABOVE[0])
        above = (free,)
        yield free
    if len(marks) > 1:
        yield from _joint_mark(marks, suffixes, above, style)
        return
    inlines = (*marks[0].inlines, *(inline for suffix in suffixes for inline in suffix.inlines))
    width = text_width(inline_text(inlines))
    known = [style.paragraphs[name] for name in _MARK_SIZES if name in style.paragraphs]
    chosen = next((each for each in known if width <= _characters(style, each)), known[-1])
    space = _space_before(chosen, above, style)
    yield Paragraph(
        inlines=inlines, style=chosen.name, placement=Placement(align=chosen.align, space_before=space)
    )


def _joint_mark(
    marks: Sequence[Paragraph], suffixes: Sequence[Paragraph], above: Sequence[Paragraph], style: Style
) -> Iterator[Paragraph]:
    """Yield the names of a joint mark on every second line, and the word on their right in the middle.

    The shorter names are spread to the width of the longest (figure 3), and all lines together stand in the
    middle of the type area.
    """
    paragraph = style.paragraphs[MARK_JOINT]
    area = _characters(style, paragraph)
    suffix = tuple(inline for each in suffixes for inline in each.inlines)
    names = max(text_width(inline_text(each.inlines)) for each in marks)
    beside = _SUFFIX_GAP + text_width(inline_text(suffix)) if suffix else 0.0
    start = max((area - names - beside) / 2, 0.0)
    end = max(area - start - names - beside, 0.0)
    middle = len(marks) - 1
    space: Twips | None = _space_before(paragraph, above, style)
    for index in range(2 * len(marks) - 1):
        inlines: tuple[Inline, ...] = ()
        if index % 2 == 0:
            inlines = _spread(marks[index // 2].inlines, names, paragraph)
        left = start
        if suffix and index == middle:
            left = start if inlines else start + names + _SUFFIX_GAP
            inlines = (*inlines, Fill(), *suffix) if inlines else suffix
        placement = Placement(
            align=paragraph.align, start_indent=round(left, 2), end_indent=round(end, 2), space_before=space
        )
        yield Paragraph(inlines=inlines, style=MARK_JOINT, placement=placement)
        space = None


def _spread(inlines: tuple[Inline, ...], width: float, style: ParagraphStyle) -> tuple[Inline, ...]:
    """Return a name with room between its characters that makes it ``width`` 字 wide.

    What is not Han throughout, or more than text, stays as it is.
    """
    name = inline_text(inlines)
    own = text_width(name)
    plain = all(isinstance(inline, Text) for inline in inlines) and own == len(name) > 1
    if not plain or own >= width:
        return inlines
    zi = style.size * TWIPS_PER_PT + style.char_spacing
    spacing = Twips(int((width - own) * zi / (len(name) - 1)))
    # No room after the last one: the line ends with it.
    whole = _text_of(inlines)
    return (Span((whole.part(0, len(name) - 1),), "", spacing), whole.part(len(name) - 1, len(name)))


def _space_before(mark: ParagraphStyle, above: Sequence[Paragraph], style: Style) -> Twips:
    """Return the space that brings the mark's ink to 72 mm from the top of the page.

    Above the ink stand the margin, the lines of copy number, classification and urgency, half of the leading
    of the mark's line, and the inset of the ink in the em box.
    """
    size = mark.size * TWIPS_PER_PT
    lines = sum(style.line_pitch(style.paragraphs[each.style]) for each in above)
    inside = (style.line_pitch(mark) - size) / 2 + _INK_INSET * size
    return Twips(max(round(_MARK_TOP - style.page.top - lines - inside), 0))


def _number(
    numbers: Sequence[Paragraph], signatories: Sequence[Paragraph], style: Style
) -> Iterator[Paragraph]:
    """Yield document number and signatories: two of these a line, the number on the last (7.2.5, 7.2.6).

    Names of two characters are spaced to three when others have three, so that they stand below each other.
    """
    if not signatories:
        yield from numbers
        return
    paragraph = style.paragraphs[NUMBER_UPWARD]
    names = _aligned([_text_of(each.inlines) for each in signatories])
    rows = [names[index : index + _PER_ROW] for index in range(0, len(names), _PER_ROW)]
    columns = min(_PER_ROW, len(names))
    widths = [max(_width(row[at]) for row in rows if at < len(row)) for at in range(columns)]
    for index, row in enumerate(rows):
        last = index == len(rows) - 1
        number = tuple(inline for each in numbers for inline in each.inlines) if last else ()
        cells: list[Text] = []
        for at in range(columns):
            name = row[at] if at < len(row) else ()
            padding = _BLANK * (widths[at] - _width(name))
            cells += (*name, Text(padding + (_BLANK if at < columns - 1 else "")))
        label = (Text(_SIGNATORY_LABEL),) if index == 0 else ()
        inlines = (*number, Fill(), *label, Span(_run(cells), "signatory_name"))
        line = Paragraph(inlines=inlines, style=NUMBER_UPWARD)
        if index:
            placement = Placement(
                align=paragraph.align,
                start_indent=paragraph.start_indent,
                end_indent=paragraph.end_indent,
                space_before=Twips(0),
            )
            line = replace(line, placement=placement)
        yield line


def _width(name: Sequence[Text]) -> int:
    """Return a name's width in 字."""
    return round(text_width("".join(part.text for part in name)))


def _aligned(names: Sequence[Text]) -> list[tuple[Text, ...]]:
    longest = max(len(name.text) for name in names)
    return [_parted(name) if len(name.text) == 2 and longest == 3 else (name,) for name in names]


def _parted(name: Text) -> tuple[Text, ...]:
    """Return two characters with a space between them."""
    return name.part(0, 1), Text(_BLANK), name.part(1, 2)


def _text_of(inlines: Sequence[Inline]) -> Text:
    """Return inlines as one text, which keeps its origin where it is one already."""
    match inlines:
        case (Text() as text,):
            return text
        case _:
            return Text(inline_text(inlines))


def _run(parts: Iterable[Text]) -> tuple[Text, ...]:
    """Return texts with neighbours that have no origin as one, empty ones left out."""
    run: list[Text] = []
    for part in parts:
        if run and run[-1].origin is None and part.origin is None:
            run[-1] = Text(run[-1].text + part.text)
        elif part.text:
            run.append(part)
    return tuple(run)


def _characters(style: Style, paragraph: ParagraphStyle) -> float:
    """Return the width of the type area in 字 of a paragraph style."""
    return style.page.text_width / (paragraph.size * TWIPS_PER_PT + paragraph.char_spacing)
