"""Is the text that readers extract from a PDF what is printed there? Extraction against pdfium's raster."""

import io
import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pdfplumber
import pypdfium2
from PIL import Image, ImageChops, ImageDraw

SCALE = 4.0
"""Pixels a point."""

ASIDE = 0.6
"""How far ink may reach over the left or right edge of its box, in points (anti-aliasing, serifs)."""

ACROSS = 0.15
"""How far it may reach over the top or bottom, in em: the box is one em high, and a comma hangs lower."""

_DARK = 128
_SEED = 9704


@dataclass(frozen=True)
class Sample:
    """One extracted character, its box (x0, top, x1, bottom; points from the top left) and its picture."""

    page: int
    char: str
    size: float
    box: tuple[float, float, float, float]
    picture: Image.Image

    @property
    def has_ink(self) -> bool:
        """Whether anything is printed in the box."""
        return self.picture.getbbox() is not None


def raster(pdf: bytes, page: int) -> Image.Image:
    """Return pdfium's picture of a page: white ink on black, `SCALE` pixels a point."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        bitmap = document[page].render(scale=SCALE, grayscale=True)
        picture: Image.Image = ImageChops.invert(bitmap.to_pil().convert("L"))
        return picture.point(_binary)
    finally:
        document.close()


def _binary(level: int) -> int:
    return 255 if level >= _DARK else 0


def characters(pdf: bytes, page: int) -> list[dict[str, Any]]:
    """Return pdfplumber's characters of a page."""
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        return list(document.pages[page].chars)


def samples(pdf: bytes, page: int, count: int = 50) -> list[Sample]:
    """Return ``count`` visible characters of a page, chosen by a fixed seed, with what is printed there."""
    chars = [char for char in characters(pdf, page) if char["text"].strip()]
    chosen = random.Random(_SEED + page).sample(chars, min(count, len(chars)))
    picture = raster(pdf, page)
    return [
        Sample(page, char["text"], float(char["size"]), box_of(char), picture.crop(box_pixels(box_of(char))))
        for char in chosen
    ]


def stray_ink(pdf: bytes, page: int) -> tuple[int, int, int, int] | None:
    """Return where, in pixels, something is printed outside all boxes of the text; None when nothing is."""
    picture = raster(pdf, page)
    eraser = ImageDraw.Draw(picture)
    for char in characters(pdf, page):
        left, top, right, bottom = box_pixels(box_of(char), ASIDE, ACROSS * float(char["size"]))
        eraser.rectangle((left, top, right - 1, bottom - 1), fill=0)
    return picture.getbbox()


def faults(pdf: bytes, page: int, count: int = 50) -> list[str]:
    """Return what is wrong on a page: sampled characters without ink in their box, ink outside all boxes."""
    found = [
        f"page {page + 1}: nothing is printed where {sample.char} is extracted, at {sample.box}"
        for sample in samples(pdf, page, count)
        if not sample.has_ink
    ]
    stray = stray_ink(pdf, page)
    if stray is not None:
        found.append(f"page {page + 1}: ink outside the text's boxes, at {stray}")
    return found


def taken_for(sample: Sample, draw: Callable[[str, float], Image.Image], others: str) -> str:
    """Return the character, of the sample's own and ``others``, that its picture looks most like.

    Args:
        sample: what is printed.
        draw: draws a character at a size in pixels, white on black, cropped to its ink.
        others: characters to tell it from.
    """
    ink = sample.picture.getbbox()
    if ink is None:
        return ""
    printed = sample.picture.crop(ink)
    differences = {}
    for char in dict.fromkeys(sample.char + others):
        drawn = draw(char, sample.size * SCALE)
        size = (max(printed.width, drawn.width), max(printed.height, drawn.height))
        first, second = (_padded(one, size) for one in (printed, drawn))
        different = ImageChops.difference(first, second).histogram()[255]
        differences[char] = different / (size[0] * size[1])
    return min(differences, key=lambda char: differences[char])


def _padded(picture: Image.Image, size: tuple[int, int]) -> Image.Image:
    result = Image.new("L", size)
    result.paste(picture, (0, 0))
    return result.point(_binary)


def box_of(char: dict[str, Any]) -> tuple[float, float, float, float]:
    """Return the box of one of pdfplumber's characters."""
    return float(char["x0"]), float(char["top"]), float(char["x1"]), float(char["bottom"])


def box_pixels(
    box: tuple[float, float, float, float], aside: float = 0, across: float = 0
) -> tuple[int, int, int, int]:
    """Return the pixels of a box, widened by ``aside`` and heightened by ``across`` points on both sides."""
    left, top, right, bottom = box
    return (
        int((left - aside) * SCALE),
        int((top - across) * SCALE),
        int((right + aside) * SCALE) + 1,
        int((bottom + across) * SCALE) + 1,
    )
