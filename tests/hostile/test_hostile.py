"""Whatever an input is: a clear message or the whole document; no traceback, no hang, no torn file."""

import json
import os
import pickle
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests.hostile.case import Case, Outcome
from tests.hostile.cases import all_cases, mutations, visible
from tests.support.seeds import new_seed

ROOT = Path(__file__).parents[2]
CASES = all_cases()
RULES = sorted({case.rule for case in CASES})
MEMORY = 1 << 30

MUTATIONS = int(os.environ.get("KEXIE_TEST_MUTATIONS", "60"))


def built(cases: list[Case]) -> list[dict[str, Any]]:
    """Build the cases in a process of their own, and return what became of each."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.hostile.worker"],
        input=pickle.dumps(cases), capture_output=True, cwd=ROOT, check=False, timeout=600,
        env={**os.environ, "LANG": "C", "LC_ALL": "", "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    results = [json.loads(line) for line in done.stdout.decode().splitlines()]
    assert len(results) == len(cases), (cases[len(results)], done.stderr.decode()[-2000:])
    return results


def wrong(case: Case, result: dict[str, Any]) -> str:
    """Return what is wrong with what became of a case; "" for nothing."""
    told = result["err"]
    if result["code"] not in (0, 3, 4, 5):
        return f"exit code {result['code']}: {told[-300:]}"
    if "Traceback" in told or result["seconds"] > 10 or result["memory"] > MEMORY:
        return f"{result['seconds']:.1f} s, {result['memory'] >> 20} MB, {told[-300:]}"
    if result["code"] == 0:
        if case.outcome is Outcome.REFUSED:
            return "accepted"
        if sorted(Path(name).suffix for name in result["outputs"]) != [".docx", ".pdf"]:
            return f"files: {result['outputs']}"
        lost = [kind for kind, text in result["texts"].items() if visible(case.payload) not in visible(text)]
        return f"lost in {lost}: {case.payload[:80]!r}" if lost else ""
    if case.outcome is Outcome.WHOLE:
        return f"refused: {told[:300]}"
    if result["outputs"] or result["out"]:
        return f"refused, but there is {result['outputs']} {result['out']!r}"
    if " error KD" not in told:
        return f"no message: {told[:300]}"
    if not any(f" error {code}" in told for code in case.code.split("|")):
        return f"another message than {case.code}: {told[:300]}"
    return ""


def check(cases: list[Case]) -> None:
    """Build the cases, and fail with every one of which something else became than should."""
    found = [(case.name, wrong(case, result)) for case, result in zip(cases, built(cases), strict=True)]
    bad = [f"{name}: {what}" for name, what in found if what]
    assert not bad, "\n".join(bad)


@pytest.mark.parametrize("rule", RULES)
def test_bad_input_is_told_or_printed_whole(rule: str) -> None:
    check([case for case in CASES if case.rule == rule])


def test_bytes_changed_at_random_are_told_or_printed() -> None:
    check(list(mutations(new_seed(), MUTATIONS)))


def test_there_are_three_hundred_and_each_class_is_in_the_table() -> None:
    counts = Counter(case.rule for case in CASES)
    assert counts.total() >= 300
    table = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
    rows = [line.split("|")[1:3] for line in table.splitlines() if line.startswith("| ")]
    assert {(rule, str(count)) for rule, count in counts.items()} <= {
        (rule.strip(), count.strip()) for rule, count in rows
    }
