"""Changes of paragraphs as edits of the fields whose text they are."""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import groupby, pairwise

from kexie_docs.revisions.comparing import Compared
from kexie_docs.revisions.edits import Placed, TextEdit
from kexie_docs.revisions.expected import Expected, Source, is_markdown
from kexie_docs.revisions.input_texts import InputTexts
from kexie_docs.revisions.wording import Hunk


class FieldPlacer:
    """Finds the fields that the paragraphs of a copy belong to."""

    def __init__(self, compared: Sequence[Compared], texts: InputTexts) -> None:
        self._compared = compared
        self._texts = texts

    def edit(self, name: str, start: int, end: int, text: str) -> TextEdit | None:
        """Return an edit of a value; None where the input has no such value, or it cannot hold lines."""
        path = self._texts.path(name)
        if path is None or ("\n" in text and not self._texts.has_paragraphs(name)):
            return None
        shift = self._texts.shift(name)
        return TextEdit(path, start + shift, end + shift, text)

    def hunk(self, ours: Expected, hunk: Hunk, new: str) -> "list[Placed]":
        """Return the edits that make changed words another text, each field its own part of it."""
        sources = ours.sources[hunk.start : hunk.end]
        if not sources:
            place = self._insertion(ours, hunk.start)
            return [Placed(place[0], place[1], place[1], self.written(place[0], new))] if place else []
        placed: list[Placed] = []
        position = 0
        names = [source.field if source is not None else "" for source in ours.sources]
        runs = [
            (name, list(run)) for name, run in groupby(range(hunk.start, hunk.end), key=names.__getitem__)
        ]
        for number, (name, offsets) in enumerate(runs):
            # What a template says between two values tells where the one ends and the other begins.
            if not name:
                said = "".join(ours.text[at] for at in offsets)
                found = new.find(said, position)
                position = found + len(said) if found >= 0 else position
                continue
            until = len(new)
            for other, others in runs[number + 1 :]:
                said = "".join(ours.text[at] for at in others)
                if not other and (found := new.find(said, position)) >= 0:
                    until = found
                    break
            last = not any(other for other, _ in runs[number + 1 :]) or (
                number + 1 < len(runs) and not runs[number + 1][0]
            )
            text = new[position:until] if last else ""
            position = until if last else position
            known = [source for at in offsets if (source := ours.sources[at]) is not None]
            start, end = min(one.start for one in known), max(one.end for one in known)
            placed.append(Placed(name, start, end, self.written(name, text)))
        return placed

    def _insertion(self, ours: Expected, at: int) -> tuple[str, int] | None:
        """Return field and offset where typed characters belong: to the words before, else to those after."""
        before = ours.sources[at - 1] if at > 0 else None
        after = ours.sources[at] if at < len(ours.sources) else None
        if before is not None and after is not None and before.field != after.field:
            return (
                (before.field, before.end)
                if self._texts.has_paragraphs(before.field)
                else (after.field, after.start)
            )
        if before is not None:
            return before.field, before.end
        if after is not None:
            return after.field, after.start
        return None

    def removed(self, ours: Expected) -> "list[Placed]":
        """Return the edits that take a paragraph away, one for each field."""
        placed: list[Placed] = []
        for name, run in groupby((one for one in ours.sources if one is not None), key=lambda one: one.field):
            known = list(run)
            start, end = self._line(name, min(one.start for one in known), max(one.end for one in known))
            placed.append(Placed(name, start, end, ""))
        return placed

    def _line(self, name: str, start: int, end: int) -> tuple[int, int]:
        """Return a stretch of a text with the end of its line, where it is a whole line."""
        text = self._texts.text(name)
        whole = (start == 0 or text[start - 1] == "\n") and text[end : end + 1] in ("", "\n")
        if not whole or not self._texts.has_paragraphs(name):
            return start, end
        if end < len(text):
            return start, end + 1
        return max(0, start - 1), end

    def moved(self, index: int, pair: Compared, ours: Expected) -> "list[Placed] | None":
        """Return the edits that move a line of a text to another place, its references with it."""
        names = {one.field for one in ours.sources if one is not None}
        if len(names) != 1 or None in ours.sources or pair.wording.hunks or pair.wording.atoms:
            return []
        name = names.pop()
        known = [one for one in ours.sources if one is not None]
        start, end = min(one.start for one in known), max(one.end for one in known)
        line = self._line(name, start, end)
        if line == (start, end):
            return []
        text = self._texts.text(name)[start:end]
        added = self.added(index, pair, text, literal=False)
        return [Placed(name, *line, ""), *added] if added else []

    def added(self, index: int, pair: Compared, text: str, *, literal: bool) -> "list[Placed]":
        """Return the edit that puts a paragraph after the one before it, or before the one after it."""
        above = pair.after.sources[-1] if pair.after is not None else None
        if above is not None and self._texts.has_paragraphs(above.field):
            apart = "\n\n" if is_markdown(above.field) else "\n"
            at = above.end
            text = self.written(above.field, text) if literal else text
            return [Placed(above.field, at, at, apart + text)]
        below = self._below(index)
        if below is not None and self._texts.has_paragraphs(below.field):
            apart = "\n\n" if is_markdown(below.field) else "\n"
            text = self.written(below.field, text) if literal else text
            return [Placed(below.field, below.start, below.start, text + apart)]
        return []

    def _below(self, index: int) -> Source | None:
        """Return the beginning of the next paragraph that stayed in its place."""
        for pair in self._compared[index + 1 :]:
            if pair.expected is not None and not pair.moved:
                return pair.expected.sources[0]
        return None

    def written(self, name: str, text: str) -> str:
        """Return text in the notation of a field: with its marks escaped."""
        text = re.sub(r"\{\{|\{%|\{#", lambda mark: f"{{{{'{mark[0]}'}}}}", text)
        if self._texts.has_break_marks(name):
            return text.replace("|", "||")
        if is_markdown(name):
            return re.sub(r"[*\\]|(?<![^\n])[#+-](?= )", lambda mark: "\\" + mark[0], text)
        return text

    def is_elsewhere(self, ours: Expected) -> bool:
        """Return whether most of a removed paragraph stands in one that was added and has no place yet.

        Its text would be lost from the input if it were taken away before that has one.
        """
        pieces = _pieces(ours.text)
        added = (
            pair.edited.text for pair in self._compared if pair.expected is None and pair.edited is not None
        )
        return any((pieces & _pieces(text)).total() * 2 > pieces.total() for text in added)


def _pieces(text: str) -> Counter[str]:
    key = "".join(text.split())
    return Counter(map("".join, pairwise(key)))
