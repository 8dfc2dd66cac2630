"""`fonts install`: fetch the open Fandol fonts for this user; the only code that opens the network.

From Debian's package where apt is at hand (no administrator is needed for that), else from CTAN. Whatever
the source, each file must have the pinned SHA-256.
"""

import hashlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath

from kexie_docs.errors import FontError, Message, OutputError, Problem, message
from kexie_docs.frozen import dataclass

FANDOL: Mapping[str, str] = {
    "FandolFang-Regular.otf": "d838ad32ce2244d8144f408c37fe71065aba6fbbc80759a4d2aa2033948d5bc9",
    "FandolHei-Bold.otf": "42ca2de27b45e16a284768673b6205a5add9e17871ee0e7db9c0d03f061d96fd",
    "FandolHei-Regular.otf": "4afa97aa8751e0118617df88272b58d43691b5cffb7ea024c4580496e9f34d28",
    "FandolKai-Regular.otf": "ea7e7fb4f9b3ac694a68d43946e04d21deed6e8c29a7c2d3081e1a4138f2f827",
    "FandolSong-Bold.otf": "ffa76a70e128947a4dd22151d5ee829b23e24ce3cb6fe8ad49891cd1c2d9e9b9",
    "FandolSong-Regular.otf": "a3820003227d4abe31fe28b493200d94a849ccfd078b50a019264f70353020b0",
}
"""File name to SHA-256 of the fonts in Debian 12's package (files dated 2015)."""

DEBIAN_PACKAGE = "texlive-lang-chinese"
CTAN_ADDRESS = "https://mirrors.ctan.org/fonts/fandol.zip"

_TIMEOUT = 900  # 50 MB over a slow line
_MAX_ARCHIVE = 128 * 1024 * 1024
_MAX_FONT = 32 * 1024 * 1024
_CHUNK = 1 << 16


class SourceUnavailableError(Exception):
    """A source cannot give the fonts on this machine; ``reason`` says why."""

    def __init__(self, reason: Message) -> None:
        self.reason = reason
        super().__init__(str(reason))


@dataclass(frozen=True, slots=True)
class Source:
    """One place to fetch the fonts from.

    Attributes:
        name: for messages.
        fetch: puts font files anywhere below the folder it is given, or raises SourceUnavailableError.
    """

    name: str
    fetch: Callable[[Path], None]


@dataclass(frozen=True, slots=True)
class Installation:
    """What `install_fonts` did.

    Attributes:
        files: the installed fonts, in order.
        source: name of the place they came from; None when all of them were there already.
    """

    files: tuple[Path, ...]
    source: str | None


def default_sources() -> tuple[Source, ...]:
    """Return Debian's package, then CTAN."""
    return (Source(f"Debian ({DEBIAN_PACKAGE})", fetch_debian_package), Source("CTAN", fetch_ctan_archive))


def install_fonts(
    target: Path,
    sources: Sequence[Source] | None = None,
    *,
    fonts: Mapping[str, str] = FANDOL,
    notice: Callable[[Message], None] = lambda _: None,
) -> Installation:
    """Put the open fonts into ``target``, each whole and checked or not at all.

    Args:
        target: the folder; it is made when missing.
        sources: places to try in order; None takes the default ones.
        fonts: file name to SHA-256 of what is wanted.
        notice: told what is going on, for it takes a while.

    Raises:
        FontError: KD505, no source could give all of them, with the reason for each.
        OutputError: KD601, the folder cannot be written.
    """
    files = tuple(target / name for name in fonts)
    if all(_digest(file) == sha256 for file, sha256 in zip(files, fonts.values(), strict=True)):
        return Installation(files, source=None)
    failures: list[Message] = []
    for source in default_sources() if sources is None else sources:
        notice(message("Fetching the Fandol fonts from {source} ...", source=source.name))
        with tempfile.TemporaryDirectory(prefix="kexie-docs-") as scratch:
            try:
                source.fetch(Path(scratch))
                found = _checked(Path(scratch), fonts)
            except SourceUnavailableError as error:
                failures.append(message("{source}: {reason}", source=source.name, reason=error.reason))
                continue
            _place(found, target)
            return Installation(files, source=source.name)
    raise FontError([_not_fetched(failure, target) for failure in failures])


