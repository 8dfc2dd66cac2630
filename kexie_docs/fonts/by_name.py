"""Fonts that a style asks for by name: what is looked for, and which typeface serves where it is missing."""

from kexie_docs.errors import message
from kexie_docs.fonts.catalog import CATALOG, ROLE_NAMES, Candidate, name_key
from kexie_docs.style.sheet import FontRole

_OTHER = message("not in the catalogue")

_SIGNS = (
    (FontRole.XIAOBIAOSONG, ("标宋", "中宋", "大宋", "xiaobiaosong", "zhongsong", "隶", "魏碑", "琥珀")),
    (FontRole.FANGSONG, ("仿宋", "fangsong", "fang")),
    (FontRole.KAITI, ("楷", "行楷", "kai")),
    (FontRole.HEITI, ("黑", "圆", "等线", "hei", "sans", "gothic", "arial", "calibri", "dengxian", "雅黑")),
)
"""What names of fonts of a kind hold; any other font is served by 宋体, the plainest."""

_PLAIN = frozenset(("kaiti", "fangsong", "simhei", "simsun"))


def known_candidate(name: str) -> Candidate | None:
    """Return the catalogue's entry of a font's name, or None when it has none."""
    key = name_key(name)
    return next((one for group in CATALOG.values() for one in group if key in one.name_keys), None)


def other_candidate(name: str) -> Candidate:
    """Return what is looked for under a name that the catalogue does not have."""
    return Candidate(name, (), (), _OTHER)


def stand_in(name: str) -> FontRole:
    """Return the typeface whose fonts serve where a named font is missing."""
    key = name_key(name)
    for role, group in CATALOG.items():
        if any(key in one.name_keys for one in group) and not _shared(key):
            return role
    return next((role for role, signs in _SIGNS if any(sign in key for sign in signs)), FontRole.SONGTI)


def is_plain(name: str) -> bool:
    """Return whether a name means a typeface of the standard as such (楷体): any of its fonts will do."""
    key = name_key(name)
    return key in _PLAIN or key in {name_key(one) for one in ROLE_NAMES.values()}


def _shared(key: str) -> bool:
    """Return whether a font is a candidate of several roles, and so a sign of none."""
    return sum(any(key in one.name_keys for one in group) for group in CATALOG.values()) > 1
