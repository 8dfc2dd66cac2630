"""Spoils finished Word files, one fault at a time, by editing their XML. It knows nothing of any checker."""

import io
import re
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from lxml import etree

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_W = f"{{{W}}}"
DOCUMENT, STYLES, SETTINGS = "word/document.xml", "word/styles.xml", "word/settings.xml"

Parts = dict[str, bytes]
_PITCH = r'w:line="5(?:79|92)" w:lineRule="exact"'

Edit = Callable[[Parts], None]


@dataclass(frozen=True)
class Spoil:
    """A fault.

    Attributes:
        name: what is wrong, in words.
        edit: makes the fault in a file's parts.
        source: name of the good document that it is made in.
    """

    name: str
    edit: Edit
    source: str = "full"


def spoiled(word: bytes, edit: Edit) -> bytes:
    """Return a Word file with a fault."""
    with zipfile.ZipFile(io.BytesIO(word)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    before = dict(parts)
    edit(parts)
    if parts == before:
        raise ValueError("the edit changed nothing")
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return stream.getvalue()


def replace(part: str, pattern: str, by: str, count: int = 1) -> Edit:
    """Return the edit that replaces what matches in a part (0: everywhere)."""

    def edit(parts: Parts) -> None:
        text, found = re.subn(pattern, by, parts[part].decode(), count=count)
        if not found:
            raise ValueError(f"nothing matches {pattern}")
        parts[part] = text.encode()

    return edit


def words(old: str, new: str) -> Edit:
    """Return the edit that replaces words of the text, which may be cut into several runs."""

    def edit(parts: Parts) -> None:
        root = etree.fromstring(parts[DOCUMENT])
        node = _paragraph(root, old)
        texts = list(node.iter(f"{_W}t"))
        whole = "".join(one.text or "" for one in texts)
        start = whole.index(old)
        end, at, rest = start + len(old), 0, new
        for one in texts:
            text = one.text or ""
            cut, stop = max(start - at, 0), min(max(end - at, 0), len(text))
            if cut < len(text) and stop > cut:
                one.text = text[:cut] + rest + text[stop:]
                rest = ""
            at += len(text)
        parts[DOCUMENT] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)

    return edit


def paragraph(text: str, change: Callable[[etree._Element], None]) -> Edit:
    """Return the edit that changes the paragraph with this text."""

    def edit(parts: Parts) -> None:
        root = etree.fromstring(parts[DOCUMENT])
        change(_paragraph(root, text))
        parts[DOCUMENT] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)

    return edit


def _paragraph(root: etree._Element, text: str) -> etree._Element:
    for node in root.iter(f"{_W}p"):
        if text in "".join(one.text or "" for one in node.iter(f"{_W}t")):
            return node
    raise ValueError(f"no paragraph holds {text}")


def formatting(name: str, attributes: Mapping[str, str]) -> Callable[[etree._Element], None]:
    """Return the change that gives a paragraph direct formatting."""

    def change(node: etree._Element) -> None:
        properties = node.find(f"{_W}pPr")
        if properties is None:
            properties = etree.Element(f"{_W}pPr")
            node.insert(0, properties)
        old = properties.find(f"{_W}{name}")
        if old is not None:
            properties.remove(old)
        new = etree.SubElement(properties, f"{_W}{name}")
        for key, value in attributes.items():
            new.set(f"{_W}{key}", value)

    return change


def type_of(name: str, attributes: Mapping[str, str]) -> Callable[[etree._Element], None]:
    """Return the change that gives all the text of a paragraph direct formatting."""

    def change(node: etree._Element) -> None:
        for run in node.iter(f"{_W}r"):
            properties = run.find(f"{_W}rPr")
            if properties is None:
                properties = etree.Element(f"{_W}rPr")
                run.insert(0, properties)
            old = properties.find(f"{_W}{name}")
            if old is not None:
                properties.remove(old)
            new = etree.SubElement(properties, f"{_W}{name}")
            for key, value in attributes.items():
                new.set(f"{_W}{key}", value)

    return change


def face(name: str) -> Callable[[etree._Element], None]:
    """Return the change that sets a paragraph in a typeface."""
    return type_of("rFonts", {key: name for key in ("ascii", "hAnsi", "eastAsia", "cs")})


def in_style(identity: str, pattern: str, by: str) -> Edit:
    """Return the edit that replaces something within a style's definition."""

    def edit(parts: Parts) -> None:
        text = parts[STYLES].decode()
        start = text.index(f'w:styleId="{identity}"')
        end = text.index("</w:style>", start)
        own, found = re.subn(pattern, by, text[start:end])
        if not found:
            raise ValueError(f"nothing in {identity} matches {pattern}")
        parts[STYLES] = (text[:start] + own + text[end:]).encode()

    return edit


