"""Font files under another family name, so that a program finds them by it."""

import struct

_HEAD = struct.Struct(">4sHHHH")
_ENTRY = struct.Struct(">4sIII")
_FAMILY, _SUBFAMILY, _FULL_NAME, _POSTSCRIPT = 1, 2, 4, 6


def renamed_font(data: bytes, family: str, postscript: str) -> bytes:
    """Return an OpenType or TrueType file (no collection) with new names and nothing else changed.

    Checksums are left as they were: no reader of ours looks at them.
    """
    version, count, *search = _HEAD.unpack_from(data)
    entries = [_ENTRY.unpack_from(data, _HEAD.size + number * _ENTRY.size) for number in range(count)]
    names = _name_table({_FAMILY: family, _SUBFAMILY: "Regular", _FULL_NAME: family, _POSTSCRIPT: postscript})
    tables = [
        (tag, check, names if tag == b"name" else data[offset : offset + length])
        for tag, check, offset, length in entries
    ]
    directory = _HEAD.pack(version, count, *search)
    content = b""
    start = _HEAD.size + count * _ENTRY.size
    for tag, check, table in tables:
        directory += _ENTRY.pack(tag, check, start + len(content), len(table))
        content += table + bytes(-len(table) % 4)
    return directory + content


def _name_table(names: dict[int, str]) -> bytes:
    windows, unicode_bmp, american = 3, 1, 0x409
    records, strings = b"", b""
    for number, text in names.items():
        encoded = text.encode("utf-16-be")
        records += struct.pack(">HHHHHH", windows, unicode_bmp, american, number, len(encoded), len(strings))
        strings += encoded
    return struct.pack(">HHH", 0, len(names), 6 + len(records)) + records + strings
