"""The example inputs: no error, and the warnings that they deserve."""

from pathlib import Path

import pytest

from kexie_docs.checks.check import check_report
from kexie_docs.errors import Severity
from kexie_docs.readers.reader import read_report

ROOT = Path(__file__).parents[2]
FILES = {
    "zhangye-2025": ROOT / "inputs" / "zhangye-2025.yaml",
    "qingyang-2024": ROOT / "inputs" / "qingyang-2024.yaml",
    "library-2025": Path(__file__).parent / "data" / "library-2025.yaml",
}

DESERVED = {
    "zhangye-2025": {
        ("KC405", "全国科技工作者日"),  # quoted further down, bare here
        ("KC318", "九项"),  # beside 16项, 33项, 38项
        ("KC314", "{{获得专利}}"),  # 38人 and 38项 within one sentence: to be looked at once
        ("KC312", "历年新高"),  # a record without a figure
    },
    "qingyang-2024": {
        ("KC313", "攀升至"),  # to 10.4%, but from what
        ("KC111", "等多项荣誉……"),
        ("KC402", "{{年度}}年"),  # twice in one sentence
        ("KC317", "130多位"),  # elsewhere 余
        ("KC404", "“庆阳科普”"),  # elsewhere “科普庆阳”
        ("KC319", "{{省青少年创新大赛承办届次}}"),  # 第38届, elsewhere 第三十八届
        ("KC401", "市市科协"),  # 庆阳市市科协
    },
    "library-2025": set(),
}
"""Code, and words of the line at the place; the original texts have these, and the inputs keep them."""


@pytest.mark.parametrize("name", FILES)
def test_untouched_input_has_only_deserved_warnings(name: str) -> None:
    loaded = read_report(FILES[name])
    found = check_report(loaded)
    assert [problem for problem in found if problem.severity is Severity.ERROR] == []
    lines = {(problem.code, loaded.parsed.source.line(problem.place.line or 0)) for problem in found}
    expected = DESERVED[name]
    assert len(found) == len(expected)
    assert all(any(code == one and words in line for one, line in lines) for code, words in expected)


def test_check_gives_the_same_findings_each_time() -> None:
    loaded = read_report(FILES["qingyang-2024"])
    assert check_report(loaded) == check_report(loaded)
