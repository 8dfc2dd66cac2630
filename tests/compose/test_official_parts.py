"""附件说明, 附件, 印章, 附注, 版记 (GB/T 9704 7.3.4 to 7.4.3) as they come into the document tree."""

from typing import Any

import pytest

from kexie_docs.compose.composer import Composer
from kexie_docs.compose.templates import builtin_root, find_template
from kexie_docs.doctree.nodes import Block, Break, Document, Heading, Imprint, Paragraph, Seal, Text, Title
from kexie_docs.doctree.walk import block_text
from kexie_docs.errors import InputError
from kexie_docs.model.official import Picture
from kexie_docs.style.load import STYLES
from kexie_docs.text.widths import text_width
from kexie_docs.units import mm
from tests.compose.conftest import a_report

FOLDER = find_template("report", [builtin_root()])
REPORT = Composer(FOLDER)


def made(composer: Composer = REPORT, **fields: Any) -> Document:
    return composer.compose(a_report(**({"开篇": "甲"} | fields)))


def styled(document: Document, *names: str) -> list[Paragraph]:
    return [block for block in document.blocks if isinstance(block, Paragraph) and block.style in names]


def test_single_attachment_is_named_without_a_number() -> None:
    document = made(附件=[{"标题": "指标表", "正文": "见下。"}])
    (note,) = styled(document, "attachment_note", "attachment_note_next")
    assert block_text(note) == "附件：指标表"
    assert note.placement is not None
    assert (note.placement.start_indent, note.placement.first_line_indent) == (5.0, -3.0)
    assert [block_text(block) for block in styled(document, "attachment_label")] == ["附件"]


def test_several_attachments_are_numbered_and_hang_on_their_names() -> None:
    document = made(附件=[{"标题": f"表{n}", "正文": "见下。"} for n in range(1, 12)])
    notes = styled(document, "attachment_note", "attachment_note_next")
    assert [block_text(note) for note in notes[:3]] == ["附件：1.表1", "2.表2", "3.表3"]
    for note, label in zip(notes, ["附件："] + [""] * 10, strict=True):
        assert note.placement is not None
        first = note.placement.start_indent + note.placement.first_line_indent
        number = text_width(block_text(note).removeprefix("附件：").partition(".")[0] + ".")
        # 7.3.4: the label 2 字 in, numbers below each other at 5 字, wrapped lines below the name.
        assert first + text_width(label) == 5
        assert note.placement.start_indent == 5 + number
    assert [block_text(block) for block in styled(document, "attachment_label")][:2] == ["附件1", "附件2"]


def test_attachments_begin_pages_and_carry_the_titles_that_the_note_names() -> None:
    document = made(
        附件=[{"标题": "指标表", "正文": "见下。"}, {"标题": "名单", "正文": "# 甲\n\n# 乙"}], 正文="# 丙"
    )
    titles = [block for block in document.blocks if isinstance(block, Title)]
    assert [(block.style, block_text(block)) for block in titles[1:]] == [
        ("attachment_title", "指标表"),
        ("attachment_title", "名单"),
    ]
    assert titles[0].style == "title"
    assert document.metadata.title == block_text(titles[0])
    assert REPORT.style.paragraphs["attachment_label"].page_break_before
    headings = [block_text(block) for block in document.blocks if isinstance(block, Heading)]
    assert headings == ["一、丙", "一、甲", "二、乙"], "each attachment counts its headings anew"


def test_mark_in_an_attachments_title_breaks_the_title_and_prints_nothing_in_the_note() -> None:
    document = made(附件=[{"标题": "全市科普活动|情况统计表", "正文": "见下。"}])
    (note,) = styled(document, "attachment_note")
    assert block_text(note) == "附件：全市科普活动情况统计表"
    title = next(block for block in document.blocks if isinstance(block, Title) and block.style != "title")
    assert title.inlines == (Text("全市科普活动"), Break(), Text("情况统计表"))


