"""A PDF file under construction: reportlab's document and objects, with types and without its defaults.

reportlab starts a document with an author "(anonymous)", a date and its own name; this one starts empty.
"""

import zlib
from collections.abc import Mapping, Sequence
from threading import Thread
from typing import Any, TypeAlias

from kexie_docs.writers.pdf.guard import pdfdoc, unconfigured

Reference: TypeAlias = pdfdoc.PDFObjectReference


class Dictionary(pdfdoc.PDFDictionary):
    """A dictionary whose keys are names as they are; reportlab escapes each again, a third of its time."""

    # reportlab passes its document, which has no type.
    def format(self, document: Any, IND: bytes = b"\n") -> bytes:  # noqa: N803 - reportlab's name
        """Return the dictionary as it stands in the file."""
        entries = [
            f"/{key} ".encode("ascii") + _written(self.dict[key], document) for key in sorted(self.dict)
        ]
        return b"<<" + IND + IND.join(entries) + IND + b">>"


class Array(pdfdoc.PDFArray):
    """An array on one line."""

    def format(self, document: Any, IND: bytes = b" ") -> bytes:  # noqa: N803 - reportlab's name
        """Return the array as it stands in the file."""
        return b"[" + IND.join([_written(item, document) for item in self.sequence]) + b"]"


class Stream(pdfdoc.PDFStream):
    """A stream whose content is in its final form."""

    def format(self, document: Any) -> bytes:
        """Return the stream with its dictionary as it stands in the file."""
        head = Dictionary({**self.dictionary.dict, "Length": len(self.content)}).format(document)
        return b"".join((head, b"\nstream\n", self.content, b"\nendstream\n"))


def _written(value: object, document: object) -> bytes:
    if type(value) is str:
        return value.encode("ascii")
    if type(value) is int:
        return b"%d" % value
    written: bytes = pdfdoc.format(value, document)
    return written


_VERSION = (1, 7)


_LEVEL = 4
"""Of deflating: 6 takes four times as long for a font's map of characters and makes it 6 % smaller."""

_NOT_YET = b""

_SPECIAL = frozenset("()\\")

_WORTH_A_THREAD = 100_000
"""Bytes from which deflating takes longer, 0.7 ms, than starting a thread and handing over to it."""


