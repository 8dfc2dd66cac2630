"""Values of an input written anew in the text of their files: nothing around them is touched."""

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from kexie_docs.errors import KexieDocsError
from kexie_docs.figures.errors import QuantityError
from kexie_docs.figures.quantity import Kind, Quantity, parse_quantity, print_quantity
from kexie_docs.model.coerce import HEDGE_KEYS, UNIT_KEYS, issue_date, metric_fields
from kexie_docs.model.fields import spelled_path
from kexie_docs.model.issues import IssueError
from kexie_docs.model.plain import FieldPath, value_at
from kexie_docs.model.report import Metric
from kexie_docs.readers.parsed import Parsed, Span, Writing
from kexie_docs.revisions.edits import Edit, FigureEdit, ItemMove, TextEdit, ValueEdit
from kexie_docs.revisions.splices import CannotWriteError, Splice, is_json, spliced
from kexie_docs.revisions.writing_items import moved_item

_NUMBER_KEYS = ("数值", "quantity")


def with_edits(parsed: Parsed, edits: Iterable[Edit]) -> dict[str, str]:
    """Return the new text of each file that the edits change, by the path that messages name.

    Raises:
        CannotWriteError: one of them cannot be made, or two meet.
    """
    splices: defaultdict[str, list[Splice]] = defaultdict(list)
    sources = {source.file: source.text for source in parsed.sources()}
    texts: defaultdict[FieldPath, list[TextEdit]] = defaultdict(list)
    for edit in edits:
        match edit:
            case TextEdit():
                texts[edit.path].append(edit)
            case ValueEdit():
                holder = parsed.holder(edit.path)
                splices[holder.source.file].append(_scalar(holder, edit.path, _like_old(holder, edit)))
            case FigureEdit():
                holder = parsed.holder(edit.path)
                splices[holder.source.file] += _figure(holder, edit)
            case ItemMove():
                holder = parsed.holder(spelled_path(edit.path, parsed.spans))
                splices[holder.source.file] += moved_item(holder, edit)
    for path, changed in texts.items():
        holder = parsed.holder(path)
        splices[holder.source.file].append(_scalar(holder, path, _edited(holder, path, changed)))
    return {file: spliced(sources[file], ones) for file, ones in splices.items() if ones}


def _edited(holder: Parsed, path: FieldPath, edits: Sequence[TextEdit]) -> str:
    """Return a value's text with its edits made; what is put in at one offset stays in its order."""
    value = value_at(holder.data, path)
    if not isinstance(value, str):
        raise CannotWriteError
    return spliced(value, [Splice(one.start, one.end, one.text) for one in edits])


def _like_old(holder: Parsed, edit: ValueEdit) -> str:
    """Return a value in the form of the one it replaces: a date as 2025-12-31 where it was written so."""
    old = value_at(holder.data, edit.path)
    if isinstance(old, str) and re.fullmatch(r"\s*\d{4}([-/.])\d{1,2}\1\d{1,2}\s*", old):
        mark = old.strip()[4]
        try:
            day = issue_date(edit.text)
        except IssueError:
            raise CannotWriteError from None
        return f"{day.year:04}{mark}{day.month:02}{mark}{day.day:02}"
    return edit.text


def _scalar(holder: Parsed, path: FieldPath, new: str) -> Splice:
    """Return the change that makes a value another text, in the same way of writing where it can be."""
    span = holder.spans.get(path)
    if span is None:
        raise CannotWriteError
    raw = holder.source.text[span.start : span.end]
    if is_json(holder):
        number = span.writing is Writing.PLAIN and re.fullmatch(r"-?(0|[1-9]\d*)(\.\d+)?", new)
        text = "null" if not new.strip() else new if number else _double_quoted(new)
    elif span.writing is Writing.BLOCK:
        text = _block(raw, new, holder.source.text, span)
    elif not new.strip():
        text = ""
    elif span.writing is Writing.SINGLE_QUOTED and "\n" not in new:
        text = "'" + new.replace("'", "''") + "'"
    elif (
        span.writing is Writing.PLAIN
        and "\n" not in raw
        and _is_plain(new, inline=_in_brackets(holder, path))
    ):
        text = new
    else:
        text = _double_quoted(new)
    start = span.start
    if not text.strip() and not _in_brackets(holder, path):
        # A key without a value: the space after its colon goes too. Between brackets a comma follows it.
        before = holder.source.text[:start]
        start = len(before.rstrip(" "))
    return Splice(start, span.end, text)


def _double_quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


_NOT_FIRST = "-?:,[]{}#&*!|>'\"%@`"
_NULL = frozenset(("", "~", "null", "Null", "NULL", "---", "..."))


