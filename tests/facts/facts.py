"""The facts of facts.toml as values that can be held against readings."""

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FILE = Path(__file__).parent / "facts.toml"


@dataclass(frozen=True, kw_only=True)
class Fact:
    """What the standard wants of one element, in one of the forms that facts.toml explains."""

    name: str
    clause: str
    how: str
    on: tuple[str, ...]
    values: dict[str, float]
    tolerance: float = 0.0
    range: tuple[float, float] | None = None
    accept: tuple[str, ...] = ()
    pattern: str | None = None

    def wanted(self, style: str) -> str:
        """Return what is wanted, for a message."""
        if self.values:
            return f"{self.values[style]} ± {self.tolerance}"
        if self.range:
            return f"{self.range[0]} to {self.range[1]}"
        return " or ".join(self.accept) if self.accept else str(self.pattern)

    def holds(self, reading: float | str, style: str) -> bool:
        """Whether a reading is as wanted."""
        if isinstance(reading, str):
            if self.pattern is not None:
                return re.fullmatch(self.pattern, reading) is not None
            return reading in self.accept
        if self.range:
            return self.range[0] <= reading <= self.range[1]
        return abs(reading - self.values[style]) <= self.tolerance + 1e-6


def facts() -> list[Fact]:
    """Return all facts in the file's order."""
    return [_fact(name, table) for name, table in tomllib.loads(FILE.read_text("utf-8")).items()]


def _fact(name: str, table: dict[str, Any]) -> Fact:
    values = {style: table.get(style, table.get("value")) for style in ("office", "strict")}
    limits = table.get("range")
    return Fact(
        name=name,
        clause=table["clause"],
        how=table["how"],
        on=tuple(table["on"]),
        values={style: float(value) for style, value in values.items() if value is not None},
        tolerance=table.get("tolerance", 0.0),
        range=(limits[0], limits[1]) if limits else None,
        accept=tuple(table.get("accept", ())),
        pattern=table.get("pattern"),
    )
