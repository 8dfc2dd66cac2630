"""Whole processes, in turn: wall time and peak memory of commands that take their turns in rounds."""

import os
import statistics
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Timing:
    """Wall seconds of each round, and the largest peak memory in MiB (children included)."""

    seconds: tuple[float, ...]
    memory: float

    @property
    def median(self) -> float:
        """Median of the rounds."""
        return statistics.median(self.seconds)


_LAUNCHER = """
import os, sys, time
quiet = [(os.POSIX_SPAWN_OPEN, n, os.devnull, os.O_WRONLY, 0) for n in (1, 2)]
start = time.perf_counter()
process = os.posix_spawnp(sys.argv[1], sys.argv[1:], os.environ, file_actions=quiet)
_, status, usage = os.wait4(process, 0)
print(os.waitstatus_to_exitcode(status), time.perf_counter() - start, usage.ru_maxrss / 1024)
"""
"""Runs one command and prints its exit code, wall seconds and peak memory in MiB. A process of its own, and a
small one: a command's peak would otherwise begin at that of the process which started it."""


def in_turn(commands: Mapping[str, Sequence[Sequence[str]]], rounds: int) -> dict[str, Timing]:
    """Run each entry (one or more commands after another) once a round, round after round.

    Machines are noisy: what runs side by side in one go can be compared, as ratios of medians. One round
    before the first is not counted.
    """
    seconds: dict[str, list[float]] = {name: [] for name in commands}
    memory = dict.fromkeys(commands, 0.0)
    for turn in range(rounds + 1):
        for name, steps in commands.items():
            runs = [_run(step) for step in steps]
            memory[name] = max(memory[name], *(peak for _, peak in runs))
            if turn:
                seconds[name].append(sum(wall for wall, _ in runs))
    return {name: Timing(tuple(seconds[name]), memory[name]) for name in commands}


def _run(command: Sequence[str]) -> tuple[float, float]:
    """Run a command to its end; return its wall seconds and its peak memory in MiB."""
    # Everybody's modules are compiled at installation; a variable of this shell must not undo that.
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    launched = subprocess.run(
        [sys.executable, "-S", "-c", _LAUNCHER, *command],
        env=environment, stdout=subprocess.PIPE, text=True, check=True,
    )  # fmt: skip
    code, wall, peak = launched.stdout.split()
    if int(code):
        raise RuntimeError(f"exit code {code}: {' '.join(command)}")
    return float(wall), float(peak)
