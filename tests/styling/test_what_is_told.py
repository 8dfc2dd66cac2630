"""What cannot be carried is said, and nothing is written where something is wrong."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import pytest
from lxml import etree

from kexie_docs.pipeline import Workshop
from tests.styling.editing import W, edited, restyled, style_of, with_font, with_margins, with_size
from tests.support.cli import Run

FILE = "styles.docx"

Edit: TypeAlias = Callable[[bytes], bytes]


@pytest.fixture
def specimen(project: Path, command: Run) -> bytes:
    assert command("template", "to-word", "summary", FILE).code == 0
    return (project / FILE).read_bytes()


def bordered(docx: bytes) -> bytes:
    def change(root: etree._Element) -> None:
        properties = style_of(root, "heading 1").find(f"{W}pPr")
        assert properties is not None
        borders = etree.Element(f"{W}pBdr")
        for side in ("top", "left", "bottom", "right"):
            attributes = {f"{W}val": "double", f"{W}sz": "4", f"{W}space": "1", f"{W}color": "auto"}
            etree.SubElement(borders, f"{W}{side}", attributes)
        properties.insert(0, borders)

    return edited(docx, change)


def numbered(docx: bytes) -> bytes:
    def change(root: etree._Element) -> None:
        properties = style_of(root, "heading 1").find(f"{W}pPr")
        assert properties is not None
        numbers = etree.Element(f"{W}numPr")
        etree.SubElement(numbers, f"{W}numId", {f"{W}val": "3"})
        properties.insert(0, numbers)
        tabs = etree.Element(f"{W}tabs")
        etree.SubElement(tabs, f"{W}tab", {f"{W}val": "left", f"{W}pos": "840"})
        properties.insert(1, tabs)

    return edited(docx, change)


HEADING = "heading 1"
CANNOT: dict[str, tuple[Edit, tuple[str, ...]]] = {
    "shading": (
        lambda docx: restyled(docx, HEADING, "shd", val="clear", fill="FFFF00"), ("shading (FFFF00)",)
    ),
    "highlighting": (
        lambda docx: restyled(docx, HEADING, "highlight", val="yellow"), ("highlighting (yellow)",)
    ),
    "underline": (lambda docx: restyled(docx, HEADING, "u", val="single"), ("underline",)),
    "italics": (lambda docx: restyled(docx, HEADING, "i", val="1"), ("italics",)),
    "strikethrough": (lambda docx: restyled(docx, HEADING, "strike"), ("strikethrough",)),
    "character scaling": (lambda docx: restyled(docx, HEADING, "w", val="90"), ("character scaling",)),
    "emphasis mark": (lambda docx: restyled(docx, HEADING, "em", val="dot"), ("emphasis mark",)),
    "border": (bordered, ("border", "border")),
    "numbering and tabs": (numbered, ("numbering", "tab stops")),
    "distributed": (lambda docx: restyled(docx, HEADING, "jc", val="distribute"), ("alignment",)),
    "line spacing of one and a half": (
        lambda docx: restyled(docx, HEADING, "spacing", line="360", lineRule="auto"),
        ("line spacing",),
    ),
    "another font for Western text": (
        lambda docx: restyled(docx, HEADING, "rFonts", ascii="Times New Roman", hAnsi="Times New Roman"),
        ("font of Western text (Times New Roman)",),
    ),
    "a size between half points": (
        lambda docx: restyled(docx, HEADING, "sz", val="4"), ("size (2 pt)",)
    ),
    "spacing beyond reason": (
        lambda docx: restyled(docx, HEADING, "spacing", val="-400"), ("character spacing",)
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CANNOT)
def test_what_cannot_be_carried_is_named_with_its_style(
    project: Path, command: Run, specimen: bytes, name: str
) -> None:
    change, expected = CANNOT[name]
    (project / FILE).write_bytes(change(specimen))
    outcome = command("template", "from-word", FILE, "summary")
    assert (outcome.code, outcome.out) == (0, "")
    said = [line for line in outcome.err.splitlines() if "KD471" in line]
    assert sorted(set(said)) == sorted(
        {f"{FILE}: warning KD471: 标题 1: {each} cannot be carried." for each in expected}
    )
    assert not (project / "templates").exists()


def test_what_can_be_carried_comes_back_beside_what_cannot(
    project: Path, command: Run, specimen: bytes
) -> None:
    (project / FILE).write_bytes(with_size(restyled(specimen, HEADING, "u", val="single"), HEADING, 18))
    outcome = command("template", "from-word", FILE, "summary")
    assert outcome.out.split() == ["templates/summary/style.toml"]
    assert "标题 1: size: 三号 (16 pt) → 小二 (18 pt)" in outcome.err
    assert "标题 1: underline cannot be carried" in outcome.err


def test_a_property_of_many_styles_is_told_once(project: Path, command: Run, specimen: bytes) -> None:
    """They are based on the body's, and have what it has."""
    (project / FILE).write_bytes(restyled(specimen, "Normal", "u", val="single"))
    outcome = command("template", "from-word", FILE, "summary")
    assert outcome.err.count("KD471") == 1
    assert "正文 and " in outcome.err


