"""The same batch from Python, on any executor."""

import pickle
from collections.abc import Callable, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from kexie_docs.batch.run import build_batch
from kexie_docs.batch.work import Status
from kexie_docs.errors import ExitCode, OutputError
from tests.support.cli import SMALL

YEARS = range(2018, 2026)


class AtOnce(Executor):
    """The least that an executor can be: it does the work while it is handed over, through a pickle."""

    def submit(self, function: Callable[..., Any], /, *arguments: Any, **named: Any) -> "Future[Any]":
        future: Future[Any] = Future()
        future.set_result(pickle.loads(pickle.dumps(function(*pickle.loads(pickle.dumps(arguments))))))
        return future


class Gone(Executor):
    """An executor whose machine is lost: some futures fail, then it takes no more."""

    def __init__(self) -> None:
        self.left = 3

    def submit(self, function: Callable[..., Any], /, *arguments: Any, **named: Any) -> "Future[Any]":
        self.left -= 1
        if self.left < 0:
            raise RuntimeError("cannot schedule new futures after shutdown")
        future: Future[Any] = Future()
        if self.left == 1:
            future.set_exception(ConnectionError("worker lost"))
        else:
            future.set_result(function(*arguments))
        return future


@pytest.fixture
def inputs(folder: Path) -> Sequence[Path]:
    for year in YEARS:
        (folder / f"{year}.yaml").write_text(SMALL.replace("2025", str(year)), encoding="utf-8")
    (folder / "small.yaml").write_text("年度: x\n", encoding="utf-8")
    return sorted(folder.glob("*.yaml"))


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


@pytest.mark.parametrize(
    "executor", [lambda: None, AtOnce, lambda: ThreadPoolExecutor(4), lambda: ProcessPoolExecutor(2)]
)
def test_any_executor_builds_the_same(
    inputs: Sequence[Path], executor: Callable[[], Executor | None]
) -> None:
    list(build_batch(inputs, "expected"))
    engine = executor()
    outcomes = {outcome.source.stem: outcome for outcome in build_batch(inputs, "here", executor=engine)}
    if engine is not None:
        engine.shutdown()
    bad = outcomes.pop("small")
    assert (bad.status, bad.exit_code) == (Status.FAILED, ExitCode.INPUT)
    assert {outcome.status for outcome in outcomes.values()} == {Status.WRITTEN}
    assert set(outcomes) == {str(year) for year in YEARS}
    assert contents(Path("here")) == contents(Path("expected"))
    again = list(build_batch(inputs, "here"))
    assert [outcome.status for outcome in again].count(Status.UNCHANGED) == len(YEARS)


def test_an_executor_that_is_lost_loses_no_outcome(inputs: Sequence[Path]) -> None:
    outcomes = list(build_batch(inputs[:-1], executor=Gone()))
    lost = [outcome for outcome in outcomes if outcome.status is Status.FAILED]
    assert len(outcomes) - len(lost) == 2
    assert {problem.code for outcome in lost for problem in outcome.problems} == {"KD614"}
    assert len(outcomes) == len(inputs) - 1


def test_conflicts_are_told_before_anything_is_built(folder: Path) -> None:
    (folder / "other").mkdir()
    (folder / "other" / "small.yaml").write_text(SMALL, encoding="utf-8")
    with pytest.raises(OutputError, match="KD603"):
        build_batch(["small.yaml", "other/small.yaml"])
    assert not Path("outputs").exists()


def test_names_are_told_apart_by_the_templates_that_the_inputs_name(folder: Path) -> None:
    """With -t the name tells the template, unless it is the input's own; only reading tells which."""
    (folder / "small-press.yaml").write_text(SMALL + "模板: press\n", encoding="utf-8")
    with pytest.raises(OutputError, match="KD603"):
        build_batch(["small.yaml", "small-press.yaml"], template="press")
    (folder / "small-press.yaml").write_text(SMALL, encoding="utf-8")
    list(build_batch(["small.yaml", "small-press.yaml"], template="press", formats=("docx",)))
    assert contents(Path("outputs")).keys() == {"small-press.docx", "small-press-press.docx"}
