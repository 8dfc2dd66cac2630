"""Names whose digits are no figures (固定名称): what may be one."""

from typing import Any

from kexie_docs.errors import message
from kexie_docs.figures.errors import QuantityError
from kexie_docs.figures.quantity import Kind, parse_quantity
from kexie_docs.model.characters import shown
from kexie_docs.model.coerce import line
from kexie_docs.model.issues import Issue, IssueError

_FIGURES = frozenset((Kind.COUNT, Kind.RATIO, Kind.RANGE))


def _begins_with_figure(text: str) -> bool:
    """Return whether a text would be told as a figure: 35家企业 would, 千名专家进百企 would not."""
    from kexie_docs.figures.scan import figures_in

    return any(found.start == 0 for found in figures_in(text))


def fixed_name(value: Any) -> str:
    """Return a name that may stand in the text as it is typed, such as 百村千户.

    Raises:
        IssueError: it is no line of text (as `coerce.line`), or KD221: it is a figure, which a list of names
            must not hide from the check.
    """
    text = line(value)
    try:
        kind = parse_quantity(text).kind
    except QuantityError:
        return text
    if kind not in _FIGURES or not _begins_with_figure(text):
        return text
    raise IssueError(
        Issue(
            "KD221",
            message("“{figure}” is a figure and no name", figure=shown(text)),
            message("Give it under {key} and refer to it; a name has more to it than a number.", key="指标"),
        )
    )
