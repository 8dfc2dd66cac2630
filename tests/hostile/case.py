"""One bad input: its files, and what has to become of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Outcome(StrEnum):
    """What has to become of an input."""

    REFUSED = "refused"
    WHOLE = "printed whole"
    EITHER = "refused or printed whole"


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A bad input.

    Attributes:
        rule: class of badness, a row of SECURITY.md's table.
        name: what is special about this one.
        files: contents by name below the folder it is built in; ``input.yaml`` or ``input.json`` is built.
        outcome: what has to become of it.
        code: beginning of the codes that may be told when it is refused; several joined by ``|``.
        payload: text that has to be in both finished files when it is accepted, white space aside.
    """

    rule: str
    name: str
    files: Mapping[str, bytes] = field(default_factory=dict)
    outcome: Outcome
    code: str = "KD"
    payload: str = ""

    @property
    def source(self) -> str:
        """The input's name."""
        return next(name for name in self.files if name.startswith("input."))
