"""Values of the official elements, as the standard writes them: document numbers, classification, seals."""

import re
from pathlib import PurePosixPath
from typing import Any

from kexie_docs.errors import message
from kexie_docs.frozen import dataclass
from kexie_docs.model.characters import shown
from kexie_docs.model.coerce import line
from kexie_docs.model.issues import Issue, IssueError
from kexie_docs.model.paths import relative_path
from kexie_docs.units import Twips, mm, parse_length

# As texts: most inputs have none of these, and compiling them takes longer than reading an input.
_NUMBER = r"(?P<code>[\u4e00-\u9fff]{1,12})〔(?P<year>(?:19|20)[0-9]{2})〕(?P<serial>[1-9][0-9]*)号"
_NUMBER_SLIP = (
    r"(?P<code>[\u4e00-\u9fff]{1,12}?)\s*[〔\[［【(（](?P<year>(?:19|20)[0-9]{2})年?[〕\]］】)）]"
    r"\s*第?\s*0*(?P<serial>[1-9][0-9]*)\s*号"
)
_COPY_NUMBER = r"[0-9]{6}"
_PERIOD = r"[1-9][0-9]?年|[1-9][0-9]?个月|长期"

CLASSIFICATIONS = ("绝密", "机密", "秘密")
URGENCIES = ("特急", "加急", "特提", "平急")

DEFAULT_SEAL_WIDTH = mm(42)
"""Diameter of the seals of associations and their offices, as they are usually cut."""

DEFAULT_STAMP_WIDTH = mm(30)
"""Width of the stamp of a signature of two or three characters."""

_SEAL_WIDTHS = (mm(10), mm(80))

