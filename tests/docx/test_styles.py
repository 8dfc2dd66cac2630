"""Styles, settings, font table and page set-up as Word reads them."""

import dataclasses

import pytest
from lxml import etree

from kexie_docs.doctree.nodes import Document, Metadata
from kexie_docs.style.sheet import Style
from kexie_docs.units import Twips
from kexie_docs.writers.docx.write import write_docx
from tests.support.word_file import W, parts, readable, root
from tests.support.word_file import style as style_of


@pytest.fixture(scope="module")
def file(document: Document, style: Style) -> bytes:
    return write_docx(document, style)


def empty(style: Style) -> bytes:
    return write_docx(Document(blocks=(), metadata=Metadata(title="")), style)


def changed(style: Style, name: str, **values: object) -> Style:
    """Return the style sheet with one paragraph style changed."""
    new = dataclasses.replace(style.paragraphs[name], **values)  # type: ignore[arg-type]
    return dataclasses.replace(style, paragraphs={**style.paragraphs, name: new})


def test_body_text_is_words_normal_style(file: bytes) -> None:
    assert (
        readable(style_of(file, "Normal"))
        == """\
style type=paragraph default=1 styleId=Normal
  name val=Normal
  uiPriority val=0
  qFormat
  pPr
    keepNext val=0
    pageBreakBefore val=0
    widowControl val=0
    kinsoku val=1
    overflowPunct val=0
    autoSpaceDE val=1
    autoSpaceDN val=1
    adjustRightInd val=0
    snapToGrid val=0
    spacing before=0 after=0 line=579 lineRule=exact
    ind leftChars=0 left=0 rightChars=0 right=0 firstLineChars=200 firstLine=630
    jc val=both
    outlineLvl val=9
  rPr
    rFonts hint=eastAsia ascii=仿宋_GB2312 eastAsia=仿宋_GB2312 hAnsi=仿宋_GB2312 cs=仿宋_GB2312
    b val=0
    bCs val=0
    color val=000000
    spacing val=-5
    sz val=32
    szCs val=32"""
    )


def test_other_styles_state_what_differs_from_body_text(file: bytes) -> None:
    assert (
        readable(style_of(file, "Title"))
        == """\
style type=paragraph styleId=Title
  name val=Title
  basedOn val=Normal
  next val=Normal
  uiPriority val=10
  qFormat
  pPr
    keepNext val=1
    spacing after=579 line=700 lineRule=exact
    ind leftChars=0 left=0 rightChars=0 right=0 firstLineChars=0 firstLine=0
    jc val=center
  rPr
    rFonts hint=eastAsia ascii=方正小标宋简体 eastAsia=方正小标宋简体 hAnsi=方正小标宋简体 cs=方正小标宋简体
    spacing val=0
    sz val=44
    szCs val=44"""
    )


def test_headings_fill_the_navigation_pane(file: bytes) -> None:
    found = []
    for level in range(1, 5):
        style = style_of(file, f"Heading{level}")
        name, outline = style.find(f"{W}name"), style.find(f"{W}pPr/{W}outlineLvl")
        assert name is not None
        assert outline is not None
        found.append((name.get(f"{W}val"), outline.get(f"{W}val")))
    assert found == [("heading 1", "0"), ("heading 2", "1"), ("heading 3", "2"), ("heading 4", "3")]


def test_every_style_of_the_sheet_is_there_under_its_name(file: bytes, style: Style) -> None:
    names = {
        item.get(f"{W}styleId"): name.get(f"{W}val")
        for item in root(file, "word/styles.xml").iterfind(f"{W}style")
        if (name := item.find(f"{W}name")) is not None
    }
    wanted = {item.word_id: item.word_name for item in style.paragraphs.values()}
    wanted |= {item.word_id: item.word_name for item in style.characters.values()}
    assert names.items() >= wanted.items()


def test_only_our_own_styles_are_custom(file: bytes) -> None:
    """A built-in style that is called custom would stand twice in Word's list."""
    for item in root(file, "word/styles.xml").iterfind(f"{W}style"):
        name = item.find(f"{W}name")
        assert name is not None
        assert (item.get(f"{W}customStyle") == "1") == (not str(name.get(f"{W}val")).isascii())


def test_indents_follow_the_type_size(style: Style) -> None:
    file = empty(changed(style, "body", size=15.0, char_spacing=Twips(-3)))
    assert "firstLineChars=200 firstLine=594" in readable(style_of(file, "Normal"))


