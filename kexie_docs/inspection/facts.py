"""The facts that finished files are held to, read from `facts.toml`."""

import tomllib
from collections.abc import Mapping
from enum import StrEnum
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from kexie_docs.frozen import dataclass

_FILE = Path(__file__).with_name("facts.toml")


class Level(StrEnum):
    """How much the standard insists: 应 or stated flatly, 一般, 推荐."""

    MUST = "must"
    NORMAL = "normal"
    RECOMMENDED = "recommended"


@dataclass(frozen=True, slots=True)
class Fact:
    """The clause behind a rule, and how much the standard insists."""

    clause: str
    level: Level


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading of the type area: margins in mm and line pitch in points."""

    name: str
    top: float
    bottom: float
    pitch: float


@cache
def _facts() -> Mapping[str, Any]:
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))


def fact(code: str) -> Fact:
    """Return the clause and level of a rule."""
    row = _facts()["rule"][code]
    return Fact(row["clause"], Level(row["level"]))


def number(table: str, key: str) -> float:
    """Return a value, such as ``number("page", "left")``."""
    return float(_facts()[table][key])


def span(table: str, key: str) -> tuple[float, float]:
    """Return the least and the largest value that will do."""
    least, most = _facts()[table][key]
    return float(least), float(most)


@cache
def readings() -> tuple[Reading, ...]:
    """Return the readings of the type area."""
    return tuple(
        Reading(name, row["top"], row["bottom"], row["pitch_pt"])
        for name, row in _facts()["readings"].items()
    )


@cache
def accepted(role: str) -> tuple[str, ...]:
    """Return the names that a typeface passes by, folded as `folded` does."""
    return tuple(folded(name) for name in _facts()["typefaces"][role]["accept"])


def typeface_name(role: str) -> str:
    """Return the Chinese name of a typeface's role."""
    return str(_facts()["typefaces"][role]["zh"])


def folded(name: str) -> str:
    """Return a typeface's name without what its spellings differ in."""
    return "".join(char for char in name.lower() if char.isalnum())


@lru_cache(maxsize=1024)
def is_face(name: str, role: str) -> bool:
    """Return whether a typeface's name passes for a role, in any version (简体, _GBK, -Regular)."""
    plain = folded(name)
    if not plain:
        return False
    if role == "songti" and is_face(name, "xiaobiaosong") and "bold" in plain:
        return False
    return any(plain.startswith(one) for one in accepted(role))