_YES, _NO = ("是", "true", "yes"), ("否", "false", "no")


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that an input names.

    Attributes:
        path: as the input has it, relative to the input's folder, parted by ``/``.
        data: PNG or JPEG; empty until the readers have read the file.
        width: in pixels.
        height: in pixels.
    """

    path: str
    data: bytes = b""
    width: int = 0
    height: int = 0


def document_number(value: Any) -> str:
    """Return a document number as 7.2.5 writes it: code, year in 〔〕, serial without zeros, 号.

    Raises:
        IssueError: KD213, it has another form.
    """
    text = line(value)
    if re.fullmatch(_NUMBER, text):
        return text
    slip = re.fullmatch(_NUMBER_SLIP, text)
    proposed = f"{slip['code']}〔{slip['year']}〕{slip['serial']}号" if slip else "张科协发〔2025〕12号"
    raise IssueError(
        Issue(
            "KD213",
            message("“{text}” is not a document number as GB/T 9704 7.2.5 writes it", text=shown(text)),
            message(
                "Write code, year in 〔〕, number without 第 or leading zeros, and 号: {example}.",
                example=proposed,
            ),
        )
    )


def copy_number(value: Any) -> str:
    """Return a copy number: six digits (7.2.1).

    Raises:
        IssueError: KD214, it is something else.
    """
    text = line(value)
    if re.fullmatch(_COPY_NUMBER, text):
        return text
    proposed = text.zfill(6) if text.isascii() and text.isdigit() and len(text) < 6 else "000001"
    raise IssueError(
        Issue(
            "KD214",
            message("“{text}” is not a copy number: GB/T 9704 7.2.1 asks for six digits", text=shown(text)),
            message("Write it with leading zeros, in quotes: {example}.", example=f'"{proposed}"'),
        )
    )


def classification(value: Any) -> str:
    """Return a classification: 绝密, 机密 or 秘密 (7.2.2).

    Raises:
        IssueError: KD215, it is something else.
    """
    text = _without_blanks(line(value))
    if text in CLASSIFICATIONS:
        return text
    word, star, period = text.partition("★")
    hint = (
        message("Write {line} and {other}.", line=f"密级: {word}", other=f"保密期限: {shown(period)}")
        if star and word in CLASSIFICATIONS
        else message("Write one of: {names}.", names="、".join(CLASSIFICATIONS))
    )
    raise IssueError(
        Issue("KD215", message("“{text}” is no classification (GB/T 9704 7.2.2)", text=shown(text)), hint)
    )


def secrecy_period(value: Any) -> str:
    """Return a period of secrecy: years, months or 长期 (7.2.2).

    Raises:
        IssueError: KD215, it is something else.
    """
    text = _without_blanks(line(value)).lstrip("★")
    if re.fullmatch(_PERIOD, text):
        return text
    raise IssueError(
        Issue(
            "KD215",
            message("“{text}” is no period of secrecy (GB/T 9704 7.2.2)", text=shown(text)),
            message("Write it with Arabic digits: {names}.", names="1年、6个月、长期"),
        )
    )


def table_of(value: Any) -> str:
    """Return 指标, the one thing that a table can be made of.

    Raises:
        IssueError: it is something else.
    """
    text = line(value)
    if text in ("指标", "metrics"):
        return "指标"
    raise IssueError(
        Issue(
            "KD222",
            message("There is no table of “{text}”", text=shown(text)),
            message("Write {table}, or write the table yourself under {body}.", table="指标", body="正文"),
        )
    )


def empty_attachment() -> Issue:
    """Return the issue of an attachment that has only a title."""
    return Issue(
        "KD202",
        message("{key} is missing", key="正文"),
        message("Write the attachment's text under {body}, or {table} for a table of the metrics.",
                body="正文", table="表: 指标"),
        ("正文",),
    )  # fmt: skip


def period_alone() -> Issue:
    """Return the issue of a period of secrecy without a classification."""
    return Issue(
        "KD215",
        message("{period} stands without {classification}", period="保密期限", classification="密级"),
        message("Give {classification}, or delete {period}.", period="保密期限", classification="密级"),
        ("保密期限",),
    )


def stamp_alone(given: str, missing: str) -> Issue:
    """Return the issue of a signature stamp without the post beside it, or the other way round."""
    return Issue(
        "KD220",
        message("{given} stands without {missing} (GB/T 9704 7.3.5.3)", given=given, missing=missing),
        message("Give {missing}, or delete {given}.", given=given, missing=missing),
        (given,),
    )


def stamp_and_seal() -> Issue:
    """Return the issue of a signature stamp beside a seal."""
    return Issue(
        "KD220",
        message("A document has {seal} or {stamp}, not both", seal="印章", stamp="签名章"),
        message("Delete one of them."),
        ("签名章",),
    )


def seal_twice() -> Issue:
    """Return the issue of a seal for the document beside seals of its signing authorities."""
    return Issue(
        "KD220",
        message("{seal} stands beside {names} that have seals of their own", seal="印章", names="署名"),
        message("Write each seal below the name that it belongs to, and delete this one."),
        ("印章",),
    )


def urgency(value: Any) -> str:
    """Return an urgency: 特急 or 加急, of telegrams also 特提 and 平急 (7.2.3).

    Raises:
        IssueError: KD216, it is something else.
    """
    text = _without_blanks(line(value))
    if text in URGENCIES:
        return text
    raise IssueError(
        Issue(
            "KD216",
            message("“{text}” is no urgency (GB/T 9704 7.2.3)", text=shown(text)),
            message("Write one of: {names}.", names="、".join(URGENCIES)),
        )
    )


def yes_no(value: Any) -> bool:
    """Return whether a value says yes: 是 or 否, true or false.

    Raises:
        IssueError: KD217, it says neither.
    """
    if isinstance(value, bool):
        return value
    text = line(value)
    if text.lower() in _YES:
        return True
    if text.lower() in _NO:
        return False
    raise IssueError(
        Issue(
            "KD217",
            message("“{text}” is neither yes nor no", text=shown(text)),
            message("Write {yes} or {no}.", yes=_YES[0], no=_NO[0]),
        )
    )


def printed_width(value: Any) -> Twips:
    """Return the width of a seal, such as 42mm.

    Raises:
        IssueError: KD218, it is no length or none of a seal.
    """
    if isinstance(value, int) and not isinstance(value, bool):
        return Twips(value)
    text = line(value)
    try:
        width = parse_length(text)
    except ValueError:
        width = Twips(0)
    if _SEAL_WIDTHS[0] <= width <= _SEAL_WIDTHS[1]:
        return width
    raise IssueError(
        Issue(
            "KD218",
            message("“{text}” is not the width of a seal", text=shown(text)),
            message("Write 10mm to 80mm, such as {example}.", example="42mm"),
        )
    )


def picture(value: Any) -> Picture:
    """Return a picture by its path.

    Raises:
        IssueError: KD219, that is no path of a PNG or JPEG below the input's folder.
    """
    if isinstance(value, Picture):
        return value
    path = relative_path(line(value), message("Put the picture beside the input and write its name."))
    if PurePosixPath(path).suffix.lower() not in (".png", ".jpg", ".jpeg"):
        raise IssueError(
            Issue(
                "KD219",
                message("“{text}” is no PNG or JPEG file by its name", text=shown(path)),
                message("Save the seal as PNG, with a transparent ground, and write that file's name."),
            )
        )
    return Picture(path)


def base_input(value: Any) -> str:
    """Return the path of another input.

    Raises:
        IssueError: KD219, that is no path below the input's folder.
    """
    return relative_path(line(value), message("Put both inputs into one folder and write the other's name."))


def _without_blanks(text: str) -> str:
    """Return the text without the blanks that people set between two characters (特　急)."""
    return re.sub(r"\s", "", text)
