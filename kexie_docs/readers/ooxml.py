"""The one way into Office files (.docx, .xlsx): ZIP and XML that others made, opened within limits."""

import io
import posixpath
import stat
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

from kexie_docs.errors import InputError, Message, Place, Problem, message
from kexie_docs.frozen import dataclass
from kexie_docs.readers.ooxml_names import FAMILIES, MAIN_TYPES, RELATIONSHIPS, transitional
from kexie_docs.readers.whole_file import UnreadableFileError, read_whole

if TYPE_CHECKING:
    from lxml.etree import _Element

FILE_BYTES = 200 * 1024 * 1024
"""Largest file that is opened."""

MEMBERS = 5_000
"""Most parts in a package (a report of 500 pages with a picture on each has about a thousand)."""

TOTAL_BYTES = 600 * 1024 * 1024
"""Most bytes in all parts together, as their directory states them."""

PART_BYTES = 64 * 1024 * 1024
"""Largest XML part that is read; a document of 500 pages has about 10 MB."""

RATIO = 300
"""Most bytes that one compressed byte may become, for parts above `SMALL`; Word's own XML reaches 60, a page
repeated five hundred times 400, but not in so large a part."""

SMALL = 16 * 1024 * 1024

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")


@dataclass(frozen=True, slots=True)
class Relationship:
    """What a part refers to.

    Attributes:
        type: last word of the relationship's type, such as ``header`` or ``image``.
        target: name of the part, without a leading slash; the address itself where it is external.
        external: whether the target lies outside the package; such targets are never opened.
    """

    type: str
    target: str
    external: bool


@dataclass(frozen=True)
class Package:
    """An opened Office file. Its parts are read only when asked for.

    Attributes:
        file: path as messages name it.
        family: ``docx``, ``xlsx`` or ``pptx``, by the type of its main part, whatever the file's ending says.
        main: name of the main part, such as ``word/document.xml``.
        names: every part's name.
        macros: whether it carries macros (never run or read).
    """

    file: str
    family: str
    main: str
    names: frozenset[str]
    macros: bool
    _archive: zipfile.ZipFile = field(repr=False, compare=False)

    def data(self, name: str) -> bytes:
        """Return a part's bytes.

        Raises:
            InputError: KD142 when it is not there, KD143 when it is damaged, KD144 when it is too large.
        """
        return _read(self._archive, self.file, name)

    def xml(self, name: str) -> "_Element":
        """Return the root of an XML part; names of the strict form of the format become the usual ones.

        Raises:
            InputError: as `data`; KD143 when it is no XML, KD145 when it declares a document type.
        """
        return _parse(self.data(name), self.file, name)

    def relationships(self, name: str) -> Mapping[str, Relationship]:
        """Return what a part refers to, by relationship id; nothing where it refers to nothing."""
        folder, last = posixpath.split(name)
        relations = posixpath.join(folder, "_rels", last + ".rels")
        if relations not in self.names:
            return {}
        return {
            node.get("Id", ""): _relationship(
                node.get("Type", ""), node.get("Target", ""), node.get("TargetMode", ""), folder
            )
            for node in self.xml(relations).iter(f"{{{RELATIONSHIPS}}}Relationship")
        }

    @cached_property
    def external(self) -> tuple[tuple[str, Relationship], ...]:
        """Every reference to something outside the package, with the part that holds it; none is followed."""
        found: list[tuple[str, Relationship]] = []
        for relations in sorted(name for name in self.names if name.endswith(".rels")):
            folder, last = posixpath.split(relations)
            part = posixpath.join(posixpath.dirname(folder), last.removesuffix(".rels"))
            found += [(part, one) for one in self.relationships(part).values() if one.external]
        return tuple(found)


