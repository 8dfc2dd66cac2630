"""What a template's run may cost, in one place: rounds, characters printed, time, sizes of texts and lists.

Templates are trusted as their author's work; this stops mistakes, and it needs no signal, no thread and no
second process, so it works alike on every system. Before a template is compiled, `instrument` puts its
checks at every point where work can multiply: each round of a loop, each call, each file taken in, each
value that is printed, each text that is joined. Between two checks a template can only do what its own length
allows.
"""

from collections.abc import Iterable, Iterator
from time import thread_time
from typing import Any

from jinja2 import nodes
from jinja2.exceptions import TemplateSyntaxError
from jinja2.runtime import Context, Undefined
from jinja2.utils import pass_context
from jinja2.visitor import NodeTransformer

from kexie_docs.compose.errors import ValueUseError
from kexie_docs.compose.limits import MAX_ITEMS, MAX_LOOPS, MAX_OUTPUT, MAX_SECONDS, MAX_STEPS
from kexie_docs.compose.values import Value
from kexie_docs.errors import Message, message

TOO_DEEP, TOO_LONG_NUMBER = "nested too deep", "number too long"
"""What is said of syntax that Jinja2's parser has no message for."""

_CLOCK_EVERY = 256

_ROUNDS, _JOINED, _COMPARED = "rounds of", "joined text", "compared value"
"""Names of the guard's own filters, which nobody can write: a filter's name has no space."""

_HINT = message("Look for a loop that goes round too often.")


class Guard:
    """Counts what one run costs, and stops it where it is too much."""

    def __init__(self) -> None:
        self.start()

    def start(self) -> None:
        """Begin a run."""
        self._steps = self._printed = 0
        self._until = thread_time() + MAX_SECONDS

    def step(self) -> None:
        """Count a round, a call or a value.

        Raises:
            ValueUseError: KD408, too many, or they took too long.
        """
        self._steps += 1
        if self._steps > MAX_STEPS:
            raise _too_much(message("The template goes round more than {n} times.", n=MAX_STEPS))
        if self._steps % _CLOCK_EVERY == 0 and thread_time() > self._until:
            raise _too_much(message("The template computes longer than {n} seconds.", n=f"{MAX_SECONDS:g}"))

    def printed(self, characters: int) -> None:
        """Count characters.

        Raises:
            ValueUseError: KD408, too many.
        """
        self.step()
        self._printed += characters
        if self._printed > MAX_OUTPUT:
            raise _too_much(message("The template prints more than {n} characters.", n=MAX_OUTPUT))

    def rounds(self, items: Iterable[Any], text: int) -> Iterator[Any]:
        """Yield the items of a loop whose body holds ``text`` characters of its own, counting them."""
        for item in items:
            self.printed(text)
            yield item

    def finalized(self, value: Any) -> Any:
        """Return a value's text as it is to be printed.

        Raises:
            ValueUseError: KD410, it is nothing that can be printed; KD408, too much was.
        """
        text = printable(value)
        self.printed(len(text))
        return text

    def joined(self, pieces: Iterable[Any], between: Any = "") -> str:
        """Return texts joined; raises as `finalized` does."""
        texts: list[str] = []
        middle = printable(between)
        for piece in pieces:
            texts.append(printable(piece))
            self.printed(len(texts[-1]) + len(middle))
        return middle.join(texts)

    def listed(self, items: Iterable[Any]) -> list[Any]:
        """Return a list of items.

        Raises:
            ValueUseError: KD408, there are too many.
        """
        result: list[Any] = []
        for item in items:
            self.step()
            if len(result) >= MAX_ITEMS:
                raise _too_much(message("A list has more than {n} items.", n=MAX_ITEMS))
            result.append(item)
        return result

    def filters(self) -> dict[str, Any]:
        """Return the filters that `instrument` puts into templates.

        They ask for the context so that Jinja2 does not work them out while it compiles.
        """

        @pass_context
        def rounds(context: Context, items: Any, text: int) -> Iterator[Any]:
            return self.rounds(items, text)

        @pass_context
        def joined(context: Context, pieces: Any) -> str:
            return self.joined(pieces)

        @pass_context
        def compared(context: Context, value: Any, in_list: bool = False) -> Any:
            self.step()
            return _comparable(value, in_list=in_list)

        return {_ROUNDS: rounds, _JOINED: joined, _COMPARED: compared}


