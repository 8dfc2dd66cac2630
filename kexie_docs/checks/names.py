"""The rule of the organisation's name (KC403): forms of it that are nearly one that 单位 gives."""

import re
from collections.abc import Iterator, Sequence

from kexie_docs.checks.rule import InputHit, input_rule
from kexie_docs.checks.view import InputView
from kexie_docs.errors import message

_KIND = "(?:科学技术协会|科学技术学会|科技协会|科学协会|科协)"
_DIVISIONS = "省市县区州盟旗"
_MISSING = 2
"""So many characters may be missing for a name to be a slip of the full one and not another body's."""
_SHORTEST = 4
"""Shortest rest of a name, after its place, in characters, that is compared."""


@input_rule("KC403")
def organisation_in_two_forms(view: InputView) -> Iterator[InputHit]:
    """The organisation's name stands in a form that 单位 does not give.

    Why: an organisation has one full and one short name; other forms are slips.
    Wrong: 张掖科协, 张掖市科技协会
    Right: 张掖市科协, 张掖市科学技术协会
    Source: practice
    """
    organization = view.report.organization
    given = [organization.full_name, organization.short_name, organization.self_name]
    names = {name for name in given if name}
    place, known = _place_of(organization.full_name, organization.region or ""), set(names)
    if place is None:
        return
    if (match := re.fullmatch(f"(.+?){_KIND}", organization.full_name)) is not None:
        known.add(f"{match[1]}科协")  # the usual short name is right even where none is given
    rests = [name.removeprefix(place) for name in sorted(known) if name.startswith(place)]
    for passage in view.passages:
        if passage.path[:1] == ("版头",):
            continue  # a bulletin has a name of its own
        text, start = passage.text, -1
        while (start := text.find(place, start + 1)) >= 0:
            slip = _slip(text[start + len(place) :], rests)
            if slip is None or not passage.is_typed(start, start + len(place) + len(slip)):
                continue
            yield InputHit(
                passage.path,
                message("“{name}” is not one of the names that 单位 gives", name=place + slip),
                message("Write {names}.", names="、".join(sorted(known, key=len))),
                passage.source_offset(start),
            )


def _place_of(full: str, region: str) -> str | None:
    """Return the place that a name begins with, without 省 or 市 after it; None where there is none."""
    if region and full.startswith(region) and len(full) - len(region) >= _SHORTEST:
        return region.rstrip(_DIVISIONS) if len(region) > 2 else region
    match = re.match(f"(.{{2,5}}?)[{_DIVISIONS}]", full)
    if match is not None and len(full) - match.end() >= 2:
        return match[1]
    match = re.fullmatch(f"(.{{2,}}?){_KIND}", full)
    return None if match is None else match[1]


_ANOTHER_BODY = re.compile("[学协商]会|联[合盟]|分[馆院校局会]|新[馆区]")


def _slip(after: str, rests: Sequence[str]) -> str | None:
    """Return what stands after the place where it is nearly one of the known rests of the name."""
    if any(after.startswith(rest) for rest in rests):
        return None
    kind = re.match(f"[{_DIVISIONS}]?{_KIND}", after)
    if kind is not None and any(re.fullmatch(f"[{_DIVISIONS}]?{_KIND}", rest) for rest in rests):
        # 吉林省科协 is above 吉林市科协, and another body.
        return None if kind[0][0] == "省" else kind[0]
    for rest in rests:
        bare = rest[1:] if rest[:1] in _DIVISIONS else rest
        for tried in (bare, after[:1] + bare if after[:1] in _DIVISIONS.replace("省", "") else ""):
            if len(bare) >= _SHORTEST - 1 and tried and after.startswith(tried):
                # 江州图书馆学会 is another body than 江州市图书馆.
                return None if _ANOTHER_BODY.match(after, len(tried)) else tried
        if len(rest) < _SHORTEST:
            continue
        for length in range(min(len(after), len(rest) + 1), max(_SHORTEST, len(rest) - _MISSING) - 1, -1):
            tried = after[:length]
            # 总会 for 会 is longer; a shorter one ends with the same word, or another body is meant.
            alike = tried[-2:] == rest[-2:] if length <= len(rest) else tried[-1:] == rest[-1:]
            if alike and _is_nearly(tried, rest):
                return tried
    return None


def _is_nearly(tried: str, rest: str) -> bool:
    """Return whether a name lacks characters of another, has one division more, or two words turned round."""
    if len(tried) < len(rest):
        return _is_part(tried, rest)
    if len(tried) > len(rest):
        return any(
            tried[:index] + tried[index + 1 :] == rest and tried[index] in f"{_DIVISIONS}总的"
            for index in range(len(tried))
        )
    if tried[1:] == rest[1:]:
        return tried[0] in _DIVISIONS.replace("省", "") and rest[0] in _DIVISIONS
    return any(
        tried[:at] + tried[at + size : at + 2 * size] + tried[at : at + size] + tried[at + 2 * size :] == rest
        for size in (1, 2)
        for at in range(len(tried) - 2 * size + 1)
    )


def _is_part(short: str, long: str) -> bool:
    """Return whether one text is another with characters left out."""
    rest = iter(long)
    return all(char in rest for char in short)