def test_text_that_is_formatted_directly_is_named_with_its_paragraph(
    project: Path, command: Run, specimen: bytes
) -> None:
    def change(root: etree._Element) -> None:
        paragraph = next(one for one in root.iter(f"{W}p") if "服务创新" in "".join(map(str, one.itertext())))
        run = paragraph.find(f"{W}r")
        assert run is not None
        properties = run.find(f"{W}rPr")
        assert properties is not None
        etree.SubElement(properties, f"{W}color", {f"{W}val": "FF0000"})
        etree.SubElement(properties, f"{W}sz", {f"{W}val": "36"})
        alignment = paragraph.find(f"{W}pPr")
        assert alignment is not None
        etree.SubElement(alignment, f"{W}jc", {f"{W}val": "center"})

    (project / FILE).write_bytes(edited(specimen, change, "word/document.xml"))
    outcome = command("template", "from-word", FILE, "summary")
    assert (outcome.code, outcome.out) == (0, "")
    assert [line for line in outcome.err.splitlines() if "KD473" in line] == [
        f"{FILE}: warning KD473: Paragraph 8 “［标题 1］一、服务创新发展，汇” is formatted directly, "
        "beside its style: alignment, colour, size."
    ]


def test_text_that_is_written_into_the_file_changes_nothing(
    project: Path, command: Run, specimen: bytes
) -> None:
    def change(root: etree._Element) -> None:
        for text in list(root.iter(f"{W}t"))[:9]:
            text.text = "随便写的"

    (project / FILE).write_bytes(edited(specimen, change, "word/document.xml"))
    assert command("template", "from-word", FILE, "summary").err == "No style was changed.\n"


def test_a_style_that_was_deleted_stays_as_it_was(project: Path, command: Run, specimen: bytes) -> None:
    def change(root: etree._Element) -> None:
        root.remove(style_of(root, "附注"))

    (project / FILE).write_bytes(edited(specimen, change))
    outcome = command("template", "from-word", FILE, "summary")
    assert (outcome.code, outcome.out) == (0, "")
    assert "warning KD472: 附注 is no longer in the file" in outcome.err


def test_a_style_that_was_renamed_is_known_by_its_identifier(
    project: Path, command: Run, specimen: bytes
) -> None:
    def change(root: etree._Element) -> None:
        name = style_of(root, "附注").find(f"{W}name")
        assert name is not None
        name.set(f"{W}val", "我的附注")

    (project / FILE).write_bytes(with_size(edited(specimen, change), "我的附注", 14))
    outcome = command("template", "from-word", FILE, "summary")
    assert outcome.err == "附注: size: 三号 (16 pt) → 四号 (14 pt)\n"


def test_problems_can_be_had_as_json(project: Path, command: Run, specimen: bytes) -> None:
    (project / FILE).write_bytes(with_size(restyled(specimen, HEADING, "u", val="single"), HEADING, 18))
    outcome = command("template", "from-word", FILE, "summary", "--json")
    (problem,) = json.loads(outcome.out)
    assert (problem["code"], problem["severity"], problem["file"]) == ("KD471", "warning", FILE)
    assert "templates/summary/style.toml" in outcome.err


@pytest.mark.parametrize(
    ("data", "code"),
    [(b"", 3), (b"no zip at all", 3), (b"PK\x03\x04broken", 3), (b"%PDF-1.7", 3)],
)
def test_a_file_that_is_no_word_file_is_refused(project: Path, command: Run, data: bytes, code: int) -> None:
    (project / FILE).write_bytes(data)
    outcome = command("template", "from-word", FILE, "summary")
    assert (outcome.code, outcome.out) == (code, "")
    assert FILE in outcome.err
    assert not (project / "templates").exists()