def fetch_debian_package(folder: Path) -> None:
    """Download and unpack Debian's package below ``folder``, without installing it and without root.

    Raises:
        SourceUnavailableError: no apt here, or the package cannot be had.
    """
    apt, dpkg = shutil.which("apt-get"), shutil.which("dpkg-deb")
    if apt is None or dpkg is None:
        raise SourceUnavailableError(message("this system has no apt"))
    if not _succeeds([apt, "-q", "download", DEBIAN_PACKAGE], folder):
        # A fresh container has no package lists yet, and only root may fetch them for the system.
        lists, cache = folder / "lists", folder / "cache"
        (lists / "partial").mkdir(parents=True)
        (cache / "archives" / "partial").mkdir(parents=True)
        private = ["-q", "-o", f"Dir::State::Lists={lists}", "-o", f"Dir::Cache={cache}"]
        if not (
            _succeeds([apt, *private, "update"], folder)
            and _succeeds([apt, *private, "download", DEBIAN_PACKAGE], folder)
        ):
            raise SourceUnavailableError(
                message("apt cannot download {package}; is there a network?", package=DEBIAN_PACKAGE)
            )
    packages = sorted(folder.glob("*.deb"))
    if not packages or not _succeeds([dpkg, "-x", str(packages[0]), str(folder / "unpacked")], folder):
        raise SourceUnavailableError(
            message("the package {package} cannot be unpacked", package=DEBIAN_PACKAGE)
        )


def fetch_ctan_archive(folder: Path, address: str = CTAN_ADDRESS) -> None:
    """Download CTAN's archive and unpack its fonts into ``folder``.

    Raises:
        SourceUnavailableError: no network, or not an archive.
    """
    import urllib.request
    import zipfile

    archive = folder / "fandol.zip"
    try:
        with urllib.request.urlopen(address, timeout=60) as answer, archive.open("wb") as file:
            for chunk in _bounded(iter(lambda: answer.read(_CHUNK), b"")):
                file.write(chunk)
        with zipfile.ZipFile(archive) as content:
            for entry in content.infolist():
                name = PurePosixPath(entry.filename).name
                if name.endswith(".otf") and entry.file_size <= _MAX_FONT:
                    (folder / name).write_bytes(content.read(entry))
    except (OSError, zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:
        raise SourceUnavailableError(
            message("{address} cannot be downloaded; is there a network?", address=address)
        ) from error


def _bounded(chunks: Iterator[bytes]) -> Iterator[bytes]:
    total = 0
    for chunk in chunks:
        total += len(chunk)
        if total > _MAX_ARCHIVE:
            raise OSError
        yield chunk


def _succeeds(command: Sequence[str], folder: Path) -> bool:
    environment = {**os.environ, "LC_ALL": "C", "DEBIAN_FRONTEND": "noninteractive"}
    try:
        done = subprocess.run(
            command,
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=_TIMEOUT,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def _checked(folder: Path, fonts: Mapping[str, str]) -> dict[str, Path]:
    """Return the wanted files below ``folder`` by name.

    Raises:
        SourceUnavailableError: one is missing or is not the pinned file.
    """
    found: dict[str, Path] = {}
    for name, sha256 in fonts.items():
        places = sorted(folder.rglob(name))
        if not places:
            raise SourceUnavailableError(message("{file} is not in it", file=name))
        matching = [place for place in places if _digest(place) == sha256]
        if not matching:
            raise SourceUnavailableError(
                message("{file} is not the expected file (SHA-256 differs)", file=name)
            )
        found[name] = matching[0]
    return found


def _digest(path: Path) -> str | None:
    """Return a file's SHA-256, or None when there is no such file to read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None


def _place(found: Mapping[str, Path], target: Path) -> None:
    try:
        target.mkdir(parents=True, exist_ok=True)
        for name, path in found.items():
            # Beside the target first: a rename is whole, a copy may be cut short.
            descriptor, temporary = tempfile.mkstemp(dir=target, prefix=".kexie-docs-")
            try:
                with os.fdopen(descriptor, "wb") as out, path.open("rb") as source:
                    shutil.copyfileobj(source, out)
                Path(temporary).chmod(0o644)
                Path(temporary).replace(target / name)
            except BaseException:
                Path(temporary).unlink(missing_ok=True)
                raise
    except OSError as error:
        raise OutputError(
            Problem(
                code="KD601",
                what=message("{file} cannot be written: {reason}.", file=str(target), reason=_reason(error)),
                hint=message(
                    "Free space on the disk, or set KEXIE_DOCS_HOME to a folder that you may write."
                ),
            )
        ) from error


def _reason(error: OSError) -> Message:
    if isinstance(error, PermissionError):
        return message("there is no permission, or another program (Word, WPS) has it open")
    return message("the system reports error {number}", number=error.errno or 0)


def _not_fetched(failure: Message, target: Path) -> Problem:
    return Problem(
        code="KD505",
        what=message("The open fonts cannot be fetched. {failure}.", failure=failure),
        hint=message(
            "Without a network, copy the Fandol .otf files from another machine into {folder}.",
            folder=str(target),
        ),
    )
