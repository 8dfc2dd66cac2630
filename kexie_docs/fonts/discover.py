"""Where fonts are: the folders of this machine, and an index of the font files in them.

Nothing here opens a font. A build on a machine with thousands of fonts opens only the few whose file name
is one of the catalogue's.
"""

import os
import re
import stat
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

from kexie_docs.fonts.catalog import name_key
from kexie_docs.frozen import dataclass

FONT_SUFFIXES = frozenset({".otf", ".ttf", ".ttc", ".otc"})
FOLDER_VARIABLE = "KEXIE_DOCS_FONTS"

_MAX_DEPTH = 6
_MAX_FILES = 20_000  # TeX Live with every font has about 5,000
_MAX_CONFIG_BYTES = 1_000_000
_CONFIG_FOLDER = re.compile(r"<dir(?P<attributes>[^>]*)>(?P<path>[^<]+)</dir>")
_CONFIG_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)


@dataclass(frozen=True, slots=True)
class FontFolder:
    """A folder to look in, with all below it.

    Attributes:
        path: the folder; it need not exist.
        preferred: whether its fonts come before all others, whatever the catalogue's order says.
    """

    path: Path
    preferred: bool = False


@dataclass(frozen=True, slots=True)
class FontFiles:
    """The font files of some folders.

    Attributes:
        preferred: key of the file name (without suffix) to files in preferred folders, in order.
        others: likewise for all other folders.
        count: how many font files there are.
    """

    preferred: Mapping[str, tuple[Path, ...]]
    others: Mapping[str, tuple[Path, ...]]
    count: int


def font_folders(
    environ: Mapping[str, str], user_folder: Path, *, platform: str = sys.platform, home: Path | None = None
) -> tuple[FontFolder, ...]:
    """Return every folder to look in, in order of preference.

    Args:
        environ: environment; ``KEXIE_DOCS_FONTS`` names folders whose fonts come before all others.
        user_folder: the user's folder of kexie_docs, below which `fonts install` puts fonts.
        platform: as `sys.platform` names it.
        home: the user's home folder; None asks the system.
    """
    home = Path.home() if home is None else home
    explicit = [Path(part) for part in environ.get(FOLDER_VARIABLE, "").split(os.pathsep) if part]
    if platform == "win32":
        system = _windows_folders(environ, home)
    elif platform == "darwin":
        system = _mac_folders(home)
    else:
        system = [*_linux_folders(environ, home), *fontconfig_folders(environ, home)]
    folders = [
        *(FontFolder(path, preferred=True) for path in explicit),
        FontFolder(installed_folder(user_folder)),
        *(FontFolder(path) for path in system),
        *(FontFolder(path) for path in packaged_folders()),
    ]
    return tuple(dict.fromkeys(folders))


def installed_folder(user_folder: Path) -> Path:
    """Return where `fonts install` puts fonts, below the user's folder of kexie_docs."""
    return user_folder / "fonts"


def _windows_folders(environ: Mapping[str, str], home: Path) -> list[Path]:
    windows = Path(environ.get("WINDIR") or environ.get("SystemRoot") or "C:/Windows")
    local = Path(environ.get("LOCALAPPDATA") or home / "AppData" / "Local")
    return [windows / "Fonts", local / "Microsoft" / "Windows" / "Fonts"]


def _mac_folders(home: Path) -> list[Path]:
    return [
        home / "Library" / "Fonts",
        Path("/Library/Fonts"),
        Path("/System/Library/Fonts"),
        # Word for Mac keeps the Chinese office fonts to itself.
        Path("/Applications/Microsoft Word.app/Contents/Resources/DFonts"),
    ]


def _linux_folders(environ: Mapping[str, str], home: Path) -> list[Path]:
    data = Path(environ.get("XDG_DATA_HOME") or home / ".local" / "share")
    return [
        data / "fonts",
        home / ".fonts",
        Path("/usr/local/share/fonts"),
        Path("/usr/share/fonts"),
        # TeX keeps its fonts where fontconfig does not look.
        Path("/usr/share/texlive/texmf-dist/fonts/opentype/public/fandol"),
        Path("/usr/share/texmf/fonts/opentype/public/fandol"),
    ]


def fontconfig_folders(environ: Mapping[str, str], home: Path) -> list[Path]:
    """Return the folders that fontconfig's own configuration names; empty where there is none.

    Reads the configuration instead of asking `fc-list`, which costs a process and may rebuild its cache.
    """
    root = environ.get("FONTCONFIG_FILE") or "/etc/fonts/fonts.conf"
    data = Path(environ.get("XDG_DATA_HOME") or home / ".local" / "share")
    folders: list[Path] = []
    for config in (Path(root), Path(root).parent / "local.conf"):
        for attributes, text in _CONFIG_FOLDER.findall(_CONFIG_COMMENT.sub("", _read_config(config))):
            path = Path(text.strip())
            if "xdg" in attributes:
                path = data / path
            elif path.parts[:1] == ("~",):
                path = home.joinpath(*path.parts[1:])
            if path.is_absolute():
                folders.append(path)
    return folders


def _read_config(path: Path) -> str:
    try:
        status = path.stat()
        # A device has no size, and no end.
        if not stat.S_ISREG(status.st_mode) or status.st_size > _MAX_CONFIG_BYTES:
            return ""
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


def packaged_folders() -> tuple[Path, ...]:
    """Return the folder of the font package that comes with kexie_docs, so that any machine can print."""
    try:
        from pylopdf_fonts_zh_cn import serif_path
    except ImportError:
        return ()
    return (Path(serif_path()).parent,)


def index_fonts(folders: Iterable[FontFolder]) -> FontFiles:
    """Return an index of the font files in ``folders``.

    Files come in the order of the folders, then by path. Folders that are missing or closed to us are
    skipped; links are followed, each folder is read once.
    """
    preferred: dict[str, list[Path]] = {}
    others: dict[str, list[Path]] = {}
    seen: set[str] = set()
    count = 0
    for folder in folders:
        index = preferred if folder.preferred else others
        for path in _font_files(str(folder.path), seen, _MAX_FILES - count):
            index.setdefault(name_key(path.stem), []).append(path)
            count += 1
    return FontFiles(
        preferred={key: tuple(paths) for key, paths in preferred.items()},
        others={key: tuple(paths) for key, paths in others.items()},
        count=count,
    )


def _font_files(root: str, seen: set[str], limit: int) -> list[Path]:
    found: list[Path] = []
    waiting = [(root, 0)]
    while waiting and len(found) < limit:
        folder, depth = waiting.pop()
        real = os.path.realpath(folder)
        if real in seen:
            continue
        seen.add(real)
        try:
            with os.scandir(folder) as entries:
                listed = sorted(entries, key=lambda entry: entry.name)
        except OSError:
            continue
        below: list[tuple[str, int]] = []
        for entry in listed:
            if os.path.splitext(entry.name)[1].lower() in FONT_SUFFIXES:  # noqa: PTH122 - many entries
                found.append(Path(entry.path))
            elif depth < _MAX_DEPTH and not entry.name.startswith(".") and _is_folder(entry):
                below.append((entry.path, depth + 1))
        waiting.extend(reversed(below))
    return found[:limit]


def _is_folder(entry: "os.DirEntry[str]") -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False
