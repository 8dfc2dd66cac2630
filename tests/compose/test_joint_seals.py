"""联合行文 with a seal for each authority (GB/T 9704 7.3.5.1): rows of names under their seals."""

from collections.abc import Sequence
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kexie_docs.compose.composer import Composer
from kexie_docs.compose.templates import builtin_root, find_template
from kexie_docs.doctree.nodes import Block, Document, Paragraph, Seal, Span
from kexie_docs.doctree.walk import block_text, spanned_leaves
from kexie_docs.errors import InputError
from kexie_docs.model.official import Picture
from kexie_docs.style.load import STYLES
from kexie_docs.text.widths import text_width
from kexie_docs.units import Twips, mm
from tests.compose.conftest import a_report

FOLDER = find_template("report", [builtin_root()])
COMPOSERS = {base: Composer(FOLDER, FOLDER.load_style(base)) for base in STYLES}
ZI = 315
AREA = COMPOSERS["office"].style.page.text_width


def sealed(name: str, width: int = mm(42)) -> dict[str, object]:
    return {"名称": name, "印章": {"图片": Picture("章.png", b"picture", 300, 300), "宽": width}}


def made(names: Sequence[object], base: str = "office", date: str | None = "2025-11-28") -> Document:
    signature = {"署名": list(names)} | ({"成文日期": date} if date else {})
    return COMPOSERS[base].compose(a_report(开篇="甲", 落款=signature))


@dataclass(frozen=True)
class Placed:
    """A seal with its box in twips: across from the type area's left edge, down from the text above."""

    left: float
    top: float
    size: int
    name_middle: float


def rows(document: Document, base: str = "office") -> tuple[list[list[str]], list[list[Placed]]]:
    """Return the names and the seals row by row."""
    pitch = COMPOSERS[base].style.grid.line_pitch
    names: list[list[str]] = []
    seals: list[list[Placed]] = []
    foot = 0.0
    waiting: list[Seal] = []
    for block in document.blocks:
        if isinstance(block, Seal):
            waiting.append(block)
        elif waiting and isinstance(block, Paragraph):
            assert block.placement is not None
            assert block.placement.space_before is not None
            foot += block.placement.space_before + pitch
            left = block.placement.start_indent * ZI
            at, middles = left, []
            for leaf, span in spanned_leaves(block.inlines):
                width = text_width(leaf.text) * ZI + len(leaf.text) * span.spacing
                if leaf.text.strip():
                    middles.append(at + width / 2)
                at += width
            names.append(block_text(block).split())
            middle = (left + at) / 2
            seals.append(
                [
                    Placed(
                        middle + seal.shift - seal.width / 2,
                        foot - seal.rise - seal.height / 2,
                        seal.width,
                        name_middle,
                    )
                    for seal, name_middle in zip(waiting, middles, strict=True)
                ]
            )
            waiting = []
    return names, seals


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["甲县科协", "乙县科协"], [["甲县科协", "乙县科协"]]),
        (["甲市科协", "甲市团委", "甲市妇联"], [["甲市科协", "甲市团委", "甲市妇联"]]),
        (["甲", "乙", "丙", "丁"], [["甲", "乙"], ["丙", "丁"]]),
        (["甲", "乙", "丙", "丁", "戊"], [["甲", "乙", "丙"], ["丁", "戊"]]),
        (["云溪市科学技术协会"] * 3, [["云溪市科学技术协会"] * 2, ["云溪市科学技术协会"]]),
        (
            ["中共云溪市委精神文明建设指导委员会办公室"] * 2,
            [["中共云溪市委精神文明建设指导委员会办公室"]] * 2,
        ),
    ],
)
def test_names_stand_in_as_few_equal_rows_as_the_type_area_holds(
    names: list[str], expected: list[list[str]]
) -> None:
    found, _ = rows(made([sealed(name) for name in names]))
    assert found == expected


