"""How much the pages of a PDF draw, told before anything draws them: forms within forms multiply."""

import base64
import re
import zlib
from collections import Counter
from typing import Any

import pikepdf

PAGE_BYTES = 16 << 20
"""Most bytes of content that a page may have, each form counted as often as it is drawn."""

PAGE_TEXT = 500_000
"""Most bytes of text that a page may show; a full page of 公文 has 2,000."""

_DEPTH = 40
_TOO_MUCH = PAGE_BYTES + 1
_DRAWING = 64
"""What one drawing of a form costs, beside its content."""
_DRAWN = re.compile(rb"/([^\s/<>\[\](){}%]+)\s+Do(?![^\s/<>\[\](){}%])")
_TEXT = re.compile(rb"\(((?:[^()\\]|\\.)*)\)|<([0-9A-Fa-f\s]+)>", re.DOTALL)
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")


def heavy_page(pdf: pikepdf.Pdf) -> int | None:
    """Return the first page, from 1, that draws more than any document needs; None when there is none."""
    known: dict[tuple[int, int], int] = {}
    for number, page in enumerate(pdf.pages, 1):
        try:
            contents = page.obj.get("/Contents")
            parts = list(contents) if isinstance(contents, pikepdf.Array) else [contents]
            resources = page.resources
            if _weight(parts, resources, known, 0) > PAGE_BYTES:
                return number
        except (pikepdf.PdfError, ValueError, TypeError, AttributeError, KeyError, RuntimeError):
            continue  # damaged: whoever reads the page next tells so
    return None


def heavy_page_of(data: bytes) -> int | None:
    """Return as `heavy_page`; None too when the file cannot be opened, which its reader tells."""
    import io

    try:
        with pikepdf.open(io.BytesIO(data), suppress_warnings=True) as pdf:
            return heavy_page(pdf)
    except (pikepdf.PdfError, pikepdf.PasswordError, ValueError, RuntimeError, TypeError):
        return None


def _weight(parts: list[Any], resources: Any, known: dict[tuple[int, int], int], depth: int) -> int:
    """Return the bytes that contents draw with all the forms in them."""
    if depth > _DEPTH:
        return _TOO_MUCH
    total = 0
    drawn: Counter[str] = Counter()
    for part in parts:
        if not isinstance(part, pikepdf.Stream):
            continue
        content = _content(part)
        total += len(content)
        if total > PAGE_BYTES or (len(content) > PAGE_TEXT and _shown(content) > PAGE_TEXT):
            return _TOO_MUCH
        drawn.update(_name(each) for each in _DRAWN.findall(content))
    objects = resources.get("/XObject") if isinstance(resources, pikepdf.Dictionary) else None
    if not isinstance(objects, pikepdf.Dictionary):
        return total
    for name, times in drawn.items():
        form = objects.get(name)
        if not isinstance(form, pikepdf.Stream) or form.get("/Subtype") != pikepdf.Name.Form:
            continue
        if form.objgen not in known:
            known[form.objgen] = _TOO_MUCH  # until it is weighed: a form that draws itself never ends
            own = form.get("/Resources", resources)
            known[form.objgen] = _weight([form], own, known, depth + 1)
        total += times * (known[form.objgen] + _DRAWING)
        if total > PAGE_BYTES:
            return _TOO_MUCH
    return total


def _content(stream: Any) -> bytes:
    """Return a stream's bytes, not many more than a page may have."""
    filters = stream.get("/Filter")
    names = [str(one) for one in filters] if isinstance(filters, pikepdf.Array) else [str(filters)]
    data: bytes = stream.read_raw_bytes()
    if filters is None:
        return data
    for name in names:
        match name:
            case "/FlateDecode" | "/Fl":
                unpacked = zlib.decompressobj()
                try:
                    data = unpacked.decompress(data, _TOO_MUCH)
                except zlib.error:
                    return b""
            case "/ASCII85Decode" | "/A85":
                data = base64.a85decode(data.strip().removesuffix(b"~>"), adobe=False)
            case "/ASCIIHexDecode" | "/AHx":
                digits = re.sub(rb"\s", b"", data).removesuffix(b">")
                data = bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode("ascii"))
            case _ if len(names) == 1:
                # LZW and run lengths multiply too little to matter.
                data = stream.read_bytes()
            case _:
                return bytes(_TOO_MUCH) if len(data) > PAGE_TEXT else data
    return data


def _shown(content: bytes) -> int:
    """Return how many bytes a content shows as text, at most."""
    total = 0
    for match in _TEXT.finditer(content):
        total += len(match[1]) if match[1] is not None else len(match[2]) // 2
        if total > PAGE_TEXT:
            break
    return total


def _name(name: bytes) -> str:
    plain = _ESCAPED.sub(lambda match: bytes([int(match[1], 16)]), name)
    return "/" + plain.decode("utf-8", "surrogateescape")
