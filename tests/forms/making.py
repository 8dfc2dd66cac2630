"""Forms for tests, made by the programs that people make forms with, and an input for them."""

import io
import subprocess
import zipfile
import zlib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import docx
import pikepdf
from docx.oxml import parse_xml
from docx.shared import Pt
from reportlab.pdfgen import canvas

from tests.support.libreoffice import _alone
from tests.support.tools import require

INPUT = """\
单位: {全称: 云溪市科学技术协会, 简称: 云溪市科协, 地区: 云溪}
年度: 2025
标题: 云溪市科学技术协会|2025年工作总结
指标:
  科普活动: {数值: 312, 单位: 场, 表述: 余, 上年: 260}
  科普项目: 18个
开篇: |
  {{年度}}年，AT&T公司与<张三>合作，金额<3万元且a>b，{_{x}_}举办活动{{科普活动}}。

  第二段：“R&D”经费&amp;投入。
行动:
  - 标题: 汇智赋能
    导语: 导语一。
    措施:
      - {要点: 引智, 内容: 引进专家。}
      - {要点: 育才, 内容: 培养人才。}
  - 标题: 普惠共享<新>
    措施:
      - {要点: 科普, 内容: 举办活动。}
落款: {署名: 云溪市科学技术协会, 成文日期: 2025-12-31, 印章: {图片: seal.png}}
"""

OPENING = (
    "2025年，AT&T公司与<张三>合作，金额<3万元且a>b，{_{x}_}举办活动300余场。",
    "第二段：“R&D”经费&amp;投入。",
)
TITLE = "云溪市科学技术协会2025年工作总结"

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NAMESPACE = f'xmlns:w="{_W}"'


def write_input(folder: Path, text: str = INPUT) -> Path:
    """Write the input and its picture."""
    (folder / "seal.png").write_bytes(png(40, 20))
    path = folder / "in.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def png(width: int, height: int) -> bytes:
    """Return a red picture."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big")

    head = width.to_bytes(4, "big") + height.to_bytes(4, "big") + bytes((8, 2, 0, 0, 0))
    rows = (b"\0" + b"\xd0\x10\x10" * width) * height
    parts = (chunk(b"IHDR", head), chunk(b"IDAT", zlib.compress(rows)), chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def word_form(path: Path, *paragraphs: str, change: Callable[[Any], None] | None = None) -> Path:
    """Write a Word form of paragraphs with python-docx."""
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    if change is not None:
        change(document)
    document.save(str(path))
    return path


def full_form(path: Path) -> Path:
    """Write a Word form with a tag in every place that forms have them, some parted into runs."""
    document = docx.Document()
    document.core_properties.author = "表格作者"
    document.core_properties.last_modified_by = "表格作者"
    document.core_properties.comments = "内部"
    document.core_properties.title = "{{年度}}年情况表"
    parted = document.add_paragraph("单位名称：")
    for number, text in enumerate(("{", "{单位", ".全", "称 }", "}（章）")):
        parted.add_run(text).bold = number % 2 == 0
    document.add_paragraph("标题：{{标题}}")
    document.add_paragraph(
        "活动{{科普活动}}，上年{{科普活动.上年}}，{% if 问题 %}有{% else %}无{% endif %}问题"
    )
    styled = document.add_paragraph(style="Quote")
    run = styled.add_run("{{opening}}")
    run.font.size = Pt(15)
    document.add_paragraph("日期：{{落款.成文日期}}，{{落款.成文日期.月}}月；{{ “甲&乙<丙>” }}")
    table = document.add_table(rows=4, cols=3)
    table.style = "Table Grid"
    rows = (
        ("序号", "行动", "要点"),
        ("{%tr for 甲 in 行动 %}", "", ""),
        (
            "{{loop.index}}",
            "{{甲.标题}}",
            "{% for 乙 in 甲.措施 %}{{乙.要点}}{% if not loop.last %}、{% endif %}{% endfor %}",
        ),
        ("{%tr endfor %}", "", ""),
    )
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    section = document.sections[0]
    section.header.paragraphs[0].text = "页眉：{{单位.简称}}"
    section.footer.paragraphs[0].text = "页脚：{{年度}}&{{科普项目}}"
    box = parse_xml(
        f'<w:r {NAMESPACE} xmlns:v="urn:schemas-microsoft-com:vml"><w:pict>'
        '<v:rect style="width:200pt;height:30pt">'
        "<v:textbox><w:txbxContent><w:p><w:r><w:t>框：{{单位.地</w:t></w:r><w:r><w:t>区}}</w:t></w:r></w:p>"
        "</w:txbxContent></v:textbox></v:rect></w:pict></w:r>"
    )
    document.add_paragraph()._p.append(box)
    document.save(str(path))
    return path


def changed_package(path: Path, change: Callable[[dict[str, bytes]], None]) -> Path:
    """Change the parts of a Word file."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    change(parts)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return path


