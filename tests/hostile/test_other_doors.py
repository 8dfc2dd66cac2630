"""Hostile files through every other door than `build`: finished files, forms, templates, streams."""

import os
import re
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

import docx
import pytest

from kexie_docs.errors import message, shown
from tests.support.cli import SMALL
from tests.support.limited import MEMORY, SECONDS, Ended, Limited
from tests.support.tools import require_fandol

ROOT = Path(__file__).parents[2]
COMMANDING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]")
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


@pytest.fixture(scope="module")
def limited() -> Iterator[Limited]:
    require_fandol()
    with Limited() as server:
        yield server


def ends_well(limited: Limited, folder: Path, *arguments: str) -> Ended:
    """Run a command line that must end as promised, and leave no file behind when it refuses."""
    before = {path for path in folder.rglob("*")}
    ended = limited.run(list(arguments), folder)
    assert ended.code in (0, 2, 3, 4, 5, 6, 7), ended.err[:2000]
    assert "Traceback" not in ended.err
    assert ended.seconds < SECONDS
    assert ended.memory < MEMORY
    assert not COMMANDING.search(ended.out + ended.err)
    assert len(ended.err) < 200_000
    if ended.code not in (0, 7):
        assert {path for path in folder.rglob("*")} == before
    return ended


def stream(data: bytes, entries: str = "") -> bytes:
    return f"<</Length {len(data)}{entries}>>\nstream\n".encode() + data + b"\nendstream"


def pdf(
    content: bytes,
    objects: str = "",
    more: dict[int, bytes] | None = None,
    *,
    page: str = "",
    catalogue: str = "",
) -> bytes:
    """Return a PDF of one page, written by hand."""
    every = {
        1: f"<</Type/Catalog/Pages 2 0 R{catalogue}>>".encode(),
        2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        3: (
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595.28 841.89]/Contents 4 0 R{page}"
            f"/Resources<</Font<</F1 5 0 R>>/XObject<<{objects}>>>>>>"
        ).encode(),
        4: content,
        5: b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        **(more or {}),
    }
    out = b"%PDF-1.7\n"
    for number, value in every.items():
        out += b"%d 0 obj\n" % number + value + b"\nendobj\n"
    return out + b"trailer\n<</Root 1 0 R/Size 40>>\n%%EOF\n"


def form(content: bytes, inner: int) -> bytes:
    entries = f"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X {inner} 0 R>>>>"
    return stream(content, entries)


TEXT = stream(b"BT /F1 12 Tf 100 700 Td (x 2025) Tj ET")
SELF = pdf(stream(b"/X Do"), "/X 6 0 R", {6: form(b"/X Do /X Do", 6)})
NESTED = pdf(
    stream(b"/X Do"), "/X 6 0 R", {**{n: form(b"/X Do " * 10, n + 1) for n in range(6, 20)}, 20: TEXT}
)
SHOWS = pdf(
    stream(zlib.compress(b"BT /F1 12 Tf " + b"(2025) Tj " * 150_000 + b"ET", 1), "/Filter/FlateDecode")
)
HEAVY = {"a form that draws itself": SELF, "forms that multiply": NESTED, "too much text": SHOWS}


@pytest.mark.parametrize("name", HEAVY)
@pytest.mark.parametrize("command", ["check", "verify", "print"])
def test_pages_that_draw_without_end_are_refused(
    limited: Limited, tmp_path: Path, name: str, command: str
) -> None:
    (tmp_path / "x.pdf").write_bytes(HEAVY[name])
    (tmp_path / "in.yaml").write_text(SMALL, encoding="utf-8")
    arguments = {"check": ("x.pdf",), "verify": ("x.pdf", "in.yaml"), "print": ("--dry-run", "x.pdf")}
    ended = ends_well(limited, tmp_path, command, *arguments[command])
    assert ended.code in (3, 6)
    assert "Page 1 draws more than any document needs" in ended.err + ended.out


