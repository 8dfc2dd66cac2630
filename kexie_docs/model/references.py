"""Input text: parsed once into literal text and references, by Jinja2's own lexer and parser."""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any, Literal

from kexie_docs.errors import Message, message
from kexie_docs.model.characters import shown, text_issues
from kexie_docs.model.issues import Issue, IssueError
from kexie_docs.model.limits import LINE_CHARACTERS, PARAGRAPH_CHARACTERS
from kexie_docs.model.plain import is_blank
from kexie_docs.model.text import Piece, ProseText, Reference

if TYPE_CHECKING:
    from jinja2 import Environment, nodes

_OPENING = re.compile(r"\{[{%#]")

# The commonest reference, read without the parser: what it matches is a Name or a chain of Getattr in
# Jinja2's grammar too (a test compares the two). Words of the language go the long way.
_SIMPLE = re.compile(r"\{\{ *([^\W\d]\w*(?:\.[^\W\d]\w*)*) *\}\}")
_JINJA_OPERATORS = frozenset({"and", "or", "not", "in", "is", "if", "else"})
_JINJA_CONSTANTS = frozenset({"true", "false", "none", "True", "False", "None"})

_PRINTED_MARKS = re.compile(r"[{}%#]+")


class _Invalid(Exception):  # noqa: N818 - control flow inside this module, never seen outside
    def __init__(self, code: str, what: Message) -> None:
        self.code = code
        self.what = what


def prose(value: Any) -> ProseText:
    """Return text with references; each line is a paragraph.

    Raises:
        IssueError: it is no text, holds a character that cannot be printed or braces that are no reference,
            or a paragraph is too long.
    """
    if isinstance(value, ProseText):
        return value
    text = text_of(value)
    result, issues = read_pieces(text)
    issues.extend(text_issues(text))
    issues.extend(_length_issues(text))
    if issues:
        raise IssueError(*sorted(issues, key=lambda issue: issue.offset or 0))
    return result


def read_pieces(text: str) -> tuple[ProseText, list[Issue]]:
    """Return a text parted into literal text and references, and what in it looks like one and is none."""
    issues: list[Issue] = []
    pieces: list[Piece] = []
    for piece in _pieces(text):
        if isinstance(piece, Issue):
            issues.append(piece)
        elif isinstance(piece, str) and pieces and isinstance(pieces[-1], str):
            pieces[-1] += piece
        elif piece:
            pieces.append(piece)
    return ProseText(text, tuple(pieces)), issues


def prose_line(value: Any) -> ProseText:
    """Return text with references that is one line, such as a heading.

    Raises:
        IssueError: as `prose`, or it is empty or more than one line.
    """
    text = prose(value)
    if is_blank(text.source):
        raise IssueError(Issue("KD204", message("The value is empty")))
    stripped = text.source.strip()
    if "\n" in stripped:
        offset = text.source.index(stripped) + stripped.index("\n")
        raise IssueError(
            Issue(
                "KD205", message("This value has to be one line"), message("Join the lines."), offset=offset
            )
        )
    if len(stripped) > LINE_CHARACTERS:
        raise IssueError(line_too_long(len(stripped)))
    return text


def body_text(value: Any) -> ProseText:
    """Return Markdown with references.

    Raises:
        IssueError: as `prose`.
    """
    return prose(value)


def extra_text(value: Any) -> ProseText | list[ProseText]:
    """Return text with references, or a list of such lines.

    Raises:
        IssueError: as `prose` and `prose_line`.
    """
    if not isinstance(value, list):
        return prose(value)
    result: list[ProseText] = []
    for index, item in enumerate(value):
        try:
            result.append(prose_line(item))
        except IssueError as error:
            raise IssueError(*(replace(issue, path=(index, *issue.path)) for issue in error.issues)) from None
    return result


def text_of(value: Any, kind: Literal["text", "figure"] = "text") -> str:
    """Return a value that has to be text; ``kind`` words the message.

    Raises:
        IssueError: it is a list, a map or nothing.
    """
    if isinstance(value, str):
        return value
    if value is None:
        raise IssueError(Issue("KD204", message("The value is empty")))
    found = message("a list") if isinstance(value, list) else message("a map")
    if kind == "figure":
        what = message("A figure is expected here, not {found}", found=found)
        hint = message("Write it the way people do, such as {example}.", example="300余场")
    else:
        what = message("Text is expected here, not {found}", found=found)
        hint = message(
            "Write the text after the colon, or below it as a block that begins with {mark}.", mark="|"
        )
    raise IssueError(Issue("KD201", what, hint))


def line_too_long(length: int) -> Issue:
    """Return the issue of a one-line value of ``length`` characters."""
    return Issue(
        "KD207",
        message(
            "The value has {length} characters; one line may have {limit}",
            length=length,
            limit=LINE_CHARACTERS,
        ),
        message("Shorten it, or put the text where several paragraphs may stand."),
    )


def _length_issues(text: str) -> Iterator[Issue]:
    if len(text) <= PARAGRAPH_CHARACTERS:
        return
    offset = 0
    for paragraph in text.split("\n"):
        if len(paragraph) > PARAGRAPH_CHARACTERS:
            yield Issue(
                "KD207",
                message(
                    "The paragraph has {length} characters; it may have {limit}",
                    length=len(paragraph),
                    limit=PARAGRAPH_CHARACTERS,
                ),
                message("Part it into several paragraphs."),
                offset=offset,
            )
        offset += len(paragraph) + 1


