"""`fill FORM.pdf`: every field holds its value, and two renderers show it in the field's box."""

import io
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from PIL import Image
from reportlab.pdfgen import canvas

from kexie_docs.fonts.fontset import MachineFonts
from kexie_docs.forms.pdf import fill_pdf
from kexie_docs.forms.pdf_fields import fields_of
from kexie_docs.pipeline import load
from tests.forms.making import OPENING, TITLE, libreoffice_pdf_form, pdf_form, pdf_values
from tests.support.cli import Run
from tests.support.tools import require

SCALE = 2


def pdfium(data: bytes) -> Image.Image:
    document = pypdfium2.PdfDocument(data)
    try:
        document.init_forms()
        page: Image.Image = document[0].render(scale=SCALE).to_pil()
        return page.convert("L")
    finally:
        document.close()


def poppler(data: bytes) -> Image.Image:
    command = [require("pdftoppm"), "-r", str(72 * SCALE), "-png", "-f", "1", "-l", "1", "-"]
    done = subprocess.run(command, input=data, capture_output=True, check=True)
    return Image.open(io.BytesIO(done.stdout)).convert("L")


def text_of(data: bytes, path: Path) -> str:
    path.write_bytes(data)
    done = subprocess.run([require("pdftotext"), "-layout", str(path), "-"], capture_output=True, check=True)
    return done.stdout.decode("utf-8")


def ink(image: Image.Image, rect: tuple[float, ...], height: float) -> int:
    """Count dark dots in a field's box, its border left out."""
    x0, y0, x1, y1 = rect
    inset = 2.5
    box = (x0 + inset, height - y1 + inset, x1 - inset, height - y0 - inset)
    return sum(image.crop(tuple(round(side * SCALE) for side in box)).histogram()[:110])  # type: ignore[arg-type]


def boxes(data: bytes) -> tuple[dict[str, tuple[float, ...]], float]:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        found = {}
        for field in fields_of(pdf.Root.AcroForm):
            found[field.name] = tuple(float(side) for side in field.widgets[-1]["/Rect"])
        return found, float(pdf.pages[0].mediabox[3])


def seen(data: bytes) -> set[str]:
    """Return the names of the fields in which both renderers show something; they must agree."""
    places, height = boxes(data)
    by_renderer = [
        {name for name, rect in places.items() if ink(image, rect, height) > 4}
        for image in (pdfium(data), poppler(data))
    ]
    assert by_renderer[0] == by_renderer[1]
    return by_renderer[0]


def test_every_kind_of_field_made_with_reportlab_is_filled_and_seen(
    source: Path, fandol: MachineFonts
) -> None:
    form = pdf_form(Path("form.pdf"))
    assert seen(form.read_bytes()) == {"combo", "list", "radio"}, "reportlab draws its defaults"
    filled = fill_pdf(form, load(source), fandol)
    assert pdf_values(filled.data) == {
        "单位.全称": "云溪市科学技术协会",
        "title": TITLE,
        "开篇": "\n".join(OPENING),
        "年度": "2025",
        "f7": "增长20%",
        "邮编": "",
        "开篇.有": "/Yes",
        "c2": "/Off",
        "combo": "云溪",
        "list": "云溪",
        "radio": "/r2",
    }
    assert seen(filled.data) == {
        "单位.全称",
        "title",
        "开篇",
        "年度",
        "f7",
        "开篇.有",
        "combo",
        "list",
        "radio",
    }
    (warning,) = filled.warnings
    assert (warning.code, str(warning.what)) == (
        "KD437",
        "Left empty, as the name of the field names no value: 邮编.",
    )


def test_text_of_fields_is_extracted_by_both_readers(source: Path, fandol: MachineFonts) -> None:
    data = fill_pdf(pdf_form(Path("form.pdf")), load(source), fandol).data
    document = pypdfium2.PdfDocument(data)
    document.init_forms()
    page = document[0]
    page.flatten()
    page.close()
    by_pdfium = document[0].get_textpage().get_text_range()
    document.close()
    for text in (text_of(data, Path("out.pdf")), by_pdfium):
        joined = "".join(text.split())
        for value in ("云溪市科学技术协会", TITLE, "增长20%", *OPENING):
            assert "".join(value.split()) in joined


def test_form_that_libreoffice_exports_is_filled_and_seen(
    source: Path, tmp_path: Path, fandol: MachineFonts
) -> None:
    form = libreoffice_pdf_form(tmp_path)
    filled = fill_pdf(form, load(source), fandol)
    assert pdf_values(filled.data) == {
        "单位.全称": "云溪市科学技术协会",
        "单位.地区": "云溪",
        "年度": "2025",
        "开篇": "\n".join(OPENING),
        "行动": "/Yes",
        "邮编": "",
    }
    assert seen(filled.data) == {"单位.全称", "单位.地区", "年度", "开篇", "行动"}
    joined = "".join(text_of(filled.data, Path("out.pdf")).split())
    assert "云溪市科学技术协会" in joined
    assert "".join(OPENING[0].split()) in joined


