"""The changes of an edited copy brought back into the input it was made from."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TypeAlias

from kexie_docs.doctree.nodes import Document
from kexie_docs.errors import KexieDocsError, Message
from kexie_docs.frozen import dataclass
from kexie_docs.readers.parsing import parse_input
from kexie_docs.readers.reader import LoadedReport, report_of
from kexie_docs.readers.source import Source, read_source, text_source
from kexie_docs.revisions.comparing import Compared, Difference, compare_paragraphs, differences
from kexie_docs.revisions.edited import EditedFile
from kexie_docs.revisions.edits import FigureEdit, ItemMove, Step
from kexie_docs.revisions.input_texts import InputTexts
from kexie_docs.revisions.placing import place_changes
from kexie_docs.revisions.splices import CannotWriteError
from kexie_docs.revisions.writing import with_edits

_ROUNDS = 40
"""Most rounds; each brings the input nearer to the copy, or is the last. A moved item takes one."""

ComposeTraced: TypeAlias = Callable[[LoadedReport], Document]
"""Composes a report with its traces, by the template that is asked for."""


@dataclass(frozen=True, slots=True)
class FileChange:
    """A file of the input with its text before and after; line ends are line feeds.

    Attributes:
        file: path as messages name it.
        before: its text.
        after: its text with the copy's changes.
    """

    file: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Pulled:
    """What bringing back comes to.

    Attributes:
        files: the files that change.
        found: every difference there was.
        left: differences that remain: what has no place in the input.
        refused: what would be wrong with the input if a figure had the copy's value, by that value.
    """

    files: tuple[FileChange, ...]
    found: tuple[Difference, ...]
    left: tuple[Difference, ...]
    refused: Mapping[str, Message]


@dataclass(frozen=True, slots=True)
class _State:
    """The input with some texts replaced, and how it compares with the copy."""

    texts: Mapping[str, str]
    loaded: LoadedReport
    compared: Sequence[Compared]
    differences: tuple[Difference, ...]

    @property
    def distance(self) -> int:
        """How many characters and paragraphs differ."""
        return sum(map(_distance, self.compared))


def compare_input(
    loaded: LoadedReport, compose: ComposeTraced, copy: EditedFile, file: str
) -> tuple[Difference, ...]:
    """Return every difference between a copy and what an input gives now.

    Raises:
        TemplateError, InputError: it cannot be composed; KD160, they are different documents.
    """
    return _compared({}, loaded, compose, copy, file).differences


def pull_changes(path: Path, compose: ComposeTraced, copy: EditedFile, file: str) -> Pulled:
    """Return an input with the changes of a copy brought back; nothing is written.

    Each change is tried: it stays only if the document then is nearer to the copy. So what was brought back
    comes out again when the document is built, and nothing else in it changes.

    Args:
        path: of the input, as messages name it too.
        compose: composes with traces.
        copy: the edited copy.
        file: path of the copy, for messages.

    Raises:
        InputError: the input is not valid, or KD160, the two are different documents.
        TemplateError: it cannot be composed.
    """
    start = _compared({}, _load(path, {}), compose, copy, file)
    state = start
    refused: dict[str, Message] = {}
    for _ in range(_ROUNDS):
        better = _nearer(path, state, compose, copy, file, refused)
        if better is None:
            break
        state = better
    before = {source.file: source.text for source in start.loaded.parsed.sources()}
    files = tuple(
        FileChange(name, before[name], after) for name, after in state.texts.items() if after != before[name]
    )
    return Pulled(files, start.differences, state.differences, refused)


def _load(path: Path, texts: Mapping[str, str]) -> LoadedReport:
    def read(file: Path, display: str) -> Source:
        return text_source(texts[display], display) if display in texts else read_source(file, display)

    return report_of(parse_input(path, display=str(path), read=read))


def _compared(
    texts: Mapping[str, str], loaded: LoadedReport, compose: ComposeTraced, copy: EditedFile, file: str
) -> _State:
    values = InputTexts(loaded)
    compared = compare_paragraphs(compose(loaded), copy, values.text, file)
    return _State(texts, loaded, compared, tuple(differences(compared, values.place, values.figure_place)))


def _nearer(
    path: Path,
    state: _State,
    compose: ComposeTraced,
    copy: EditedFile,
    file: str,
    refused: dict[str, Message],
) -> _State | None:
    """Return the state after one round of steps; None where none brings it nearer without new differences.

    What speaks against a figure's new value is noted in ``refused``.
    """
    if not state.differences:
        return None
    steps = place_changes(state.compared, InputTexts(state.loaded))
    moves = [step for step in steps if isinstance(step[0], ItemMove)]
    steps = [step for step in steps if not isinstance(step[0], ItemMove)]

    def tried(chosen: Sequence[Step]) -> _State | None:
        try:
            changed = with_edits(state.loaded.parsed, [edit for step in chosen for edit in step])
            texts = {**state.texts, **changed}
            return _compared(texts, _load(path, texts), compose, copy, file)
        except CannotWriteError:
            return None
        except KexieDocsError as error:
            if len(chosen) == 1 and isinstance(edit := chosen[0][0], FigureEdit):
                refused[edit.text] = error.problems[0].what
            return None

    known = _told(state.differences)
    whole = tried(steps) if steps else None
    if whole is not None and whole.distance < state.distance and _told(whole.differences) <= known:
        return whole
    best = state
    kept: list[Step] = []
    for step in steps:
        one = tried([*kept, step])
        if one is not None and one.distance < best.distance and _told(one.differences) <= known:
            best = one
            kept.append(step)
    if best is not state:
        return best
    for step in moves:
        one = tried([step])
        if one is not None and one.distance < state.distance and _told(one.differences) <= known:
            return one
    return None


def _told(found: Sequence[Difference]) -> set[tuple[object, ...]]:
    """Return what differences say, whatever they stand beside; derived figures follow from the others."""
    told: set[tuple[object, ...]] = set()
    for one in found:
        if one.changes:
            told.update((one.kind, each.old, each.new) for each in one.changes)
        elif not one.sources:
            told.add((one.kind, one.old, one.new, one.metric))
    return told


def _distance(pair: Compared) -> int:
    if pair.expected is None or pair.edited is None:
        shown = pair.expected or pair.edited
        assert shown is not None
        return len(shown.text) + 1
    wording = pair.wording
    # A derived figure follows its metrics: that it is another one now is no reason against them.
    atoms = [one for one in wording.atoms if one.atom.figure is None or not one.atom.figure.sources]
    return (
        sum(one.end - one.start + one.edited_end - one.edited_start for one in wording.hunks)
        + sum(len(one.text or "") + one.atom.end - one.atom.start for one in atoms)
        + pair.moved
    )
