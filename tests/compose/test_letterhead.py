"""版头 (GB/T 9704 7.2): the mark's height on the page, joint marks, document number and signatories."""

from typing import Any

import pytest

from kexie_docs.compose.composer import Composer
from kexie_docs.compose.templates import builtin_root, find_template
from kexie_docs.doctree.nodes import Block, Fill, Paragraph, Span
from kexie_docs.doctree.walk import block_text, inline_text
from kexie_docs.style.load import STYLES
from kexie_docs.text.widths import text_width
from kexie_docs.units import to_mm
from tests.compose.conftest import a_report

FOLDER = find_template("report", [builtin_root()])
REPORT = Composer(FOLDER)


def head(composer: Composer = REPORT, **letterhead: Any) -> list[Paragraph]:
    """Return the paragraphs above the title."""
    document = composer.compose(a_report(开篇="甲", 版头=letterhead))
    above: list[Paragraph] = []
    for block in document.blocks:
        if not isinstance(block, Paragraph):
            return above
        above.append(block)
    raise AssertionError("no title")


def styled(blocks: list[Paragraph], prefix: str) -> list[Paragraph]:
    return [block for block in blocks if block.style.startswith(prefix)]


def em_top(composer: Composer, blocks: list[Paragraph]) -> float:
    """Return where the em box of the first mark begins, in mm from the top of the page."""
    style = composer.style
    at = float(style.page.top)
    for block in blocks:
        paragraph = style.paragraphs[block.style]
        pitch = style.line_pitch(paragraph)
        if block.placement is not None and block.placement.space_before is not None:
            at += block.placement.space_before
        if block.style.startswith("authority_mark"):
            return to_mm(at + (pitch - paragraph.size * 20) / 2)
        at += pitch
    raise AssertionError("no mark")


@pytest.mark.parametrize("base", STYLES)
@pytest.mark.parametrize(
    "marks", [["云溪县科协"], ["云溪县科学技术协会文件"], ["甲" * 16], ["甲县科协", "乙县科协"]]
)
@pytest.mark.parametrize(
    "above",
    [{}, {"份号": "000001"}, {"份号": "000001", "密级": "机密", "保密期限": "1年", "紧急程度": "特急"}],
    ids=["nothing above", "copy number", "three lines above"],
)
def test_mark_begins_at_72_mm_whatever_stands_above_it(
    base: str, marks: list[str], above: dict[str, str]
) -> None:
    composer = Composer(FOLDER, FOLDER.load_style(base))
    blocks = head(composer, 发文机关标志=marks, **above)
    # 7.2.4: the ink begins at 72 ± 1 mm. In the fonts that serve the role it begins 0.03 to 0.12 em below.
    mark = next(block for block in blocks if block.style.startswith("authority_mark"))
    em = composer.style.paragraphs[mark.style].size * 25.4 / 72
    top = em_top(composer, blocks)
    assert top + 0.03 * em >= 71
    assert top + 0.12 * em <= 73


def test_lines_above_the_mark_stand_in_the_order_of_the_standard() -> None:
    blocks = head(紧急程度="加急", 密级="秘密", 保密期限="6个月", 份号="000001")
    assert [(block.style, block_text(block)) for block in blocks[:3]] == [
        ("copy_number", "000001"),
        ("classification", "秘密★6个月"),
        ("urgency", "加急"),
    ]


def test_classification_without_a_period_is_spaced_and_the_urgency_with_it() -> None:
    blocks = head(密级="秘密", 紧急程度="加急")
    assert [block_text(block) for block in blocks[:2]] == ["秘　密", "加　急"]
    assert block_text(head(紧急程度="加急")[0]) == "加急"


@pytest.mark.parametrize("length", [4, 10, 11, 12, 13, 17])
def test_mark_is_set_in_the_largest_size_that_takes_one_line(length: int) -> None:
    (mark,) = styled(head(发文机关标志="甲" * length), "authority_mark")
    sizes = {
        name: paragraph.size
        for name, paragraph in REPORT.style.paragraphs.items()
        if name in ("authority_mark", "authority_mark_medium", "authority_mark_small")
    }
    fitting = [size for size in sizes.values() if length * size * 20 <= REPORT.style.page.text_width]
    assert sizes[mark.style] == max(fitting)


def test_mark_is_the_full_name_where_none_is_given() -> None:
    (mark,) = styled(head(发文字号="甲发〔2025〕1号"), "authority_mark")
    assert block_text(mark) == "云溪县科学技术协会"