def with_relationship(
    kind: str, target: str, *, external: bool = True, part: str = "document"
) -> Callable[[dict[str, bytes]], None]:
    """Return a change that adds a relationship to a part of a Word file."""

    def change(parts: dict[str, bytes]) -> None:
        name = f"word/_rels/{part}.xml.rels"
        mode = ' TargetMode="External"' if external else ""
        line = (
            '<Relationship Id="rIdBad" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
            f'{kind}" Target="{target}"{mode}/></Relationships>'
        )
        empty = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
        parts[name] = parts.get(name, empty).replace(b"</Relationships>", line.encode())

    return change


def through_libreoffice(path: Path, to: str, folder: Path, *, infilter: str | None = None) -> Path:
    """Return a file as LibreOffice saves or exports it."""
    command = [
        require("soffice"),
        f"-env:UserInstallation={(folder / 'profile').resolve().as_uri()}",
        "--headless",
        *([f"--infilter={infilter}"] if infilter else []),
        "--convert-to",
        to,
        "--outdir",
        str(folder / "converted"),
        str(path),
    ]
    with _alone():
        subprocess.run(command, capture_output=True, check=True, timeout=120)
    return folder / "converted" / f"{path.stem}.{to.partition(':')[0]}"


def pdf_form(path: Path) -> Path:
    """Write a PDF form of every kind of field with reportlab."""
    page = canvas.Canvas(str(path), pagesize=(595, 842))
    form = page.acroForm
    form.textfield(name="单位.全称", x=100, y=750, width=200, height=20, fontSize=0)
    form.textfield(name="title", x=100, y=700, width=260, height=20, fontSize=12)
    form.textfield(
        name="开篇", x=100, y=500, width=400, height=150, fontSize=12, fieldFlags="multiline", maxlen=5000
    )
    form.textfield(name="年度", x=100, y=450, width=120, height=30, fontSize=12, maxlen=4, fieldFlags="comb")
    form.textfield(name="f7", tooltip="科普活动|同比", x=300, y=450, width=120, height=30)
    form.textfield(name="邮编", x=450, y=450, width=100, height=30)
    form.checkbox(name="开篇.有", tooltip="行动", x=100, y=400)
    form.checkbox(name="c2", tooltip="问题", x=200, y=400)
    form.choice(
        name="combo",
        tooltip="单位.地区",
        value="a",
        options=["a", "b"],
        x=100,
        y=350,
        width=100,
        height=20,
        fieldFlags="combo",
    )
    form.listbox(
        name="list", tooltip="单位.地区", value="a", options=["a", "b"], x=300, y=340, width=100, height=60
    )
    form.radio(name="radio", tooltip="单位.简称", value="r1", x=100, y=300)
    form.radio(name="radio", tooltip="单位.简称", value="r2", x=150, y=300)
    page.showPage()
    page.save()
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        for field in pdf.Root.AcroForm.Fields:
            # reportlab draws no Chinese choices of its own.
            if "/Opt" in field:
                field.Opt = pikepdf.Array([pikepdf.String(text) for text in ("张掖", "云溪", "庆阳")])
            if str(field.get("/T", "")) == "radio":
                field.TU = pikepdf.String("单位.简称")
                field.Opt = pikepdf.Array([pikepdf.String(text) for text in ("庆阳市科协", "云溪市科协")])
        pdf.save(path)
    return path


HTML_FORM = """<html><head><meta charset="utf-8"></head><body><form name="f">
<p>1 <input type="text" name="单位.全称" size="30"></p>
<p>2 <input type="text" name="年度" maxlength="4"></p>
<p><textarea name="开篇" rows="8" cols="60"></textarea></p>
<p>4 <input type="checkbox" name="行动" value="Yes"></p>
<p>5 <select name="单位.地区">
<option value="张掖">张掖</option><option value="云溪">云溪</option></select></p>
<p>6 <input type="text" name="邮编"></p>
</form></body></html>"""


def libreoffice_pdf_form(folder: Path) -> Path:
    """Return a PDF form that LibreOffice exports from a document with form controls."""
    source = folder / "lo.html"
    source.write_text(HTML_FORM, encoding="utf-8")
    return through_libreoffice(source, "pdf:writer_pdf_Export", folder, infilter="HTML (StarWriter)")


def pdf_values(data: bytes) -> Mapping[str, str]:
    """Return the values of a PDF form's fields by full name, as they are stored."""
    from kexie_docs.forms.pdf_fields import fields_of

    with pikepdf.open(io.BytesIO(data)) as pdf:
        return {field.name: str(field.node.get("/V", "")) for field in fields_of(pdf.Root.AcroForm)}