def instrument(tree: nodes.Template) -> nodes.Template:
    """Return a parsed template with the guard's filters where work can multiply."""
    result = _Instrumented().visit(tree)
    assert isinstance(result, nodes.Template)
    return result


def own_text(tree: nodes.Template) -> int:
    """Return how many characters of its own a template can print in one run without any loop."""
    return _text_size(tree)


class _Instrumented(NodeTransformer):
    """Wraps what loops run over, what ``~`` joins and what is compared."""

    def __init__(self) -> None:
        self._loops = 0

    def visit_For(self, node: nodes.For) -> nodes.Node:  # noqa: N802 - the name that Jinja2 calls
        if self._loops == MAX_LOOPS:
            raise TemplateSyntaxError(TOO_DEEP, node.lineno)
        size = sum(_text_size(child) for child in (*node.body, *node.else_))
        self._loops += 1
        self.generic_visit(node)
        self._loops -= 1
        node.iter = _filtered(node.iter, _ROUNDS, size)
        return node

    def visit_Concat(self, node: nodes.Concat) -> nodes.Node:  # noqa: N802 - as above
        self.generic_visit(node)
        return _filtered(nodes.List(node.nodes, lineno=node.lineno, environment=node.environment), _JOINED)

    def visit_Compare(self, node: nodes.Compare) -> nodes.Node:  # noqa: N802 - as above
        self.generic_visit(node)
        node.expr = _filtered(node.expr, _COMPARED)
        for operand in node.ops:
            operand.expr = _filtered(operand.expr, _COMPARED, operand.op in ("in", "notin"))
        return node


def _filtered(node: nodes.Node, name: str, *arguments: object) -> nodes.Filter:
    """Return an expression with one of the guard's filters put on it."""
    common = {"lineno": node.lineno, "environment": node.environment}
    constants = [nodes.Const(argument, **common) for argument in arguments]
    return nodes.Filter(node, name, constants, [], None, None, **common)


def _text_size(node: nodes.Node) -> int:
    """Return how many characters of literal text stand below a node, loops inside it left out."""
    if isinstance(node, nodes.TemplateData):
        return len(node.data)
    return sum(_text_size(child) for child in node.iter_child_nodes() if not isinstance(child, nodes.For))


def printable(value: Any) -> str:
    """Return a value's text.

    Raises:
        ValueUseError: KD410, it is a list, true or false, nothing or the like.
    """
    if isinstance(value, str):
        return value
    if isinstance(value, Value | Undefined) or (isinstance(value, int) and not isinstance(value, bool)):
        return str(value)
    kind: Message
    if isinstance(value, list | tuple | dict):
        kind, hint = (
            message("a list"),
            message("Loop over it, or join it: {example}.", example="| join('、')"),
        )
    elif value is None:
        kind, hint = message("nothing"), message("Ask first: {example}.", example="{% if … %}")
    elif isinstance(value, bool):
        kind, hint = message("true or false"), message("Ask with {example}.", example="{% if … %}")
    elif isinstance(value, float):
        kind = message("a decimal fraction")
        hint = message("Give the figure as a metric, or use a filter of figures such as 占比.")
    else:
        kind, hint = message("no text"), message("A macro needs brackets, a filter needs |.")
    raise ValueUseError("KD410", message("What is to be printed here is {kind}.", kind=kind), hint)


def _comparable(value: Any, *, in_list: bool) -> Any:
    """Return the value unless it is a list; with ``in_list`` unless it is a list of lists.

    To compare lists of lists can take longer than any count of rounds tells.
    """
    wrong = isinstance(value, list | tuple | dict)
    if wrong and in_list:
        wrong = any(isinstance(item, list | tuple | dict) for item in value)
    if wrong:
        raise ValueUseError(
            "KD409",
            message("Lists cannot be compared."),
            message("Compare their lengths or their items."),
        )
    return value


def _too_much(what: Message) -> ValueUseError:
    return ValueUseError("KD408", what, _HINT)
