"""Finished files, edited copies of them, and what the comparison says of these."""

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kexie_docs.doctree.walk import figures
from kexie_docs.pipeline import Workshop, load
from kexie_docs.revisions.pulling import Pulled, compare_input, pull_changes
from kexie_docs.revisions.word_file import read_word
from tests.verify.edits import WordFile, text_of

INPUTS = Path(__file__).parents[2] / "inputs"
NAMES = tuple(sorted(path.stem for path in INPUTS.glob("*.yaml")))

Told = tuple[str, str, str]
"""Kind, old and new of a difference; of changed text, only what was changed."""

WORKSHOP = Workshop(Path(__file__).parents[2], os.environ)


@cache
def finished(path: Path) -> bytes:
    """The Word file of an input, its figures in bookmarks."""
    composition = WORKSHOP.compose(load(path))
    file = WordFile(WORKSHOP.render(composition, "docx"))
    file.add_bookmarks([figure.text for figure in figures(composition.document)])
    return file.data()


@dataclass(frozen=True)
class Desk:
    """A folder with inputs, where a copy is edited, compared and brought back.

    Attributes:
        folder: the folder; the copy is ``edited.docx`` in it.
        input: the input.
    """

    folder: Path
    input: Path

    @property
    def copy(self) -> Path:
        return self.folder / "edited.docx"

    def edit(self, edit: Callable[[WordFile], None], *, bookmarks: bool = True) -> "Desk":
        file = WordFile(finished(self.input))
        edit(file)
        if not bookmarks:
            file.strip_bookmarks()
        self.copy.write_bytes(file.data())
        return self

    def texts(self) -> list[str]:
        return [text_of(one) for one in WordFile(self.copy.read_bytes()).paragraphs()]

    def told(self) -> list[Told]:
        found = compare_input(load(self.input), WORKSHOP.compose_traced, read_word(self.copy), str(self.copy))
        told: list[Told] = []
        for one in found:
            if one.changes:
                told += [(one.kind.value, change.old, change.new) for change in one.changes]
            else:
                told.append((one.kind.value, one.old, one.new))
        return told

    def pull(self) -> Pulled:
        pulled = pull_changes(self.input, WORKSHOP.compose_traced, read_word(self.copy), str(self.copy))
        for change in pulled.files:
            Path(change.file).write_text(change.after, encoding="utf-8")
        finished.cache_clear()
        return pulled

    def rebuilt(self) -> list[str]:
        """The paragraphs of the document that the input gives now."""
        return [text_of(one) for one in WordFile(finished(self.input)).paragraphs()]


def desk(folder: Path, name: str) -> Desk:
    """A copy of the examples, one of them the input."""
    shutil.copytree(INPUTS, folder, dirs_exist_ok=True)
    return Desk(folder, folder / f"{name}.yaml")


def desk_of(folder: Path, text: str, suffix: str = "yaml") -> Desk:
    """An input of one's own."""
    path = folder / f"input.{suffix}"
    path.write_text(text, encoding="utf-8")
    return Desk(folder, path)
