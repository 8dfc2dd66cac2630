"""`fill FORM.docx`: what stands in the finished file is what the input and the form say, and all of it."""

import html
import io
import re
import zipfile
from copy import deepcopy
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml import parse_xml
from hypothesis import given, settings
from hypothesis import strategies as st

from kexie_docs.forms.word import fill_word
from kexie_docs.pipeline import load
from tests.forms.making import (
    INPUT,
    NAMESPACE,
    OPENING,
    TITLE,
    changed_package,
    full_form,
    png,
    through_libreoffice,
    with_relationship,
    word_form,
    write_input,
)
from tests.support.cli import Run
from tests.support.libreoffice import convert


def texts(path: Path) -> list[str]:
    return [paragraph.text for paragraph in docx.Document(str(path)).paragraphs]


def rows(path: Path) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in docx.Document(str(path)).tables[0].rows]


def check_full_form(path: Path) -> None:
    """Compare a filled `full_form` field by field."""
    found = [text for text in texts(path) if text]
    assert found == [
        "单位名称：云溪市科学技术协会（章）",
        f"标题：{TITLE}",
        "活动300余场，上年260场，无问题",
        *OPENING,
        "日期：2025年12月31日，12月；甲&乙<丙>",
    ]
    assert rows(path) == [
        ["序号", "行动", "要点"],
        ["1", "汇智赋能", "引智、育才"],
        ["2", "普惠共享<新>", "科普"],
    ]
    document = docx.Document(str(path))
    assert document.sections[0].header.paragraphs[0].text == "页眉：云溪市科协"
    assert document.sections[0].footer.paragraphs[0].text == "页脚：2025&18个"
    with zipfile.ZipFile(path) as archive:
        body = archive.read("word/document.xml").decode("utf-8")
    boxes = re.findall(r"<w:txbxContent>.*?</w:txbxContent>", body, flags=re.DOTALL)
    assert {re.sub("<[^>]+>", "", box) for box in boxes} == {"框：云溪"}
    assert document.core_properties.title == "2025年情况表"


def test_form_made_with_python_docx_is_filled_in_every_place(command: Run, source: Path) -> None:
    full_form(Path("form.docx"))
    outcome = command("fill", "form.docx", "in.yaml")
    assert (outcome.code, outcome.out, outcome.err) == (0, "outputs/form-in.docx\n", "")
    check_full_form(Path("outputs/form-in.docx"))


def test_form_saved_by_libreoffice_is_filled_in_every_place(
    command: Run, source: Path, tmp_path: Path
) -> None:
    form = through_libreoffice(full_form(Path("form.docx")), "docx:MS Word 2007 XML", tmp_path)
    outcome = command("fill", str(form), "in.yaml", "-o", "out.docx")
    assert (outcome.code, outcome.err) == (0, "")
    check_full_form(Path("out.docx"))


def test_filled_form_reads_the_same_in_libreoffice(source: Path, tmp_path: Path, fandol_folder: Path) -> None:
    data = fill_word(full_form(Path("form.docx")), load(source))
    fonts = {"仿宋": fandol_folder / "FandolFang-Regular.otf"}
    text = convert(data, "txt", fonts=fonts, flip_overflow_punct=False, workdir=tmp_path / "lo").decode(
        "utf-8"
    )
    for part in (*OPENING, TITLE, "普惠共享<新>", "甲&乙<丙>"):
        assert part in text


def test_paragraphs_of_a_value_keep_the_form_of_their_tag(source: Path) -> None:
    data = fill_word(full_form(Path("form.docx")), load(source))
    printed = [each for each in docx.Document(io.BytesIO(data)).paragraphs if each.text in OPENING]
    assert len(printed) == 2
    assert all(each.style is not None and each.style.name == "Quote" for each in printed)
    assert all(each.runs[0].font.size is not None and each.runs[0].font.size.pt == 15 for each in printed)


def test_label_before_a_long_value_stays_with_its_first_paragraph(source: Path) -> None:
    form = word_form(Path("form.docx"), "开篇：{{开篇}}（完）")
    filled = docx.Document(io.BytesIO(fill_word(form, load(source))))
    assert [each.text for each in filled.paragraphs] == [f"开篇：{OPENING[0]}", f"{OPENING[1]}（完）"]


def test_markdown_body_becomes_paragraphs(folder: Path) -> None:
    body = "正文: |\n  # 一、成效\n\n  举办{{科普活动}}，*成效*显著。\n"
    loaded = load(write_input(folder, INPUT + body))
    filled = docx.Document(io.BytesIO(fill_word(word_form(Path("form.docx"), "{{正文}}"), loaded)))
    assert [each.text for each in filled.paragraphs] == ["一、成效", "举办300余场，成效显著。"]


def test_table_in_the_body_is_told_instead_of_lost(command: Run, folder: Path) -> None:
    write_input(folder, INPUT + "正文: |\n  |甲|乙|\n  |---|---|\n  |1|2|\n")
    word_form(Path("form.docx"), "{{正文}}")
    outcome = command("fill", "form.docx", "in.yaml")
    assert outcome.code == 3
    assert "KD425" in outcome.err