def test_problem_in_an_attachment_is_told_at_its_line() -> None:
    with pytest.raises(InputError) as caught:
        made(附件=[{"标题": "表", "正文": "一\n\n##### 太深"}])
    (only,) = caught.value.problems
    assert (only.code, only.place.field) == ("KD206", "附件[0].正文")


def sealed(
    composer: Composer = REPORT, names: Any = "云溪县科学技术协会", width: int = mm(42)
) -> list[Block]:
    seal = {"图片": Picture("章.png", b"picture", 400, 200), "宽": width}
    document = made(composer, 落款={"署名": names, "成文日期": "2025-12-31", "印章": seal})
    kinds = ("signature", "signature_next", "issue_date")
    return [
        b for b in document.blocks if isinstance(b, Seal) or (isinstance(b, Paragraph) and b.style in kinds)
    ]


def test_sealed_date_ends_four_characters_from_the_edge_and_the_name_is_centred_on_it() -> None:
    name, seal, date = sealed()
    assert isinstance(name, Paragraph)
    assert isinstance(seal, Seal)
    assert isinstance(date, Paragraph)
    assert name.placement is not None
    assert date.placement is not None
    assert (date.placement.align, date.placement.end_indent) == ("end", 4.0)
    body = REPORT.style.paragraphs["issue_date"]
    area = REPORT.style.page.text_width / (body.size * 20 + body.char_spacing)
    middle_of_date = area - 4 - text_width(block_text(date)) / 2
    middle_of_name = (name.placement.start_indent + area - name.placement.end_indent) / 2
    assert name.placement.align == "center"
    assert middle_of_name == pytest.approx(middle_of_date, abs=0.01)


@pytest.mark.parametrize("base", STYLES)
@pytest.mark.parametrize("width", [mm(30), mm(42), mm(60), mm(80)])
@pytest.mark.parametrize("names", ["云溪县科学技术协会", ["甲县科协", "乙县科协"]])
def test_seal_begins_at_most_a_line_below_the_text_and_never_over_it(
    base: str, width: int, names: Any
) -> None:
    composer = Composer(FOLDER, FOLDER.load_style(base))
    blocks = sealed(composer, names, width)
    (seal,) = [block for block in blocks if isinstance(block, Seal)]
    first = blocks[0]
    assert isinstance(first, Paragraph)
    assert first.placement is not None
    assert first.placement.space_before is not None
    assert seal.height * 2 == pytest.approx(seal.width, abs=2), "in the picture's own proportions"
    pitch = composer.style.grid.line_pitch
    lines = len(blocks) - 1
    top = first.placement.space_before + lines * pitch - seal.rise - seal.height / 2
    # From the foot of the em box of the text's last line, half a leading above its line's foot.
    gap = top + (pitch - 320) / 2
    assert gap >= 0
    if first.placement.space_before > pitch:
        assert gap <= mm(10.45)


def test_names_and_date_lie_a_little_below_the_middle_of_the_seal() -> None:
    *_, seal, _ = sealed()
    assert isinstance(seal, Seal)
    pitch = REPORT.style.grid.line_pitch
    assert pitch < seal.rise < pitch + mm(6)


def test_name_too_wide_for_the_seal_ends_at_the_edge() -> None:
    name, _, date = sealed(names="甲" * 25)
    assert isinstance(date, Paragraph)
    assert date.placement is not None
    assert isinstance(name, Paragraph)
    assert name.placement is not None
    assert date.placement.end_indent > 4
    assert name.placement.end_indent == pytest.approx(0, abs=0.02)


def test_note_stands_below_the_date_in_brackets() -> None:
    document = made(落款={"署名": "甲", "成文日期": "2025-12-31"}, 附注="此件公开发布")
    styles = [block.style for block in document.blocks if isinstance(block, Paragraph)]
    assert styles[-3:] == ["signature", "issue_date", "note"]
    assert block_text(document.blocks[-1]) == "（此件公开发布）"


