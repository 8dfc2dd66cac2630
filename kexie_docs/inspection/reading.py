"""By which reading of the type area a file is set: by line boxes, or by ink."""

from kexie_docs.inspection.facts import Reading, number, readings
from kexie_docs.inspection.scene import PageSetup, Scene

_MM_PER_PT = 25.4 / 72

_WEIGHT = 12.0
"""How much the line pitch counts against the margins: enough to tell where a margin is wrong, no more."""


_FAR = 0.65
"""Distance of the readings' pitches in points: a pitch further off than that tells nothing."""


def detect(scene: Scene) -> Reading:
    """Return the reading that a file comes nearest to; the box reading where it tells nothing."""
    setup = next(
        (one for one in scene.setups if not one.landscape and one.pitch is not None),
        scene.setups[0] if scene.setups else None,
    )
    if setup is None:
        return readings()[0]
    nearest = min(readings(), key=lambda reading: _distance(scene, setup, reading))
    # The second reading is for who asks for it: a file that has nothing of it is held to the first.
    top = setup.top is not None and abs(setup.top - nearest.top) <= number("page", "pdf_top_tolerance")
    pitch = setup.pitch is not None and abs(setup.pitch - nearest.pitch) <= number(
        "page", "pitch_tolerance_pt"
    )
    return nearest if top or pitch or scene.kind == "pdf" else readings()[0]


def _distance(scene: Scene, setup: PageSetup, reading: Reading) -> float:
    """Return how far a page set-up is from a reading, in mm; a wrong value counts the same for either."""
    distance = 0.0
    half = 0.0
    if scene.kind == "pdf":
        pitch = setup.pitch or reading.pitch
        half = max(0.0, (pitch - number("sizes", "body")) / 2 * _MM_PER_PT)
    if setup.top is not None:
        distance += abs(setup.top - half - reading.top)
    if setup.bottom is not None and scene.kind == "docx":
        distance += abs(setup.bottom - reading.bottom)
    if setup.pitch is not None:
        distance += _WEIGHT * min(_FAR, abs(setup.pitch - reading.pitch)) * _MM_PER_PT
    return distance
