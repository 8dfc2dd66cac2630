"""Any bytes into any reader: an input, or a message with its place; nothing else."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from kexie_docs.errors import InputError
from kexie_docs.readers.pictures import picture_size
from kexie_docs.readers.reader import read_report
from tests.fuzz.strategies import json_like, yaml_like

INPUTS = sorted((Path(__file__).parents[2] / "inputs").glob("*.yaml"))
same_folder = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def read(tmp_path: Path) -> Callable[[str, bytes], None]:
    """Read a file; fail when anything but an InputError with a file's place in it comes out."""

    def reader(name: str, data: bytes) -> None:
        path = tmp_path / name
        path.write_bytes(data)
        try:
            read_report(path, display=name)
        except InputError as error:
            problems = error.problems
        else:
            return
        assert problems
        assert all(each.place.file for each in problems)
        for each in problems:
            line, column = each.place.line, each.place.column
            assert line is None or 1 <= line <= data.count(b"\n") + data.count(b"\r") + 2
            assert column is None or column >= 1

    return reader


@same_folder
@given(st.binary(max_size=400))
@example(b"\xef\xbb\xbf")
def test_bytes_as_yaml(read: Callable[[str, bytes], None], data: bytes) -> None:
    read("input.yaml", data)


@same_folder
@given(st.binary(max_size=400))
def test_bytes_as_json(read: Callable[[str, bytes], None], data: bytes) -> None:
    read("input.json", data)


@same_folder
@given(yaml_like)
def test_what_looks_like_yaml(read: Callable[[str, bytes], None], text: str) -> None:
    read("input.yaml", text.encode())


@same_folder
@given(json_like)
def test_what_looks_like_json(read: Callable[[str, bytes], None], text: str) -> None:
    read("input.json", text.encode("utf-8", "surrogatepass"))


@same_folder
@given(
    st.sampled_from(INPUTS), st.integers(0, 20_000), st.integers(0, 60), yaml_like.map(lambda text: text[:30])
)
def test_a_real_input_with_a_piece_replaced(
    read: Callable[[str, bytes], None], source: Path, start: int, length: int, piece: str
) -> None:
    text = source.read_text(encoding="utf-8")
    start %= len(text)
    read("input.yaml", (text[:start] + piece + text[start + length :]).encode())


@given(st.binary(max_size=200), st.sampled_from([b"", b"\x89PNG\r\n\x1a\n", b"\xff\xd8"]))
def test_bytes_as_a_picture(data: bytes, head: bytes) -> None:
    size = picture_size(head + data)
    assert size is None or min(size) >= 0