def both(*edits: Edit) -> Edit:
    """Return several edits as one."""

    def edit(parts: Parts) -> None:
        for one in edits:
            one(parts)

    return edit


def footers(pattern: str, by: str) -> Edit:
    """Return the edit that replaces something in every footer."""

    def edit(parts: Parts) -> None:
        for name in [one for one in parts if re.match(r"word/footer\d+\.xml", one)]:
            parts[name] = re.sub(pattern, by, parts[name].decode()).encode()

    return edit


def removed(text: str) -> Edit:
    """Return the edit that takes a paragraph out."""
    return paragraph(text, lambda node: node.getparent().remove(node))  # type: ignore[union-attr]


def doubled(text: str, copy: str) -> Edit:
    """Return the edit that puts a copy of a paragraph, with other words, below it."""

    def change(node: etree._Element) -> None:
        twin = etree.fromstring(etree.tostring(node))
        texts = list(twin.iter(f"{_W}t"))
        for one in texts:
            one.text = ""
        texts[0].text = copy
        node.addnext(twin)

    return paragraph(text, change)


def _margin(side: str, twips: int) -> Edit:
    return replace(DOCUMENT, rf'(<w:pgMar [^>]*w:{side}=")\d+', rf"\g<1>{twips}", 0)


def _no_border(identity: str) -> Edit:
    return in_style(identity, r"<w:pBdr>.*?</w:pBdr>", "")


def _imprint_first(parts: Parts) -> None:
    """Move the imprint's table before the first attachment."""
    root = etree.fromstring(parts[DOCUMENT])
    (table,) = root.iter(f"{_W}tbl")
    _paragraph(root, "附件1").addprevious(table)
    parts[DOCUMENT] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _of(source: str, *spoils: Spoil) -> tuple[Spoil, ...]:
    """Return faults as those of another document than the usual one."""
    return tuple(Spoil(one.name, one.edit, source) for one in spoils)


_ROW = "精神文明建设办公室"
"""Text that only the first of two rows of joint authorities holds."""