def test_picture_is_put_in_its_own_proportions_also_into_a_header(source: Path) -> None:
    def change(document: Any) -> None:
        document.sections[0].header.paragraphs[0].text = '章{{落款.印章.图片|picture("20mm")}}'

    form = word_form(Path("form.docx"), "盖章：{{ 落款.印章.图片|图片(“30mm”) }}。", change=change)
    data = fill_word(form, load(source))
    document = docx.Document(io.BytesIO(data))
    (shape,) = document.inline_shapes
    assert (round(shape.width.mm), round(shape.height.mm)) == (30, 15)
    assert document.paragraphs[0].text == "盖章：。"
    blobs = [
        part.blob for part in document.part.package.parts if str(part.partname).startswith("/word/media")
    ]
    assert blobs == [png(40, 20)]
    (header,) = [rel.target_part for rel in document.part.rels.values() if rel.reltype.endswith("/header")]
    (image,) = [rel.target_part for rel in header.rels.values() if rel.reltype.endswith("/image")]
    assert image.blob == png(40, 20)


def test_rows_paragraphs_and_columns_are_repeated(source: Path) -> None:
    def change(document: Any) -> None:
        table = document.add_table(rows=1, cols=3)
        for cell, text in zip(
            table.rows[0].cells, ("{%tc for 甲 in 行动 %}", "{{甲.标题}}", "{%tc endfor %}"), strict=True
        ):
            cell.text = text

    form = word_form(
        Path("form.docx"), "{%p for 甲 in 行动 %}", "“{{甲.标题}}”", "{%p endfor %}", "完", change=change
    )
    filled = docx.Document(io.BytesIO(fill_word(form, load(source))))
    assert [each.text for each in filled.paragraphs][:3] == ["“汇智赋能”", "“普惠共享<新>”", "完"]
    assert [cell.text for cell in filled.tables[0].rows[0].cells] == ["汇智赋能", "普惠共享<新>"]
    assert len(filled.tables[0].columns) == 2


def test_drawings_that_a_loop_repeats_have_numbers_of_their_own(source: Path) -> None:
    form = word_form(Path("form.docx"), "{% for 甲 in 行动 %}{{落款.印章.图片|图片}}{% endfor %}")
    with zipfile.ZipFile(io.BytesIO(fill_word(form, load(source)))) as archive:
        numbers = re.findall(r'<wp:docPr[^>]* id="(\d+)"', archive.read("word/document.xml").decode())
    assert sorted(numbers) == ["1", "2"]


def test_content_control_shows_what_was_filled_in(source: Path) -> None:
    """Word would put the bound data back in its place when the file is opened."""

    def change(document: Any) -> None:
        control = (
            f"<w:sdt {NAMESPACE}><w:sdtPr><w:showingPlcHdr/>"
            '<w:dataBinding w:xpath="/x" w:storeItemID="{A}"/>'
            "</w:sdtPr><w:sdtContent><w:r><w:t>{{标题}}</w:t></w:r></w:sdtContent></w:sdt>"
        )
        document.add_paragraph()._p.append(parse_xml(control))

    data = fill_word(word_form(Path("form.docx"), "甲", change=change), load(source))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        body = archive.read("word/document.xml").decode("utf-8")
    assert TITLE in body
    assert "dataBinding" not in body
    assert "showingPlcHdr" not in body


def test_nothing_of_the_forms_author_is_left(source: Path) -> None:
    data = fill_word(full_form(Path("form.docx")), load(source))
    properties = docx.Document(io.BytesIO(data)).core_properties
    assert (properties.author, properties.last_modified_by) == ("云溪市科学技术协会", "云溪市科学技术协会")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        everything = b"".join(archive.read(name) for name in archive.namelist())
        assert "docProps/thumbnail.jpeg" not in archive.namelist()
    for trace in ("表格作者", "内部", "rsid", "python-docx"):
        assert trace.encode() not in everything


def test_same_form_and_input_give_the_same_bytes(source: Path) -> None:
    form = full_form(Path("form.docx"))
    assert fill_word(form, load(source)) == fill_word(form, load(source))


def test_footnote_of_a_form_is_filled(source: Path) -> None:
    note = (
        f'<w:footnotes {NAMESPACE}><w:footnote w:id="1"><w:p><w:r><w:t>注：{{{{单位</w:t></w:r>'
        "<w:r><w:t>.简称}}</w:t></w:r></w:p></w:footnote></w:footnotes>"
    )

    def change(parts: dict[str, bytes]) -> None:
        parts["word/footnotes.xml"] = note.encode()
        kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
        override = f'<Override PartName="/word/footnotes.xml" ContentType="{kind}"/></Types>'
        parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(b"</Types>", override.encode())
        with_relationship("footnotes", "footnotes.xml", external=False)(parts)

    form = changed_package(word_form(Path("form.docx"), "正文"), change)
    with zipfile.ZipFile(io.BytesIO(fill_word(form, load(source)))) as archive:
        text = re.sub("<[^>]+>", "", archive.read("word/footnotes.xml").decode("utf-8"))
    assert text.endswith("注：云溪市科协")


