"""Text whose line pitch was adjusted for the signature below it, as GB/T 9704 7.3.5.5 allows."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from kexie_docs.frozen import dataclass
from kexie_docs.inspection.facts import number
from kexie_docs.inspection.parts import Anatomy, Part, Role
from kexie_docs.inspection.scene import Paragraph, Scene

_MM_PER_PT = 25.4 / 72
_SAME = 0.04
"""Points within which two line pitches are one; programs round them in PDFs."""


@dataclass(frozen=True, slots=True)
class Adjusted:
    """What was adjusted.

    Attributes:
        paragraphs: their numbers; empty where nothing was.
        pitch: their line pitch in points.
        usual: that of the other text.
    """

    paragraphs: frozenset[int] = frozenset()
    pitch: float = 0.0
    usual: float = 0.0


def adjusted(anatomy: Anatomy) -> Adjusted:
    """Return the body paragraphs right above the first signature that have a line pitch of their own."""
    parts = [part for part in anatomy.parts if part.role is not Role.EMPTY]
    end = next((at for at, part in enumerate(parts) if part.role in (Role.SIGNATURE, Role.DATE)), 0)
    above: list[Part] = []
    own: float | None = None
    for part in reversed(parts[:end]):
        pitch = part.paragraph.pitch
        if part.role is not Role.BODY or pitch is None or abs(pitch - (own or pitch)) > _SAME:
            break
        own = own or pitch
        above.append(part)
    numbers = frozenset(part.paragraph.number for part in above)
    usual = _usual([part.paragraph for part in anatomy.of(Role.BODY) if part.paragraph.number not in numbers])
    most = number("page", "pitch_adjusted")
    if own is None or usual is None or not _SAME < abs(own - usual) <= most * usual:
        return Adjusted()
    return Adjusted(numbers, own, usual)


def _usual(paragraphs: Sequence[Paragraph]) -> float | None:
    """Return the line pitch of most of the text.

    A PDF shows none of paragraphs of one line; where there are no others, their distance is taken.
    """
    weights: dict[float, int] = {}
    for one in paragraphs:
        if one.pitch:
            weights[one.pitch] = weights.get(one.pitch, 0) + len(one.text)
    for one, after in pairwise(paragraphs):
        if not weights and one.lines and after.lines and one.number + 1 == after.number:
            last, first = one.lines[-1], after.lines[0]
            if last.page == first.page:
                return (first.baseline - last.baseline) / _MM_PER_PT
    return max(weights, key=lambda pitch: weights[pitch], default=None)


def with_usual_pitch(scene: Scene, found: Adjusted) -> Scene:
    """Return the file with page set-ups that have the line pitch of the other text."""
    if not found.paragraphs:
        return scene
    setups = (
        replace(one, pitch=found.usual)
        if one.pitch is not None and abs(one.pitch - found.pitch) <= _SAME
        else one
        for one in scene.setups
    )
    return replace(scene, setups=tuple(setups))