SPOILS: tuple[Spoil, ...] = (
    Spoil("page of letter size", replace(DOCUMENT, r'w:w="11906" w:h="16838"', 'w:w="12240" w:h="15840"', 0)),
    Spoil("top margin 25.4 mm", _margin("top", 1440)),
    Spoil("bottom margin 25 mm", _margin("bottom", 1417)),
    Spoil("left margin 31.8 mm", _margin("left", 1803)),
    Spoil("right margin 20 mm", _margin("right", 1134)),
    Spoil("21 lines a page", replace(STYLES, _PITCH, 'w:line="600" w:lineRule="exact"', 0)),
    Spoil("24 lines a page", replace(STYLES, _PITCH, 'w:line="520" w:lineRule="exact"', 0)),
    Spoil("27 characters a line", replace(STYLES, r'<w:spacing w:val="-5"/>', '<w:spacing w:val="0"/>', 0)),
    Spoil("a paragraph with single line spacing of its own",
          paragraph("新建科普场馆", formatting("spacing", {"line": "400", "lineRule": "exact"}))),
    Spoil("room between paragraphs",
          paragraph("新建科普场馆", formatting("spacing", {"before": "240", "after": "240"}))),
    Spoil("body in 宋体", both(
        in_style("Normal", "仿宋_GB2312", "宋体"), paragraph("云溪市人民政府：", face("仿宋_GB2312")),
        paragraph("推进场馆", face("仿宋_GB2312")), paragraph("加强日常", face("仿宋_GB2312")))),
    Spoil("one paragraph in 微软雅黑", paragraph("新建科普场馆", face("微软雅黑"))),
    Spoil("one paragraph of size 4", paragraph("走访服务企业", type_of("sz", {"val": "28"}))),
    Spoil("text in blue", paragraph("走访服务企业", type_of("color", {"val": "0000FF"}))),
    Spoil("paragraph not indented", paragraph("走访服务企业", formatting(
        "ind", {"firstLineChars": "0", "firstLine": "0", "leftChars": "0", "left": "0"}))),
    Spoil("paragraph indented by four characters", paragraph("走访服务企业", formatting(
        "ind", {"firstLineChars": "400", "firstLine": "1260"}))),
    Spoil("level-1 heading in 仿宋", paragraph("一、深化", face("仿宋_GB2312"))),
    Spoil("level-2 heading in 黑体", paragraph("（一）阵地", face("黑体"))),
    Spoil("level-3 heading in 黑体", paragraph("1.推进", face("黑体"))),
    Spoil("heading number left out", words("三、加强", "四、加强")),
    Spoil("heading number twice", words("（二）助力", "（一）助力")),
    Spoil("heading level skipped", words("（一）汇聚", "1.汇聚")),
    Spoil("顿号 after a number of level 3", words("1.推进", "1、推进")),
    Spoil("顿号 after （一）", words("（一）汇聚", "（一）、汇聚")),
    Spoil("point after 一", words("二、服务", "二.服务")),
    Spoil("title of size 3", in_style("Title", r'w:val="44"', 'w:val="32"')),
    Spoil("title in 黑体", in_style("Title", "方正小标宋简体", "黑体")),
    Spoil("title on the left", in_style("Title", r'<w:jc w:val="center"/>', '<w:jc w:val="left"/>')),
    Spoil("title ends in a full stop", words("关于2025年工作情况的报告", "关于2025年工作情况的报告。")),
    Spoil("addressee indented", paragraph("云溪市人民政府：", formatting(
        "ind", {"firstLineChars": "200", "firstLine": "630"}))),
    Spoil("addressee without colon", words("云溪市人民政府：", "云溪市人民政府")),
    Spoil("straight quotes", words("“四服务”", '"四服务"')),
    Spoil("half-width comma", words("组建专家服务团，", "组建专家服务团,")),
    Spoil("half-width brackets", words("生产一线", "生产(一线)")),
    Spoil("ellipsis of dots", words("有力支撑。", "有力支撑...")),
    Spoil("document number in [ ]", words("〔2025〕", "[2025]")),
    Spoil("document number with zeros", words("〕12号", "〕012号")),
    Spoil("document number with 第", words("〕12号", "〕第12号")),
    Spoil("document number of two year digits", words("〔2025〕", "〔25〕")),
    Spoil("mark in black", replace(STYLES, r'<w:color w:val="FF0000"/>', '<w:color w:val="000000"/>', 0)),
    Spoil("mark on the left", paragraph("协会文件", formatting("jc", {"val": "left"}))),
    Spoil("no red rule", _no_border("LetterheadRule")),
    Spoil("copy number of three digits", words("000001", "001")),
    Spoil("classification in 仿宋", paragraph("机密★1年", face("仿宋_GB2312"))),
    Spoil("signatory's name in 仿宋", in_style("SignatoryName", "楷体_GB2312", "仿宋_GB2312")),
    Spoil("date with a leading zero", words("2025年12月5日", "2025年12月05日")),
    Spoil("date in Chinese numerals", words("2025年12月5日", "二〇二五年十二月五日")),
    Spoil("date with points", words("2025年12月5日", "2025.12.5")),
    Spoil("signature and date on the left", both(
        paragraph("2025年12月5日", formatting("ind", {"leftChars": "0", "left": "0", "firstLineChars": "0",
        "firstLine": "0"})),
        replace(DOCUMENT, r'("SigningAuthority"/><w:ind w:leftChars="0" w:left=")\d+', r"\g<1>0"))),
    Spoil("attachment note without the attachments", replace(
        DOCUMENT, r'<w:p><w:pPr><w:pStyle w:val="AttachmentLabel"/>.*?(?=<w:tbl>)', "")),
    Spoil("attachment note left out", both(removed("附件：1."), removed("2.科普场馆建设情况说明"))),
    Spoil("mark after an attachment's name", words("2.科普场馆建设情况说明", "2.科普场馆建设情况说明。")),
    Spoil("顿号 in the attachment note", words("附件：1.2025年", "附件：1、2025年")),
    Spoil("attachment of another name", words("2.科普场馆建设情况说明", "2.科普场馆建设有关情况说明")),
    Spoil("attachment label in 仿宋", paragraph("附件1", face("仿宋_GB2312"))),
    Spoil("attachment label with a colon", words("附件2", "附件2：")),
    Spoil("attachment not on a new page", paragraph("附件2", formatting("pageBreakBefore", {"val": "0"}))),
    Spoil("note below the date not indented", paragraph("（联系人", formatting(
        "ind", {"firstLineChars": "0", "firstLine": "0"}))),
    Spoil("first imprint rule missing", _no_border("ImprintFirst")),
    Spoil("middle imprint rule missing", _no_border("ImprintMiddle")),
    Spoil("last imprint rule missing", _no_border("ImprintLast")),
    Spoil("imprint rules too thick", in_style("ImprintFirst", r'w:sz="\d+"', 'w:sz="24"')),
    Spoil("imprint of size 3", both(in_style("ImprintCopy", r'w:val="28"', 'w:val="32"'),
                                    in_style("ImprintPrint", r'w:val="28"', 'w:val="32"'))),
    Spoil("list of copies without full stop", words("市政协办公室。", "市政协办公室")),
    Spoil("printing date with a leading zero", words("2025年12月6日印发", "2025年12月06日印发")),
    Spoil("printing date in Chinese numerals", words("2025年12月6日印发", "二〇二五年十二月六日印发")),
    Spoil("imprint before the attachments", _imprint_first),
    Spoil("document number on the left", paragraph("〔2025〕12号", formatting(
        "ind", {"leftChars": "0", "left": "0", "firstLineChars": "0", "firstLine": "0"}))),
    Spoil("heading number of another level", words("三、加强", "（三）加强")),
    Spoil("document number in ( )", words("〔2025〕", "(2025)")),
    Spoil("signature without date", removed("2025年12月5日")),
    Spoil("date with spaces", words("2025年12月5日", "2025 年 12 月 5 日")),
    Spoil("printing line without 印发", words("2025年12月6日印发", "2025年12月6日")),
    Spoil("paragraph centred", paragraph("新建科普场馆", formatting("jc", {"val": "center"}))),
    Spoil("bold title", in_style("Title", "<w:rPr>", "<w:rPr><w:b/>")),
    Spoil("page lying", replace(DOCUMENT, r'w:w="11906" w:h="16838"', 'w:w="16838" w:h="11906"', 0)),
    Spoil("page number typed instead of counted", footers(
        r"<w:r>(?:(?!</w:r>).)*<w:(?:fldChar|instrText)(?:(?!</w:r>).)*</w:r>", "")),
    Spoil("page number centred", footers(r'<w:jc w:val="(?:right|left)"/>', '<w:jc w:val="center"/>')),
    Spoil("page number on the same side of all pages", replace(SETTINGS, r"<w:evenAndOddHeaders/>", "")),
    Spoil("page numbers missing", replace(DOCUMENT, r"<w:footerReference [^>]*/>", "", 0)),
    Spoil("page number without dashes", footers(r"—", "")),
    Spoil("page number with hyphens", footers(r"—", "-")),
    Spoil("page number of size 5", in_style("Footer", r'w:val="28"', 'w:val="21"')),
    Spoil("page number in Arial", in_style("Footer", "宋体", "Arial")),
    Spoil("page number 15 mm above the paper's edge",
          replace(DOCUMENT, r'w:footer="\d+"', 'w:footer="850"', 0)),
    *_of(
        "yunxi-2025-minutes",
        Spoil("minutes: mark on the left", paragraph("会议纪要", formatting("jc", {"val": "left"}))),
        Spoil("minutes: mark in black", paragraph("会议纪要", type_of("color", {"val": "000000"}))),
        Spoil("minutes: mark 10 mm too low", paragraph(
            "会议纪要", formatting("spacing", {"before": "1863"}))),
        Spoil("minutes: attendees flush left", paragraph("请假：", formatting(
            "ind", {"leftChars": "0", "left": "945", "hangingChars": "0", "hanging": "945"}))),
        Spoil("minutes: further attendees below the label", paragraph("列席：", formatting(
            "ind", {"leftChars": "0", "left": "0", "firstLineChars": "200", "firstLine": "630"}))),
        Spoil("minutes: attendees close to the text", in_style(
            "Attendees", r'w:before="\d+"', 'w:before="0"')),
        Spoil("minutes: label of the attendees in 仿宋", in_style("AttendeeLabel", "黑体", "仿宋_GB2312")),
        Spoil("minutes: names of the attendees in 楷体", paragraph("请假：", face("楷体_GB2312"))),
        Spoil("minutes: attendees of size 4", paragraph("请假：", type_of("sz", {"val": "28"}))),
        Spoil("minutes: heading number left out", words("三、关于", "四、关于")),
        Spoil("minutes: full stop of the title", words("主席办公会议纪要", "主席办公会议纪要。")),
    ),
    *_of(
        "joint_seals_wide",
        Spoil("joint: date not below the last name", paragraph("2025年5月9日", formatting(
            "ind", {"rightChars": "0", "right": "0"}))),
        Spoil("joint: last name on the left", replace(
            DOCUMENT, r'("SigningAuthorityNext"/><w:spacing [^>]*/><w:ind w:leftChars="0" w:left=")\d+',
            r"\g<1>0")),
        Spoil("joint: row of names too far right", paragraph(_ROW, formatting(
            "ind", {"leftChars": "0", "left": "2835"}))),
        Spoil("joint: row of names in 黑体", paragraph(_ROW, face("黑体"))),
        Spoil("joint: row of names in blue", paragraph(_ROW, type_of("color", {"val": "0000FF"}))),
        Spoil("joint: mark in black", replace(
            STYLES, r'<w:color w:val="FF0000"/>', '<w:color w:val="000000"/>', 0)),
        Spoil("joint: date with a leading zero", words("2025年5月9日", "2025年5月09日")),
    ),
)  # fmt: skip
"""Every fault, each on its own."""
