"""Pictures of a template's folder: read, turned upright, with their captions."""

import io
from dataclasses import replace

from jinja2.exceptions import TemplateNotFound
from jinja2.runtime import Context

from kexie_docs.compose.block_values import BlockValue
from kexie_docs.compose.errors import ValueUseError
from kexie_docs.compose.guard import Guard, printable
from kexie_docs.compose.loader import FolderLoader, UnreadableTemplateError
from kexie_docs.compose.tokens import BrokenTokenError, TokenStore
from kexie_docs.compose.values import Value
from kexie_docs.doctree.nodes import Inline, Paragraph, Picture, Text
from kexie_docs.doctree.walk import inline_text
from kexie_docs.errors import Message, message
from kexie_docs.readers.pictures import MAX_BYTES, MAX_PIXELS, picture_size
from kexie_docs.units import Twips, mm, parse_length

CAPTION, ALONE = "picture_caption", "picture_alone"

_DOTS_AN_INCH = 150
"""How a picture without a width is printed: sharp enough for paper, and no larger than the type area."""

_WIDTHS = (mm(5), mm(400))


def picture_value(
    context: Context, loader: FolderLoader, guard: Guard, name: object, caption: object, width: object
) -> BlockValue:
    """Return a picture with its caption below it.

    Args:
        context: of the template that prints it.
        loader: of the template's folder, where the file stands.
        guard: counts it, as its bytes are read each time.
        name: of the file.
        caption: text below it; "" for none.
        width: such as ``100mm``; "" prints it at 150 dots an inch.

    Raises:
        ValueUseError: KD418, the file is missing, too large or no PNG or JPEG; KD419, the width is none.
    """
    guard.step()
    file, text = printable(name), printable(caption)
    data = _read(loader, file)
    size = picture_size(data)
    if size is None or not size[0] or not size[1]:
        raise _problem(message("“{name}” is no PNG or JPEG picture.", name=file))
    if size[0] * size[1] > MAX_PIXELS:
        raise ValueUseError(
            "KD418",
            message(
                "The picture “{name}” has {width} × {height} dots, which cannot be printed.",
                name=file,
                width=size[0],
                height=size[1],
            ),
            message("Save it smaller; 300 dots an inch are enough."),
        )
    upright, size = _upright(data, size, file)
    printed = _width(printable(width)) or Twips(round(size[0] * 1440 / _DOTS_AN_INCH))
    height = Twips(max(1, round(printed * size[1] / size[0])))
    store = _store(context)
    words = _inlines(store, text)
    shown = inline_text(words)
    picture = Picture(image=upright, width=printed, height=height, text=shown or file)
    if not words:
        return BlockValue(store, "图片", replace(picture, paragraph_style=ALONE))
    return BlockValue(store, "图片", picture, Paragraph(inlines=words, style=CAPTION))


def _read(loader: FolderLoader, name: str) -> bytes:
    try:
        return loader.read_bytes(name, MAX_BYTES)
    except TemplateNotFound:
        raise _problem(
            message("There is no file “{name}” in the template's folder.", name=name),
        ) from None
    except UnreadableTemplateError as error:
        raise ValueUseError("KD418", error.what, error.hint) from None


def _upright(data: bytes, size: tuple[int, int], name: str) -> tuple[bytes, tuple[int, int]]:
    """Return the picture as its camera says that it is to be seen (EXIF), and its size.

    Neither word processors nor PDF viewers turn a picture by themselves. One that stands upright stays as it
    is, to the byte.
    """
    from PIL import Image, ImageOps

    try:
        with Image.open(io.BytesIO(data), formats=("PNG", "JPEG")) as picture:
            if picture.getexif().get(0x0112, 1) == 1:
                return data, size
            turned = ImageOps.exif_transpose(picture)
            turned.info.pop("exif", None)
            target = io.BytesIO()
            if picture.format == "JPEG":
                turned.save(target, "JPEG", quality=95, subsampling=0)
            else:
                turned.save(target, "PNG")
            return target.getvalue(), turned.size
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        raise _problem(message("The picture “{name}” is damaged.", name=name)) from None


def _width(text: str) -> Twips | None:
    if not text:
        return None
    try:
        width = parse_length(text)
    except ValueError:
        width = Twips(0)
    if not _WIDTHS[0] <= width <= _WIDTHS[1]:
        raise ValueUseError(
            "KD419",
            message("“{text}” is no width of a picture.", text=text[:20]),
            message("Write it such as {example}.", example="100mm"),
        )
    return width


def _store(context: Context) -> TokenStore:
    """Return where the values of this rendering leave what they print."""
    value = context.resolve("年度")
    assert isinstance(value, Value), "every input has a year"
    return value.printer


def _inlines(store: TokenStore, text: str) -> tuple[Inline, ...]:
    """Return a caption's nodes: its own words, and those of values in it."""
    result: list[Inline] = []
    try:
        for part in store.split(text):
            if isinstance(part, str):
                result.append(Text(part))
            elif isinstance(part, tuple):
                result += part
    except BrokenTokenError:
        raise ValueUseError(
            "KD410",
            message("A value was cut into pieces."),
            message("Do not put filters on values that work on single characters."),
        ) from None
    return tuple(result)


def _problem(what: Message) -> ValueUseError:
    return ValueUseError(
        "KD418", what, message("Put a PNG or JPEG file into the template's folder and write its name.")
    )
