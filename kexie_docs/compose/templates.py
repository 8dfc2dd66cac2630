"""Template folders: finding one by name, and reading its template.toml."""

import difflib
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any

from kexie_docs.errors import Message, Place, Problem, TemplateError, message, reading_reason, shown
from kexie_docs.frozen import dataclass
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
        roots: where other templates are looked for.
        root: position in ``roots`` of the one that it was found in.
        base: the template that it extends (``extends`` in template.toml), which gives every file that it does
            not have itself; None for none.
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
    root: int = 0
    base: "TemplateFolder | None" = None

    def chain(self) -> "Iterator[TemplateFolder]":
        """Yield the template, the one that it extends, and so on."""
        folder: TemplateFolder | None = self
        while folder is not None:
            yield folder
            folder = folder.base

    def giver(self, file: str) -> "TemplateFolder | None":
        """Return the first of the chain that has a file; None when none has it."""
        return next((folder for folder in self.chain() if _has_file(folder.path, file)), None)

    def other(self, name: str) -> "TemplateFolder | None":
        """Return another template; of the same name one of a later root; None when there is none.

        Raises:
            TemplateError: it is there, but its settings are wrong.
        """
        start = self.root + 1 if name == self.name else 0
        return _find(name, self.roots, start, ()) if is_template_name(name) else None

    def load_style(self, base: str | None = None) -> Style:
        """Return the template's style sheet, the built-in one when it has none.

        Args:
            base: ``office`` or ``strict``, in place of the built-in style that the template extends; None
                keeps that.

        Raises:
            TemplateError: the style file is not valid.
        """
        giver = self.giver(STYLE)
        return load_style(
            None if giver is None else giver.path / STYLE,
            name=self.name,
            find=_StyleFinder(self if giver is None else giver),
            display=None if giver is None else f"{giver.display}/{STYLE}",
            base=base,
        )


class _StyleFinder:
    """Finds the style files that a style file and those below it extend, one after the other.

    A style that extends its own template's name means the one that this template hides.
    """

    def __init__(self, folder: TemplateFolder) -> None:
        self._roots = folder.roots
        self._name, self._root = folder.name, folder.root

    def __call__(self, name: str) -> Path | None:
        """Return the style file of another template; None when there is no such template or file."""
        if not is_template_name(name):
            return None
        start = self._root + 1 if name == self._name else 0
        for index in range(start, len(self._roots)):
            folder = self._roots[index] / name
            giver: TemplateFolder | None = None
            if not _has_file(folder, STYLE) and _is_template(folder):
                giver = _read(name, folder, self._roots, index, ()).giver(STYLE)
                if giver is None:
                    return None
            if giver is not None or _has_file(folder, STYLE):
                self._name, self._root = (name, index) if giver is None else (giver.name, giver.root)
                return (folder if giver is None else giver.path) / STYLE
        return None


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
    require_template_name(name)
    found = _find(name, tuple(roots), 0, ())
    if found is not None:
        return found
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


def require_template_name(name: str) -> None:
    """Raise unless a text can be a template's name.

    Raises:
        TemplateError: KD403, it cannot.
    """
    if not is_template_name(name):
        raise _error(
            "KD403",
            Place(),
            message("“{name}” cannot be the name of a template.", name=name[:MAX_NAME]),
            message("Give the name of its folder: letters, digits, - and _, no path."),
        )


def starter(folder: TemplateFolder) -> str:
    """Return the commented input that the template gives its users to begin with.

    Raises:
        TemplateError: KD411, it gives none.
    """
    giver = folder.giver(STARTER)
    if giver is None:
        raise _error(
            "KD411",
            Place(folder.display),
            message("The template “{name}” has no input to begin with.", name=folder.name),
            message("Put one beside it as {file}, or begin with: kexie-docs new -t summary.", file=STARTER),
        )
    text = template_text(giver, STARTER)
    return text if giver is folder else naming_template(text, folder.name)


def template_text(folder: TemplateFolder, file: str) -> str:
    """Return the text of a file in a template's folder, its lines ended by line feeds.

    Raises:
        TemplateError: KD402, it cannot be read, is too large or no UTF-8 text.
    """
    text = _text(folder.path / file, Place(f"{folder.display}/{file}"), 4 * MAX_BYTES)
    return text.replace("\r\n", "\n")


