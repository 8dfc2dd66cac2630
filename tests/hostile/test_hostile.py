"""Bad inputs by rule: each has its message and exit code within the limits, or is printed whole."""

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pypdfium2
import pytest

from tests.hostile.cases import CASES, RULES
from tests.support.limited import MEMORY, SECONDS, Limited
from tests.support.tools import require_fandol

ROOT = Path(__file__).parents[2]

EXIT_CODES = {-1: (0, 3, 5, 6), -2: (3, 6), -3: (3, 4)}
"""Where a class has several: accepted or refused, by what this machine has."""

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.fixture(scope="module")
def limited() -> Iterator[Limited]:
    require_fandol()
    with Limited() as server:
        yield server


def word_text(path: Path) -> str:
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        root = ElementTree.fromstring(archive.read("word/document.xml"))
    return "".join(node.text or "" for node in root.iter(f"{W}t"))


def pdf_text(path: Path) -> str:
    document = pypdfium2.PdfDocument(path)
    try:
        return "".join(page.get_textpage().get_text_bounded() for page in document)
    finally:
        document.close()


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


@pytest.mark.parametrize("name", CASES)
def test_bad_input_is_refused_in_our_words_or_printed_whole(
    limited: Limited, tmp_path: Path, name: str
) -> None:
    case = CASES[name]
    for file, data in case.files.items():
        (tmp_path / file).parent.mkdir(exist_ok=True)
        (tmp_path / file).write_bytes(data() if callable(data) else data)
    if case.make is not None:
        case.make(tmp_path)
    before = {path.name for path in tmp_path.iterdir()}
    ended = limited.run(["build", *case.arguments], tmp_path, case.environment)
    assert "Traceback" not in ended.err
    assert ended.code in EXIT_CODES.get(case.exit_code, (case.exit_code,)), ended.err[:2000]
    assert ended.seconds < SECONDS
    assert ended.memory < MEMORY
    if ended.code:
        assert re.search("|".join(case.codes), ended.err), ended.err[:2000]
        assert {path.name for path in tmp_path.iterdir()} == before, "nothing is written"
        assert len(ended.err) < 200_000
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]", ended.err)
        return
    built = sorted((tmp_path / "outputs").iterdir())
    assert [path.suffix for path in built] == [".docx", ".pdf"]
    for text in case.kept:
        assert squeezed(text) in squeezed(word_text(built[0]))
        assert squeezed(text) in squeezed(re.sub("[\ufffe\x02]", "-", pdf_text(built[1])))
    assert not (tmp_path / "pwned").exists()


def test_there_are_more_than_three_hundred() -> None:
    assert len(CASES) >= 300
    assert len({id(case) for case in CASES.values()}) == len(CASES)


@pytest.mark.parametrize("name", RULES)
def test_every_class_is_a_row_of_the_security_document(name: str) -> None:
    assert f"| {name} |" in (ROOT / "SECURITY.md").read_text(encoding="utf-8")