@pytest.mark.parametrize("count", [2, 3, 4])
def test_joint_mark_has_the_lead_first_and_the_word_in_the_middle_of_the_names(count: int) -> None:
    names = [f"{char}县科学技术协会" for char in "甲乙丙丁"[:count]]
    blocks = styled(head(发文机关标志=names, 标志后缀="文件"), "authority_mark")
    assert len(blocks) == 2 * count - 1
    assert [block_text(block).removesuffix("文件") for block in blocks[::2]] == names
    (at,) = [index for index, block in enumerate(blocks) if block_text(block).endswith("文件")]
    assert at == count - 1
    starts = {block.placement.start_indent for block in blocks[::2] if block.placement is not None}
    assert len(starts) == 1


def test_the_word_of_a_joint_mark_stands_right_of_the_longest_name_in_every_line() -> None:
    widths = []
    for names in (["甲县科协", "乙县科学技术协会"], ["甲县科协", "乙县科协", "丙县科学技术协会"]):
        blocks = styled(head(发文机关标志=names, 标志后缀="文件"), "authority_mark")
        style = REPORT.style.paragraphs["authority_mark_joint"]
        area = REPORT.style.page.text_width / (style.size * 20)
        (line,) = [block for block in blocks if block_text(block).endswith("文件")]
        assert line.placement is not None
        end = area - line.placement.end_indent
        name_start = next(b.placement.start_indent for b in blocks if b.placement and block_text(b) != "文件")
        widths.append(end - name_start)
    assert widths[0] == pytest.approx(text_width("乙县科学技术协会") + 0.5 + 2, abs=0.02)
    assert widths[1] == pytest.approx(widths[0], abs=0.02)


def test_shorter_names_of_a_joint_mark_are_spread_to_the_longest() -> None:
    names = ["甲县科学技术协会", "乙县教育局", "丙县气象局"]
    blocks = styled(head(发文机关标志=names, 标志后缀="文件"), "authority_mark")[::2]
    assert [block_text(block).removesuffix("文件") for block in blocks] == names
    size = REPORT.style.paragraphs["authority_mark_joint"].size * 20
    assert not any(isinstance(each, Span) for each in blocks[0].inlines)
    for block in blocks[1:]:
        span, *rest = block.inlines
        assert isinstance(span, Span)
        assert inline_text(rest).removesuffix("文件") == "局", "nothing is added after the last character"
        width = size * 5 + span.spacing * len(inline_text([span]))
        assert width == pytest.approx(size * 8, abs=4)


def names_of(block: Block) -> str:
    assert isinstance(block, Paragraph)
    return "".join(inline_text(each.inlines) for each in block.inlines if isinstance(each, Span))


def test_document_number_without_signatory_is_centred_by_its_style() -> None:
    (number,) = styled(head(发文字号="甲发〔2025〕1号"), "document_number")
    assert (number.style, number.placement) == ("document_number", None)
    assert REPORT.style.paragraphs["document_number"].align == "center"


def test_signatory_stands_beside_the_number_in_a_type_of_its_own() -> None:
    (line,) = styled(head(发文字号="甲发〔2025〕1号", 签发人="李某某"), "document_number")
    assert line.style == "document_number_upward"
    assert block_text(line) == "甲发〔2025〕1号签发人：李某某"
    assert any(isinstance(inline, Fill) for inline in line.inlines)
    assert names_of(line) == "李某某"


def test_several_signatories_stand_two_a_line_and_the_number_on_the_last() -> None:
    lines = styled(head(发文字号="甲发〔2025〕1号", 签发人=["李某某", "王某", "赵某某"]), "document_number")
    assert [block_text(line).rstrip("　") for line in lines] == [
        "签发人：李某某　王　某",
        "甲发〔2025〕1号赵某某",
    ]
    # 7.2.6: names of the next line begin below the first name; both lines end at the same place.
    assert text_width(names_of(lines[0])) == text_width(names_of(lines[1]))
    assert lines[0].placement is None
    assert lines[1].placement is not None
    assert lines[1].placement.space_before == 0


def test_red_rule_is_an_empty_line_of_its_own_directly_above_the_title() -> None:
    last = head(发文字号="甲发〔2025〕1号")[-1]
    assert (last.style, last.inlines) == ("letterhead_rule", ())
    rule = REPORT.style.paragraphs["letterhead_rule"].rule_below
    assert rule is not None
    assert 0.35 <= rule.thickness / 8 * 25.4 / 72 <= 0.8
    assert rule.color == "FF0000"
