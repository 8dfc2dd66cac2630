"""A signature that would begin a page: in the Word file, however it is built, and in the PDF."""

import os
import re
import shutil
import zipfile
from pathlib import Path

import pypdfium2
import pytest

from kexie_docs import pipeline
from kexie_docs.doctree.nodes import Table
from kexie_docs.errors import FontError
from kexie_docs.fonts import discover
from kexie_docs.pipeline import Workshop, load
from kexie_docs.style.sheet import FontRole
from tests.cli.test_ahead import build, one_core
from tests.support.cli import Run
from tests.support.libreoffice import convert
from tests.support.tools import require

INPUTS = Path(__file__).parents[2] / "inputs"
SENTENCE = "县科协服务科技工作者、服务创新驱动发展，"


def an_input(above: int, last: int) -> str:
    """Return a summary of so many paragraphs of a line, and a last one of so many lines."""
    body = "\n\n".join("  县科协各项工作按时完成。" for _ in range(above))
    end = (SENTENCE * 50)[: 28 * last - 8]
    return (
        "单位: {全称: 云溪县科学技术协会, 简称: 云溪县科协}\n年度: 2025\n"
        f"开篇: |\n{body}\n结语: {end}。\n"
        "落款: {署名: 云溪县科学技术协会, 成文日期: 2025-12-31}\n"
    )


@pytest.fixture(scope="module", params=[6, 14])
def at_the_foot(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Inputs whose signature would begin a page with the fonts of this machine; at least one."""
    path = tmp_path_factory.mktemp("inputs") / "in.yaml"
    workshop = Workshop(path.parent, os.environ)
    found = []
    for above in range(1, 22):
        path.write_text(an_input(above, request.param), encoding="utf-8")
        if workshop.lay_out(workshop.compose(load(path))).fits:
            found.append(path.read_text(encoding="utf-8"))
    assert 1 <= len(found) <= 4
    return found


def written(folder: Path, texts: list[str]) -> list[str]:
    names = [f"in{number}.yaml" for number in range(len(texts))]
    for name, text in zip(names, texts, strict=True):
        (folder / name).write_text(text, encoding="utf-8")
    return names


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def page_texts(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return ["".join(page.get_textpage().get_text_bounded().split()) for page in document]
    finally:
        document.close()


def test_the_word_file_is_the_same_however_it_is_built(folder: Path, at_the_foot: list[str]) -> None:
    names = written(folder, at_the_foot)
    for name in names:
        assert build(folder, name, "-o", "two").returncode == 0
        assert build(folder, name, "-o", "one", setup=one_core).returncode == 0
        assert build(folder, name, "-f", "docx", "-o", "alone").returncode == 0
    assert build(folder, *names, "-o", "batch").returncode == 0
    two, one, alone, batch = (contents(folder / name) for name in ("two", "one", "alone", "batch"))
    assert two == one == batch
    assert alone == {name: data for name, data in two.items() if name.endswith(".docx")}
    assert len(alone) == len(names)


def test_text_stands_above_it_in_both_files(folder: Path, at_the_foot: list[str], tmp_path: Path) -> None:
    require("soffice")
    workshop = Workshop(folder, os.environ)
    for name in written(folder, at_the_foot):
        assert build(folder, name, "-o", "out").returncode == 0
        pdf, word = ((folder / "out" / name).with_suffix(suffix) for suffix in (".pdf", ".docx"))
        sheet = workshop.compose(load(folder / name)).style
        served = {sheet.word_fonts[role]: workshop.fonts.first(role).path for role in FontRole}
        theirs = convert(word.read_bytes(), "pdf", fonts=served, workdir=tmp_path)
        for pages in (page_texts(pdf.read_bytes()), page_texts(theirs)):
            assert "。云溪县科学技术协会2025年12月31日" in "".join(pages)
            (page,) = [page for page in pages if "2025年12月31日" in page]
            assert "。云溪县科学技术协会2025年12月31日" in page


def test_the_check_finds_nothing_wrong_in_it(command: Run, folder: Path, at_the_foot: list[str]) -> None:
    """7.3.5.5: lines closer or wider above the signature are no fault."""
    names = written(folder, at_the_foot)
    assert command("build", *names, "-o", "out").code == 0
    outcome = command("check", *(str(path) for path in sorted((folder / "out").iterdir())))
    assert not re.findall(r"KC50[0-9].*", outcome.out)


def test_no_break_tab_or_spaced_run_is_in_the_text(folder: Path, at_the_foot: list[str]) -> None:
    names = written(folder, at_the_foot)
    assert build(folder, *names, "-f", "docx", "-o", "out").returncode == 0
    for path in (folder / "out").iterdir():
        body = zipfile.ZipFile(path).read("word/document.xml").decode()
        (last,) = [text for text in re.findall(r"<w:p>.*?</w:p>", body) if SENTENCE in text]
        assert not re.search(r"<w:(br|tab|framePr)\b", last)
        assert last.count("<w:r>") == 1


def test_without_any_font_a_word_file_is_still_built(
    folder: Path, at_the_foot: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(discover, "font_folders", lambda *_: [])
    (name, *_) = written(folder, at_the_foot)
    workshop = Workshop(folder, os.environ)
    composition = workshop.compose(load(folder / name))
    with pytest.raises(FontError):
        workshop.lay_out(composition)
    made = workshop.make(composition, ["docx"], folder / name)
    assert made.files["docx"] == pipeline.write_word(composition)


@pytest.mark.parametrize("name", sorted(path.name for path in INPUTS.glob("*.yaml")))
def test_the_word_files_of_the_examples_without_a_table_need_no_layout(
    name: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A layout costs as much time as the Word file; a table may end at a page's foot."""
    asked: list[object] = []
    monkeypatch.setattr(Workshop, "lay_out", lambda self, composition: asked.append(composition))
    shutil.copytree(INPUTS, folder / "inputs")
    workshop = Workshop(folder, os.environ)
    for style in ("office", "strict"):
        composition = workshop.compose(load(folder / "inputs" / name), style=style)
        if any(isinstance(block, Table) for block in composition.document.blocks):
            assert pipeline.needs_layout(composition)
            continue
        assert workshop.make(composition, ["docx"], Path(name)).files["docx"].startswith(b"PK")
    assert asked == []
