"""Fonts for tests: Fandol where it is installed, and the package that is always there."""

import os
from pathlib import Path

from kexie_docs.fonts.discover import FOLDER_VARIABLE, FontFolder, packaged_folders
from kexie_docs.fonts.fontset import MachineFonts, load_fontset
from tests.support.tools import require_fandol


def find_fandol() -> Path:
    """Return the folder with the Fandol fonts: one that KEXIE_DOCS_FONTS names, or the installed ones."""
    for part in os.environ.get(FOLDER_VARIABLE, "").split(os.pathsep):
        if part and (Path(part) / "FandolFang-Regular.otf").exists():
            return Path(part)
    return require_fandol()


def fandol_fonts() -> MachineFonts:
    """Return Fandol, then the font package; nothing else of this machine."""
    packaged = (FontFolder(path) for path in packaged_folders())
    return load_fontset([FontFolder(find_fandol(), preferred=True), *packaged])


def packaged_fonts() -> MachineFonts:
    """Return what a machine without any Chinese font has."""
    return load_fontset(FontFolder(path) for path in packaged_folders())


def fonts_beside_fandol() -> dict[str, Path]:
    """Return the packaged files that have what Fandol lacks, for LibreOffice, under names of our own."""
    files = [path for folder in packaged_folders() for path in sorted(folder.rglob("*.otf"))]
    return {f"More {number}": path for number, path in enumerate(files)}