def test_command_writes_the_filled_form(command: Run, source: Path) -> None:
    pdf_form(Path("form.pdf"))
    outcome = command("fill", "form.pdf", "in.yaml")
    assert (outcome.code, outcome.out) == (0, "outputs/form-in.pdf\n")
    assert "邮编" in outcome.err
    assert pdf_values(Path("outputs/form-in.pdf").read_bytes())["title"] == TITLE


def test_viewers_need_nothing_of_their_own(source: Path, fandol: MachineFonts) -> None:
    """Fonts are embedded, and no viewer is asked to draw the fields itself."""
    data = fill_pdf(pdf_form(Path("form.pdf")), load(source), fandol).data
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert not pdf.Root.AcroForm.NeedAppearances
        for field in fields_of(pdf.Root.AcroForm):
            if field.kind not in ("text", "choice") or field.name == "邮编":
                continue
            fonts = field.node.AP.N.Resources.Font
            for name in map(str, fonts):
                descriptor = fonts[name].DescendantFonts[0].FontDescriptor
                assert "/FontFile3" in descriptor or "/FontFile2" in descriptor
                assert "ToUnicode" in str(list(fonts[name].keys()))


def test_same_form_and_input_give_the_same_bytes(source: Path, fandol: MachineFonts) -> None:
    form = pdf_form(Path("form.pdf"))
    assert fill_pdf(form, load(source), fandol).data == fill_pdf(form, load(source), fandol).data


def one_field(path: Path, change: Callable[[Any], None] | None = None, **options: Any) -> Path:
    """Write a form of one text field, at first 200 × 20 points at (100, 700)."""
    page = canvas.Canvas(str(path), pagesize=(595, 842))
    settings: dict[str, Any] = {
        "name": "单位.全称",
        "x": 100,
        "y": 700,
        "width": 200,
        "height": 20,
        "fontSize": 12,
    }
    page.acroForm.textfield(**(settings | options))
    page.showPage()
    page.save()
    if change is not None:
        with pikepdf.open(path, allow_overwriting_input=True) as pdf:
            change(pdf)
            pdf.save(path)
    return path


def field_change(**entries: Any) -> Callable[[Any], None]:
    def change(pdf: Any) -> None:
        for key, value in entries.items():
            pdf.Root.AcroForm.Fields[0]["/" + key] = value

    return change


def dark_columns(data: bytes, rect: tuple[int, int, int, int]) -> tuple[float, float]:
    """Return the leftmost and rightmost ink in a box, in points from its left side."""
    image = pdfium(data)
    height = image.height / SCALE
    x0, y0, x1, y1 = rect
    box = image.crop(
        (
            round((x0 + 3) * SCALE),
            round((height - y1 + 3) * SCALE),
            round((x1 - 3) * SCALE),
            round((height - y0 - 3) * SCALE),
        )
    )
    found = box.point(lambda value: 255 if value < 110 else 0).getbbox()
    assert found is not None
    return found[0] / SCALE + 3, found[2] / SCALE + 3


@pytest.mark.parametrize(("quadding", "left", "right"), [(0, 2, None), (1, 46, 46), (2, None, 2)])
def test_text_stands_where_the_form_aligns_it(
    source: Path, fandol: MachineFonts, quadding: int, left: float | None, right: float | None
) -> None:
    form = one_field(Path("form.pdf"), field_change(Q=quadding))
    start, end = dark_columns(fill_pdf(form, load(source), fandol).data, (100, 700, 300, 720))
    if left is not None:
        assert abs(start - left) < 3
    if right is not None:
        assert abs(200 - end - right) < 3


def test_comb_puts_one_character_into_each_cell(source: Path, fandol: MachineFonts) -> None:
    form = one_field(Path("form.pdf"), name="年度", width=120, height=24, maxlen=4, fieldFlags="comb")
    data = fill_pdf(form, load(source), fandol).data
    image = pdfium(data)
    for cell in range(4):
        left, top = 100 + cell * 30 + 3, 842 - 724 + 3
        box = image.crop((left * SCALE, top * SCALE, (left + 24) * SCALE, (top + 18) * SCALE))
        columns = box.point(lambda value: 255 if value < 110 else 0)
        found = columns.getbbox()
        assert found is not None
        middle = (found[0] + found[2]) / 2 / SCALE
        assert abs(middle - 12) < 3


def test_text_too_wide_for_its_size_is_set_smaller_and_whole(source: Path, fandol: MachineFonts) -> None:
    form = one_field(Path("form.pdf"), width=60, fontSize=16)
    data = fill_pdf(form, load(source), fandol).data
    assert "云溪市科学技术协会" in text_of(data, Path("out.pdf"))
    start, end = dark_columns(data, (100, 700, 160, 720))
    assert start >= 2
    assert end <= 58