def test_a_word_file_that_was_not_made_for_it_is_refused(project: Path, command: Run) -> None:
    """An old document has styles too, and they are not this template's."""
    from docx import Document

    document = Document()
    document.add_paragraph("去年的总结")
    document.save(str(project / FILE))
    outcome = command("template", "from-word", FILE, "summary")
    assert (outcome.code, outcome.out) == (3, "")
    assert "KD470" in outcome.err
    assert "kexie-docs template to-word summary" in outcome.err


def test_margins_that_leave_no_room_are_refused_and_nothing_is_written(
    project: Path, command: Run, specimen: bytes
) -> None:
    (project / FILE).write_bytes(with_margins(specimen, left=6000, right=5500))
    outcome = command("template", "from-word", FILE, "summary")
    assert (outcome.code, outcome.out) == (4, "")
    assert "leave no room" in outcome.err
    assert not (project / "templates").exists()


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("to-word", "nothing", FILE), 4),
        (("to-word", "summary", "styles.doc"), 2),
        (("from-word", "absent.docx", "summary"), 3),
        (("from-word", FILE, "nothing"), 4),
    ],
)
def test_a_wrong_name_is_told(project: Path, command: Run, arguments: tuple[str, ...], code: int) -> None:
    outcome = command("template", *arguments)
    assert (outcome.code, outcome.out) == (code, "")
    assert outcome.err


def test_a_built_in_template_is_extended_in_the_project_and_stays_as_it_is(
    project: Path, command: Run, specimen: bytes
) -> None:
    built_in = Workshop(project, {}).template("summary").path
    before = {path.name: path.read_bytes() for path in built_in.iterdir()}
    (project / FILE).write_bytes(with_size(specimen, HEADING, 18))
    assert command("template", "from-word", FILE, "summary").code == 0
    assert {path.name: path.read_bytes() for path in built_in.iterdir()} == before
    own = project / "templates" / "summary"
    assert sorted(path.name for path in own.iterdir()) == ["style.toml", "template.toml"]
    assert command("build", "inputs/zhangye-2025.yaml", "-f", "docx").code == 0


def test_comments_and_order_of_a_style_file_are_kept(project: Path, command: Run) -> None:
    own = project / "templates" / "mine"
    own.mkdir(parents=True)
    (own / "template.toml").write_text('title = "我的总结"\nextends = "summary"\n', encoding="utf-8")
    text = (
        '# 我的版式\nextends = "gbt9704"\n\n[paragraph.heading_1]   # 一级标题\n'
        'size = "小二"      # 比正文大\n'
        '\n[page]\nleft = "30mm"  # 订口\n# 完\n'
    )
    (own / "style.toml").write_text(text, encoding="utf-8", newline="")
    command("template", "to-word", "mine", FILE)
    docx = (project / FILE).read_bytes()
    (project / FILE).write_bytes(with_margins(with_size(docx, HEADING, 22), left=1417))
    assert command("template", "from-word", FILE, "mine").code == 0
    assert (own / "style.toml").read_bytes().decode() == text.replace("小二", "二号").replace("30mm", "25mm")


def test_a_font_beside_the_five_is_named_in_word_and_its_stand_in_is_told(
    project: Path, command: Run, specimen: bytes
) -> None:
    """This machine does not have it: the PDF says what it is set in."""
    (project / FILE).write_bytes(with_font(specimen, HEADING, "微软雅黑"))
    assert command("template", "from-word", FILE, "summary").code == 0
    outcome = command("build", "inputs/zhangye-2025.yaml")
    assert outcome.code == 0
    assert outcome.err.splitlines()[0] == (
        "inputs/zhangye-2025.yaml: warning KD507: 微软雅黑 is not on this machine: the PDF is set in "
        "FandolHei-Regular; the Word file names 微软雅黑."
    )
    data = (project / "outputs" / "zhangye-2025.docx").read_bytes()
    found: list[str | None] = []

    def look(root: etree._Element) -> None:
        fonts = style_of(root, "heading 1").find(f"{W}rPr/{W}rFonts")
        assert fonts is not None
        found.append(fonts.get(f"{W}eastAsia"))

    edited(data, look)
    assert found == ["微软雅黑"]
