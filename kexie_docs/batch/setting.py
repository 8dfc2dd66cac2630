"""Everything but the inputs that decides what a document looks like, as one digest."""

import hashlib
import os
import sys
from collections.abc import Iterator, Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import kexie_docs
from kexie_docs.batch.work import Options
from kexie_docs.pipeline import user_folder

_LIBRARIES = (
    "jinja2", "markdown-it-py", "pydantic", "pyyaml",
    "python-docx", "lxml", "reportlab", "pillow", "uharfbuzz",
)  # fmt: skip


def setting(options: Options, project: Path, environment: Mapping[str, str]) -> str:
    """Return the digest of program, libraries, fonts, templates and options.

    Templates count by what they hold, and all of them: one may build on another. Fonts and our own modules
    count by name, size and time. More than is used counts: what is built once too often is still right.

    Args:
        options: of the batch.
        project: folder whose ``templates/`` come first.
        environment: variables that name further folders.
    """
    total = hashlib.sha256()

    def add(*parts: object) -> None:
        for part in parts:
            data = part if isinstance(part, bytes) else str(part).encode("utf-8", "surrogateescape")
            total.update(b"%d:" % len(data) + data)

    add(kexie_docs.__version__, sys.version)
    add(options.template, options.style, options.grid, options.proof)
    for library in _LIBRARIES:
        try:
            add(library, version(library))
        except PackageNotFoundError:
            add(library)
    package = Path(kexie_docs.__file__).parent
    for path in _files(package):
        if path.suffix in {".py", ".toml", ".j2"}:
            add(path.relative_to(package), *_stamp(path))
    for path in font_files(environment):
        add(path, *_stamp(path))
    for root in template_roots(project, environment):
        for path in _files(root):
            add(path.relative_to(root), _content(path))
    return total.hexdigest()[:32]


def template_roots(project: Path, environment: Mapping[str, str]) -> tuple[Path, ...]:
    """Return the folders in which templates are looked for."""
    from kexie_docs.compose.templates import builtin_root

    return project / "templates", user_folder(environment) / "templates", builtin_root()


def font_files(environment: Mapping[str, str]) -> Iterator[Path]:
    """Yield the font files of this machine in the order in which they are looked at."""
    from kexie_docs.fonts.discover import font_folders, index_fonts

    files = index_fonts(font_folders(environment, user_folder(environment)))
    for index in (files.preferred, files.others):
        for paths in index.values():
            yield from paths


def _files(folder: Path) -> list[Path]:
    return sorted(
        Path(root) / name
        for root, _, names in os.walk(folder)
        for name in names
        if not name.endswith((".pyc", "~"))
    )


def _stamp(path: Path) -> tuple[int, int]:
    try:
        status = path.stat()
    except OSError:
        return (0, 0)
    return status.st_size, status.st_mtime_ns


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""