def _text(path: Path, place: Place, most: int) -> str:
    try:
        with path.open("rb") as file:
            data = file.read(most + 1)
    except OSError as error:
        what = message("The file cannot be read ({reason}).", reason=reading_reason(error))
        raise _error("KD402", place, what) from None
    if len(data) > most:
        raise _error("KD402", place, message("The file is larger than {kib} KiB.", kib=most // 1024))
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise _error(
            "KD402", place, message("The file is not UTF-8 text."), message("Save it as UTF-8.")
        ) from None


def naming_template(text: str, name: str) -> str:
    """Return a starter that names a template as its own: another 模板, or one put before the first key."""
    key = f"模板: {name}\n"
    for pattern in (r"^(?:模板|template):.*\n", r"^(?=\w+:)"):
        changed, count = re.subn(
            pattern, lambda match: key if match[0] else key + "\n", text, count=1, flags=re.MULTILINE
        )
        if count:
            return changed
    return text + key


def template_names(roots: Sequence[Path]) -> tuple[str, ...]:
    """Return the names of all templates in the roots, sorted."""
    found = {
        folder.name
        for root in roots
        if root.is_dir()
        for folder in root.iterdir()
        if is_template_name(folder.name) and _is_template(folder)
    }
    return tuple(sorted(found))


def is_template_name(name: str) -> bool:
    """Return whether a text can be a template's name: a plain word, never a path."""
    plain = name.replace("-", "_")
    return 0 < len(name) <= MAX_NAME and ("_" + plain).isidentifier() and not name.startswith("-")


def _has_file(folder: Path, file: str) -> bool:
    try:
        return (folder / file).is_file()
    except OSError:  # a name too long for this system
        return False


def _is_template(folder: Path) -> bool:
    return _has_file(folder, SETTINGS) or _has_file(folder, CONTENT)


def _find(name: str, roots: tuple[Path, ...], start: int, above: tuple[Path, ...]) -> TemplateFolder | None:
    """Return the template of a name from the roots that begin at ``start``; None when there is none.

    Args:
        name: of its folder.
        roots: where templates are.
        start: position of the first root to look in.
        above: folders of the templates that extend it.
    """
    for index in range(start, len(roots)):
        folder = roots[index] / name
        if _is_template(folder):
            return _read(name, folder, roots, index, above)
    return None


def _read(
    name: str, path: Path, roots: tuple[Path, ...], index: int, above: tuple[Path, ...]
) -> TemplateFolder:
    display = f"templates/{name}"
    place = Place(f"{display}/{SETTINGS}")
    if not (path / SETTINGS).is_file():
        raise _error("KD402", Place(display), message("The template has no {file}.", file=SETTINGS))
    text = _text(path / SETTINGS, place, MAX_BYTES)
    try:
        values = tomllib.loads(text)
    except RecursionError:
        raise _error("KD402", place, message("Lists and tables stand too deep in one another.")) from None
    except ValueError as error:  # TOML's own, and Python's of a number with thousands of digits
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
    base = _base(values.get("extends"), name, path, roots, index, above, text)
    if base is None and not (path / CONTENT).is_file():
        raise _error("KD402", Place(display), message("The template has no {file}.", file=CONTENT))
    inherited: Mapping[str, str] = {} if base is None else base.defaults
    return TemplateFolder(
        name=name,
        path=path,
        display=display,
        title=values["title"],
        description=values.get("description", ""),
        subject=values.get("subject", "" if base is None else base.subject),
        numbering=values.get("numbering", False if base is None else base.numbering),
        defaults=MappingProxyType({**inherited, **values.get("defaults", {})}),
        roots=roots,
        root=index,
        base=base,
    )


def _base(
    wanted: str | None,
    name: str,
    path: Path,
    roots: tuple[Path, ...],
    index: int,
    above: tuple[Path, ...],
    text: str,
) -> TemplateFolder | None:
    """Return the template that another extends.

    Raises:
        TemplateError: KD402, there is none of the name, or it comes back to this one.
    """
    if wanted is None:
        return None
    lines = enumerate(text.split("\n"), 1)
    line = next((number for number, each in lines if each.split("=")[0].strip(' "') == "extends"), None)
    place = Place(f"templates/{name}/{SETTINGS}", line, None, "extends")
    start = index + 1 if wanted == name else 0
    folder = next((root / wanted for root in roots[start:] if _is_template(root / wanted)), None)
    if not is_template_name(wanted) or folder is None:
        names = ", ".join(each for each in template_names(roots) if each != name)
        what = message("There is no template “{name}” to extend.", name=wanted[:MAX_NAME])
        raise _error("KD402", place, what, message("There are: {names}.", names=names))
    if folder in (path, *above):
        what = message("The template extends itself: “{name}” comes back to this one.", name=wanted)
        raise _error("KD402", place, what, message("Let one of them extend another template, or none."))
    return _find(wanted, roots, start, (path, *above))


_KEYS: Mapping[str, type] = {
    "title": str,
    "description": str,
    "subject": str,
    "numbering": bool,
    "extends": str,
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
    return shown(text) != text or any("\ufdd0" <= char <= "\ufdef" or ord(char) < 0x20 for char in text)


def _error(code: str, place: Place, what: Message, hint: Message | None = None) -> TemplateError:
    return TemplateError(Problem(code, what, place, hint))
