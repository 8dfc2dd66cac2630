"""Styles as people know them: the names that Chinese Word and WPS show."""

from kexie_docs.style.sheet import Style

_SHOWN = {
    "normal": "正文", "title": "标题", "subtitle": "副标题", "strong": "要点", "emphasis": "强调",
    "caption": "题注", "header": "页眉", "footer": "页脚", "quote": "引用", "list paragraph": "列表段落",
    "body text": "正文文本", "signature": "签名", "date": "日期", "salutation": "称呼", "closing": "结束语",
    "page number": "页码",
} | {f"heading {level}": f"标题 {level}" for level in range(1, 10)}  # fmt: skip

FOOTER = "footer"
"""Word's name of the style of page numbers."""


def shown_name(word_name: str) -> str:
    """Return what Chinese Word and WPS show for a style's name in the file."""
    return _SHOWN.get(word_name.casefold(), word_name)


def style_name(sheet: Style, table: str, name: str) -> str:
    """Return the shown name of a style of a sheet: ``table`` is paragraph, character or page_number."""
    if table == "page_number":
        return shown_name(FOOTER)
    styles = sheet.paragraphs if table == "paragraph" else sheet.characters
    return shown_name(styles[name].word_name)
