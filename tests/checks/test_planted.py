"""Faults planted at random are found: at the right line, under the right code."""

from collections import Counter
from pathlib import Path
from random import Random

from tests.checks import planter
from tests.checks.reading import findings
from tests.checks.test_examples import FILES

FAULTS_PER_CLASS = 5


def _planted(seed: int) -> list[planter.Fault]:
    """Return faults of every class, each in a copy of one of the files."""
    random = Random(seed)
    texts = [path.read_text(encoding="utf-8") for path in FILES.values()]
    faults: list[planter.Fault] = []
    for name in planter.CLASSES:
        for _ in range(FAULTS_PER_CLASS):
            random.shuffle(texts)
            made = (planter.plant(name, text, random) for text in texts)
            fault = next((one for one in made if one is not None), None)
            assert fault is not None, f"no file has a place for {name}"
            faults.append(fault)
    return faults


def _is_found(fault: planter.Fault) -> bool:
    return any(
        problem.code == fault.code and abs((problem.place.line or 0) - fault.line) <= 1
        for problem in findings(fault.text)
    )


def test_planted_faults_are_found(seed: int) -> None:
    """At least 95 % of all, and 80 % of each class."""
    faults = _planted(seed)
    found = Counter(fault.name for fault in faults if _is_found(fault))
    report = [f"seed {seed} (KEXIE_TEST_SEED repeats it)"]
    report += [f"{name}: {found[name]} of {FAULTS_PER_CLASS}" for name in planter.CLASSES]
    print("\n".join(report))  # noqa: T201 - the recall of each class is the result of this test
    assert len(planter.CLASSES) >= 12
    assert len(faults) >= 200
    assert sum(found.values()) >= 0.95 * len(faults)
    assert [name for name in planter.CLASSES if found[name] < 0.8 * FAULTS_PER_CLASS] == []


def test_planter_knows_nothing_of_the_program() -> None:
    source = Path(planter.__file__).read_text(encoding="utf-8")
    assert "kexie_docs" not in source
