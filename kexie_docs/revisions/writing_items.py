"""List items of a YAML file moved or taken away, with their lines; their metrics may stay."""

import re
from collections.abc import Sequence

from kexie_docs.model.fields import spelled_path
from kexie_docs.model.plain import FieldPath
from kexie_docs.readers.parsed import Parsed, Writing
from kexie_docs.revisions.edits import ItemMove
from kexie_docs.revisions.splices import CannotWriteError, Splice, is_json


def moved_item(holder: Parsed, edit: ItemMove) -> list[Splice]:
    """Return the changes that move a list item to another place, or take it away."""
    if is_json(holder):
        raise CannotWriteError
    path = spelled_path(edit.path, holder.spans)
    start, end = _item_lines(holder, path)
    text = holder.source.text
    if edit.beside is None:
        kept = _kept_metrics(holder, path) if edit.keeps_metrics else []
        if re.search(r"(^|\s)#(?!#)", _without_texts(holder, path, start, end)):
            raise CannotWriteError  # a comment would be lost
        return [Splice(start, end, ""), *kept]
    first, last = _item_lines(holder, spelled_path(edit.beside, holder.spans))
    at = first if edit.before else last
    block = text[start:end]
    if not block.endswith("\n"):
        block += "\n"
    if not edit.before and not text[:at].endswith("\n"):
        block = "\n" + block.rstrip("\n")
    indents = {len(text[one:]) - len(text[one:].lstrip(" ")) for one in (start, first)}
    if len(indents) > 1 or start <= at < end:
        raise CannotWriteError
    return [Splice(start, end, ""), Splice(at, at, block)]


def _without_texts(holder: Parsed, path: FieldPath, start: int, end: int) -> str:
    """Return the lines of an item without its values, so that what begins with # in it is a comment."""
    text = holder.source.text
    inner = sorted(
        (one.start, one.end)
        for other, one in holder.spans.items()
        if other[: len(path)] == path and one.writing is not Writing.COLLECTION
    )
    parts: list[str] = []
    for low, high in inner:
        parts.append(text[start:low])
        # A comment may stand beside the mark that begins a block.
        parts.append(text[low:high].partition("\n")[0] if text[low : low + 1] in ("|", ">") else "")
        start = max(start, high)
    return "".join((*parts, text[start:end]))


_METRICS = ("指标", "metrics")


def _kept_metrics(holder: Parsed, path: FieldPath) -> list[Splice]:
    """Return the change that puts the metrics of an item at the end of the file's own 指标."""
    text = holder.source.text
    inner = next(((*path, key) for key in _METRICS if (*path, key) in holder.spans), None)
    if inner is None:
        return []
    outer = next(((key,) for key in _METRICS if (key,) in holder.spans), None)
    names = [one for one in holder.spans if one[:-1] == inner]
    there = [one for one in holder.spans if outer is not None and one[:-1] == outer]
    if not names or (outer is not None and not there):
        raise CannotWriteError
    if outer is not None and text[holder.spans[outer].start] == "{":
        at = max(one.end for other, one in holder.spans.items() if other[:1] == outer and len(other) > 1)
        if text[holder.spans[inner].start] != "{":
            raise CannotWriteError
        return [Splice(at, at, "".join(f", {entry}" for entry in _entries(holder, names)))]
    if text[holder.spans[inner].start] == "{":
        lines, indent = _entries(holder, names), 0
    else:
        first = text.rfind("\n", 0, holder.spans[names[0]].key) + 1
        lines = text[first : _line_end(holder, names[-1])].splitlines()
        indent = holder.spans[names[0]].key - first
    wanted, head = 2, ""
    if there:
        at = _line_end(holder, there[-1])
        wanted = holder.spans[there[0]].key - text.rfind("\n", 0, holder.spans[there[0]].key) - 1
    else:
        # Above the list that the item stands in, and the comment on that.
        at = text.rfind("\n", 0, holder.spans[path[:1]].key) + 1
        while (above := text.rfind("\n", 0, max(at - 1, 0)) + 1) < at and text[above] == "#":
            at = above
        head = f"{inner[-1]}:\n"
    moved = [" " * wanted + line[indent:] if not line[:indent].strip() else line for line in lines]
    joint = "" if not at or text[:at].endswith("\n") else "\n"
    return [Splice(at, at, joint + head + "".join(line + "\n" for line in moved))]


def _entries(holder: Parsed, names: Sequence[FieldPath]) -> list[str]:
    """Return the entries of a map in brackets as they are written."""
    text = holder.source.text
    return [text[holder.spans[name].key : holder.spans[name].end] for name in names]


def _line_end(holder: Parsed, path: FieldPath) -> int:
    """Return where the line after a value begins."""
    text = holder.source.text
    inner = [one.end for other, one in holder.spans.items() if other[: len(path)] == path]
    last = max(inner)
    return last if text[:last].endswith("\n") else text.find("\n", last) + 1 or len(text)


def _item_lines(holder: Parsed, path: FieldPath) -> tuple[int, int]:
    """Return where the lines of a list item begin and end, without blank lines and comments that follow."""
    span = holder.spans.get(path)
    if span is None:
        raise CannotWriteError
    text = holder.source.text
    start = text.rfind("\n", 0, span.start) + 1
    if text[start : span.start].strip() != "-":
        raise CannotWriteError
    inner = [one for other, one in holder.spans.items() if other[: len(path)] == path and other != path]
    last = max((one.end for one in inner if one.writing is not Writing.COLLECTION), default=span.end)
    # A block's end is the beginning of a line already.
    end = last if text[:last].endswith("\n") else text.find("\n", last) + 1 or len(text)
    lines = text[start:end].split("\n")
    while len(lines) > 2 and not lines[-2].strip():
        del lines[-2]
    return start, start + len("\n".join(lines))
