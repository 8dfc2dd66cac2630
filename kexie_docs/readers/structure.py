"""From plain data to the model: every problem gathered, each with its place in the file."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, TypeVar

from pydantic import ValidationError

from kexie_docs.errors import InputError, Message, Problem, Severity, message
from kexie_docs.figures.filters import ARGUMENTS, FILTERS
from kexie_docs.model.characters import shown
from kexie_docs.model.check import check_facts
from kexie_docs.model.facts import gather_facts
from kexie_docs.model.fields import fields_of, homes_of, nearest_key, parts_of, spelled_path
from kexie_docs.model.filtering import filter_issues
from kexie_docs.model.issues import Issue, IssueError
from kexie_docs.model.limits import PARAGRAPHS, PROBLEMS, REFERENCES
from kexie_docs.model.plain import FieldPath, Plain, path_text, value_at
from kexie_docs.model.report import Part, Report, Seal, SignatureStamp
from kexie_docs.readers.parsed import Parsed
from kexie_docs.readers.pictures import read_picture
from kexie_docs.readers.pydantic_messages import hint_for, message_for
from kexie_docs.readers.yaml_syntax import colon_message, colon_slip


def build_report(parsed: Parsed) -> Report:
    """Return the report that a parsed file holds.

    Raises:
        InputError: with every problem of the file, in the order of its lines.
    """
    if parsed.source.text.count("{{") > REFERENCES:
        raise InputError(_problem(_too_many_references(), parsed))
    if _lines(parsed.data) > PARAGRAPHS:
        raise InputError(_problem(_too_many_paragraphs(), parsed))
    issues: list[Issue] = []
    report: Report | None = None
    if isinstance(parsed.data, dict):
        try:
            report = Report.model_validate(parsed.data)
        except ValidationError as error:
            issues.extend(_model_issues(error, parsed.data))
        facts = gather_facts(parsed.data)
        issues.extend(check_facts(facts, FILTERS, lambda path: parsed.place(path, on_key=True)))
        if report is not None and not issues:
            issues.extend(filter_issues(report, facts, FILTERS, ARGUMENTS))
            report = _with_pictures(report, parsed, issues)
    else:
        issues.append(_not_a_map(parsed.data))
    if report is None or issues or any(problem.severity is Severity.ERROR for problem in parsed.problems):
        raise InputError(_sorted(issues, parsed))
    return report


_Seal = TypeVar("_Seal", Seal, SignatureStamp)


def _with_pictures(report: Report, parsed: Parsed, issues: list[Issue]) -> Report:
    """Return the report with seal and stamp read; what is wrong with their pictures goes to ``issues``."""
    signature = report.signature
    if signature is None:
        return report
    seal = _with_picture(signature.seal, ("印章",), parsed, issues)
    stamp = _with_picture(signature.stamp, ("签名章",), parsed, issues)
    signatories = [
        one
        if one.seal is None
        else one.model_copy(update={"seal": _with_picture(one.seal, ("署名", index, "印章"), parsed, issues)})
        for index, one in enumerate(signature.signatories)
    ]
    own = any(one.seal is not None for one in signatories)
    if seal is signature.seal and stamp is signature.stamp and not own:
        return report
    update = {"seal": seal, "stamp": stamp, "signatories": signatories}
    return report.model_copy(update={"signature": signature.model_copy(update=update)})


def _with_picture(seal: _Seal | None, below: FieldPath, parsed: Parsed, issues: list[Issue]) -> _Seal | None:
    """Return the seal at a path below 落款 with its picture read."""
    if seal is None or seal.image.data:
        return seal
    path = spelled_path(("落款", *below, "图片"), parsed.spans)
    found = read_picture(seal.image, parsed.holder(path).folder)
    if isinstance(found, Issue):
        issues.append(replace(found, path=path))
        return seal
    return seal.model_copy(update={"image": found})


def _sorted(issues: list[Issue], parsed: Parsed) -> list[Problem]:
    """Return everything that is wrong, by line, equal ones once, at most as many as anyone reads."""
    # The exact place of a character is dear; first the issues are put in the order of the file and cut.
    ordered = sorted(dict.fromkeys(issues), key=lambda issue: (parsed.start(issue.path), issue.offset or 0))
    problems = [*parsed.problems, *(_problem(issue, parsed) for issue in ordered[:PROBLEMS])]
    here = parsed.source.file
    problems.sort(
        key=lambda problem: (
            problem.place.file != here,
            problem.place.line or 0,
            problem.place.column or 0,
            problem.code,
        )
    )
    rest = len(ordered) + len(parsed.problems) - PROBLEMS
    if rest <= 0:
        return problems
    last = problems[PROBLEMS - 1].place
    more = Problem("KD209", message("{count} more problems are not listed", count=rest), last)
    return [*problems[:PROBLEMS], more]


def _too_many_references() -> Issue:
    return Issue(
        "KD117",
        message("The text has more than {count} references", count=REFERENCES),
        message("Part it into several inputs."),
    )


def _too_many_paragraphs() -> Issue:
    return Issue(
        "KD117",
        message("The text has more than {count} lines", count=PARAGRAPHS),
        message("Part it into several inputs."),
    )


_METRICS = frozenset({"指标", "metrics"})


def _lines(data: Plain) -> int:
    """Return how many lines the texts have together; those of metrics are no paragraphs."""
    if isinstance(data, str):
        return 1 + data.count("\n")
    if isinstance(data, list):
        return sum(map(_lines, data))
    if isinstance(data, dict):
        return sum(_lines(value) for key, value in data.items() if key not in _METRICS)
    return 0


def _problem(issue: Issue, parsed: Parsed) -> Problem:
    place = parsed.place(issue.path, issue.offset, on_key=issue.on_key)
    return Problem(issue.code, issue.what, place, issue.hint, excerpt=parsed.excerpt(issue.path, place))


def _not_a_map(data: Plain) -> Issue:
    hint = message("An input begins with keys, such as {example}.", example="年度: 2025")
    if isinstance(data, str) and (slip := colon_slip(data)) is not None:
        return Issue("KD112", *colon_message(slip[1], slip[2]), offset=slip[0])
    found = message("a list") if isinstance(data, list) else message("text")
    return Issue(
        "KD201", message("A map of keys and values is expected here, not {found}", found=found), hint
    )


def _model_issues(error: ValidationError, data: dict[str, Plain]) -> Iterator[Issue]:
    """Yield our issues for what pydantic found."""
    parts = {path: part for path, part, _ in parts_of(data)}
    for found in error.errors(include_url=False, include_input=False):
        path = _to_text(found["loc"], data)
        context: dict[str, Any] = found.get("ctx", {})
        kind = found["type"]
        raised = context.get("error")
        if isinstance(raised, IssueError):
            for issue in raised.issues:
                yield Issue(
                    issue.code, issue.what, issue.hint, (*path, *issue.path), issue.offset, issue.on_key
                )
        elif kind == "missing":
            yield _missing(path, parts, data)
        elif kind == "extra_forbidden":
            yield _unknown_key(path, parts)
        else:
            yield _wrong_shape(kind, context, path, value_at(data, path))


def _to_text(path: FieldPath, data: Plain) -> FieldPath:
    """Return a path cut where the file has text already: 18个 stands for a map with 数值."""
    for length in range(len(path)):
        if isinstance(value_at(data, path[:length]), str):
            return path[:length]
    return path


def _missing(path: FieldPath, parts: dict[FieldPath, type[Part]], data: dict[str, Plain]) -> Issue:
    *above, key = path
    mapping = value_at(data, tuple(above))
    part = parts.get(tuple(above))
    info = fields_of(part).get(str(key)) if part is not None else None
    spelled = (
        next(
            (name for name in (info.alias, info.name) if isinstance(mapping, dict) and name in mapping), None
        )
        if info is not None
        else None
    )
    if spelled is not None:
        return Issue(
            "KD204",
            message("{key} has no value", key=spelled),
            message("Write it after the colon, or below the key."),
            (*above, spelled),
            on_key=True,
        )
    where = path_text(tuple(above))
    what = (
        message("{key} is missing in {where}", key=str(key), where=shown(where, 200))
        if where
        else message("{key} is missing", key=str(key))
    )
    return Issue("KD202", what, message("Add a line {line}.", line=f"{key}: …"), path)


def _unknown_key(path: FieldPath, parts: dict[FieldPath, type[Part]]) -> Issue:
    *above, key = path
    part = parts.get(tuple(above), Report)
    name = str(key)
    fields = fields_of(part)
    if name in fields:
        # Pydantic takes the Chinese one of two spellings and does not know what to do with the other.
        return Issue(
            "KD119",
            message("{key} and {other} are the same field, given twice", key=fields[name].alias, other=name),
            message("Keep one of the two."),
            path,
            on_key=True,
        )
    return Issue(
        "KD203",
        message("There is no key named {key}", key=shown(name)),
        _key_hint(part, name),
        path,
        on_key=True,
    )


def _key_hint(part: type[Part], name: str) -> Message:
    if (slip := colon_slip(name)) is not None:
        return colon_message(slip[1], slip[2])[1]
    if name != name.strip():
        return message("Indent with ordinary spaces, two for each step.")
    homes = homes_of(name)
    near = nearest_key(part, name)
    if homes:
        home = homes[0]
        return (
            message("{key} stands at the top level, not indented.", key=name)
            if not home
            else message("{key} belongs under {home}.", key=name, home=home)
        )
    if near is not None:
        return message("Did you mean “{name}”?", name=near)
    names = dict.fromkeys(info.alias for info in fields_of(part).values())
    return message("Keys here are: {names}.", names="、".join(names))


def _wrong_shape(kind: str, context: dict[str, Any], path: FieldPath, value: Plain) -> Issue:
    code, what = message_for(kind, context)
    if isinstance(value, str):
        slip = colon_slip(value)
        if slip is not None:
            return Issue("KD112", *colon_message(slip[1], slip[2]), path, offset=slip[0])
    return Issue(code, what, hint_for(kind), path)
