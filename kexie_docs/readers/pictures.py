"""Pictures that an input names: read from below its folder, PNG or JPEG, within limits."""

import stat
import struct
from dataclasses import replace
from pathlib import Path
from zlib import crc32

from kexie_docs.errors import Message, message
from kexie_docs.model.characters import shown
from kexie_docs.model.issues import Issue
from kexie_docs.model.official import Picture

MAX_BYTES = 20 * 1024 * 1024
MAX_PIXELS = 40_000_000

_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG = b"\xff\xd8"
_JPEG_END = b"\xff\xd9"

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
        reason = getattr(error, "strerror", None) or type(error).__name__
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
    if not data.startswith(_PNG):
        return _JPEG_END in data
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


def _jpeg_size(data: bytes) -> tuple[int, int] | None:
    """Return the size that the first frame header of a JPEG gives."""
    offset = len(_JPEG)
    while offset + 4 <= len(data) and data[offset] == 0xFF:
        marker = data[offset + 1]
        if marker == 0xFF or marker in _STANDALONE:
            offset += 1 if marker == 0xFF else 2
            continue
        (length,) = struct.unpack(">H", data[offset + 2 : offset + 4])
        if marker in _FRAMES:
            if length < 8 or offset + 9 > len(data):
                return None
            height, width = struct.unpack(">HH", data[offset + 5 : offset + 9])
            return width, height
        if length < 2:
            return None
        offset += 2 + length
    return None


def _issue(picture: Picture, what: Message, hint: Message | None = None) -> Issue:
    return Issue("KD123", what, hint, ("落款", "印章", "图片"))
