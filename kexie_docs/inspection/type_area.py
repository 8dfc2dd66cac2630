"""The type area of a file as the rules of its frame count from it: width and lower edge."""

from kexie_docs.inspection.facts import number
from kexie_docs.inspection.page_rules import bottom_margin
from kexie_docs.inspection.rule import Subject
from kexie_docs.inspection.scene import RuleLine


def area_width(subject: Subject) -> float:
    """Return how wide the rules of a file are to be, in mm: as wide as its text."""
    setup = next((one for one in subject.scene.setups if not one.landscape), None)
    if setup is None and subject.scene.setups:
        setup = subject.scene.setups[0]
    if setup is None or setup.left is None or setup.right is None:
        return number("frame", "width")
    return setup.width - setup.left - setup.right


def is_wide(subject: Subject, rule: RuleLine) -> bool:
    """Return whether a rule is as wide as the type area: as that is to be, or as it is in this file."""
    # The ends of a thick line reach further.
    tolerance = number("frame", "width_tolerance") + 2 * max(0.0, rule.thickness - number("frame", "thick"))
    return rule.width is None or any(
        abs(rule.width - width) <= tolerance for width in (area_width(subject), number("frame", "width"))
    )


def type_area_bottom(subject: Subject) -> float:
    """Return where the type area ends, in mm; where the bottom margin is wrong, as far off as that."""
    setup = next((one for one in subject.scene.setups if not one.landscape), None)
    if setup is None:
        return number("frame", "last_y")
    bottom = setup.height - number("page", "height") + number("frame", "last_y")
    off = bottom_margin(subject, setup) - subject.reading.bottom
    return bottom - off if abs(off) > number("page", "pdf_top_tolerance") else bottom
