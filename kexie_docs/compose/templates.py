"""Template folders: finding one by name, and reading its template.toml."""

import difflib
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from kexie_docs.errors import Message, Place, Problem, TemplateError, message
from kexie_docs.style.load import load_style, toml_error_place
from kexie_docs.style.sheet import Style

CONTENT, SETTINGS, STYLE, STARTER = "content.md.j2", "template.toml", "style.toml", "starter.yaml"
"""The files of a template's folder; the style and the starter are optional."""

MAX_BYTES = 256 * 1024
MAX_NAME = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateFolder:
    """A template as found.

    Attributes:
        name: name of its folder, by which it is chosen.
        path: the folder.
        display: the folder as messages name it, without anything of this machine.
        title: what it is for, in Chinese (工作总结).
        description: one sentence about it.
        subject: kind of document, for the files' metadata; "" for none.
        numbering: whether headings are numbered.
        defaults: wording that the content prints where the input gives none.
        roots: where styles of other templates are looked for.
    """

    name: str
    path: Path
    display: str
    title: str
    description: str = ""
    subject: str = ""
    numbering: bool = False
    defaults: Mapping[str, str]
    roots: tuple[Path, ...] = ()

    def load_style(self, base: str | None = None) -> Style:
        """Return the template's style sheet, the built-in one when it has none.

        Args:
            base: ``office`` or ``strict``, in place of the built-in style that the template extends; None
                keeps that.

        Raises:
            TemplateError: the style file is not valid.
        """
        path = self.path / STYLE
        return load_style(
            path if path.is_file() else None,
            name=self.name,
            find=lambda name: _file_in(self.roots, name, STYLE),
            display=f"{self.display}/{STYLE}" if path.is_file() else None,
            base=base,
        )


def builtin_root() -> Path:
    """Return the folder of the templates that come with kexie_docs.

    A wheel carries them inside the package; in a checkout they stand beside it, where authors look for them.
    """
    package = Path(__file__).resolve().parent.parent
    inside = package / "templates"
    return inside if inside.is_dir() else package.parent / "templates"


def find_template(name: str, roots: Sequence[Path]) -> TemplateFolder:
    """Return the template of a name from the first root that has it.

    Raises:
        TemplateError: KD401, there is none; KD402, its template.toml is wrong; KD403, that is no name.
    """
    if not is_template_name(name):
        raise _error(
            "KD403",
            Place(),
            message("“{name}” cannot be the name of a template.", name=name[:MAX_NAME]),
            message("Give the name of its folder: letters, digits, - and _, no path."),
        )
    for root in roots:
        folder = root / name
        if (folder / SETTINGS).is_file() or (folder / CONTENT).is_file():
            return _read(name, folder, tuple(roots))
    names = template_names(roots)
    near = difflib.get_close_matches(name, names, n=1)
    raise _error(
        "KD401",
        Place(),
        message("There is no template “{name}”.", name=name),
        message("Did you mean “{near}”? There are: {names}.", near=near[0], names=", ".join(names))
        if near
        else message("There are: {names}.", names=", ".join(names)),
    )


def starter(folder: TemplateFolder) -> str:
    """Return the commented input that the template gives its users to begin with.

    Raises:
        TemplateError: KD411, it gives none.
    """
    path = folder.path / STARTER
    if not path.is_file():
        raise _error(
            "KD411",
            Place(folder.display),
            message("The template “{name}” has no input to begin with.", name=folder.name),
            message("Put one beside it as {file}, or begin with: kexie-docs new -t summary.", file=STARTER),
        )
    return path.read_text(encoding="utf-8")


def template_names(roots: Sequence[Path]) -> tuple[str, ...]:
    """Return the names of all templates in the roots, sorted."""
    found = {
        folder.name
        for root in roots
        if root.is_dir()
        for folder in root.iterdir()
        if is_template_name(folder.name) and (folder / CONTENT).is_file()
    }
    return tuple(sorted(found))


def is_template_name(name: str) -> bool:
    """Return whether a text can be a template's name: a plain word, never a path."""
    plain = name.replace("-", "_")
    return 0 < len(name) <= MAX_NAME and ("_" + plain).isidentifier() and not name.startswith("-")