def imprint(**fields: Any) -> list[tuple[str, str]]:
    last = made(版记=fields).blocks[-1]
    assert isinstance(last, Imprint)
    return [(each.style, block_text(each)) for each in last.paragraphs]


def test_imprint_has_its_rules_between_receivers_and_printing_office() -> None:
    lines = imprint(
        抄送=["市委办公室", "市政协办公室"], 印发机关="办公室", 印发日期="2025-01-05", 主送=["甲", "乙"]
    )
    assert lines == [
        ("imprint_first", ""),
        ("imprint_cc", "主送：甲，乙。"),
        ("imprint_cc", "抄送：市委办公室，市政协办公室。"),
        ("imprint_middle", ""),
        ("imprint_print", "办公室2025年1月5日印发"),
        ("imprint_last", ""),
    ]


@pytest.mark.parametrize("only", [{"抄送": "甲"}, {"印发机关": "甲"}, {"印发日期": "2025-01-05"}])
def test_imprint_of_one_element_has_no_rule_in_the_middle(only: dict[str, str]) -> None:
    assert [style for style, _ in imprint(**only)][::2] == ["imprint_first", "imprint_last"]


def test_receivers_hang_below_the_first_character_after_the_label() -> None:
    last = made(版记={"抄送": "甲", "报": "乙"}).blocks[-1]
    assert isinstance(last, Imprint)
    found = [each.placement for each in last.paragraphs if each.style == "imprint_cc"]
    assert [(each.start_indent, each.first_line_indent, each.end_indent) for each in found if each] == [
        (3.0, -2.0, 1.0),
        (4.0, -3.0, 1.0),
    ]


@pytest.mark.parametrize(("said", "even"), [("是", True), ("否", False)])
def test_imprint_comes_last_and_on_an_even_page_where_asked(said: str, even: bool) -> None:
    document = made(附件=[{"标题": "表", "正文": "见下。"}], 版记={"抄送": "甲", "偶数页": said})
    last = document.blocks[-1]
    assert isinstance(last, Imprint)
    assert last.even_page is even
    assert sum(isinstance(block, Imprint) for block in document.blocks) == 1


def test_without_imprint_fields_there_is_no_imprint() -> None:
    assert not any(isinstance(block, Imprint) for block in made().blocks)


def stamped(*, width: int = mm(30), **fields: Any) -> tuple[Seal, Paragraph, Paragraph]:
    stamp = {"图片": Picture("名章.png", b"picture", 300, 120), "宽": width}
    document = made(落款={"职务": "主席", "签名章": stamp, "成文日期": "2025-12-31"} | fields)
    seal, post, date = document.blocks[-3:]
    assert isinstance(seal, Seal)
    assert isinstance(post, Paragraph)
    assert isinstance(date, Paragraph)
    return seal, post, date


def test_stamp_and_date_end_four_characters_from_the_edge_and_the_post_two_left_of_the_stamp() -> None:
    zi = 315
    for width in (mm(20), mm(30), mm(45)):
        seal, post, date = stamped(width=width)
        assert post.placement is not None
        assert date.placement is not None
        assert (date.placement.align, date.placement.end_indent) == ("end", 4.0)
        assert post.placement.end_indent == pytest.approx(4 + width / zi + 2, abs=0.01)
        # 主席 is 2 字 wide, so its middle is 1 字 from its end.
        centre_from_the_edge = (post.placement.end_indent + 1) * zi - seal.shift
        assert centre_from_the_edge == pytest.approx(4 * zi + width / 2, abs=5)


def test_taller_stamp_takes_more_room_above_and_below() -> None:
    (low, *small), (high, *large) = (stamped(width=width) for width in (mm(30), mm(60)))
    more = (high.height - low.height) / 2
    for one, other in zip(small, large, strict=True):
        assert one.placement is not None
        assert other.placement is not None
        assert one.placement.space_before is not None
        assert other.placement.space_before == pytest.approx(one.placement.space_before + more, abs=1)


def test_names_are_not_printed_beside_a_stamp() -> None:
    stamped(署名="云溪县科学技术协会")
