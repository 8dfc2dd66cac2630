"""Files that are not ours, or not what they say: a report or one clear message, within a minute."""

import io
import os
import random
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from docxtpl import DocxTemplate
from PIL import Image
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from kexie_docs.errors import InputError
from kexie_docs.inspection.inspect import Inspection, inspect_file

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000)
MINUTE = 60.0


@pytest.fixture
def report(good: Path) -> Path:
    return good / "office" / "full.docx"


@pytest.fixture
def printed(good: Path) -> Path:
    return good / "office" / "full.pdf"


def refused(path: Path) -> tuple[str, str]:
    """Return code and sentence of the one problem that a file is refused with."""
    with pytest.raises(InputError) as caught:
        inspect_file(path)
    (problem,) = caught.value.problems
    assert problem.place.file == str(path)
    return problem.code, str(problem.what)


def codes(inspection: Inspection) -> set[str]:
    return {one.code for one in inspection.findings}


def saved(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def edited(source: Path, path: Path, change: Callable[[str, bytes], bytes | None]) -> Path:
    """Write a copy of a package with its parts changed; None leaves one out."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = change(name, old.read(name))
            if data is not None:
                new.writestr(name, data)
    return path


def default_document(paragraphs: int = 2) -> bytes:
    document = docx.Document()
    document.add_heading("云溪市科协2025年工作总结", 0)
    document.add_heading("一、主要工作", 1)
    for number in range(paragraphs):
        document.add_paragraph(
            f"今年以来，全市各级科协组织认真履行职责，开展活动第{number}项，取得新的成效。" * 2
        )
    document.add_table(2, 2, style="Table Grid").cell(0, 0).text = "甲"
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def test_default_document_of_python_docx_is_reported(tmp_path: Path) -> None:
    inspection = inspect_file(saved(tmp_path / "default.docx", default_document()))
    assert {"KC501", "KC502", "KC503", "KC602", "KC604", "KC751"} <= codes(inspection)
    assert not inspection.fits


def test_file_of_docxtpl_is_reported(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("{{ title }}")
    document.add_paragraph("正文{{ text }}。")
    document.save(str(tmp_path / "form.docx"))
    form = DocxTemplate(tmp_path / "form.docx")
    form.render({"title": "工作总结", "text": "内容"})
    form.save(tmp_path / "filled.docx")
    inspection = inspect_file(tmp_path / "filled.docx")
    assert "KC502" in codes(inspection)
    assert any(one.excerpt == "正文内容。" for one in inspection.findings)


def test_file_without_page_setup_is_reported(tmp_path: Path, report: Path) -> None:
    """As pandoc writes them: no section properties at all."""
    path = edited(
        report,
        tmp_path / "bare.docx",
        lambda name, data: (
            data[: data.index(b"<w:sectPr>")] + b"</w:body></w:document>"
            if name == "word/document.xml"
            else data
        ),
    )
    assert {"KC502", "KC751"} <= codes(inspect_file(path))


def test_empty_document_is_reported(tmp_path: Path) -> None:
    docx.Document().save(str(tmp_path / "empty.docx"))
    inspection = inspect_file(tmp_path / "empty.docx")
    assert codes(inspection) <= {"KC501", "KC502", "KC503"}
    assert [str(note) for note in inspection.notes] == ["the file holds no text"]


@pytest.mark.parametrize(
    "part", ["word/styles.xml", "word/settings.xml", "word/theme/theme1.xml", "word/footer1.xml"]
)
def test_file_without_a_part_is_reported(part: str, tmp_path: Path, report: Path) -> None:
    inspect_file(edited(report, tmp_path / "less.docx", lambda name, data: None if name == part else data))


@pytest.mark.parametrize(
    ("data", "code", "words"),
    [
        (b"", "KD141", "empty"),
        (b"hello", "KD141", "no Word document"),
        (b"{\\rtf1 hello}", "KD141", "text or web page"),
        (b"<html></html>", "KD141", "text or web page"),
        (OLE, "KD141", "old Word format"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "KD141", "password"),
        (b"PK\x03\x04rest", "KD143", "damaged"),
    ],
)
def test_what_is_no_word_file_is_refused_by_its_name(
    data: bytes, code: str, words: str, tmp_path: Path
) -> None:
    found, sentence = refused(saved(tmp_path / "x.docx", data))
    assert (found, words in sentence) == (code, True), sentence


def test_renamed_files_are_told_apart(tmp_path: Path, report: Path, printed: Path) -> None:
    assert refused(saved(tmp_path / "a.docx", printed.read_bytes())) == (
        "KD141",
        "This is a PDF, whatever its name says",
    )
    assert refused(saved(tmp_path / "a.pdf", report.read_bytes()))[0] == "KD141"
    assert refused(saved(tmp_path / "b.pdf", b"hello")) == ("KD141", "This is no PDF")
    assert refused(saved(tmp_path / "c.pdf", b"")) == ("KD141", "The file is empty")


def test_workbook_is_no_word_document(tmp_path: Path, report: Path) -> None:
    path = edited(
        report,
        tmp_path / "book.docx",
        lambda name, data: (
            data.replace(b"wordprocessingml.document.main", b"spreadsheetml.sheet.main")
            if name == "[Content_Types].xml"
            else data
        ),
    )
    assert refused(path)[0] == "KD141"


def test_missing_file_and_folder_are_refused(tmp_path: Path) -> None:
    for suffix in ("docx", "pdf"):
        assert refused(tmp_path / f"missing.{suffix}") == ("KD140", "There is no such file")
        (tmp_path / f"folder.{suffix}").mkdir()
        assert refused(tmp_path / f"folder.{suffix}") == ("KD140", "This is no file")


def test_encrypted_pdf_is_refused_and_one_that_may_be_read_is_not(tmp_path: Path) -> None:
    for name, password in (("locked", "secret"), ("owned", "")):
        canvas = Canvas(
            str(tmp_path / f"{name}.pdf"), encrypt=StandardEncryption(password, ownerPassword="o")
        )
        canvas.drawString(100, 700, "x")
        canvas.save()
    assert refused(tmp_path / "locked.pdf") == ("KD141", "The file is protected with a password")
    inspect_file(tmp_path / "owned.pdf")


def test_scan_is_refused_with_what_to_do(tmp_path: Path) -> None:
    Image.new("L", (620, 877), 255).save(tmp_path / "page.png")
    canvas = Canvas(str(tmp_path / "scan.pdf"))
    for _ in range(3):
        canvas.drawImage(str(tmp_path / "page.png"), 0, 0, 595, 842)
        canvas.showPage()
    canvas.save()
    assert refused(tmp_path / "scan.pdf")[0] == "KD146"


def test_long_files_take_less_than_a_minute(tmp_path: Path) -> None:
    """500 pages: the limit is the issue's."""
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    canvas = Canvas(str(tmp_path / "long.pdf"))
    for page in range(500):
        canvas.setFont("STSong-Light", 16)
        for line in range(22):
            canvas.drawString(
                79, 740 - line * 28.95, f"第{page}页第{line}行全市各级科协组织认真履行职责取得成效"
            )
        canvas.showPage()
    canvas.save()
    word = saved(tmp_path / "long.docx", default_document(8000))
    for path in (tmp_path / "long.pdf", word):
        start = time.monotonic()
        inspect_file(path)
        assert time.monotonic() - start < MINUTE


def test_text_of_no_size_is_as_if_it_were_not_there(tmp_path: Path) -> None:
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    found = []
    for sizes in ((16,), (16, 0.004)):
        canvas = Canvas(str(tmp_path / f"{len(sizes)}.pdf"), invariant=1)
        for size in sizes:
            canvas.setFont("STSong-Light", size)
            for line in range(22):
                canvas.drawString(79, 740 - line * 28.95, "全市各级科协组织认真履行职责取得成效")
        canvas.save()
        found.append(codes(inspect_file(tmp_path / f"{len(sizes)}.pdf")))
    assert found[0] == found[1] != set()


def test_truncated_files_are_refused(tmp_path: Path, report: Path, printed: Path) -> None:
    for source in (report, printed):
        data = source.read_bytes()
        for share in (0.1, 0.5, 0.9):
            path = saved(tmp_path / f"cut{source.suffix}", data[: int(len(data) * share)])
            assert refused(path) == ("KD143", "The file is damaged or cut short")


def test_damaged_files_never_end_in_a_traceback(tmp_path: Path, report: Path, printed: Path) -> None:
    seed = int(os.environ.get("KEXIE_TEST_SEED", "20251231"))
    generator = random.Random(seed)
    for source in (report, printed):
        data = source.read_bytes()
        for _ in range(60):
            spoiled = bytearray(data)
            for _ in range(generator.randint(1, 30)):
                spoiled[generator.randrange(len(spoiled))] = generator.randrange(256)
            path = saved(tmp_path / f"bad{source.suffix}", bytes(spoiled))
            try:
                inspect_file(path)
            except InputError:
                continue
            except Exception as error:
                raise AssertionError(f"KEXIE_TEST_SEED={seed}") from error


def test_damaged_xml_never_ends_in_a_traceback(tmp_path: Path, report: Path) -> None:
    """Attributes that no program writes: lengths without sense, numbers beyond bounds, parts that lack."""
    seed = int(os.environ.get("KEXIE_TEST_SEED", "20251231"))
    generator = random.Random(seed)
    values = [b"abc", b"-1", b"", b"99999999999999999999", b"1e308", b"NaN", b"37mm", b"0", b"%1"]
    with zipfile.ZipFile(report) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for _ in range(60):
        name = generator.choice(
            ["word/document.xml", "word/styles.xml", "word/footer1.xml", "word/settings.xml"]
        )
        pieces = parts[name].split(b'"')
        for _ in range(12):
            pieces[generator.randrange(3, len(pieces), 2)] = generator.choice(values)
        wrong = b'"'.join(pieces)
        path = edited(
            report,
            tmp_path / "odd.docx",
            lambda one, data, n=name, w=wrong: w if one == n else data,  # type: ignore[misc]
        )
        try:
            inspect_file(path)
        except InputError:
            continue
        except Exception as error:
            raise AssertionError(f"KEXIE_TEST_SEED={seed}") from error