def _file_in(roots: Sequence[Path], name: str, file: str) -> Path | None:
    if not is_template_name(name):
        return None
    return next((root / name / file for root in roots if (root / name / file).is_file()), None)


def _read(name: str, path: Path, roots: tuple[Path, ...]) -> TemplateFolder:
    display = f"templates/{name}"
    place = Place(f"{display}/{SETTINGS}")
    if not (path / CONTENT).is_file():
        raise _error("KD402", Place(display), message("The template has no {file}.", file=CONTENT))
    if not (path / SETTINGS).is_file():
        raise _error("KD402", Place(display), message("The template has no {file}.", file=SETTINGS))
    data = (path / SETTINGS).read_bytes()
    try:
        text = data[: MAX_BYTES + 1].decode("utf-8-sig")
    except UnicodeDecodeError:
        raise _error(
            "KD402", place, message("The file is not UTF-8 text."), message("Save it as UTF-8.")
        ) from None
    if len(data) > MAX_BYTES:
        raise _error("KD402", place, message("The file is larger than {kib} KiB.", kib=MAX_BYTES // 1024))
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line, column = toml_error_place(error, text)
        raise _error(
            "KD402",
            Place(place.file, line, column),
            message("The file is not valid TOML from here on."),
            message('Write each value as key = value, texts in "straight quotes", tables as [name].'),
        ) from None
    problems = list(_problems(values, text, place))
    if problems:
        raise TemplateError(problems)
    return TemplateFolder(
        name=name,
        path=path,
        display=display,
        title=values["title"],
        description=values.get("description", ""),
        subject=values.get("subject", ""),
        numbering=values.get("numbering", False),
        defaults=MappingProxyType(values.get("defaults", {})),
        roots=roots,
    )


_KEYS: Mapping[str, type] = {
    "title": str,
    "description": str,
    "subject": str,
    "numbering": bool,
    "defaults": dict,
}
_KIND_HINTS: Mapping[type, Message] = {
    str: message("Write a text in quotes."),
    bool: message("Write true or false."),
    dict: message("Write [defaults] on a line of its own, and texts below it."),
}


def _problems(values: Mapping[str, Any], text: str, place: Place) -> "list[Problem]":
    """Return what is wrong with the settings."""
    problems: list[Problem] = []

    def add(key: str, what: Message, hint: Message | None) -> None:
        line = next(
            (
                number
                for number, each in enumerate(text.split("\n"), 1)
                if each.split("=")[0].strip(' []"') == key.rpartition(".")[2]
            ),
            None,
        )
        problems.append(Problem("KD402", what, Place(place.file, line, None, key), hint))

    for key, value in values.items():
        if key not in _KEYS:
            near = difflib.get_close_matches(key, _KEYS, n=1)
            hint = message("Did you mean “{near}”?", near=near[0]) if near else None
            add(key, message("“{key}” is not known in {file}.", key=key, file=SETTINGS), hint)
        elif not isinstance(value, _KEYS[key]):
            add(key, message("“{key}” has a value of the wrong kind.", key=key), _KIND_HINTS[_KEYS[key]])
    if "title" not in values:
        add("title", message("The template has no title."), message('Write title = "工作总结", say.'))
    defaults = values.get("defaults")
    if isinstance(defaults, dict):
        for key, value in defaults.items():
            if not isinstance(value, str) or "\n" in value or _private(value):
                add(
                    f"defaults.{key}",
                    message("“{key}” has to be one line of text.", key=f"defaults.{key}"),
                    None,
                )
    for key in ("title", "description", "subject"):
        value = values.get(key)
        if isinstance(value, str) and (_private(value) or len(value) > 200 or "\n" in value):
            add(key, message("“{key}” has to be one line of text.", key=key), None)
    return problems


def _private(text: str) -> bool:
    return any("\ufdd0" <= char <= "\ufdef" or ord(char) < 0x20 for char in text)


def _error(code: str, place: Place, what: Message, hint: Message | None = None) -> TemplateError:
    return TemplateError(Problem(code, what, place, hint))
