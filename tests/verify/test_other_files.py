"""Files that are not ours, or not what they say: one clear message, never a traceback."""

import io
import time
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from reportlab.pdfgen.canvas import Canvas

from tests.support.cli import Run
from tests.verify.copies import INPUTS, finished


def other_document() -> bytes:
    document = docx.Document()
    document.add_heading("Meeting notes", 0)
    for number in range(50):
        document.add_paragraph(f"Point {number}: nothing of a summary here.")
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def other_chinese_document() -> bytes:
    document = docx.Document()
    for number in range(40):
        document.add_paragraph(f"根据合同第{number}条的约定，甲方应当在收到发票后三十日内付清全部货款。")
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def scan() -> bytes:
    stream = io.BytesIO()
    canvas = Canvas(stream)
    canvas.rect(10, 10, 100, 100)
    canvas.showPage()
    canvas.save()
    return stream.getvalue()


def empty_document() -> bytes:
    stream = io.BytesIO()
    docx.Document().save(stream)
    return stream.getvalue()


OURS = INPUTS / "zhangye-2025.yaml"
FILES: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "another document": ("edited.docx", other_document, "KD160"),
    "another Chinese document": ("edited.docx", other_chinese_document, "KD160"),
    "an empty document": ("edited.docx", empty_document, "KD160"),
    "cut short": ("edited.docx", lambda: finished(OURS)[:5000], "KD143"),
    "an old or encrypted file": (
        "edited.docx",
        lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000),
        "KD141",
    ),
    "a PDF under another name": ("edited.docx", scan, "KD141"),
    "a Word file under another name": ("edited.pdf", lambda: finished(OURS), "KD161"),
    "a scan": ("edited.pdf", scan, "KD161"),
    "nothing": ("edited.docx", lambda: b"", "KD141"),
    "another kind": ("edited.doc", lambda: finished(OURS), "KD162"),
}


@pytest.mark.parametrize("name", FILES)
def test_file_that_cannot_be_compared_is_told_in_one_message(name: str, command: Run, folder: Path) -> None:
    file, data, code = FILES[name]
    (folder / file).write_bytes(data())
    outcome = command("verify", file, str(OURS))
    assert outcome.code == 3
    assert outcome.out == ""
    assert outcome.err.count("KD") == 1
    assert f"error {code}: " in outcome.err
    assert outcome.err.startswith(file)


def test_copy_of_five_hundred_pages_is_compared_within_a_minute(command: Run, folder: Path) -> None:
    lines = "".join(
        f"  第{number}项工作推进有力，完成任务{number}件，惠及群众{number * 7 % 997}人次，"
        f"形成经验{number % 13}条，{'扎实推进各项工作落地见效，' * 12}成效明显。\n"
        for number in range(1, 2200)
    )
    text = f"单位: {{全称: 云溪市科学技术协会}}\n年度: 2025\n开篇: |\n{lines}"
    (folder / "long.yaml").write_text(text, encoding="utf-8")
    assert command("build", "long.yaml", "--formats", "docx").code == 0
    (folder / "other.yaml").write_text(
        text.replace("推进有力", "推进得力").replace("形成经验7条", "形成经验7项")
    )
    started = time.monotonic()
    outcome = command("verify", "outputs/long.docx", "other.yaml")
    assert time.monotonic() - started < 60
    assert outcome.code == 7
    assert outcome.out.count("text changed") == 2199
