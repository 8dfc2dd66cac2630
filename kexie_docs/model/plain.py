"""Plain data: what every reader yields, and the paths into it."""

import re
from typing import TypeAlias

Plain: TypeAlias = "str | list[Plain] | dict[str, Plain] | None"
"""Text, list, map, or None for a key without a value. Numbers are text until the model reads them."""

FieldPath: TypeAlias = tuple[str | int, ...]
"""Keys as the file spells them and list positions from 0, such as ``("行动", 1, "标题")``."""


def path_text(path: FieldPath) -> str:
    """Return a path as messages show it, such as ``行动[1].标题``; "" for the whole."""
    text = ""
    for step in path:
        text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else step
    return text


def parse_path(text: str) -> FieldPath:
    """Return the path that `path_text` writes as ``text``."""
    return tuple(
        int(step[1:-1]) if step.startswith("[") else step for step in re.findall(r"\[\d+\]|[^.\[\]]+", text)
    )


def value_at(data: Plain, path: FieldPath) -> Plain:
    """Return the value at a path; None where there is none."""
    for step in path:
        if isinstance(data, dict) and isinstance(step, str):
            data = data.get(step)
        elif isinstance(data, list) and isinstance(step, int) and step < len(data):
            data = data[step]
        else:
            return None
    return data


def is_blank(value: object) -> bool:
    """Return whether a value counts as not given: None, or text of nothing but white space."""
    return value is None or (isinstance(value, str) and not value.strip())
