"""Reading a template's files: those of its own folder, whatever links say, and the official parts."""

from collections.abc import Callable
from pathlib import Path

from jinja2 import BaseLoader, Environment
from jinja2.exceptions import TemplateNotFound

from kexie_docs.errors import Message, Place, message

MAX_BYTES = 1024 * 1024
"""Largest file of a template."""


OFFICIAL = "official/"
"""Parts of official documents that any template may include, such as ``official/imprint.md.j2``."""


class UnreadableTemplateError(Exception):
    """A file of the template that is there but cannot be used."""

    def __init__(self, what: Message, hint: Message | None = None) -> None:
        self.what = what
        self.hint = hint
        super().__init__(str(what))


class FolderLoader(BaseLoader):
    """Gives Jinja2 the files of one folder.

    Attributes:
        folder: the template's folder.
        display: the folder as messages name it.
    """

    def __init__(self, folder: Path, display: str) -> None:
        self.folder = folder
        self.display = display

    def place(self, name: str, line: int | None = None) -> Place:
        """Return a line of one of the folder's files."""
        return Place(f"{self.display}/{name}", line)

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        """Return a file's text, for Jinja2.

        Raises:
            TemplateNotFound: there is no such file in the folder.
            UnreadableTemplateError: it is too large or no UTF-8 text.
        """
        return self.read(template), f"{self.display}/{template}", lambda: True

    def read(self, name: str) -> str:
        """Return a file's text; raises as `get_source` does."""
        if name.startswith(OFFICIAL):
            return _official(name.removeprefix(OFFICIAL))
        path = self.folder / name
        inside = path.resolve().is_relative_to(self.folder.resolve())
        if not inside or ".." in Path(name).parts or not path.is_file():
            raise TemplateNotFound(name)
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
        if len(data) > MAX_BYTES:
            raise UnreadableTemplateError(
                message(
                    "The template file {file} is larger than {kib} KiB.", file=name, kib=MAX_BYTES // 1024
                )
            )
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            raise UnreadableTemplateError(
                message("The template file {file} is not UTF-8 text.", file=name),
                message("Save it as UTF-8."),
            ) from None
        if any("\ufdd0" <= char <= "\ufdef" or char == "\0" for char in text):
            raise UnreadableTemplateError(
                message("The template file {file} holds characters that are no text.", file=name)
            )
        return text.replace("\r\n", "\n")


def _official(name: str) -> str:
    """Return the text of an official part."""
    part = next((each for each in official_parts() if each.name == name), None)
    if part is None:
        raise TemplateNotFound(OFFICIAL + name)
    return part.read_text(encoding="utf-8")


def official_parts() -> list[Path]:
    """Return the files of the official parts, sorted."""
    return sorted(Path(__file__).with_name("official").glob("*.md.j2"))
