"""The text of the PDF: what readers extract, and that it is what is printed."""

import re
import subprocess
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image, ImageFont

from kexie_docs.doctree.nodes import Metadata
from kexie_docs.fonts.discover import FontFolder
from kexie_docs.fonts.face import Face, FoundGlyph
from kexie_docs.fonts.fontset import MachineFonts, load_fontset
from kexie_docs.fonts.harfbuzz_face import open_faces
from kexie_docs.style.sheet import Font, FontRole
from kexie_docs.writers.pdf.write import write_pdf
from tests.fonts.making import make_collection, make_font, make_variable
from tests.pdf import ink, specimen
from tests.support import reading
from tests.support.tools import require

METADATA = Metadata(title="题")
DEJAVU = Path("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf")

EXTRACTORS = [reading.in_pdfplumber, reading.in_pdftotext, reading.in_pdfium]
extractors = pytest.mark.parametrize("extract", EXTRACTORS)

MIXED = (
    "“两翼齐飞”，1+4+N（AT&T）10.4%、3.8万公里——“科普”……〔2025〕12号；"
    "《规划》①②㎡勠力祎ÄöéΩЖ２％～·—–-'\"\\()<>[]{}/ 甲 乙　丙"
)


def squeezed(text: str) -> str:
    return "".join(text.split())


def without_page_numbers(text: str) -> str:
    return re.sub(r"^\s*—\s*\d+\s*—\s*$", "", text, flags=re.MULTILINE)


def saved(tmp_path: Path, data: bytes) -> Path:
    path = tmp_path / "specimen.pdf"
    path.write_bytes(data)
    return path


@pytest.fixture(scope="module")
def seed_pdfs(fandol: MachineFonts, packaged: MachineFonts, seed: str) -> dict[str, bytes]:
    """The seed on pages, in a font of either kind of CFF charset order."""
    return {
        "fandol": write_pdf(specimen.pages([seed + MIXED], fandol), METADATA),
        "packaged": write_pdf(specimen.pages([seed + MIXED], packaged), METADATA),
    }


def drawer(fonts: MachineFonts) -> Callable[[str, float], Image.Image]:
    """Return a function that draws a character with FreeType from the whole font file."""

    @cache
    def font(path: Path, size: float) -> ImageFont.FreeTypeFont:
        return ImageFont.truetype(str(path), size)

    @cache
    def draw(char: str, size: float) -> Image.Image:
        face = fonts.find(FontRole.FANGSONG, char).face
        assert hasattr(face, "path")
        mask = font(face.path, size).getmask(char, mode="L")
        picture = Image.frombytes("L", mask.size, bytes(mask)).point(lambda level: 255 * (level >= 128))
        return picture.crop(picture.getbbox())

    return draw


@extractors
@pytest.mark.parametrize("which", ["fandol", "packaged"])
def test_every_character_is_extracted_in_order(
    which: str, extract: Callable[[Path], str], seed_pdfs: dict[str, bytes], seed: str, tmp_path: Path
) -> None:
    extracted = extract(saved(tmp_path, seed_pdfs[which]))
    body = without_page_numbers(extracted.replace("\r\n", "\n"))
    assert squeezed(body) == squeezed(seed + MIXED)


@pytest.mark.parametrize("which", ["fandol", "packaged"])
def test_ink_lies_in_the_boxes_of_the_extraction(which: str, seed_pdfs: dict[str, bytes]) -> None:
    pdf = seed_pdfs[which]
    document = pypdfium2.PdfDocument(pdf)
    count = len(document)
    document.close()
    assert count >= 4
    assert [fault for page in range(count) for fault in ink.faults(pdf, page)] == []


def test_the_ink_check_sees_text_that_is_not_where_it_is_printed(fandol: MachineFonts) -> None:
    """A check that cannot fail proves nothing: here the ink of one character is missing."""
    line = specimen.line("科学技术", fandol, top=specimen.TOP)
    pdf = write_pdf(specimen.layout(line), METADATA)
    assert ink.faults(pdf, 0) == []
    space = fandol.find(FontRole.FANGSONG, " ")
    blank = specimen.one_glyph_line(space.face, space.glyph, "科")
    assert "nothing is printed" in ink.faults(write_pdf(specimen.layout(blank), METADATA), 0)[0]


@pytest.mark.parametrize("which", ["fandol", "packaged"])
def test_what_is_printed_is_the_character_that_is_extracted(
    which: str,
    seed_pdfs: dict[str, bytes],
    request: pytest.FixtureRequest,
) -> None:
    """Each sampled picture looks more like its own character, drawn by FreeType, than like 40 others."""
    draw = drawer(request.getfixturevalue(which))
    han = [sample for sample in ink.samples(seed_pdfs[which], 0) if "一" <= sample.char <= "鿿"]
    others = "".join(sorted({sample.char for sample in han}))
    assert len(others) >= 25
    assert [(one.char, ink.taken_for(one, draw, others)) for one in han] == [(one.char,) * 2 for one in han]


