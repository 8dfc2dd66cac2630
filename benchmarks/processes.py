"""Whole processes, in turn: wall time and peak memory of commands that take their turns in rounds."""

import os
import statistics
import subprocess
import time
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


def in_turn(commands: Mapping[str, Sequence[Sequence[str]]], rounds: int) -> dict[str, Timing]:
    """Run each entry (one or more commands after another) once a round, round after round.

    Machines are noisy: what runs side by side in one go can be compared, as ratios of medians. One round
    before the first is not counted.
    """
    seconds: dict[str, list[float]] = {name: [] for name in commands}
    memory = dict.fromkeys(commands, 0.0)
    for turn in range(rounds + 1):
        for name, steps in commands.items():
            start = time.perf_counter()
            for step in steps:
                memory[name] = max(memory[name], _run(step))
            if turn:
                seconds[name].append(time.perf_counter() - start)
    return {name: Timing(tuple(seconds[name]), memory[name]) for name in commands}


def _run(command: Sequence[str]) -> float:
    """Run a command to its end; return its peak memory in MiB."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _pid, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"exit code {process.returncode}: {' '.join(command)}")
    return usage.ru_maxrss / 1024
