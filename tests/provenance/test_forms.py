"""The table of figures is read back as it was written; what is no table is refused."""

import json
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kexie_docs.provenance.forms import TableError, parse_json, parse_xml, write_json, write_xml
from kexie_docs.provenance.records import FigureRecord, FigureTable, PrintedPlace

# What an input may hold: no control characters but the white-space ones, no surrogates, no noncharacters.
TEXT = st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Cn"), include_characters="\t\n\r\"&<>'\\{}"), max_size=12
)
REFERENCE = st.from_regex(r"[\w·]{1,6}(\.[\w]{1,4})?", fullmatch=True).filter(str.isprintable)
PLACES = st.builds(PrintedPlace, page=st.integers(1, 400), line=st.integers(1, 60))
RECORDS = st.builds(
    FigureRecord,
    bookmark=st.from_regex(r"_kd[0-9]{6}", fullmatch=True),
    name=TEXT,
    expression=TEXT,
    text=TEXT,
    kind=st.sampled_from(("count", "range", "")),
    value=st.decimals(allow_nan=False, allow_infinity=False).map("{:f}".format),
    ends=st.one_of(st.just(()), st.tuples(st.just("5"), st.just("6.5"))),
    unit=TEXT,
    hedge=st.sampled_from(("", "余", "近")),
    source=TEXT,
    file=TEXT,
    line=st.one_of(st.none(), st.integers(1, 10**6)),
    computed_from=st.lists(REFERENCE, max_size=3).map(tuple),
    printed=st.lists(PLACES, max_size=3).map(tuple),
)
TABLES = st.builds(
    FigureTable, input=TEXT, template=TEXT, version=TEXT, figures=st.lists(RECORDS, max_size=4).map(tuple)
)


@given(TABLES)
def test_json_is_read_back(table: FigureTable) -> None:
    data = write_json(table)
    assert parse_json(data) == table
    assert len(json.loads(data)["figures"]) == len(table.figures)


@given(TABLES)
def test_xml_is_read_back_but_for_the_places(table: FigureTable) -> None:
    data = write_xml(table)
    figures = tuple(record._replace(printed=()) for record in table.figures)
    assert parse_xml(data) == table._replace(figures=figures)
    assert len(ElementTree.fromstring(data)) == len(table.figures)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<figures",
        b"<figures/>",
        b'<other xmlns="urn:kexie-docs:figures:1"/>',
        b'<figures xmlns="urn:kexie-docs:figures:2"/>',
        b'<!DOCTYPE a [<!ENTITY b "c">]><figures xmlns="urn:kexie-docs:figures:1" input="&b;"/>',
        b"\xff\xfe\x00",
    ],
)
def test_what_is_no_xml_table_is_refused(data: bytes) -> None:
    with pytest.raises(TableError):
        parse_xml(data)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[]",
        b"{}",
        b'{"format": 2, "figures": []}',
        b'{"format": 1}',
        b'{"format": 1, "figures": {}}',
        b'{"format": 1, "figures": ["a"]}',
        b'{"format": 1, "figures": [{"text": 3}]}',
        b'{"format": 1, "figures": [{"line": "3"}]}',
        b'{"format": 1, "figures": [{"printed": [3]}]}',
        b'{"format": 1, "figures": [{"ends": [5, 6]}]}',
        b'{"format": 1, "input": 3, "figures": []}',
        b"[" * 100_000,
        b"\xff",
    ],
)
def test_what_is_no_json_table_is_refused(data: bytes) -> None:
    with pytest.raises(TableError):
        parse_json(data)


def test_attributes_that_a_later_version_adds_are_passed_over() -> None:
    row = b'<figure bookmark="_kd000001" more="x"/>'
    given_xml = b'<figures xmlns="urn:kexie-docs:figures:1" new="1">' + row + b"</figures>"
    assert [record.bookmark for record in parse_xml(given_xml).figures] == ["_kd000001"]
    given_json = b'{"format": 1, "new": [], "figures": [{"bookmark": "_kd000001", "more": {}}]}'
    assert [record.bookmark for record in parse_json(given_json).figures] == ["_kd000001"]