BROKEN_PAGES = {
    "number that is a text": pdf(TEXT, page="/UserUnit (x)"),
    "unit beyond measure": pdf(TEXT, page="/UserUnit 1e9"),
    "turned by a text": pdf(TEXT, page="/Rotate(x)"),
    "box of text": pdf(TEXT, page="/CropBox[(a) 0 1 1]"),
    "box beyond measure": pdf(TEXT, page="/CropBox[-1e9 -1e9 1e9 1e9]"),
    "picture in JBIG2": pdf(stream(b"x", "/Filter/JBIG2Decode")),
    "type of no size": pdf(stream(b"BT /F1 -1 Tf (2025) Tj ET")),
    "text that commands the terminal": pdf(
        stream(b"BT /F1 12 Tf 100 700 Td (\\202\\233\\033[31m2025) Tj ET")
    ),
    "annotations that are none": pdf(TEXT, page="/Annots[5 null (x) 3 0 R]"),
    "script at opening": pdf(TEXT, catalogue="/OpenAction<</S/JavaScript/JS(app.alert)>>"),
}


@pytest.mark.parametrize("name", BROKEN_PAGES)
@pytest.mark.parametrize("command", ["check", "booklet", "fill"])
def test_pages_with_faults_end_in_our_words(
    limited: Limited, tmp_path: Path, name: str, command: str
) -> None:
    (tmp_path / "x.pdf").write_bytes(BROKEN_PAGES[name])
    (tmp_path / "in.yaml").write_text(SMALL, encoding="utf-8")
    arguments = {
        "check": ("check", "x.pdf"),
        "booklet": ("print", "--dry-run", "--booklet", "x.pdf"),
        "fill": ("fill", "x.pdf", "in.yaml"),
    }
    assert ends_well(limited, tmp_path, *arguments[command]).code


def word(path: Path, body: str) -> None:
    """Write a Word file of a given body in python-docx's package."""
    docx.Document().save(str(path))
    with zipfile.ZipFile(path) as archive:
        parts = {info.filename: archive.read(info) for info in archive.infolist()}
    parts["word/document.xml"] = f"<w:document {W}><w:body>{body}</w:body></w:document>".encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)


