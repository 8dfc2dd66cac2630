"""A conformant file gets no finding: ours in every form, and what LibreOffice makes of them."""

from pathlib import Path

import pytest

from kexie_docs.inspection.inspect import Finding, inspect_file
from tests.inspect.conftest import NAMES, STYLES

IN_THE_TEXT = {"qingyang-2024": {"KC111", "KC401", "KC402"}}
"""What a proofreader would ask of the seed's own words; `kexie-docs check` says the same of the input."""


def told(finding: Finding) -> str:
    return f"{finding.code} {finding.part}: {finding.measured}, required {finding.required} {finding.excerpt}"


def unexpected(path: Path, name: str) -> list[str]:
    allowed = IN_THE_TEXT.get(name, set())
    return [told(one) for one in inspect_file(path).findings if one.code not in allowed]


@pytest.mark.parametrize("kind", ["docx", "pdf"])
@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("name", NAMES)
def test_own_files_have_no_finding(name: str, style: str, kind: str, good: Path) -> None:
    assert unexpected(good / style / f"{name}.{kind}", name) == []


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("kind", ["docx", "pdf"])
def test_reading_is_told_from_the_file(style: str, kind: str, good: Path) -> None:
    for name in NAMES:
        inspection = inspect_file(good / style / f"{name}.{kind}")
        assert (inspection.reading, inspection.fits) == ({"office": "box", "strict": "ink"}[style], True), (
            name
        )


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["docx", "pdf"])
@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("name", NAMES)
def test_files_through_libreoffice_have_no_finding(
    name: str, style: str, kind: str, through_libreoffice: Path
) -> None:
    assert unexpected(through_libreoffice / kind / f"{style}-{name}.{kind}", name) == []
