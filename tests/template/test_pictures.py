"""Pictures of templates: upright, fitted, at one place in both files, within limits."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
from lxml import etree
from PIL import Image

from kexie_docs.compose.composer import Composer
from kexie_docs.compose.templates import builtin_root, find_template
from kexie_docs.doctree.nodes import Document, Figure, Paragraph, Picture
from kexie_docs.doctree.walk import block_text, figures
from kexie_docs.errors import TemplateError
from kexie_docs.fonts.fontset import MachineFonts
from kexie_docs.layout.document import layout_document
from kexie_docs.model.report import Report
from kexie_docs.style.load import load_style
from kexie_docs.units import mm, pt
from kexie_docs.writers.docx.write import write_docx
from kexie_docs.writers.pdf.write import write_pdf

Make = Callable[..., Document]

ORIENTATION = 0x0112
RED, BLUE = (255, 0, 0), (0, 0, 255)


def image(size: tuple[int, int] = (600, 400), kind: str = "PNG", orientation: int | None = None) -> bytes:
    """Return a blue picture whose top left quarter, as it is stored, is red."""
    picture = Image.new("RGB", size, BLUE)
    picture.paste(RED, (0, 0, size[0] // 2, size[1] // 2))
    exif = Image.Exif()
    if orientation is not None:
        exif[ORIENTATION] = orientation
    target = io.BytesIO()
    picture.save(target, kind, exif=exif)
    return target.getvalue()


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """Return a function that composes a template with files of its own."""

    def compose(content: str, **files: bytes) -> Document:
        folder = tmp_path / "mine"
        folder.mkdir(exist_ok=True)
        (folder / "template.toml").write_text('title = "图"\n', encoding="utf-8")
        (folder / "content.md.j2").write_text(content, encoding="utf-8")
        for name, data in files.items():
            (folder / name.replace("__", ".")).write_bytes(data)
        report = Report.model_validate(
            {"单位": {"全称": "云溪市科协"}, "年度": "2025", "指标": {"活动": "300余场"}}
        )
        return Composer(find_template("mine", [tmp_path, builtin_root()])).compose(report)

    return compose


def only(document: Document) -> Picture:
    (picture,) = [block for block in document.blocks if isinstance(block, Picture)]
    return picture


def test_a_picture_stands_with_its_caption_below_it(make: Make) -> None:
    document = make("甲\n\n{{ 'a.png' | 图片('图1　会场', 宽='90mm') }}\n\n乙", a__png=image())
    assert [type(block) for block in document.blocks] == [Paragraph, Picture, Paragraph, Paragraph]
    picture, caption = only(document), document.blocks[2]
    assert (picture.width, picture.text) == (mm(90), "图1　会场")
    assert picture.height == pytest.approx(mm(60), abs=1)
    assert (block_text(caption), getattr(caption, "style", "")) == ("图1　会场", "picture_caption")


def test_a_figure_in_a_caption_is_a_figure(make: Make) -> None:
    document = make("{{ 'a.png' | picture('活动' ~ 活动) }}", a__png=image())
    assert list(figures(document)) == [Figure("300余场", "活动", "活动")]
    assert only(document).text == "活动300余场"


def test_without_caption_and_width_it_is_printed_at_150_dots_an_inch(make: Make) -> None:
    document = make("{{ 'a.png' | 图片 }}", a__png=image((300, 150)))
    assert len(document.blocks) == 1
    assert (only(document).width, only(document).height) == (pt(144), pt(72))


@pytest.mark.parametrize("size", [(4000, 1000), (1000, 9000), (4000, 9000)])
@pytest.mark.parametrize("width", ["", "390mm"])
def test_it_is_never_larger_than_the_type_area(make: Make, size: tuple[int, int], width: str) -> None:
    picture = only(make(f"{{{{ 'a.png' | 图片('图', 宽='{width}') }}}}", a__png=image(size)))
    page = load_style().page
    assert picture.width <= page.text_width
    assert picture.height <= page.text_height
    assert picture.width == page.text_width or picture.height > page.text_height * 0.88
    assert picture.height / picture.width == pytest.approx(size[1] / size[0], rel=0.01)


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
@pytest.mark.parametrize(
    ("orientation", "corner"),
    [(1, (0, 0)), (2, (1, 0)), (3, (1, 1)), (4, (0, 1)), (5, (0, 0)), (6, (1, 0)), (7, (1, 1)), (8, (0, 1))],
)
def test_it_stands_as_the_camera_was_held(
    make: Make, kind: str, orientation: int, corner: tuple[int, int]
) -> None:
    """The red quarter is at the corner where EXIF's orientation puts the stored top left one."""
    data = image((600, 400), kind, orientation)
    picture = only(make("{{ 'a.x' | 图片(宽='60mm') }}", a__x=data))
    with Image.open(io.BytesIO(picture.image)) as upright:
        assert upright.getexif().get(ORIENTATION, 1) == 1
        width, height = upright.size
        assert (width, height) == ((600, 400) if orientation < 5 else (400, 600))
        spot = (width // 4 + corner[0] * width // 2, height // 4 + corner[1] * height // 2)
        red, _, blue = upright.convert("RGB").getpixel(spot)  # type: ignore[misc]
        assert red > 200 > 60 > blue
    assert picture.height / picture.width == pytest.approx(height / width, rel=0.01)


def test_an_upright_picture_stays_as_it_is_to_the_byte(make: Make) -> None:
    data = image((60, 40), "JPEG", 1)
    assert only(make("{{ 'a.jpg' | 图片 }}", a__jpg=data)).image == data


@pytest.mark.parametrize(
    ("content", "data", "code", "said"),
    [
        ("{{ 'b.png' | 图片 }}", b"", "KD418", "no file “b.png”"),
        ("{{ '../a.png' | 图片 }}", b"", "KD418", "no file"),
        ("{{ 'a.png' | 图片 }}", b"GIF89a", "KD418", "no PNG or JPEG"),
        ("{{ 'a.png' | 图片 }}", b"", "KD418", "no PNG or JPEG"),
        ("{{ 'a.png' | 图片 }}", image()[:200], "KD418", "is damaged"),
        (
            "{{ 'a.png' | 图片 }}",
            image()[:16] + b"\0\0\xff\xff" * 2 + image()[24:],
            "KD418",
            "cannot be printed",
        ),
        ("{{ 'a.png' | 图片 }}", b"\x89PNG\r\n\x1a\n" * 3_000_000, "KD418", "larger than"),
        ("{{ 'a.png' | 图片('图', 宽='100') }}", image(), "KD419", "no width"),
        ("{{ 'a.png' | 图片('图', 宽='9000mm') }}", image(), "KD419", "no width"),
        ("{{ 'a.png' | 图片('图', 高='100mm') }}", image(), "KD419", "has no “高”"),
        ("{{ 没有 | 图片 }}", image(), "KD405", "没有"),
    ],
)
def test_what_cannot_be_printed_is_told(make: Make, content: str, data: bytes, code: str, said: str) -> None:
    with pytest.raises(TemplateError) as error:
        make(f"甲\n{content}", a__png=data)
    (problem,) = error.value.problems
    assert (problem.code, problem.place.line) == (code, 2)
    assert said in str(problem.what)


def test_it_stands_at_the_same_place_in_both_files(make: Make, fandol: MachineFonts) -> None:
    style = load_style()
    document = make("甲\n\n{{ 'a.png' | 图片('图', 宽='90mm') }}\n\n乙", a__png=image())
    layout = layout_document(document, style, fandol)
    page = pypdfium2.PdfDocument(write_pdf(layout, document.metadata))[0]
    (shown,) = [item for item in page.get_objects() if item.type == pypdfium2.raw.FPDF_PAGEOBJ_IMAGE]
    left, bottom, right, top = shown.get_bounds()
    box = layout.pages[0].images[0]
    assert left * 20 == pytest.approx(style.page.left + (style.page.text_width - mm(90)) / 2, abs=1)
    assert (right - left, top - bottom) == (
        pytest.approx(mm(90) / 20, abs=0.1),
        pytest.approx(mm(60) / 20, abs=0.1),
    )
    # The line above ends where the picture's line begins; the caption's line begins where the picture ends.
    above, line, caption = layout.pages[0].lines[:3]
    assert above.top + above.height == line.top < box.y
    assert box.y + box.height == line.top + line.height == caption.top
    with zipfile.ZipFile(io.BytesIO(write_docx(document, style))) as package:
        root = etree.fromstring(package.read("word/document.xml"))
    (anchor,) = root.iter("{*}anchor")
    offsets = [int(each.text or 0) / 635 for each in anchor.iter("{*}posOffset")]
    assert offsets == [pytest.approx(box.x - style.page.left, abs=1), pytest.approx(box.y - line.top, abs=1)]
    (spacing,) = anchor.getparent().getparent().getparent().iter("{*}spacing")  # type: ignore[union-attr]
    assert [value for key, value in spacing.attrib.items()] == [str(line.height), "exact"]


def test_a_picture_and_its_caption_stay_on_one_page(make: Make, fandol: MachineFonts) -> None:
    content = "行\n\n" * 14 + "{{ 'a.png' | 图片('图题', 宽='117mm') }}"
    layout = layout_document(make(content, a__png=image()), load_style(), fandol)
    assert [bool(page.images) for page in layout.pages] == [False, True]
    assert "图题" in [line.text for line in layout.pages[1].lines]