def _pieces(text: str) -> Iterator[Piece | Issue]:
    """Yield literal text and references in order, and an issue in place of each that is none."""
    position = 0
    while (opening := _OPENING.search(text, position)) is not None:
        start = opening.start()
        yield text[position:start]
        simple = _SIMPLE.match(text, start)
        if simple is not None and not _has_words(simple[1]):
            yield Reference(tuple(simple[1].split(".")), (), simple[1], start)
            position = simple.end()
            continue
        line_end = text.find("\n", start)
        rest = text[start:] if line_end < 0 else text[start:line_end]
        closing = rest.find({"{{": "}}", "{%": "%}", "{#": "#}"}[opening[0]])
        # Where a reference cannot be read, go on after the closing marks that come next on the line.
        position = start + (closing + 2 if closing >= 0 else 2)
        try:
            if opening[0] != "{{":
                raise _Invalid("KD308", _statement_message(opening[0]))
            if closing < 0:
                raise _Invalid(
                    "KD302",
                    message("The reference that begins with {open} is not closed on its line", open="{{"),
                )
            piece, length = _reference(rest, start)
        except _Invalid as invalid:
            yield Issue(invalid.code, invalid.what, _allowed(), offset=start)
            continue
        yield piece
        position = start + length
    yield text[position:]


def _has_words(expression: str) -> bool:
    names = expression.split(".")
    return names[0] in _JINJA_CONSTANTS or not _JINJA_OPERATORS.isdisjoint(names)


def _statement_message(opening: str) -> Message:
    if opening == "{%":
        return message("{open} begins a statement; text of an input may hold references only", open=opening)
    return message("{open} begins a comment; text of an input may hold references only", open=opening)


def _allowed() -> Message:
    return message(
        "Allowed are {name}, {part} and either with filters, such as {filter}; {print} prints two braces.",
        name="{{科普活动}}",
        part="{{科普活动.上年}}",
        filter="{{科普活动|汉字}}",
        print="{{'{{'}}",
    )


def _reference(rest: str, offset: int) -> tuple[Piece, int]:
    """Return what the reference at the start of ``rest`` stands for, and the length it takes up."""
    from jinja2 import TemplateSyntaxError, nodes

    length = 0
    try:
        for _, kind, value in _environment().lexer.tokeniter(rest, None):
            length += len(value)
            if (kind == "variable_begin" and value != "{{") or (kind == "variable_end" and value != "}}"):
                raise _Invalid("KD301", _not_a_reference(rest[: rest.find("}}") + 2]))
            if kind == "variable_end":
                break
        else:
            raise _Invalid(
                "KD302", message("The reference that begins with {open} is not closed on its line", open="{{")
            )
        source = rest[:length]
        template = _environment().parse(source)
    except TemplateSyntaxError:
        raise _Invalid("KD301", _not_a_reference(rest[: rest.find("}}") + 2])) from None
    except RecursionError:
        raise _Invalid("KD301", _not_a_reference(rest)) from None
    output = template.body[0] if len(template.body) == 1 else None
    if not isinstance(output, nodes.Output) or len(output.nodes) != 1:
        raise _Invalid("KD301", _not_a_reference(source))
    node: nodes.Node = output.nodes[0]
    if isinstance(node, nodes.Const) and isinstance(node.value, str) and _PRINTED_MARKS.fullmatch(node.value):
        return node.value, length
    filters: list[tuple[str, tuple[str, ...]]] = []
    while isinstance(node, nodes.Filter) and node.node is not None:
        filters.append((node.name, _arguments(node)))
        node = node.node
    path = _path(node)
    return Reference(path, tuple(reversed(filters)), source[2:-2].strip(), offset), length


def _path(node: "nodes.Node | None") -> tuple[str, ...]:
    from jinja2 import nodes

    parts: list[str] = []
    while isinstance(node, nodes.Getattr):
        parts.append(node.attr)
        node = node.node
    if not isinstance(node, nodes.Name):
        raise _Invalid("KD301", _forbidden(node))
    return (node.name, *reversed(parts))


def _arguments(node: "nodes.Filter") -> tuple[str, ...]:
    from jinja2 import nodes

    if node.kwargs or node.dyn_args is not None or node.dyn_kwargs is not None:
        raise _Invalid(
            "KD301", message("The filter {filter} may have constants in its brackets only", filter=node.name)
        )
    values: list[str] = []
    for argument in node.args:
        constant = argument.value if isinstance(argument, nodes.Const) else None
        if isinstance(constant, bool) or not isinstance(constant, str | int):
            raise _Invalid(
                "KD301",
                message("The filter {filter} may have constants in its brackets only", filter=node.name),
            )
        values.append(str(constant))
    return tuple(values)


def _forbidden(node: "nodes.Node | None") -> Message:
    """Say what stands where a name has to."""
    from jinja2 import nodes

    match node:
        case nodes.Call():
            return message("A reference cannot call anything: brackets may only follow a filter")
        case nodes.Getitem() | nodes.Slice():
            return message("A reference cannot pick an item in square brackets or by a number")
        case nodes.BinExpr() | nodes.UnaryExpr() | nodes.Concat():
            return message("A reference cannot calculate or join: it names one value")
        case nodes.Compare() | nodes.Test() | nodes.CondExpr():
            return message("A reference cannot compare or decide: it names one value")
        case _:
            return message("A reference names one value; text, numbers, lists and constants are none")


def _not_a_reference(source: str) -> Message:
    return message("{reference} is not a reference", reference=shown(source))


@cache
def _environment() -> "Environment":
    from jinja2 import Environment

    return Environment(autoescape=False)