@given(
    st.lists(st.tuples(st.integers(2, 22), st.integers(mm(20), mm(60))), min_size=1, max_size=9),
    st.sampled_from(STYLES),
    st.booleans(),
)
def test_seals_never_touch_and_stay_inside_the_type_area(
    authorities: list[tuple[int, int]], base: str, dated: bool
) -> None:
    names = [sealed("机" * length, Twips(width)) for length, width in authorities]
    _, found = rows(made(names, base, "2025-11-28" if dated else None), base)
    seals = [seal for row in found for seal in row]
    assert len(seals) == len(authorities)
    for number, one in enumerate(seals):
        assert one.left >= -5
        assert one.left + one.size <= AREA + 5
        assert one.left + one.size / 2 == pytest.approx(one.name_middle, abs=60)
        for other in seals[number + 1 :]:
            across = max(one.left - other.left - other.size, other.left - one.left - one.size)
            down = max(one.top - other.top - other.size, other.top - one.top - one.size)
            assert max(across, down) > mm(2)
    for row in found:
        assert len({round((seal.top + seal.size / 2) / 5) for seal in row}) == 1


@pytest.mark.parametrize("base", STYLES)
def test_the_first_row_begins_within_a_line_of_the_text(base: str) -> None:
    _, found = rows(made([sealed("甲市科协"), sealed("乙市科协")], base), base)
    leading = (COMPOSERS[base].style.grid.line_pitch - 320) / 2
    assert 0 <= found[0][0].top + leading <= mm(10.45)


def test_the_last_name_stands_over_the_date_four_characters_from_the_edge() -> None:
    document = made([sealed("甲市科协"), sealed("乙市科协")])
    _, found = rows(document)
    date = next(b for b in document.blocks if isinstance(b, Paragraph) and b.style == "issue_date")
    assert date.placement is not None
    assert date.placement.align == "end"
    assert date.placement.end_indent == pytest.approx(4, abs=0.01)
    middle = AREA - (4 + text_width(block_text(date)) / 2) * ZI
    last = found[-1][-1]
    assert last.left + last.size / 2 == pytest.approx(middle, abs=10)
    assert last.top + last.size > 0


def test_a_name_without_a_seal_stands_in_its_row() -> None:
    document = made([sealed("甲市科协"), "乙市科协", sealed("丙市科协")])
    signed = [b for b in document.blocks if isinstance(b, Paragraph) and b.style == "signature"]
    assert [block_text(block).split() for block in signed] == [["甲市科协", "乙市科协", "丙市科协"]]
    assert sum(isinstance(block, Seal) for block in document.blocks) == 2


def test_names_with_references_to_them_print_as_before() -> None:
    document = made(["甲市科协", "乙市科协"])
    signed = [b for b in document.blocks if isinstance(b, Paragraph) and b.style.startswith("signature")]
    assert [block_text(block) for block in signed] == ["甲市科协", "乙市科协"]
    assert not any(isinstance(inline, Span) for block in signed for inline in block.inlines)


def kept(*texts: str, **fields: object) -> list[bool]:
    """Return of each body paragraph whether it keeps with the next."""
    signature = {"署名": "甲市科协", "成文日期": "2025-11-28"}
    report = a_report(**({"开篇": "\n\n".join(texts), "落款": signature} | fields))
    blocks: Sequence[Block] = COMPOSERS["office"].compose(report).blocks
    return [b.keep_with_next for b in blocks if isinstance(b, Paragraph) and b.style == "body"]


def test_the_last_short_paragraph_stays_with_the_signature() -> None:
    """A page never begins with the signature alone; 特此报告。 would be a paragraph of its own."""
    assert kept("甲" * 100, "乙" * 70 + "。特此报告。") == [False, True]
    assert kept("甲" * 100) == [False, True], "the closing phrase"


def test_a_long_last_paragraph_may_be_split_over_pages() -> None:
    assert kept("甲" * 100, "乙" * 100 + "。特此报告。") == [False, False]


def test_the_first_paragraph_stays_on_the_first_page() -> None:
    """7.3.3: the body begins there."""
    assert kept("乙" * 30 + "。特此报告。") == [False]


def test_a_seal_beside_seals_of_the_names_is_an_error() -> None:
    signature = {"署名": [sealed("甲市科协")], "印章": sealed("乙")["印章"]}
    with pytest.raises((InputError, ValueError), match="KD220"):
        a_report(开篇="甲", 落款=signature)
