"""How the elements of an official document are written: patterns that find even spoiled ones."""

import re

HAN = "\u3400-\u9fff〇"
NUMERAL = "[一二三四五六七八九十百]{1,4}"

LEVELS = (
    re.compile(rf"^({NUMERAL})\s*[、.．,，]"),
    re.compile(rf"^[（(]\s*({NUMERAL})\s*[）)]"),
    re.compile(r"^(\d{1,2})\s*[.．、](?!\d)"),
    re.compile(r"^[（(]\s*(\d{1,2})\s*[）)]"),
)
"""Heading numbers of levels 1 to 4 (7.3.3), with the marks that are often put wrongly."""

NUMBER_FORMS = (
    re.compile(rf"^{NUMERAL}、(?!\s)"),
    re.compile(rf"^（{NUMERAL}）(?![、，.．：:\s])"),
    re.compile(r"^\d{1,2}\.(?![、，])"),
    re.compile(r"^（\d{1,2}）(?![、，.．：:\s])"),
)
"""The same as they are to be written (7.3.3, GB/T 15834 B.3)."""

DOC_NUMBER = re.compile(
    rf"^[{HAN}]{{1,16}}\s*[〔\[［【(（﹝]\s*\d{{2,4}}\s*[〕\]］】)）﹞]\s*第?\s*\d{{1,4}}\s*号"
)
DOC_NUMBER_FORM = re.compile(r"^[\u4e00-\u9fff]{1,12}〔(?:19|20)\d{2}〕[1-9]\d*号$")
SIGNER = re.compile(r"签发人\s*[：:]")
COPY_NUMBER = re.compile(r"^(?:№|No\.?)?\s*\d{1,9}$")
SECRECY = re.compile(r"^(?:绝\s*密|机\s*密|秘\s*密)(?:\s*[★☆]?\s*(?:\d{1,2}\s*(?:年|个月)|长期))?$")
SECRECY_FORM = re.compile(r"^(?:绝\s?密|机\s?密|秘\s?密|(?:绝密|机密|秘密)★(?:\d{1,2}年|长期|\d{1,2}个月))$")
URGENCY = re.compile(r"^(?:特\s*急|加\s*急|特\s*提|平\s*急)$")
ISSUE_NUMBER = re.compile(r"^[（(]?第?\s*\d{1,4}\s*期[)）]?")

_HANS_DATE = "[〇零○Oo0一二三四五六七八九]{2,4}年[一二三四五六七八九十]{1,3}月[一二三四五六七八九十]{1,3}日"
DATE = re.compile(
    rf"^(?:\d{{2,4}}\s*年\s*\d{{1,2}}\s*月\s*\d{{1,2}}\s*日|{_HANS_DATE}|\d{{4}}[./-]\d{{1,2}}[./-]\d{{1,2}})$"
)
DATE_FORM = re.compile(r"^(?:19|20)\d{2}年(?:[1-9]|1[0-2])月(?:[1-9]|[12]\d|3[01])日$")

CC = re.compile(r"^(?:抄\s*送|抄\s*报|主\s*送|分\s*送|报\s*送|报|送|发)\s*[：:]")
CC_ONLY = re.compile(r"^(?:抄\s*送|抄\s*报|分\s*送)\s*[：:]")
PRINT = re.compile(
    r"(?:\d{2,4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日|" + _HANS_DATE + r")\s*印\s*发\s*$|印\s*发$"
)
PRINT_FORM = re.compile(r"(?:19|20)\d{2}年(?:[1-9]|1[0-2])月(?:[1-9]|[12]\d|3[01])日印发$")

NOTE = re.compile(r"^附\s*件\s*(?:[：:]|\d{1,2}\s*[.．、：:]\s*\S)")
NOTE_NEXT = re.compile(r"^\d{1,2}\s*[.．、]\s*\S")
LABEL = re.compile(r"^附\s*件\s*(?:\d{0,2}|[一二三四五六七八九十]{1,2})\s*[：:]?$")
LABEL_FORM = re.compile(r"^附件\d{0,2}$")
REMARK = re.compile(r"^[（(].{2,80}[)）]$")
CAPTION = re.compile(
    r"^(?:表|图)\s*[0-9一二三四五六七八九十]{1,3}"
    # A blank between number and name may be a mere gap in a PDF.
    r"(?:\s|[-—.：:]|(?<=[0-9])[^\W\d][^，。；：！？]*$)"
)
ADDRESSEE = re.compile(r"^[^。；！？]{2,200}[：:]$")
SPEECH = re.compile(r"如下|汇报|总结|报告|通知|说明|足迹|包括|方面|措施|问题|为[：:]$|是[：:]$|成效|打算")
"""What a paragraph says that ends in a colon and yet addresses nobody."""
ORGAN = re.compile(r"(?:政府|委|办|局|会|部|院|组|科协|单位|处|室|厅|公司|学校|学会|同志|机关|部门|团体)$")
MINUTES = re.compile(r"纪\s*要$")
"""How the mark, or else the title, of minutes ends (10.3)."""
ATTENDEES = re.compile(
    r"^((?:出\s*席|列\s*席|请\s*假|缺\s*席|参\s*加|主\s*持|记\s*录)(?:人员|人|单位)?)\s*[：:]"
)
"""Who was at a meeting, who was excused, who sat in (10.3); the label is the first group."""

_BETWEEN_NAMES = re.compile(r"[\u3000\t]+| {2,}")


def names_in_row(text: str) -> list[str]:
    """Return the authorities of a joint document that stand beside each other in a line (7.3.5.1)."""
    return [name for name in _BETWEEN_NAMES.split(text.strip()) if name]


SENTENCE_END = re.compile(r"[。；！？…][”’）]?$")
MARK_END = re.compile(r"(?:文件|令|纪要|简报|通报|公报)$")