def said(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


BODIES = {
    "signs of no character": '<w:p><w:r><w:sym w:char="ZZZZ"/><w:sym w:char="110000"/><w:sym/></w:r></w:p>',
    "sign that is a surrogate": '<w:p><w:r><w:sym w:char="D800"/></w:r></w:p>',
    "number of 200,000 digits": said("1" * 200_000),
    "numeral of 50,000 signs": said("一二三四五六七八九十" * 5_000),
    "codes of letters and digits": said("A1-" * 50_000),
    "text shown in another order": said("\u202e甲\u202c"),
    "text that commands the terminal": said("&#x9b;31m&#x85;甲"),
    "5,000 fields": "<w:p>" + '<w:r><w:fldChar w:fldCharType="begin"/></w:r>' * 5_000 + "</w:p>",
    "tables in tables": "<w:tbl><w:tr><w:tc>" * 60 + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * 60,
}


@pytest.mark.parametrize("name", BODIES)
@pytest.mark.parametrize("command", ["check", "verify", "pull", "fill"])
def test_word_files_with_odd_texts_end_in_our_words(
    limited: Limited, tmp_path: Path, name: str, command: str
) -> None:
    word(tmp_path / "x.docx", BODIES[name])
    (tmp_path / "in.yaml").write_text(SMALL, encoding="utf-8")
    arguments = {
        "check": ("check", "x.docx"),
        "verify": ("verify", "x.docx", "in.yaml"),
        "pull": ("pull", "--yes", "x.docx", "in.yaml"),
        "fill": ("fill", "x.docx", "in.yaml"),
    }
    assert ends_well(limited, tmp_path, *arguments[command]).code


@pytest.mark.skipif(sys.platform == "win32", reason="pipes and devices have other names there")
@pytest.mark.parametrize("command", ["check", "verify", "fill", "print"])
@pytest.mark.parametrize("target", ["pipe", "/dev/zero"])
def test_pipes_and_devices_are_no_pdfs(limited: Limited, tmp_path: Path, command: str, target: str) -> None:
    if target == "pipe":
        os.mkfifo(tmp_path / "x.pdf")
    else:
        (tmp_path / "x.pdf").symlink_to(target)
    (tmp_path / "in.yaml").write_text(SMALL, encoding="utf-8")
    rest = {"check": [], "verify": ["in.yaml"], "fill": ["in.yaml"], "print": ["--dry-run"]}
    assert ends_well(limited, tmp_path, command, "x.pdf", *rest[command]).code in (3, 4, 6)


SETTINGS = {"template.toml": b'title = "a"\n', "content.md.j2": "{{ 开篇 }}\n".encode()}
TEMPLATES: dict[str, dict[str, bytes]] = {
    "settings 5,000 lists deep": {"template.toml": b"a = " + b"[" * 5_000 + b"]" * 5_000},
    "settings with a number of 100,000 digits": {"template.toml": b"a = " + b"9" * 100_000},
    "settings extend a name of 100,000": {
        "template.toml": b'title = "a"\nextends = "' + b"x" * 100_000 + b'"'
    },
    "style 5,000 lists deep": {"style.toml": b"a = " + b"[" * 5_000 + b"]" * 5_000},
    "style with a number of 100,000 digits": {"style.toml": b"a = " + b"9" * 100_000},
    "style extends a path": {"style.toml": b'extends = "../../../etc/passwd"'},
    "font of a control character": {"style.toml": b'paragraph.body.font = "\\u001b[31m"'},
    "escape in a text": {"content.md.j2": b'{{ "\\x1b[31m" }}'},
    "surrogate in a text": {"content.md.j2": b'{{ "\\ud800" }}'},
    "control character in the content": {"content.md.j2": b"\x1b[31m"},
    "number beyond all": {"content.md.j2": b"{{ 1e400 }}"},
    "title that commands the terminal": {"template.toml": b'title = "\\u009b31m"'},
}


@pytest.mark.parametrize("name", TEMPLATES)
def test_templates_with_faults_are_refused_with_their_file(
    limited: Limited, tmp_path: Path, name: str
) -> None:
    folder = tmp_path / "templates" / "mine"
    folder.mkdir(parents=True)
    for file, data in {**SETTINGS, **TEMPLATES[name]}.items():
        (folder / file).write_bytes(data)
    (tmp_path / "in.yaml").write_text(SMALL, encoding="utf-8")
    ended = ends_well(limited, tmp_path, "build", "in.yaml", "-t", "mine")
    assert ended.code == 4
    assert "templates/mine" in ended.err
    ends_well(limited, tmp_path, "template", "list")


@pytest.mark.parametrize("file", ["content.md.j2", "starter.yaml", "template.toml"])
def test_a_template_that_is_no_text_begins_no_other(limited: Limited, tmp_path: Path, file: str) -> None:
    folder = tmp_path / "templates" / "mine"
    folder.mkdir(parents=True)
    for name, data in {**SETTINGS, file: "甲".encode("gbk")}.items():
        (folder / name).write_bytes(data)
    ended = ends_well(limited, tmp_path, "template", "new", "copy", "--from", "mine")
    assert ended.code == 4
    assert "UTF-8" in ended.err


def run(folder: Path, line: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    program = f'{sys.executable} -P -c "from kexie_docs.cli.main import main; main()"'
    return subprocess.run(
        ["/bin/sh", "-c", line.replace("kexie-docs", program)],
        cwd=folder, env={**os.environ, "PYTHONPATH": str(ROOT), "LANG": "C", **environment},
        stdin=subprocess.DEVNULL, capture_output=True, timeout=60, check=False,
    )  # fmt: skip


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="Linux only")
@pytest.mark.parametrize("arguments", ["schema", "template list", "--help"])
def test_a_full_disk_behind_the_output_is_told(tmp_path: Path, arguments: str) -> None:
    ended = run(tmp_path, f"kexie-docs {arguments} > /dev/full")
    assert ended.returncode == 6
    assert b"cannot be written" in ended.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps the folder")
def test_a_current_folder_that_is_gone_is_told(tmp_path: Path) -> None:
    ended = run(tmp_path, "mkdir a && cd a && rmdir ../a && kexie-docs template list")
    assert ended.returncode == 2
    assert b"The current folder is gone" in ended.stderr


def test_a_terminal_of_absurd_width_shows_the_help(tmp_path: Path) -> None:
    assert run(tmp_path, "kexie-docs --help", COLUMNS="9" * 30).returncode == 0


def test_messages_show_commanding_characters_as_codes() -> None:
    told = str(message("{file} is wrong", file="a\x1b[31m\u202eb\udcff\n甲"))
    assert told == "a\\x1b[31m\\u202eb\\udcff\n甲 is wrong"
    assert shown("年度工作总结 A–Z") == "年度工作总结 A–Z"