class PdfFile:
    """Objects of one file; pages and fonts are added in the order in which they are to be written."""

    def __init__(self) -> None:
        # reportlab's stubs leave out most of a document's attributes.
        with unconfigured():
            self._document: Any = pdfdoc.PDFDocument(invariant=1, pdfVersion=_VERSION)
        self._packing: list[tuple[Thread, Stream]] = []
        self.set_info({})
        self.set_in_catalog("Outlines", None)

    def stream_beside(self, data: bytes, entries: Mapping[str, object], *, strategy: int) -> Stream:
        """Return a stream as `stream` does, a long one deflated by a thread meanwhile.

        Deflating the fonts is a tenth of a document's time, and holds no lock of Python's.
        """
        if len(data) < _WORTH_A_THREAD:
            return stream(data, entries, strategy=strategy)
        result = Stream(dictionary({**entries, "Filter": "/FlateDecode"}), _NOT_YET, filters=None)

        def pack() -> None:
            result.content = _deflated(data, _LEVEL, strategy)

        thread = Thread(target=pack)
        thread.start()
        self._packing.append((thread, result))
        return result

    def refer(self, item: Dictionary | Stream) -> Reference:
        """Make ``item`` an object of the file, once, and return a reference to it."""
        reference: Reference = self._document.Reference(item)
        return reference

    def add_font(self, name: str, font: Dictionary) -> None:
        """Add a font under the name that pages use for it."""
        self._document.idToObject[pdfdoc.BasicFonts].dict[name] = self.refer(font)

    def add_page(
        self,
        width: str,
        height: str,
        content: Stream,
        images: Mapping[str, Reference] | None = None,
        annotations: Sequence[Reference] = (),
    ) -> None:
        """Add a page of this size in points; it may use every font of the file, and the images named."""
        page: Any = pdfdoc.PDFPage()
        page.MediaBox = f"[0 0 {width} {height}]"
        page.Resources = dictionary({"Font": pdfdoc.PDFObjectReference(pdfdoc.BasicFonts)})
        if images:
            page.Resources["XObject"] = dictionary(images)
        page.Contents = content
        if annotations:
            page.Annots = array(*annotations)
        self._document.addPage(page)

    def page(self, index: int) -> Reference:
        """Return a reference to a page, counted from 0, that is or will be added."""
        return pdfdoc.PDFObjectReference(f"Page{index + 1}")

    def set_in_catalog(self, key: str, value: object) -> None:
        """Set an entry of the document catalogue; None leaves it out."""
        setattr(self._document.Catalog, key, value)

    def set_associated(self, files: object) -> None:
        """Name the files associated with the document as a whole (ISO 32000-2, 14.13)."""
        catalog = self._document.Catalog
        # reportlab writes the catalogue's entries that it knows, from a list that each catalogue may extend.
        catalog.__NoDefault__ = [*catalog.__NoDefault__, "AF"]
        catalog.AF = files

    def set_info(self, entries: Mapping[str, object]) -> None:
        """Set the document information dictionary."""
        self._document.info = dictionary(entries)

    def finish(self, identity: str) -> bytes:
        """Return the whole file.

        Args:
            identity: 32 hex digits that depend on everything in the file: its permanent identifier.
        """
        for thread, packed in self._packing:
            thread.join()
            if packed.content is _NOT_YET:
                raise MemoryError("a font could not be deflated")
        self._document._ID = f"[<{identity}> <{identity}>]".encode("ascii")
        data: bytes = self._document.format()
        return data


def dictionary(entries: Mapping[str, object]) -> Dictionary:
    """Return a PDF dictionary; text values stand in the file as they are."""
    return Dictionary(entries)


def array(*items: object) -> Array:
    """Return a PDF array; text values stand in the file as they are."""
    return Array(items)


def text(value: str) -> str:
    """Return a PDF text string (ISO 32000-1, 7.9.2.2): plain where it is ASCII, else in UTF-16."""
    if value.isascii() and value.isprintable() and not _SPECIAL.intersection(value):
        return f"({value})"
    return f"<FEFF{value.encode('utf-16-be').hex().upper()}>"


def name(value: str) -> str:
    """Return a PDF name."""
    return str(pdfdoc.PDFName(value))


def stream(
    data: bytes,
    entries: Mapping[str, object] | None = None,
    *,
    level: int = _LEVEL,
    strategy: int = zlib.Z_DEFAULT_STRATEGY,
) -> Stream:
    """Return a stream that holds ``data`` deflated, with ``entries`` in its dictionary."""
    packed = _deflated(data, level, strategy)
    return Stream(dictionary({**(entries or {}), "Filter": "/FlateDecode"}), packed, filters=None)


def _deflated(data: bytes, level: int, strategy: int) -> bytes:
    deflate = zlib.compressobj(level, zlib.DEFLATED, zlib.MAX_WBITS, zlib.DEF_MEM_LEVEL, strategy)
    return deflate.compress(data) + deflate.flush()


def encoded_stream(data: bytes, entries: Mapping[str, object]) -> Stream:
    """Return a stream whose ``data`` is already in the form that its ``Filter`` entry names."""
    return Stream(dictionary(entries), data, filters=None)


def number(value: float, digits: int) -> str:
    """Return ``value`` as PDF writes numbers: at most ``digits`` decimals, no exponent, no trailing zeros."""
    written = f"{value:.{digits}f}"
    if "." in written:
        written = written.rstrip("0").rstrip(".")
    return "0" if written == "-0" else written