def test_a_part_of_a_character_is_twips_only(style: Style) -> None:
    """Word would let a character unit win over the twips, and know only whole hundredths of it."""
    file = empty(changed(style, "addressee", start_indent=1.5))
    assert "leftChars=0 left=472" in readable(style_of(file, "Addressee"))


def test_a_change_of_body_text_reaches_the_styles_that_look_like_it(style: Style) -> None:
    red = changed(style, "body", color="C00000")
    assert "color val=C00000" in readable(style_of(empty(red), "Normal"))
    assert "color val=000000" in readable(style_of(empty(red), "Heading1"))
    assert "color" not in readable(style_of(empty(style), "Heading1"))


def test_both_languages_are_set_for_all_text(file: bytes) -> None:
    defaults = root(file, "word/styles.xml").find(f"{W}docDefaults")
    assert defaults is not None
    assert "lang val=en-US eastAsia=zh-CN bidi=ar-SA" in readable(defaults)


def test_all_scripts_take_one_font(file: bytes) -> None:
    for part in ("word/styles.xml", "word/footer1.xml", "word/document.xml"):
        for item in root(file, part).iter(f"{W}rFonts"):
            names = {item.get(f"{W}{script}") for script in ("ascii", "hAnsi", "eastAsia", "cs")}
            assert len(names) == 1
            assert item.get(f"{W}hint") == "eastAsia"


def test_settings_leave_line_breaking_no_freedom(file: bytes, style: Style) -> None:
    settings = root(file, "word/settings.xml")
    compat = settings.find(f"{W}compat")
    assert compat is not None
    modes = {item.get(f"{W}name"): item.get(f"{W}val") for item in compat.iter(f"{W}compatSetting")}
    assert modes["compatibilityMode"] == "15"
    settings.remove(compat)
    rules = style.line_breaking
    assert (
        readable(settings)
        == f"""\
settings
  zoom percent=100
  defaultTabStop val=630
  evenAndOddHeaders
  characterSpacingControl val=doNotCompress
  noLineBreaksAfter lang=zh-CN val={rules.not_at_end}
  noLineBreaksBefore lang=zh-CN val={rules.not_at_start}
  decimalSymbol val=.
  listSeparator val=,"""
    )


def test_the_font_table_helps_a_machine_without_the_office_fonts(file: bytes) -> None:
    assert (
        readable(root(file, "word/fontTable.xml"))
        == """\
fonts
  font name=方正小标宋简体
    altName val=FZXiaoBiaoSong-B05S
    charset val=86
    family val=auto
    pitch val=variable
  font name=仿宋_GB2312
    altName val=FangSong_GB2312
    charset val=86
    family val=modern
    pitch val=fixed
  font name=黑体
    altName val=SimHei
    charset val=86
    family val=modern
    pitch val=fixed
  font name=楷体_GB2312
    altName val=KaiTi_GB2312
    charset val=86
    family val=modern
    pitch val=fixed
  font name=宋体
    altName val=SimSun
    charset val=86
    family val=auto
    pitch val=variable"""
    )


def test_the_page_is_set_up_by_the_standard(file: bytes) -> None:
    """5.1, 5.2.1: A4, 37/35/28/26 mm; the dash of the page number 7 mm below the type area (7.5)."""
    section = root(file, "word/document.xml").find(f"{W}body/{W}sectPr")
    assert section is not None
    assert (
        readable(section)
        == """\
sectPr
  footerReference type=even id=rId6
  footerReference type=default id=rId5
  pgSz w=11906 h=16838
  pgMar top=2098 right=1474 bottom=1984 left=1587 header=851 footer=1447 gutter=0
  cols space=720"""
    )


@pytest.mark.parametrize(("part", "side"), [("word/footer1.xml", "right"), ("word/footer2.xml", "left")])
def test_page_numbers_are_fields_at_the_outer_edge(file: bytes, part: str, side: str) -> None:
    footer = root(file, part)
    text = "".join(str(node.text) for node in footer.iter(f"{W}t", f"{W}instrText"))
    assert text in ("—  PAGE 1 —", "—  PAGE 2 —")
    properties = footer.find(f"{W}p/{W}pPr")
    assert properties is not None
    assert readable(properties) == f"pPr\n  pStyle val=Footer\n  ind {side}=315\n  jc val={side}"


def test_the_theme_names_no_font_that_the_styles_lack(file: bytes, style: Style) -> None:
    """WPS reports every font that a file names and the machine lacks."""
    theme = etree.fromstring(parts(file)["word/theme/theme1.xml"])
    typefaces = {item.get("typeface") for item in theme.iter() if item.get("typeface") is not None}
    assert typefaces <= set(style.word_fonts.values())
