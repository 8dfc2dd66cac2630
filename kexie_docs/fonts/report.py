"""Data for `fonts list`: which font serves each role, on what terms, and what would serve it better."""

from pathlib import Path

from kexie_docs.errors import Message, Problem
from kexie_docs.fonts.catalog import CATALOG, ROLE_NAMES, Candidate
from kexie_docs.fonts.fontset import MachineFonts
from kexie_docs.frozen import dataclass
from kexie_docs.style.sheet import FontRole


@dataclass(frozen=True, slots=True)
class RoleReport:
    """What serves one role.

    Attributes:
        role: the role.
        typeface: its name in the standard, such as 小标宋.
        font: how people call the font that serves it; None when nothing does.
        postscript_name: what the font calls itself; None likewise.
        file: where it is; None likewise.
        licence: whose it is and on what terms; None likewise.
        office: whether it is an office font, as the standard means, not an open substitute.
        missing: fonts that would come first if this machine had them, best first.
    """

    role: FontRole
    typeface: str
    font: str | None
    postscript_name: str | None
    file: Path | None
    licence: Message | None
    office: bool
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FontsReport:
    """All roles in order, and what is wrong with font files that were looked at (warnings)."""

    roles: tuple[RoleReport, ...]
    problems: tuple[Problem, ...]

    @property
    def open_fonts_would_help(self) -> bool:
        """Whether `fonts install` would give some role a better font than it has."""
        return any(
            role.font is None or any(name in role.missing for name in _installable(role.role))
            for role in self.roles
        )


def report_fonts(fonts: MachineFonts) -> FontsReport:
    """Return which font of ``fonts`` serves each role; opens the first fonts of every role."""
    roles = tuple(_report_role(role, fonts) for role in FontRole)
    return FontsReport(roles, fonts.problems)


def _report_role(role: FontRole, fonts: MachineFonts) -> RoleReport:
    serving = fonts.serving(role)
    if serving is None:
        return RoleReport(
            role=role,
            typeface=ROLE_NAMES[role],
            font=None,
            postscript_name=None,
            file=None,
            licence=None,
            office=False,
            missing=tuple(candidate.name for candidate in CATALOG[role]),
        )
    candidates = CATALOG[role]
    return RoleReport(
        role=role,
        typeface=ROLE_NAMES[role],
        font=serving.candidate.name,
        postscript_name=serving.face.name,
        file=serving.face.path,
        licence=serving.candidate.licence,
        office=not serving.candidate.open,
        missing=tuple(candidate.name for candidate in _before(candidates, serving.candidate)),
    )


def _before(candidates: tuple[Candidate, ...], used: Candidate) -> tuple[Candidate, ...]:
    return candidates[: candidates.index(used)]


def _installable(role: FontRole) -> tuple[str, ...]:
    return tuple(c.name for c in CATALOG[role] if any(name.startswith("Fandol") for name in c.names))
