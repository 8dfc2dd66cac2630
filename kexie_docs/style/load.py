"""Reading a style sheet: TOML files that extend one another, merged, checked and turned into a `Style`."""

import difflib
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from kexie_docs.errors import Message, Place, Problem, TemplateError, message, reading_reason
from kexie_docs.frozen import dataclass
from kexie_docs.style import fields
from kexie_docs.style.filling import filling
from kexie_docs.style.sheet import (
    CharacterStyle,
    FontRole,
    Grid,
    LineBreaking,
    PageNumberStyle,
    PageSetup,
    ParagraphStyle,
    Style,
    TurnedMargins,
)

BASE = "gbt9704"
"""The built-in style sheet, which every other one extends in the end."""

STYLES = ("office", "strict")
"""The built-in styles as users name them: by the line-box reading of the standard, and by its ink reading."""

_SHEETS = {"office": BASE, "strict": "strict"}
"""The file of each built-in style."""

MAX_BYTES = 256 * 1024

Path_ = tuple[str, ...]
"""Tables and key of one value, such as ``("paragraph", "body", "size")``."""


@dataclass(frozen=True, slots=True)
class _Source:
    """One style file as read."""

    name: str
    display: str
    text: str
    tables: Mapping[str, Any]

    def place(self, path: Path_) -> Place:
        """Return where a value stands; the line is found by its table header and key."""
        return Place(self.display, _line_of(self.text, path), None, ".".join(path))


@dataclass(frozen=True, slots=True)
class _Leaf:
    """A value with the file that gave it."""

    value: Any
    source: _Source


_LONGEST_NAME = 60


def builtin_style(name: str) -> Path | None:
    """Return the file of a built-in style sheet, or None when there is none of that name."""
    if not name.isidentifier() or len(name) > _LONGEST_NAME:
        return None
    path = Path(__file__).with_name(f"{name}.toml")
    return path if path.is_file() else None


def load_style(
    path: Path | None = None,
    *,
    name: str = BASE,
    find: Callable[[str], Path | None] = builtin_style,
    display: str | None = None,
    base: str | None = None,
) -> Style:
    """Return the style sheet of a file, with everything that it extends beneath it.

    Args:
        path: a style.toml; None takes the built-in one as it is.
        name: name for the result: the template's.
        find: gives the file of a style named by ``extends``, or None; the built-in ones are always found.
        display: the file's name in messages; None takes the path as given.
        base: built-in style (one of `STYLES`) that takes the place of the one which the file, or what it
            extends, names; None keeps that.

    Raises:
        ValueError: ``base`` is none of `STYLES`.
        TemplateError: KD411 a file cannot be read or is no TOML; KD412 a key is unknown; KD413 a value is
            wrong; KD414 ``extends`` names no style or comes back to itself; KD415 something is missing.
    """
    chain = _chain(path, name, find, display, base)
    problems: list[Problem] = []
    leaves: dict[Path_, _Leaf] = {}
    for source in reversed(chain):
        for leaf_path, value in _leaves(source, problems):
            leaves[leaf_path] = _Leaf(value, source)
    style = _build(name, leaves, chain[0], problems)
    if problems or style is None:
        raise TemplateError(problems)
    return style


def _chain(
    path: Path | None,
    name: str,
    find: Callable[[str], Path | None],
    display: str | None,
    base: str | None,
) -> tuple[_Source, ...]:
    """Return the files from the asked one down to the base."""
    if base is not None and base not in STYLES:
        raise ValueError(base)
    root = builtin_style(BASE)
    bottom = builtin_style(BASE if base is None else _SHEETS[base])
    assert root is not None, "the package holds its styles"
    assert bottom is not None, "the package holds its styles"
    chain: list[_Source] = []
    seen: list[Path] = []
    current = path if path is not None else bottom
    shown = display
    while True:
        builtin = current.parent == root.parent
        source = _read(current, shown or (current.name if builtin else str(current)))
        chain.append(source)
        seen.append(current.resolve())
        wanted = source.tables.get("extends", None if current == root else BASE)
        if wanted is None:
            return tuple(chain)
        found = (builtin_style(wanted) or find(wanted)) if isinstance(wanted, str) else None
        place = source.place(("extends",))
        if found is None:
            raise _error("KD414", place, message("There is no style “{name}” to extend.", name=str(wanted)))
        if base is not None and not builtin and found.parent == root.parent:
            found = bottom
        if found.resolve() in seen:
            raise _error(
                "KD414",
                place,
                message("The style extends itself: “{name}” comes back to this file.", name=str(wanted)),
                message('Extend "{base}" or another template.', base=BASE),
            )
        current, shown = found, None