def open_package(path: Path, family: str | None = None) -> Package:
    """Open an Office file without trusting it: sizes, names and types are looked at before any part is read.

    Args:
        path: the file.
        family: ``docx``, ``xlsx`` or ``pptx`` when only that will do; None takes any.

    Raises:
        InputError: KD140 it cannot be read, KD141 it is something else (an old .doc, a PDF, a picture) or
            encrypted, KD142 it lacks a part, KD143 it is damaged, KD144 it exceeds a limit, KD145 its XML
            declares a document type, which Office files never do.
    """
    file = str(path)
    archive = _archive(_bytes(path), file)
    _check_members(archive, file)
    names = frozenset(info.filename for info in archive.infolist() if not info.is_dir())
    for name in ("[Content_Types].xml", "_rels/.rels"):
        if name not in names:
            raise _error(
                "KD141",
                file,
                message("This is a ZIP archive, but no Office document"),
                message("Save it from Word or WPS as .docx."),
            )
    root = _parse(_read(archive, file, "_rels/.rels"), file, "_rels/.rels")
    main = next(
        (
            one.target
            for node in root.iter(f"{{{RELATIONSHIPS}}}Relationship")
            if (
                one := _relationship(
                    node.get("Type", ""), node.get("Target", ""), node.get("TargetMode", ""), ""
                )
            ).type
            == "officeDocument"
            and not one.external
        ),
        None,
    )
    if main is None or main not in names:
        raise _missing(file, main or "officeDocument")
    content_type = _content_type(
        _parse(_read(archive, file, "[Content_Types].xml"), file, "[Content_Types].xml"), main
    )
    found = MAIN_TYPES.get(content_type, "")
    if not found or (family is not None and found != family):
        raise _error(
            "KD141",
            file,
            message(
                "This file is {found}, not {wanted}", found=_family(found), wanted=_family(family or "docx")
            ),
            message("Name the right file, or save it in that format."),
        )
    macros = "macroEnabled" in content_type or any(name.endswith("vbaProject.bin") for name in names)
    return Package(file, found, main, names, macros, archive)


def _family(name: str) -> Message | str:
    return FAMILIES.get(name, message("an Office file of another kind"))


def _bytes(path: Path) -> bytes:
    """Return the file's bytes, or say why it cannot be opened."""
    try:
        return read_whole(path, FILE_BYTES)
    except UnreadableFileError as error:
        code = "KD144" if error.too_large else "KD140"
        raise _error(code, str(path), error.what, error.hint) from None


def _archive(data: bytes, file: str) -> zipfile.ZipFile:
    """Return the ZIP archive in ``data``; what else it may be has a message of its own."""
    if not data:
        raise _error("KD141", file, message("The file is empty"), message("Save or copy it again."))
    if data.startswith(_OLE):
        if _ENCRYPTED_STREAM in data:
            raise _error(
                "KD141",
                file,
                message("The file is protected with a password"),
                message("Open it in Word or WPS, take the password off, and save it again."),
            )
        raise _error(
            "KD141",
            file,
            message("This is a file of the old Word format (.doc), whatever its name says"),
            message("Open it in Word or WPS and save it as .docx."),
        )
    if data.startswith(b"%PDF-"):
        raise _error(
            "KD141",
            file,
            message("This is a PDF, whatever its name says"),
            message("Give it a name that ends in .pdf."),
        )
    if data.lstrip()[:5].lower() in (b"{\\rtf", b"<html", b"<!doc", b"<?xml"):
        raise _error(
            "KD141",
            file,
            message("This is a text or web page, whatever its name says"),
            message("Open it in Word or WPS and save it as .docx."),
        )
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, NotImplementedError, ValueError, EOFError, IndexError, OverflowError):
        pass
    if data.startswith(_ZIP):
        raise _error(
            "KD143",
            file,
            message("The file is damaged or cut short"),
            message("Copy or download it again; or let Word or WPS repair it."),
        )
    raise _error(
        "KD141", file, message("This is no Word document"), message("Save it from Word or WPS as .docx.")
    )


