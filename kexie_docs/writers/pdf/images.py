"""Pictures as PDF objects: JPEG data as it is, PNG as pixels with its transparency as a soft mask."""

import io
from typing import TYPE_CHECKING

from kexie_docs.errors import OutputError, Problem, message
from kexie_docs.writers.pdf.objects import PdfFile, Stream, encoded_stream, stream

if TYPE_CHECKING:
    from PIL.Image import Image

_COLOR_SPACES = {"L": "/DeviceGray", "RGB": "/DeviceRGB", "CMYK": "/DeviceCMYK"}


def image_object(file: PdfFile, data: bytes) -> Stream:
    """Return a picture as an image object of ``file``.

    Raises:
        OutputError: KD691, it is neither PNG nor JPEG, or it is damaged.
    """
    from PIL import Image

    try:
        with Image.open(io.BytesIO(data), formats=("PNG", "JPEG")) as picture:
            picture.load()
            if picture.format == "JPEG" and picture.mode in _COLOR_SPACES:
                return _jpeg(picture, data)
            return _pixels(file, picture)
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise OutputError(
            Problem(
                code="KD691",
                what=message("The picture of a seal cannot be read."),
                hint=message("Save the picture again as PNG or JPEG."),
            )
        ) from error


def _jpeg(picture: "Image", data: bytes) -> Stream:
    entries = {**_entries(picture), "Filter": "/DCTDecode"}
    if picture.mode == "CMYK" and "adobe" in picture.info:
        entries["Decode"] = "[1 0 1 0 1 0 1 0]"  # Adobe stores ink inverted
    return encoded_stream(data, entries)


def _pixels(file: PdfFile, picture: "Image") -> Stream:
    transparent = "transparency" in picture.info or picture.mode in ("RGBA", "LA", "PA")
    if not transparent:
        plain = picture.convert("L" if picture.mode in ("1", "L") else "RGB")
        return stream(plain.tobytes(), _entries(plain))
    full = picture.convert("RGBA")
    color, mask = full.convert("RGB"), full.getchannel("A")
    soft = file.refer(stream(mask.tobytes(), _entries(mask)))
    return stream(color.tobytes(), {**_entries(color), "SMask": soft})


def _entries(picture: "Image") -> dict[str, object]:
    return {
        "Type": "/XObject",
        "Subtype": "/Image",
        "Width": picture.width,
        "Height": picture.height,
        "ColorSpace": _COLOR_SPACES[picture.mode],
        "BitsPerComponent": 8,
    }