def _read(path: Path, display: str) -> _Source:
    place = Place(display)
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise _error(
            "KD411", place, message("The style file cannot be read ({reason}).", reason=reading_reason(error))
        ) from None
    if len(data) > MAX_BYTES:
        raise _error(
            "KD411", place, message("The style file is larger than {kib} KiB.", kib=MAX_BYTES // 1024)
        )
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise _error(
            "KD411", place, message("The style file is not UTF-8 text."), message("Save it as UTF-8.")
        ) from None
    try:
        tables = tomllib.loads(text)
    except RecursionError:
        raise _error("KD411", place, message("Lists and tables stand too deep in one another.")) from None
    except ValueError as error:  # TOML's own, and Python's of a number with thousands of digits
        line, column = toml_error_place(error, text)
        raise _error(
            "KD411",
            Place(display, line, column),
            message("The file is not valid TOML from here on."),
            message('Write each value as key = value, texts in "straight quotes", tables as [name].'),
        ) from None
    return _Source(path.stem, display, text, tables)


def toml_error_place(error: ValueError, text: str) -> tuple[int, int | None]:
    """Return line and column of a TOML error, which Python 3.11 gives in its message only."""
    words = str(error).replace(",", " ").replace(")", " ").split()
    numbers = [
        int(words[i + 1]) if words[i : i + 1] == [word] and words[i + 1].isdigit() else None
        for word in ("line", "column")
        for i in [words.index(word) if word in words else len(words)]
    ]
    if numbers[0] is None:
        return text.count("\n") + 1, None
    return numbers[0], numbers[1]


def _line_of(text: str, path: Path_) -> int | None:
    """Return the line of a key or table header, or None when it is written in another form."""
    table = ""
    for number, raw in enumerate(text.split("\n"), 1):
        line = raw.strip()
        if line.startswith("["):
            table = line.strip("[] ").split("]")[0].strip()
            if table == ".".join(path):
                return number
        elif "=" in line:
            key = line.split("=", 1)[0].strip().strip('"')
            if [*filter(None, table.split(".")), *key.split(".")] == list(path):
                return number
    return None


def _leaves(source: _Source, problems: list[Problem]) -> Iterator[tuple[Path_, Any]]:
    """Yield every value of a file by its path; unknown tables and keys become problems."""
    for table, content in source.tables.items():
        if table == "extends":
            continue
        if table in fields.TABLES:
            yield from _table(source, (table,), content, fields.TABLES[table], problems)
        elif table in fields.NAMED_TABLES:
            if not isinstance(content, dict):
                problems.append(_not_a_table(source, (table,)))
                continue
            for name, inner in content.items():
                yield from _table(source, (table, name), inner, fields.NAMED_TABLES[table], problems)
        else:
            known = ("extends", *fields.TABLES, *fields.NAMED_TABLES)
            problems.append(_unknown(source, (table,), known))


def _table(
    source: _Source,
    path: Path_,
    content: Any,
    known: Mapping[str, fields.Field],
    problems: list[Problem],
) -> Iterator[tuple[Path_, Any]]:
    if not isinstance(content, dict):
        problems.append(_not_a_table(source, path))
        return
    for key, value in content.items():
        if key in known:
            yield (*path, key), value
        else:
            problems.append(_unknown(source, (*path, key), known))


def _build(name: str, leaves: Mapping[Path_, _Leaf], top: _Source, problems: list[Problem]) -> Style | None:
    """Return the style of the merged values, or None when something is wrong with them."""
    tables: dict[Path_, dict[str, Any]] = {}
    for path, leaf in leaves.items():
        table, key = path[:-1], path[-1]
        field = (fields.TABLES.get(table[0]) or fields.NAMED_TABLES[table[0]])[key]
        try:
            tables.setdefault(table, {})[key] = field.read(leaf.value)
        except (ValueError, KeyError, TypeError):
            problems.append(
                Problem(
                    "KD413",
                    message("{key} cannot be {value}.", key=".".join(path), value=_shown(leaf.value)),
                    leaf.source.place(path),
                    field.expected,
                )
            )
    for role in [path[1] for path in tables if path[0] == "fonts"]:
        if role not in set(FontRole):
            leaf = next(leaf for path, leaf in leaves.items() if path[:2] == ("fonts", role))
            problems.append(_unknown(leaf.source, ("fonts", role), tuple(FontRole)))
    for table, values in tables.items():
        known = fields.TABLES.get(table[0]) or fields.NAMED_TABLES[table[0]]
        for key, field in known.items():
            given = (*table, key) in leaves
            if field.required and not given:
                source = next(leaf.source for path, leaf in leaves.items() if path[: len(table)] == table)
                problems.append(
                    Problem(
                        "KD415",
                        message("[{table}] gives no {key}.", table=".".join(table), key=key),
                        source.place(table),
                        field.expected,
                    )
                )
            elif not given:
                values.setdefault(key, field.default)
    if problems:
        return None
    style = _style(name, tables)
    problems.extend(_cross_checks(style, leaves, top))
    return style


def _style(name: str, tables: Mapping[Path_, dict[str, Any]]) -> Style:
    page = PageSetup(**tables["page",])
    for path, values in tables.items():
        if path[0] == "paragraph" and values["char_spacing"] is None:
            values["char_spacing"] = filling(page.text_width, values["size"])
    return Style(
        name=name,
        page=page,
        turned_margins=TurnedMargins(**tables.get(("turned_page",), {})),
        grid=Grid(**tables["grid",]),
        page_number=PageNumberStyle(**tables["page_number",]),
        line_breaking=LineBreaking(**tables["line_breaking",]),
        paragraphs={
            path[1]: ParagraphStyle(name=path[1], **values)
            for path, values in tables.items()
            if path[0] == "paragraph"
        },
        characters={
            path[1]: CharacterStyle(name=path[1], **values)
            for path, values in tables.items()
            if path[0] == "character"
        },
        word_fonts={FontRole(path[1]): v["word"] for path, v in tables.items() if path[0] == "fonts"},
        word_font_alternates={
            FontRole(path[1]): v["alternate"] for path, v in tables.items() if path[0] == "fonts"
        },
    )


def _cross_checks(style: Style, leaves: Mapping[Path_, _Leaf], top: _Source) -> Iterator[Problem]:
    """Yield what is wrong with values that are right by themselves."""

    def place(*path: str) -> Place:
        leaf = leaves.get(path)
        return leaf.source.place(path) if leaf is not None else Place(top.display)

    page, turned = style.page, style.turned_page
    if page.text_width < fields.SMALLEST_TYPE_AREA or page.text_height < fields.SMALLEST_TYPE_AREA:
        key = "left" if page.text_width < fields.SMALLEST_TYPE_AREA else "top"
        yield Problem(
            "KD413",
            message("The margins leave no room for text on the page."),
            place("page", key),
            message("Make the margins smaller or the page larger."),
        )
    elif turned.text_width < fields.SMALLEST_TYPE_AREA or turned.text_height < fields.SMALLEST_TYPE_AREA:
        key = "top" if turned.text_width < fields.SMALLEST_TYPE_AREA else "left"
        yield Problem(
            "KD413",
            message("The margins leave no room for text on the page."),
            place("turned_page", key),
            message("Make the margins smaller or the page larger."),
        )
    elif style.grid.line_pitch > page.text_height:
        yield Problem("KD413", message("A line is higher than the type area."), place("grid", "line_pitch"))
    seen: dict[str, tuple[str, str]] = {}
    styles: Sequence[tuple[str, ParagraphStyle | CharacterStyle]] = [
        *(("paragraph", style) for style in style.paragraphs.values()),
        *(("character", style) for style in style.characters.values()),
    ]
    for kind, each in styles:
        for key, value in (("word_id", each.word_id), ("word_name", each.word_name.casefold())):
            other = seen.setdefault(f"{key} {value}", (kind, each.name))
            if other != (kind, each.name):
                yield Problem(
                    "KD413",
                    message("{key} is already that of {other}.", key=key, other=".".join(other)),
                    place(kind, each.name, key),
                    message("Give each style a name of its own."),
                )


def _unknown(source: _Source, path: Path_, known: Sequence[str] | Mapping[str, Any]) -> Problem:
    near = difflib.get_close_matches(path[-1], list(known), n=1)
    return Problem(
        "KD412",
        message("“{key}” is not known in a style.", key=".".join(path)),
        source.place(path),
        message("Did you mean “{near}”?", near=near[0])
        if near
        else message("Known here: {keys}.", keys=", ".join(known)),
    )


def _not_a_table(source: _Source, path: Path_) -> Problem:
    return Problem(
        "KD413",
        message("“{key}” has to be a table.", key=".".join(path)),
        source.place(path),
        message("Write [{key}] on a line of its own and the values below it.", key=".".join(path)),
    )


def _shown(value: Any) -> str:
    text = f'"{value}"' if isinstance(value, str) else str(value)
    return text if len(text) <= 40 else text[:40] + "…"


def _error(code: str, place: Place, what: Message, hint: Message | None = None) -> TemplateError:
    return TemplateError(Problem(code, what, place, hint))
