"""Run LibreOffice, the independent judge of our Word files, with fonts of our choosing and nothing else.

A private fontconfig file gives it the fonts under the names that the Word file uses, so nothing has to be
installed and no font of the machine has a say.
"""

import fcntl
import hashlib
import io
import os
import re
import shutil
import subprocess
import tempfile
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from html import escape
from pathlib import Path
from typing import Literal, TypeAlias

from tests.support.renamed_font import renamed_font

Target: TypeAlias = Literal["pdf", "txt", "docx", "doc", "odt"]

_FILTERS: dict[Target, str] = {
    # By default it leaves out the blank pages before sections that begin on an even page.
    "pdf": 'pdf:writer_pdf_Export:{"IsSkipEmptyPages":{"type":"boolean","value":"false"}}',
    "txt": "txt:Text (encoded):UTF8",
    "docx": "docx:MS Word 2007 XML",
    "doc": "doc:MS Word 97",
    "odt": "odt:writer8",
}
_OVERFLOW_PUNCT = re.compile(rb'<w:overflowPunct w:val="0"\s*/>')
_TIMEOUT = 300
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ODT = b"mimetypeapplication/vnd.oasis.opendocument.text"


class ConversionError(Exception):
    """LibreOffice did not convert a file."""


def convert(
    docx: bytes,
    to: Target,
    *,
    fonts: Mapping[str, Path],
    flip_overflow_punct: bool = True,
    workdir: Path,
) -> bytes:
    """Return a Word file as LibreOffice converts it; `convert_many` explains the arguments."""
    return convert_many([docx], to, fonts=fonts, flip_overflow_punct=flip_overflow_punct, workdir=workdir)[0]


def convert_many(
    docx: Sequence[bytes],
    to: Target,
    *,
    fonts: Mapping[str, Path],
    flip_overflow_punct: bool = True,
    workdir: Path,
) -> list[bytes]:
    """Return Word files as LibreOffice converts them, in one run of it.

    Tests ask for it first (`tests.support.tools.require`), so that they are skipped where it is missing.

    Args:
        docx: the files; .doc and .odt go too.
        to: format to convert to.
        fonts: font name of the Word file to the font file (.otf or .ttf) that serves it; LibreOffice sees no
            other font. More files, for characters that these lack, go under names of their own.
        flip_overflow_punct: LibreOffice 7.4 reads ``w:overflowPunct`` backwards (0 hangs punctuation). True
            gives it a copy with this one flag flipped, and nothing else, so that it does what Word does.
        workdir: where its profile and font cache live; give the same one again for speed.

    Raises:
        ConversionError: it is not installed, or a file did not come out.
    """
    command = shutil.which("soffice")
    if command is None:
        raise ConversionError("LibreOffice (soffice) is not installed")
    workdir.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=workdir) as name, _alone():
        folder = Path(name)
        source, result = folder / "in", folder / "out"
        source.mkdir()
        endings = [_ending(data) for data in docx]
        files = [source / f"{number:04}.{ending}" for number, ending in enumerate(endings)]
        for file, data in zip(files, docx, strict=True):
            flips = flip_overflow_punct and file.suffix == ".docx"
            file.write_bytes(flipped_overflow_punct(data) if flips else data)
        arguments = [
            command,
            f"-env:UserInstallation={(workdir / 'profile').resolve().as_uri()}",
            "--headless",
            "--norestore",
            "--convert-to",
            _FILTERS[to],
            "--outdir",
            str(result),
            *map(str, files),
        ]
        run = subprocess.run(
            arguments,
            env=_environment(workdir, _fontconfig_file(fonts, workdir)),
            capture_output=True,
            text=True,
            timeout=_TIMEOUT,
            check=False,
        )
        converted = [result / f"{file.stem}.{to}" for file in files]
        missing = [file.name for file in converted if not file.is_file()]
        if missing:
            raise ConversionError(f"no {', '.join(missing)}: {run.stdout} {run.stderr}")
        return [file.read_bytes() for file in converted]


def _ending(data: bytes) -> str:
    """Return the file name's ending: an old .doc and an .odt say what they are in their first bytes."""
    if data.startswith(_OLE):
        return "doc"
    return "odt" if data[30:].startswith(_ODT) else "docx"


def flipped_overflow_punct(docx: bytes) -> bytes:
    """Return the Word file with every ``w:overflowPunct`` of 0 set to 1, and nothing else changed.

    Raises:
        ValueError: it has no such flag.
    """
    found = 0
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for item in old.infolist():
            data, count = _OVERFLOW_PUNCT.subn(b'<w:overflowPunct w:val="1"/>', old.read(item))
            found += count
            new.writestr(item, data)
    if not found:
        raise ValueError("no w:overflowPunct of 0 in the file")
    return stream.getvalue()


@contextmanager
def _alone() -> Iterator[None]:
    """Wait until no other test process of this machine runs LibreOffice."""
    with (Path(tempfile.gettempdir()) / "kexie-docs-soffice.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _environment(workdir: Path, fontconfig_file: Path) -> dict[str, str]:
    return {
        "PATH": os.environ.get("PATH", os.defpath),
        "HOME": str(workdir),
        "LC_ALL": "C.UTF-8",
        "SAL_USE_VCLPLUGIN": "svp",
        "FONTCONFIG_FILE": str(fontconfig_file),
    }


def _fontconfig_file(fonts: Mapping[str, Path], workdir: Path) -> Path:
    """Write a font set-up that holds the given files only, each under its name.

    The files are copies with that name inside: mapping names by rules of fontconfig does not tell LibreOffice
    7.4 apart two faces of one family (FandolSong Regular and Bold), which serve different names here.
    """
    served = sorted((name, path.resolve()) for name, path in fonts.items())
    key = hashlib.sha256(repr(served).encode()).hexdigest()[:16]
    folder = workdir / f"fonts-{key}"
    file = folder / "fonts.conf"
    if file.is_file():
        return file
    folder.mkdir(exist_ok=True)
    for number, (name, path) in enumerate(served):
        postscript = f"{path.stem}-{number}"
        (folder / f"{postscript}{path.suffix}").write_bytes(renamed_font(path.read_bytes(), name, postscript))
    file.write_text(
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">'
        f"<fontconfig><dir>{escape(str(folder))}</dir>"
        f"<cachedir>{escape(str(workdir / 'fontcache'))}</cachedir>"
        # Whatever weight a file claims, it is what its name asks for.
        '<match target="scan"><edit name="weight" mode="assign"><const>regular</const></edit></match>'
        "</fontconfig>",
        encoding="utf-8",
    )
    return file
