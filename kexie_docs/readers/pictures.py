"""Pictures that an input names: read from below its folder, PNG or JPEG, within limits."""

import stat
import struct
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from zlib import crc32

from kexie_docs.errors import Message, message, reading_reason
from kexie_docs.model.characters import shown
from kexie_docs.model.issues import Issue
from kexie_docs.model.official import Picture

MAX_BYTES = 20 * 1024 * 1024
MAX_PIXELS = 40_000_000

_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG = b"\xff\xd8"
_JPEG_END = b"\xff\xd9"
_SCAN = 0xDA

# Markers that begin a frame, whose header holds the size; the others of this range are tables.
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_STANDALONE = frozenset((0x01, *range(0xD0, 0xD8)))


def read_picture(picture: Picture, folder: Path | None) -> Picture | Issue:
    """Return a picture with its data and size, or what is wrong with its file.

    Args:
        picture: by its path.
        folder: of the input that names it; None when no file does.
    """
    if folder is None:
        return _issue(picture, message("The picture “{name}” cannot be read", name=shown(picture.path)))
    path = folder / picture.path
    try:
        if not path.resolve().is_relative_to(folder.resolve()):
            return _issue(
                picture,
                message("The picture “{name}” stands outside the input's folder", name=shown(picture.path)),
                message("Put the picture beside the input and write its name."),
            )
        if not stat.S_ISREG(path.stat().st_mode):
            return _issue(picture, message("“{name}” is no file", name=shown(picture.path)))
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = reading_reason(error)
        return _issue(
            picture,
            message(
                "The picture “{name}” cannot be read ({reason})", name=shown(picture.path), reason=reason
            ),
            message("The path counts from the folder of this file; check name and ending."),
        )
    if len(data) > MAX_BYTES:
        return _issue(
            picture,
            message(
                "The picture “{name}” is larger than {mib} MiB", name=shown(picture.path), mib=MAX_BYTES >> 20
            ),
            message("Scan or save it smaller; 600 dots an inch are enough for a seal."),
        )
    size = picture_size(data)
    if size is None:
        return _issue(
            picture,
            message("“{name}” is no PNG or JPEG picture", name=shown(picture.path)),
            message("Save the seal as PNG, with a transparent ground, and write that file's name."),
        )
    if not size[0] or not size[1] or size[0] * size[1] > MAX_PIXELS:
        return _issue(
            picture,
            message(
                "The picture “{name}” has {width} × {height} dots, which cannot be printed",
                name=shown(picture.path),
                width=size[0],
                height=size[1],
            ),
            message("Scan or save it smaller; 600 dots an inch are enough for a seal."),
        )
    if not is_whole(data):
        return _issue(
            picture,
            message("The picture “{name}” is damaged", name=shown(picture.path)),
            message("Save the picture again as PNG or JPEG."),
        )
    return replace(picture, data=data, width=size[0], height=size[1])


def picture_size(data: bytes) -> tuple[int, int] | None:
    """Return width and height of a PNG or JPEG by its header, never decoding it; None for anything else."""
    if data.startswith(_PNG):
        if len(data) < 33 or data[12:16] != b"IHDR":
            return None
        width, height = struct.unpack(">II", data[16:24])
        return width, height
    return _jpeg_size(data) if data.startswith(_JPEG) else None


def is_whole(data: bytes) -> bool:
    """Return whether a PNG or JPEG has all its parts, with their check sums where it has any.

    The Word file takes the picture as it is, and word processors show a red cross for a damaged one.
    """
    return _is_whole_png(data) if data.startswith(_PNG) else _is_whole_jpeg(data)


def _is_whole_png(data: bytes) -> bool:
    offset = len(_PNG)
    while offset + 12 <= len(data):
        (length,) = struct.unpack(">I", data[offset : offset + 4])
        end = offset + 8 + length
        if data[end : end + 4] != struct.pack(">I", crc32(data[offset + 4 : end])):
            return False
        if data[offset + 4 : offset + 8] == b"IEND":
            return True
        offset = end + 4
    return False


def _is_whole_jpeg(data: bytes) -> bool:
    """Return whether dots follow the head of a JPEG, and its end follows the dots.

    An end before them is not the picture's: cameras put a whole small picture into the head.
    """
    scan = next((offset for marker, offset, _ in _jpeg_segments(data) if marker == _SCAN), None)
    return scan is not None and _JPEG_END in data[scan:]


def _jpeg_segments(data: bytes) -> Iterator[tuple[int, int, int]]:
    """Yield marker, begin and length of the segments of a JPEG's head, the first scan's header last.

    Length and begin are those of the content, its two length bytes with it (ISO/IEC 10918-1, B.1.1.4).
    """
    offset = len(_JPEG)
    while offset + 4 <= len(data) and data[offset] == 0xFF:
        marker = data[offset + 1]
        if marker == 0xFF or marker in _STANDALONE:
            offset += 1 if marker == 0xFF else 2
            continue
        (length,) = struct.unpack(">H", data[offset + 2 : offset + 4])
        yield marker, offset + 2, length
        if marker == _SCAN or length < 2:
            return
        offset += 2 + length


def _jpeg_size(data: bytes) -> tuple[int, int] | None:
    """Return the size that the first frame header of a JPEG gives."""
    for marker, begin, length in _jpeg_segments(data):
        if marker in _FRAMES:
            if length < 8 or begin + 7 > len(data):
                return None
            height, width = struct.unpack(">HH", data[begin + 3 : begin + 7])
            return width, height
    return None


def _issue(picture: Picture, what: Message, hint: Message | None = None) -> Issue:
    return Issue("KD123", what, hint, ("落款", "印章", "图片"))