def test_form_of_five_hundred_pages_is_filled(source: Path) -> None:
    def change(document: Any) -> None:
        body = document.add_table(rows=1, cols=4)._tbl
        row = body.tr_lst[0]
        for _ in range(2000):
            body.append(deepcopy(row))
        body.tr_lst[-1].tc_lst[-1].p_lst[0].add_r().text = "{{标题}}"

    form = word_form(Path("form.docx"), *["正文" * 100] * 3000, "{{年度}}", change=change)
    data = fill_word(form, load(source))
    assert docx.Document(io.BytesIO(data)).tables[0].rows[-1].cells[-1].text == TITLE


def test_word_template_becomes_a_document(source: Path) -> None:
    def change(parts: dict[str, bytes]) -> None:
        types = parts["[Content_Types].xml"]
        parts["[Content_Types].xml"] = types.replace(b"document.main+xml", b"template.main+xml")

    form = changed_package(word_form(Path("form.docx"), "{{标题}}"), change)
    assert docx.Document(io.BytesIO(fill_word(form, load(source)))).paragraphs[0].text == TITLE


_ANY = st.text(
    alphabet=st.one_of(
        st.sampled_from("&<>\"'{}%#_;|/\\[]()～“”‘’、，。 "),
        st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5),
    ),
    min_size=1,
    max_size=60,
)
# Two braces begin a reference, which a name may not hold; a single one comes through.
_DATA = _ANY.map(lambda text: "甲" + re.sub(r"\{{2,}", "{", text) + "乙")


@settings(max_examples=60)
@given(text=_DATA)
def test_any_text_arrives_whole(text: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    import json

    folder = tmp_path_factory.mktemp("data")
    value = {"单位": {"全称": text, "简称": "科协"}, "年度": 2025, "开篇": "文。"}
    path = folder / "in.json"
    path.write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")
    form = word_form(folder / "form.docx", "前{{单位.全称}}后")
    filled = docx.Document(io.BytesIO(fill_word(form, load(path))))
    assert filled.paragraphs[0].text == f"前{load(path).report.organization.full_name}后"


_PIECES = st.sampled_from(("{{单位.全称}}", "{{ 科普活动|同比 }}", "{{'{{'}}", "甲&<乙>", "，"))


@settings(max_examples=40)
@given(data=st.data())
def test_tags_parted_anywhere_are_read_as_one(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Word parts text into runs at will: by format, spelling marks, bookmarks, links, insertions."""
    folder = tmp_path_factory.mktemp("parted")
    pieces = "".join(data.draw(st.lists(_PIECES, max_size=4)))
    text = f"始{{% if 年度 == 2025 %}}{pieces}{{% endif %}}终"
    cuts = sorted(data.draw(st.sets(st.integers(1, len(text) - 1), max_size=12)))
    paragraph = parse_xml(f"<w:p {NAMESPACE}/>")
    for start, stop in zip([0, *cuts], [*cuts, len(text)], strict=True):
        run = parse_xml(f"<w:r {NAMESPACE}><w:t/></w:r>")
        run[0].text = text[start:stop]
        kind = data.draw(st.sampled_from(("", "hyperlink", "ins", "smartTag", "proofErr", "bookmarkStart")))
        if kind in ("proofErr", "bookmarkStart"):
            paragraph.append(parse_xml(f"<w:{kind} {NAMESPACE}/>"))
        if kind in ("hyperlink", "ins", "smartTag"):
            holder = parse_xml(f"<w:{kind} {NAMESPACE}/>")
            holder.append(run)
            paragraph.append(holder)
        else:
            paragraph.append(run)
    form = word_form(
        folder / "form.docx", change=lambda document: document.add_paragraph()._p.addnext(paragraph)
    )
    filled = fill_word(form, load(write_input(folder)))
    with zipfile.ZipFile(io.BytesIO(filled)) as archive:
        body = archive.read("word/document.xml").decode("utf-8")
    expected = pieces
    for tag, value in (
        ("{{单位.全称}}", "云溪市科学技术协会"),
        ("{{ 科普活动|同比 }}", "增长20%"),
        ("{{'{{'}}", "{{"),
    ):
        expected = expected.replace(tag, value)
    assert html.unescape(re.sub("<[^>]+>", "", body)).strip() == f"始{expected}终"


def test_rows_that_fill_thousands_of_pages_are_refused(command: Run, source: Path) -> None:
    word_form(Path("form.docx"), "{{年度}}" + "{% for 甲 in 行动 %}" * 15 + "文" * 3000 + "{% endfor %}" * 15)
    outcome = command("fill", "form.docx", "in.yaml")
    assert (outcome.code, outcome.out) == (4, "")
    assert "KD426" in outcome.err