def _check_members(archive: zipfile.ZipFile, file: str) -> None:
    """Hold the archive's directory to the limits; nothing is unpacked before."""
    infos = archive.infolist()
    if len(infos) > MEMBERS:
        raise _too_large(file, message("{count} parts", count=len(infos)))
    if sum(info.file_size for info in infos) > TOTAL_BYTES:
        raise _too_large(file, message("more than {mib} MiB unpacked", mib=TOTAL_BYTES >> 20))
    seen: set[str] = set()
    end = 0
    for info in sorted(infos, key=lambda one: one.header_offset):
        name = info.filename
        if info.flag_bits & 1:
            raise _error(
                "KD141",
                file,
                message("The file is protected with a password"),
                message("Open it in Word or WPS, take the password off, and save it again."),
            )
        # Overlapping members (one stretch of bytes unpacked many times) and names outside the package are
        # never written by an office program.
        if (
            name in seen
            or info.header_offset < end
            or _unsafe(name)
            or stat.S_ISLNK(info.external_attr >> 16)
        ):
            raise _error("KD143", file, message("The file's directory of parts is not sound"), _rescue())
        seen.add(name)
        end = info.header_offset + 30 + info.compress_size  # 30: the shortest header
        if info.file_size > SMALL and info.file_size > RATIO * max(1, info.compress_size):
            raise _too_large(
                file, message("the part {part} unpacks to {mib} MiB", part=name, mib=info.file_size >> 20)
            )


def _unsafe(name: str) -> bool:
    return name.startswith(("/", "\\")) or ".." in name.replace("\\", "/").split("/") or "\0" in name


def _read(archive: zipfile.ZipFile, file: str, name: str) -> bytes:
    try:
        info = archive.getinfo(name)
    except KeyError:
        raise _missing(file, name) from None
    if info.file_size > PART_BYTES:
        raise _too_large(file, message("the part {part} has {mib} MiB", part=name, mib=info.file_size >> 20))
    try:
        return archive.read(info)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError, ValueError):
        raise _error(
            "KD143", file, message("The part {part} of the file is damaged", part=name), _rescue()
        ) from None


def _parse(data: bytes, file: str, name: str) -> "_Element":
    from lxml import etree

    # Entities are neither resolved nor fetched; a document type is refused even so, since text would be lost.
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, remove_comments=True,
        remove_pis=True, huge_tree=False,
    )  # fmt: skip
    refused = _error("KD145", file, message("The part {part} declares a document type", part=name), _rescue())
    if b"<!DOCTYPE" in data[:4096]:
        raise refused
    try:
        root = etree.fromstring(transitional(data), parser)
    except (etree.XMLSyntaxError, ValueError, LookupError):
        raise _error(
            "KD143", file, message("The part {part} of the file is no sound XML", part=name), _rescue()
        ) from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise refused
    return root


def _relationship(kind: str, target: str, mode: str, folder: str) -> Relationship:
    word = kind.rsplit("/", 1)[-1]
    if mode == "External":
        return Relationship(word, target, external=True)
    path = unquote(target.split("#", 1)[0])
    name = path.lstrip("/") if path.startswith("/") else posixpath.normpath(posixpath.join(folder, path))
    return Relationship(word, name, external=False)


def _content_type(types: "_Element", part: str) -> str:
    """Return a part's type: its own, else the one of its ending."""
    by_ending = ""
    for node in types:
        tag = str(node.tag).rpartition("}")[2]
        if tag == "Override" and node.get("PartName", "").lstrip("/").lower() == part.lower():
            return node.get("ContentType", "")
        if tag == "Default" and part.lower().endswith("." + node.get("Extension", "").lower()):
            by_ending = node.get("ContentType", "")
    return by_ending


def _rescue() -> Message:
    return message("Open it in Word or WPS and save it again.")


def _too_large(file: str, why: Message) -> InputError:
    return _error(
        "KD144",
        file,
        message("The file is too large to be read safely: {why}", why=why),
        message("Take the pictures out, or save it again from Word or WPS."),
    )


def _missing(file: str, name: str) -> InputError:
    return _error("KD142", file, message("The file lacks its part {part}", part=name), _rescue())


def _error(code: str, file: str, what: Message, hint: Message | None = None) -> InputError:
    return InputError(Problem(code, what, Place(file), hint))
