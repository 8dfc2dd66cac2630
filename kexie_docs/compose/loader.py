"""Reading a template's files: its own, those of templates that it builds on, and the official parts.

A name in ``{% include %}`` or ``{% extends %}`` is a file of the template's own folder (or of the template
that it extends), or ``NAME/file`` for a file of another template. Links out of a template's folder are not
followed.
"""

import re
from collections.abc import Callable
from pathlib import Path

from jinja2 import BaseLoader, Environment
from jinja2.exceptions import TemplateNotFound

from kexie_docs.compose.templates import TemplateFolder, builtin_root, is_template_name
from kexie_docs.errors import Message, Place, message, reading_reason, shown

MAX_BYTES = 1024 * 1024
"""Largest file of a template."""


OFFICIAL = "official/"
"""Parts of official documents that any template may include, such as ``official/imprint.md.j2``."""

_OTHER = re.compile(r"([0-9]+):([^/]+)/(.+)")
"""How a file of another template is called inside: position of its root, template, file.

Nobody writes it so: two templates may have one name, the project's and the one that it builds on.
"""


class UnreadableTemplateError(Exception):
    """A file of the template that is there but cannot be used."""

    def __init__(self, what: Message, hint: Message | None = None) -> None:
        self.what = what
        self.hint = hint
        super().__init__(str(what))


class FolderLoader(BaseLoader):
    """Gives Jinja2 the files that one template may use.

    Attributes:
        folder: the template.
    """

    def __init__(self, folder: TemplateFolder) -> None:
        self.folder = folder
        self._others: dict[tuple[int, str], TemplateFolder] = {}

    def place(self, name: str, line: int | None = None) -> Place:
        """Return a line of one of the files."""
        if name.startswith(OFFICIAL):
            return Place(f"templates/{name}", line)
        folder, file = self._owner(name)
        giver = folder.giver(file) or folder
        return Place(f"{giver.display}/{file}", line)

    def is_shipped(self, name: str) -> bool:
        """Return whether a file comes with kexie_docs."""
        if name.startswith(OFFICIAL):
            return True
        folder, file = self._owner(name)
        giver = folder.giver(file)
        return giver is not None and giver.path.parent == builtin_root()

    def full_name(self, name: str, asking: str) -> str:
        """Return what a file is called inside, by its name in ``{% include %}`` or ``{% extends %}``.

        Args:
            name: as it is written.
            asking: what the file is called that names it.
        """
        if name.startswith(OFFICIAL) or ".." in Path(name).parts or self.folder.giver(name) is not None:
            return name
        owner, _ = self._owner(asking)
        head, _, rest = name.partition("/")
        other = owner.other(head) if rest and is_template_name(head) else None
        if other is not None:
            return self._known(other, rest)
        return self._known(owner, name) if owner is not self.folder else name

    def _known(self, folder: TemplateFolder, file: str) -> str:
        self._others[folder.root, folder.name] = folder
        return f"{folder.root}:{folder.name}/{file}"

    def _owner(self, name: str) -> tuple[TemplateFolder, str]:
        """Return the template that a file belongs to, and its name there."""
        match = _OTHER.fullmatch(name)
        owner = self._others.get((int(match[1]), match[2])) if match is not None else None
        return (self.folder, name) if match is None or owner is None else (owner, match[3])

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        """Return a file's text, for Jinja2.

        Raises:
            TemplateNotFound: there is no such file in the folder.
            UnreadableTemplateError: it is too large or no UTF-8 text.
        """
        return self.read(template), f"{self.place(template).file}", lambda: True

    def read(self, name: str) -> str:
        """Return a file's text; raises as `get_source` does."""
        if name.startswith(OFFICIAL):
            return _official(name.removeprefix(OFFICIAL))
        data = self.read_bytes(name, MAX_BYTES)
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            raise UnreadableTemplateError(
                message("The template file {file} is not UTF-8 text.", file=self._owner(name)[1]),
                message("Save it as UTF-8."),
            ) from None
        text = text.replace("\r\n", "\n")
        if shown(text) != text or any("\ufdd0" <= char <= "\ufdef" for char in text):
            raise UnreadableTemplateError(
                message(
                    "The template file {file} holds characters that are no text.", file=self._owner(name)[1]
                )
            )
        return text

    def read_bytes(self, name: str, most: int) -> bytes:
        """Return what is in a file.

        Raises:
            TemplateNotFound: there is no such file in the folder.
            UnreadableTemplateError: it has more than ``most`` bytes, or cannot be read.
        """
        folder, file = self._owner(name)
        giver = folder.giver(file)
        if giver is None or ".." in Path(file).parts:
            raise TemplateNotFound(file)
        path = giver.path / file
        if not path.resolve().is_relative_to(giver.path.resolve()):
            raise TemplateNotFound(file)
        try:
            with path.open("rb") as opened:
                data = opened.read(most + 1)
        except OSError as error:
            raise UnreadableTemplateError(
                message(
                    "The template file {file} cannot be read ({reason}).",
                    file=file,
                    reason=reading_reason(error),
                )
            ) from None
        if len(data) > most:
            raise UnreadableTemplateError(
                message("The template file {file} is larger than {kib} KiB.", file=file, kib=most // 1024)
            )
        return data


def _official(name: str) -> str:
    """Return the text of an official part."""
    part = next((each for each in official_parts() if each.name == name), None)
    if part is None:
        raise TemplateNotFound(OFFICIAL + name)
    return part.read_text(encoding="utf-8")


def official_parts() -> list[Path]:
    """Return the files of the official parts, sorted."""
    return sorted(Path(__file__).with_name("official").glob("*.md.j2"))