def _is_plain(text: str, *, inline: bool) -> bool:
    """Return whether a text may stand without quotes; ``inline``: between brackets on one line."""
    return (
        text not in _NULL
        and text == text.strip()
        and text[0] not in _NOT_FIRST
        and not re.search(r"[\n\t]|:( |$)| #", text)
        and not (inline and re.search(r"[,\[\]{}]|:", text))
    )


def _in_brackets(holder: Parsed, path: FieldPath) -> bool:
    """Return whether a value stands in a list or map written with brackets."""
    spans = (holder.spans[path[:end]] for end in range(1, len(path)) if path[:end] in holder.spans)
    return any(
        one.writing is Writing.COLLECTION and holder.source.text[one.start : one.start + 1] in ("[", "{")
        for one in spans
    )


def _block(raw: str, new: str, source: str, span: Span) -> str:
    """Return a block of lines with another text; lines that stay are left as they are."""
    header, _, rest = raw.partition("\n")
    lines = rest.split("\n")
    content = len(lines)
    while content and not lines[content - 1].strip():
        content -= 1
    kept, tail = lines[:content], "\n".join(lines[content:])
    if not new.strip():
        return "\n" * (len(lines) - content)
    indent = next((line[: len(line) - len(line.lstrip(" "))] for line in kept if line.strip()), None)
    wanted = new.rstrip("\n").split("\n")
    if indent is None or wanted[0][:1] in (" ", "") or "\t" in indent:
        raise CannotWriteError
    old = {line[len(indent) :]: line for line in kept if line.startswith(indent)}
    written = [old.get(line, indent + line if line.strip() else "") for line in wanted]
    return "\n".join((header.replace(">", "|", 1), *written, *([tail] if lines[content:] else [])))


def _figure(holder: Parsed, edit: FigureEdit) -> list[Splice]:
    """Return the changes that make a metric say another figure, in the form in which it is given."""
    path = edit.path
    value = value_at(holder.data, path)
    if isinstance(value, str):
        return [_scalar(holder, path, _part_text(holder, edit, value))]
    if not isinstance(value, dict):
        raise CannotWriteError
    number = next((key for key in _NUMBER_KEYS if isinstance(value.get(key), str)), None)
    if number is None:
        raise CannotWriteError
    keys = {"number": number}
    for name, spellings in (("unit", UNIT_KEYS), ("hedge", HEDGE_KEYS)):
        key = next((one for one in spellings if isinstance(value.get(one), str)), None)
        if key is not None:
            keys[name] = key
    if edit.exact:
        exact = _number(parse_quantity(edit.text)) if "unit" in keys else edit.text
        return [_scalar(holder, (*path, number), exact)]
    for fields in _ways(edit.text, keys):
        given = value | {keys[name]: text for name, text in fields.items()}
        if _says(given, edit.text):
            return [
                _scalar(holder, (*path, keys[name]), text)
                for name, text in fields.items()
                if text != value[keys[name]]
            ]
    raise CannotWriteError


def _ways(text: str, keys: dict[str, str]) -> list[dict[str, str]]:
    """Return the ways to give a figure in the fields that a metric has, the plainest first."""
    try:
        quantity = parse_quantity(text)
    except QuantityError:
        raise CannotWriteError from None
    ways: list[dict[str, str]] = []
    if quantity.kind in (Kind.COUNT, Kind.RATIO) and not quantity.scope:
        apart = {"number": _number(quantity)}
        apart |= {"unit": quantity.unit} if "unit" in keys else {}
        apart |= {"hedge": quantity.hedge} if "hedge" in keys else {}
        ways.append(apart)
    # 310余场 cannot be said by 310 and 余: an exact 310 is rounded to 300余. The words can.
    words = {"number": text}
    words |= {"hedge": ""} if "hedge" in keys else {}
    ways.append(words | ({"unit": quantity.unit} if "unit" in keys else {}))
    ways.append(words | ({"unit": ""} if "unit" in keys else {}))
    return ways


def _number(quantity: Quantity) -> str:
    plain = replace(quantity, unit="", hedge="", scope="", stated=False, late_hedge=False)
    try:
        return print_quantity(plain)
    except QuantityError:
        raise CannotWriteError from None


def _says(fields: Mapping[str, object], text: str) -> bool:
    """Return whether a metric of these fields prints a text."""
    try:
        return print_quantity(Metric.model_validate(metric_fields(fields)).quantity) == text
    except (ValueError, IssueError, KexieDocsError, QuantityError):
        return False


def _part_text(holder: Parsed, edit: FigureEdit, old: str) -> str:
    """Return a figure as its place has it: without its unit where that is given elsewhere."""
    try:
        old_unit, new_unit = parse_quantity(old).unit, parse_quantity(edit.text).unit
    except QuantityError:
        raise CannotWriteError from None
    if not old_unit and new_unit and edit.text.endswith(new_unit):
        return edit.text.removesuffix(new_unit)
    return edit.text
