"""The document that people edit in Word to restyle a template: a guide, then a sample of every style."""

from collections.abc import Iterator

from kexie_docs.doctree.nodes import Block, Document, Inline, Metadata, Paragraph, Span, Text
from kexie_docs.restyle.naming import shown_name
from kexie_docs.style.sheet import ParagraphStyle, Style
from kexie_docs.units import TWIPS_PER_PT

_TITLE, _BODY = "title", "body"

_GUIDE = (
    "本文件列出模板“{title}”的全部样式。每一段都用方括号里写明的样式排成，成品里用的也是这些样式。",
    "第一步，改样式：在“样式”窗格里右击样式名，选“修改”，改字体、字号、颜色、字符间距、行距、段前段后、缩进或"
    "对齐方式；不要选中文字直接改。许多样式以“正文”为基础，改了正文，它们跟着变。",
    "第二步，改页边距：在“布局”的“页边距”里改。",
    "第三步，存盘关闭，在命令行输入：kexie-docs template from-word 本文件名 {name}",
    "此后用这个模板生成的Word和PDF都照新样式排。改了哪些、哪些带不回去，命令会逐条列出。",
)

_SAMPLES = {
    _TITLE: "云溪市科协2025年工作总结",
    _BODY: "2025年，云溪市科协举办科普活动120余场，参与公众超10万人次，新建科普场馆4个。全市公民具备科学素质"
    "的比例比上年提高1.2个百分点，各项任务全面完成。",
    "heading_1": "一、服务创新发展，汇聚科技力量",
    "heading_2": "（一）建好服务平台",
    "heading_3": "1.院士专家工作站",
    "heading_4": "（1）建站条件",
    "copy_number": "000001",
    "authority_mark": "文件",
    "authority_mark_medium": "文件",
    "authority_mark_small": "云科协文件",
    "authority_mark_joint": "云科协文件",
    "bulletin_name": "简报",
    "addressee": "云溪市委，云溪市人民政府：",
    "attachment_note": "附件：1.主要指标完成情况表",
    "attachment_note_next": "2.各县区工作情况表",
    "signature": "云溪市科学技术协会",
    "signature_next": "云溪市教育局",
    "issue_date": "2025年12月31日",
    "note": "（此件公开发布）",
    "contact": "电话：（0930）1234567",
    "attachment_label": "附件1",
    "attachment_title": "主要指标完成情况表",
    "document_number": "云科协发〔2025〕12号",
    "imprint_cc": "抄送：市委办公室，市人大常委会办公室，市政府办公室，市政协办公室，市委组织部。",
}
_OTHER = "样式示例文字2025"
_SPAN_BEFORE, _SPAN_AFTER = "正文里的", "，前后仍是正文。"


def specimen(sheet: Style, name: str, title: str) -> Document:
    """Return the document for a template: its guide in the body style, then every style with its sample.

    Args:
        sheet: the template's style sheet.
        name: of the template, for the guide.
        title: of the template, likewise.
    """
    return Document(
        blocks=tuple(_blocks(sheet, name, title)), metadata=Metadata(title=f"版式样本：{title}", subject=name)
    )


def _blocks(sheet: Style, name: str, title: str) -> Iterator[Block]:
    # The title first, as in every document; then how to use it; then all others in the style sheet's order.
    styles = dict(sheet.paragraphs)
    if (first := styles.pop(_TITLE, None)) is not None:
        yield from _sample(first)
    for line in _GUIDE:
        yield Paragraph(inlines=(Text(line.format(name=name, title=title)),))
    for style in styles.values():
        yield from _sample(style)
    for character in sheet.characters.values():
        label = Text(f"［{shown_name(character.word_name)}，字符样式］{_SPAN_BEFORE}")
        inlines: tuple[Inline, ...] = (
            label,
            Span((Text(f"{shown_name(character.word_name)}示例"),), character.name),
            Text(_SPAN_AFTER),
        )
        yield Paragraph(inlines=inlines)


def _sample(style: ParagraphStyle) -> Iterator[Block]:
    label = f"［{shown_name(style.word_name)}］"
    if (style.line_pitch is not None and style.line_pitch < style.size * TWIPS_PER_PT) or style.size < 6:
        # A line that carries nothing but its rule: text in it could not be read.
        yield Paragraph(inlines=(Text(f"{label}下一行只有线条，没有文字。"),))
        yield Paragraph(inlines=(), style=style.name)
        return
    yield Paragraph(inlines=(Text(label + _SAMPLES.get(style.name, _OTHER)),), style=style.name)
