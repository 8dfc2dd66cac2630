"""Values put into the text of a style file, with everything else as its author left it."""

import tomllib
from collections.abc import Mapping
from typing import Any, TypeAlias

Path_: TypeAlias = tuple[str, ...]
"""Tables and key of one value, such as ``("paragraph", "body", "size")``."""

TomlValue: TypeAlias = str | int | float | bool | dict[str, str | int]


def edited(text: str, values: Mapping[Path_, TomlValue]) -> str:
    """Return a style file's text with some values set; comments, order and blank lines are kept.

    A table that is not there yet is added at the end.

    Args:
        text: of the file; "" for a new one.
        values: what to set.
    """
    import tomlkit
    from tomlkit.items import InlineTable

    document = tomlkit.parse(text.replace("\r\n", "\n"))
    for path, value in values.items():
        table: Any = document
        for depth, name in enumerate(path[:-1]):
            if name not in table:
                # Within { … } there is no place for a table of another form.
                inner = isinstance(table, InlineTable)
                table[name] = (
                    tomlkit.inline_table() if inner else tomlkit.table(is_super_table=depth < len(path) - 2)
                )
            table = table[name]
        if isinstance(value, dict):
            inline = tomlkit.inline_table()
            inline.update(value)
            table[path[-1]] = inline
        else:
            table[path[-1]] = value
    result = tomlkit.dumps(document)
    if not result.endswith("\n"):
        result += "\n"
    assert _holds(tomllib.loads(result), values), "what was set can be read again"
    return result.replace("\n", "\r\n") if "\r\n" in text else result


def _holds(tables: Mapping[str, Any], values: Mapping[Path_, TomlValue]) -> bool:
    for path, value in values.items():
        found: Any = tables
        for name in path:
            found = found[name]
        if found != value:
            return False
    return True
