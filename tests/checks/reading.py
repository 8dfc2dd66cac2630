"""Making inputs from text, for the tests of the rules."""

from kexie_docs.checks.check import check_report
from kexie_docs.errors import InputError, Problem
from kexie_docs.readers.json_file import parse_json
from kexie_docs.readers.reader import LoadedReport, report_of
from kexie_docs.readers.source import text_source
from kexie_docs.readers.yaml_file import parse_yaml

HEAD = """\
单位: {全称: 云溪市科学技术协会, 简称: 云溪市科协, 自称: 市科协}
年度: 2025
"""


def load(text: str, name: str = "input.yaml") -> LoadedReport:
    parse = parse_json if name.endswith(".json") else parse_yaml
    return report_of(parse(text_source(text, name)))


def findings(text: str) -> tuple[Problem, ...]:
    """What a check says of an input; of one that cannot be read, why."""
    try:
        return check_report(load(text))
    except InputError as error:
        return error.problems


def codes(text: str) -> set[str]:
    return {problem.code for problem in findings(text)}


def opening(text: str, metrics: str = "") -> str:
    """A small input with an opening, and metrics as lines of YAML."""
    indented = "".join(f"  {line}\n" for line in metrics.splitlines())
    return f"{HEAD}{'指标:' if metrics else ''}\n{indented}开篇: |\n  {text}\n"