def renderers(pdf: Path, tmp_path: Path) -> dict[str, Image.Image]:
    """Return a page as pdfium and as poppler draw it, white ink on black."""
    dots = str(int(72 * ink.SCALE))
    command = [require("pdftoppm"), "-r", dots, "-gray", "-png", "-singlefile", str(pdf), str(tmp_path / "p")]
    subprocess.run(command, check=True, capture_output=True)
    with Image.open(tmp_path / "p.png") as picture:
        poppler = picture.convert("L").point(lambda level: 255 * (level < 128))
    return {"pdfium": ink.raster(pdf.read_bytes(), 0), "poppler": poppler}


@pytest.mark.parametrize("kind", ["truetype", "collection", "variable", "name-keyed CFF", "large units"])
def test_both_renderers_print_the_right_glyph_of_every_kind_of_font(kind: str, tmp_path: Path) -> None:
    """The made font's glyphs are boxes whose heights tell them apart."""
    chars = "国一二三四A"
    path = tmp_path / "simfang.ttf"
    if kind == "collection":
        members = [
            make_font(tmp_path / "m" / "a.ttf", "Other", chars="AB"),
            make_font(tmp_path / "m" / "b.ttf", "FangSong", chars=chars),
        ]
        path = make_collection(tmp_path / "simfang.ttc", members)
    elif kind == "variable":
        make_variable(path, make_font(tmp_path / "m" / "a.ttf", "FangSong", chars=chars))
    else:
        units = 2048 if kind == "large units" else 1000
        make_font(path, "FangSong", chars=chars, cff=kind.endswith("CFF"), units=units)
    fonts = load_fontset([FontFolder(tmp_path)])
    text = "A三国四一"
    pdf = saved(tmp_path, write_pdf(specimen.layout(specimen.line(text, fonts, top=specimen.TOP)), METADATA))
    expected = [200 + 600 * (chars.index(char) + 1) // len(chars) for char in text]
    boxes = [ink.box_of(char) for char in ink.characters(pdf.read_bytes(), 0)]
    for name, picture in renderers(pdf, tmp_path).items():
        heights = []
        for box in boxes:
            found = picture.crop(ink.box_pixels(box)).getbbox()
            assert found is not None, name
            heights.append((found[3] - found[1]) / ink.SCALE / 16 * 1000)
        assert heights == pytest.approx(expected, abs=25), name
    assert [squeezed(extract(pdf)) for extract in EXTRACTORS] == [text] * 3


@extractors
def test_a_system_truetype_font_is_extracted(extract: Callable[[Path], str], tmp_path: Path) -> None:
    if not DEJAVU.exists():
        pytest.skip("DejaVu Sans is missing")
    (face,) = open_faces(DEJAVU)
    text = "Wattage 10.4% – Ωж"
    lines = specimen.line(text, OneFace(face), top=specimen.TOP, extra=(0,))
    pdf = saved(tmp_path, write_pdf(specimen.layout(lines), METADATA))
    assert squeezed(extract(pdf)) == squeezed(text)
    assert ink.faults(pdf.read_bytes(), 0) == []


class OneFace:
    """A font set of one face."""

    def __init__(self, face: Face) -> None:
        self._face = face

    def find(self, font: Font, char: str) -> FoundGlyph:
        glyph = self._face.glyph(char)
        assert glyph is not None
        return FoundGlyph(self._face, glyph, substituted=False)

    def first(self, font: Font) -> Face:
        return self._face


@extractors
def test_characters_that_share_a_glyph_keep_their_own_text(
    extract: Callable[[Path], str], tmp_path: Path
) -> None:
    """U+2F00 is the Kangxi radical that looks like 一; a text search must find the one that was written."""
    make_font(tmp_path / "simfang.ttf", "FangSong", chars="国一", same_glyph={"\u2f00": "一", "口": "国"})
    fonts = load_fontset([FontFolder(tmp_path)])
    text = "一\u2f00国口一\u2f00\u2f00"
    pdf = saved(tmp_path, write_pdf(specimen.layout(specimen.line(text, fonts, top=specimen.TOP)), METADATA))
    assert squeezed(extract(pdf)) == text


@extractors
def test_characters_beyond_the_basic_plane_are_extracted(
    extract: Callable[[Path], str], tmp_path: Path
) -> None:
    make_font(tmp_path / "simfang.ttf", "FangSong", chars="国𠮷𪚥")
    fonts = load_fontset([FontFolder(tmp_path)])
    pdf = saved(
        tmp_path, write_pdf(specimen.layout(specimen.line("国𠮷𪚥", fonts, top=specimen.TOP)), METADATA)
    )
    assert squeezed(extract(pdf)) == "国𠮷𪚥"