def test_turned_field_is_filled_along_its_own_direction(source: Path, fandol: MachineFonts) -> None:
    def change(pdf: Any) -> None:
        pdf.Root.AcroForm.Fields[0].MK["/R"] = 90

    form = one_field(Path("form.pdf"), change, width=20, height=200)
    data = fill_pdf(form, load(source), fandol).data
    assert seen(data) == {"单位.全称"}
    with pikepdf.open(io.BytesIO(data)) as pdf:
        normal = pdf.Root.AcroForm.Fields[0].AP.N
        assert [int(side) for side in normal.BBox] == [0, 0, 200, 20]
        assert [int(one) for one in normal.Matrix] == [0, 1, -1, 0, 20, 0]


def test_scripts_and_traces_of_the_author_are_gone(source: Path, fandol: MachineFonts) -> None:
    def change(pdf: Any) -> None:
        script = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))
        pdf.Root.OpenAction = script
        pdf.Root.Names = pikepdf.Dictionary(JavaScript=pikepdf.Dictionary(Names=pikepdf.Array(["a", script])))
        pdf.Root.AcroForm.Fields[0].AA = pikepdf.Dictionary(C=script)
        pdf.docinfo.Author = pikepdf.String("表格作者")
        pdf.docinfo.Title = pikepdf.String("情况表")

    data = fill_pdf(one_field(Path("form.pdf"), change), load(source), fandol).data
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert str(pdf.docinfo.Author) == "云溪市科学技术协会"
        assert str(pdf.docinfo.Title) == "情况表"
        assert not any("/JS" in one for one in pdf.objects if isinstance(one, pikepdf.Dictionary))


def encrypted(path: Path, user: str) -> None:
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.save(path, encryption=pikepdf.Encryption(owner="o", user=user))


def _xfa(pdf: Any) -> None:
    pdf.Root.AcroForm.XFA = pikepdf.Stream(pdf, b"<xdp/>")


def _signed(pdf: Any) -> None:
    field = pikepdf.Dictionary(
        FT=pikepdf.Name.Sig, T=pikepdf.String("s"), V=pikepdf.Dictionary(Type=pikepdf.Name.Sig)
    )
    pdf.Root.AcroForm.Fields.append(pdf.make_indirect(field))


def canvas_only(path: Path) -> None:
    page = canvas.Canvas(str(path))
    page.drawString(100, 700, "no form")
    page.showPage()
    page.save()


@pytest.mark.parametrize(
    ("make", "code", "part"),
    [
        (lambda path: one_field(path, _xfa), "KD431", "XFA"),
        (lambda path: one_field(path, _signed), "KD431", "signed"),
        (lambda path: canvas_only(path), "KD431", "no fields"),
        (lambda path: encrypted(one_field(path), ""), "KD431", "protected"),
        (lambda path: encrypted(one_field(path), "u"), "KD431", "protected"),
        (lambda path: one_field(path, name="邮编"), "KD432", "None of the form's 1 fields"),
        (lambda path: one_field(path, name="单位.全程"), "KD433", "“单位” has no part “全程”"),
        (lambda path: one_field(path, name="单位"), "KD433", "cannot be printed as it stands"),
        (lambda path: one_field(path, maxlen=3), "KD434", "it takes 3 characters, the value has 9"),
        (lambda path: one_field(path, width=20, height=6), "KD434", "does not fit"),
        (lambda path: one_field(path, name="问题"), "KD432", "问题"),
        (lambda path: path.write_bytes(b"PK\x03\x04"), "KD430", "no PDF"),
        (lambda path: path.write_bytes(one_field(path).read_bytes()[:900]), "KD43", ""),
        (lambda path: path.mkdir(), "KD430", "no file"),
    ],
)
def test_form_that_cannot_be_filled_is_told(
    command: Run, source: Path, make: Callable[[Path], object], code: str, part: str
) -> None:
    make(Path("form.pdf"))
    outcome = command("fill", "form.pdf", "in.yaml")
    assert (outcome.code, outcome.out) == (4, ""), outcome.err
    assert code in outcome.err
    assert part in outcome.err
    assert not Path("outputs").exists()


def test_value_that_is_no_choice_is_told(command: Run, source: Path) -> None:
    pdf_form(Path("form.pdf"))
    Path("in.yaml").write_text(
        source.read_text(encoding="utf-8").replace("地区: 云溪", "地区: 远方"), encoding="utf-8"
    )
    outcome = command("fill", "form.pdf", "in.yaml")
    assert outcome.code == 4
    assert "“远方” is not among its choices" in outcome.err
    assert "张掖、云溪、庆阳" in outcome.err


def test_missing_value_is_told_and_its_field_left_empty(command: Run, source: Path) -> None:
    def change(pdf: Any) -> None:
        field = pdf.make_indirect(pikepdf.Dictionary(pdf.Root.AcroForm.Fields[0]))
        field.T = pikepdf.String("问题")
        pdf.Root.AcroForm.Fields.append(field)

    one_field(Path("form.pdf"), change)
    outcome = command("fill", "form.pdf", "in.yaml")
    assert outcome.code == 0
    assert "KD436: Left empty, as the input does not give it: 问题." in outcome.err
    assert pdf_values(Path("outputs/form-in.pdf").read_bytes())["问题"] == ""
