"""Properties: whatever is read is refused in our words, or printed with every character of it.

Short in `make test`, at length by `make fuzz`: KEXIE_FUZZ is the number of examples of each.
"""

import io
import json
import os
import re
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pypdfium2
import pytest
import yaml
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from kexie_docs.errors import FontError, InputError, KexieDocsError, TemplateError
from kexie_docs.fonts.harfbuzz_face import open_faces
from kexie_docs.pipeline import Workshop, load, write_word
from kexie_docs.readers.pictures import MAX_PIXELS, is_whole, picture_size
from tests.hostile.cases import EXAMPLES, png
from tests.support.tools import require_fandol

EXAMPLE_COUNT = int(os.environ.get("KEXIE_FUZZ", "60"))
SEED = os.environ.get("KEXIE_TEST_SEED")
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

fuzz = settings(
    max_examples=EXAMPLE_COUNT, deadline=None, suppress_health_check=list(HealthCheck), print_blob=True
)


def seeded(test: Any) -> Any:
    """Repeat the run that KEXIE_TEST_SEED names."""
    return seed(int(SEED))(test) if SEED else test


@pytest.fixture(scope="module")
def workshop() -> Workshop:
    require_fandol()
    return Workshop(Path.cwd(), os.environ)


def refused(error: KexieDocsError) -> None:
    """Assert that an error says something, with codes of inputs, templates and fonts."""
    assert error.problems
    assert all(re.fullmatch(r"KD[1-5]\d\d", problem.code) for problem in error.problems)


@contextmanager
def a_file(data: bytes, ending: str) -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"in.{ending}"
        path.write_bytes(data)
        yield path


def printed(workshop: Workshop, path: Path) -> tuple[str, str] | None:
    """Return the text of both finished files without blanks, or None when the input was refused."""
    try:
        composition = workshop.compose(load(path))
        layout = workshop.lay_out(composition)
        word, pdf = write_word(composition, layout), workshop.draw(layout, composition)
    except (InputError, TemplateError, FontError) as error:
        refused(error)
        return None
    with zipfile.ZipFile(io.BytesIO(word)) as archive:
        root = ElementTree.fromstring(archive.read("word/document.xml"))
    document = pypdfium2.PdfDocument(pdf)
    try:
        # Page numbers stand between the pages' texts.
        pages = [page.get_textpage().get_text_bounded() for page in document]
    finally:
        document.close()
    drawn = "".join(re.sub(r"—\s*\d+\s*—\s*$", "", page) for page in pages)
    return squeezed("".join(node.text or "" for node in root.iter(f"{W}t"))), squeezed(drawn)


def squeezed(text: str) -> str:
    # pdfium gives U+FFFE or U+0002 for a hyphen at the end of a line.
    return re.sub(r"\s", "", re.sub("[\ufffe\x02]", "-", text))


@seeded
@fuzz
@given(st.binary(max_size=300), st.sampled_from(["yaml", "json"]))
def test_any_bytes_are_refused_or_read(data: bytes, ending: str) -> None:
    with a_file(data, ending) as path:
        try:
            load(path)
        except KexieDocsError as error:
            refused(error)


YAML_PIECES = st.lists(
    st.one_of(
        st.sampled_from(
            [
                "年度",
                "单位",
                ":",
                "-",
                "|",
                ">",
                "'",
                '"',
                "[",
                "]",
                "{",
                "}",
                ",",
                "&a",
                "*a",
                "<<:",
                "!!str",
                "!x",
                "---",
                "...",
                "?",
                "{{",
                "}}",
                "|汉字",
                "null",
                "~",
                "yes",
                "0012",
                "12:30",
            ]
        ),
        st.sampled_from(
            [": ", "- ", "\n", "\n  ", "\t", "|2-\n", "# ", "%YAML 1.1\n", "\\u0000", "\\x", "\ufeff"]
        ),
        st.text(max_size=4),
    ),
    max_size=40,
).map("".join)


@seeded
@fuzz
@given(YAML_PIECES, st.sampled_from(["yaml", "json"]))
def test_any_pieces_of_syntax_are_refused_or_read(text: str, ending: str) -> None:
    with a_file(text.encode("utf-8", "replace"), ending) as path:
        try:
            load(path)
        except KexieDocsError as error:
            refused(error)


@seeded
@fuzz
@given(st.data())
def test_a_damaged_example_is_refused_or_printed(workshop: Workshop, data: st.DataObject) -> None:
    """Bytes of a good input are cut out, doubled or replaced."""
    content = bytearray(data.draw(st.sampled_from(EXAMPLES)).read_bytes())
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(content)))
        length = data.draw(st.integers(0, 40))
        kind = data.draw(st.sampled_from(["cut", "double", "bytes", "text"]))
        if kind == "cut":
            del content[start : start + length]
        elif kind == "double":
            content[start:start] = content[start : start + length]
        elif kind == "bytes":
            content[start : start + length] = data.draw(st.binary(max_size=6))
        else:
            content[start:start] = data.draw(st.text(max_size=6)).encode("utf-8", "surrogatepass")
    with a_file(bytes(content), "yaml") as path:
        printed(workshop, path)


# Blanks and characters that no font has are other tests' matter.
CHARS = st.one_of(
    st.characters(min_codepoint=0x4E00, max_codepoint=0x7FFF),
    st.sampled_from("，。；：！？、（）“”‘’《》…—·0123456789%.+-=*/\\<>&|_~^$#@!'\"`[](){}abcXYZ"),
)
LINE = st.text(CHARS, min_size=1, max_size=60)
PROSE = st.lists(LINE, min_size=1, max_size=3).map("\n".join)
FIGURE = st.builds(
    "{}{}{}{}".format,
    st.sampled_from(["", "超", "约", "近", "不少于"]),
    st.one_of(st.integers(0, 10**12).map(str), st.decimals(0, 10**6, places=2).map(str), st.just("十五")),
    st.sampled_from(["", "余", "多"]),
    st.sampled_from(["个", "场", "万人次", "亿元", "%", "家", ""]),
)
NAME = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1, max_size=8)
MEASURE = st.fixed_dictionaries(
    {"内容": PROSE}, optional={"要点": LINE, "指标": st.dictionaries(NAME, FIGURE, max_size=3)}
)
ACTION = st.fixed_dictionaries(
    {"标题": LINE}, optional={"导语": PROSE, "措施": st.lists(MEASURE, min_size=1, max_size=3)}
)
INPUT = st.fixed_dictionaries(
    {
        "单位": st.fixed_dictionaries({"全称": NAME}, optional={"简称": NAME, "地区": NAME}),
        "年度": st.just("2025"),
    },
    optional={
        "标题": LINE,
        "指标": st.dictionaries(NAME, FIGURE, max_size=5),
        "开篇": PROSE,
        "行动": st.lists(ACTION, min_size=1, max_size=3),
        "结语": PROSE,
        "正文": PROSE,
        "附件": st.lists(st.fixed_dictionaries({"标题": LINE}), max_size=2),
        "落款": st.fixed_dictionaries({"署名": NAME, "成文日期": st.dates().map(str)}),
        "模板": st.sampled_from(["summary", "report", "bulletin", "press"]),
    },
)


def texts(value: Any, key: str = "") -> Iterator[str]:
    """Yield the lines of prose that summary prints as they are."""
    if isinstance(value, dict):
        for name, each in value.items():
            yield from texts(each, name)
    elif isinstance(value, list):
        for each in value:
            yield from texts(each, key)
    elif key in {"开篇", "内容", "导语", "结语"}:
        yield from value.split("\n")


@seeded
@fuzz
@given(INPUT, st.sampled_from(["yaml", "json"]))
def test_any_report_is_refused_or_printed_with_every_character(
    workshop: Workshop, report: dict[str, Any], ending: str
) -> None:
    report.pop("模板", None)
    as_yaml = yaml.safe_dump(report, allow_unicode=True)
    text = json.dumps(report, ensure_ascii=False) if ending == "json" else as_yaml
    with a_file(text.encode(), ending) as path:
        finished = printed(workshop, path)
    if finished is None:
        return
    for line in texts(report):
        for where, there in zip(("Word", "PDF"), finished, strict=True):
            assert squeezed(line) in there, f"lost in {where}: {line}"


@seeded
@fuzz
@given(INPUT)
def test_any_report_in_any_template_is_refused_or_printed(workshop: Workshop, report: dict[str, Any]) -> None:
    with a_file(json.dumps(report, ensure_ascii=False).encode(), "json") as path:
        printed(workshop, path)


@seeded
@fuzz
@given(st.binary(max_size=200), st.integers(0, 200), st.integers(0, 60))
def test_any_picture_is_measured_or_refused(data: bytes, start: int, length: int) -> None:
    good = png(9, 9)
    damaged = good[:start] + data + good[start + length :]
    for content in (data, b"\x89PNG\r\n\x1a\n" + data, b"\xff\xd8" + data, damaged):
        size = picture_size(content)
        assert size is None or all(0 <= side <= 0xFFFFFFFF for side in size)
        is_whole(content)
    assert MAX_PIXELS > 0


@seeded
@fuzz
@given(st.data())
def test_any_font_file_is_opened_or_refused(data: st.DataObject) -> None:
    source = require_fandol() / "FandolKai-Regular.otf"
    content = bytearray(source.read_bytes()[: data.draw(st.integers(0, 20_000))])
    for _ in range(data.draw(st.integers(0, 20))):
        if content:
            content[data.draw(st.integers(0, min(len(content), 600) - 1))] = data.draw(st.integers(0, 255))
    with a_file(bytes(content), "otf") as path:
        try:
            for face in open_faces(path):
                assert face.names is not None
                face.glyph("中")
        except FontError as error:
            refused(error)
