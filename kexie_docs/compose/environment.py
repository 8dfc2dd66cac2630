"""The language of templates: Jinja2 in its sandbox, with what templates need and no more.

Templates are trusted as their author's work; the sandbox keeps them from files and Python's internals and
catches mistakes. What a template's run may cost is limited in one place, `render`.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MethodType, TracebackType
from typing import Any

from jinja2 import StrictUndefined, Undefined
from jinja2.exceptions import (
    SecurityError,
    TemplateNotFound,
    TemplateRuntimeError,
    TemplateSyntaxError,
    UndefinedError,
)
from jinja2.ext import Extension
from jinja2.filters import FILTERS as JINJA_FILTERS
from jinja2.runtime import BlockReference, Context, LoopContext, Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.tests import TESTS as JINJA_TESTS

from kexie_docs.compose.errors import ValueUseError
from kexie_docs.compose.loader import FolderLoader, UnreadableTemplateError
from kexie_docs.compose.syntax_messages import syntax_message
from kexie_docs.compose.values import FigureValue, MissingValue, ProseValue, Value
from kexie_docs.doctree.walk import inline_text
from kexie_docs.errors import InputError, Message, Place, Problem, TemplateError, message
from kexie_docs.figures.filters import FILTERS

MAX_OUTPUT = 4_000_000
"""Most characters that a template may print; a thousand pages are below a million."""

_KEPT_FILTERS = (
    *("first", "join", "last", "length", "list", "map", "reject", "rejectattr", "reverse", "select"),
    *("selectattr", "trim"),
)
_KEPT_TESTS = (
    *("defined", "undefined", "even", "odd", "divisibleby", "none", "in", "sameas", "true", "false"),
    *("==", "!=", "<", "<=", ">", ">=", "eq", "ne", "lt", "le", "gt", "ge", "equalto"),
)

_BIGGEST_FACTOR = 1_000_000


class _Unknown(StrictUndefined):
    """A name that does not exist; its message is the name, which `_problem` puts into a sentence."""

    @property
    def _undefined_message(self) -> str:
        return str(self._undefined_name or "")


class TemplateLanguage(ImmutableSandboxedEnvironment):
    """Jinja2 as templates may use it."""

    intercepted_binops = frozenset(("*", "**", "%"))

    def __init__(self, loader: FolderLoader) -> None:
        extensions: Sequence[type[Extension]] = ()
        super().__init__(
            loader=loader,
            undefined=_Unknown,
            autoescape=False,  # values are tokens, so there is nothing to escape
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            extensions=extensions,
            cache_size=50,
            auto_reload=False,
        )
        self.globals.clear()
        self.filters = {name: JINJA_FILTERS[name] for name in _KEPT_FILTERS}
        self.filters |= {"count": JINJA_FILTERS["length"], "default": _default, "d": _default}
        self.filters |= {name: _figure_filter(name) for name in FILTERS}
        self.tests = {name: JINJA_TESTS[name] for name in _KEPT_TESTS} | {"ending": _ending}

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Return a value's part; of anything else only what the sandbox allows."""
        if isinstance(obj, Value):
            return obj.part(attribute)
        return super().getattr(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        """Return a value's item or part."""
        if isinstance(obj, Value):
            return obj.part(argument) if isinstance(argument, str) else obj.item(argument)
        return super().getitem(obj, argument)

    def is_safe_callable(self, obj: Any) -> bool:
        """Allow calls of the language's own things only: macros, blocks, and methods of ``loop``."""
        if isinstance(obj, MethodType):
            return isinstance(obj.__self__, LoopContext)
        # An unknown name is called too, to be told as unknown.
        return isinstance(obj, Macro | BlockReference | LoopContext | Undefined)

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Count with small whole numbers; nothing else, as ``*`` on texts and ``**`` can fill the memory."""
        whole = all(isinstance(each, int) and abs(each) <= _BIGGEST_FACTOR for each in (left, right))
        if operator == "**" or not whole or (operator == "%" and right == 0):
            raise ValueUseError(
                "KD406", message("“{operator}” cannot be used here.", operator=operator), _SMALL_NUMBERS
            )
        return super().call_binop(context, operator, left, right)


_SMALL_NUMBERS = message("Templates count with + and - and, for small whole numbers, with * and %.")


def _default(value: Any, default: Any = "", boolean: bool = False) -> Any:
    """Return the value, or the default when the name or the input does not give one."""
    if isinstance(value, Undefined | MissingValue) or (boolean and not value):
        return default
    return value


def _ending(value: Any, text: object) -> bool:
    """Return whether a value's text ends with ``text``; a value that the input does not give does not."""
    if isinstance(value, MissingValue):
        return False
    if isinstance(value, ProseValue) and value:
        value = list(value)[-1]
    printed = inline_text(value.inlines()) if isinstance(value, Value) else str(value)
    return printed.endswith(inline_text(text.inlines()) if isinstance(text, Value) else str(text))


def _figure_filter(name: str) -> Callable[..., Any]:
    def apply(value: Any, *arguments: Any) -> FigureValue:
        if isinstance(value, FigureValue):
            return value.filtered(name, arguments)
        if isinstance(value, Undefined | MissingValue):
            str(value)  # raises what printing it would
        raise ValueUseError("KD312", message("The filter “{name}” can only be put on a figure.", name=name))

    return apply


def compile_template(language: TemplateLanguage, name: str, names: Sequence[str] = ()) -> Any:
    """Return a compiled template.

    Raises:
        TemplateError: KD404 its syntax, KD407 it cannot be read.
    """
    try:
        return language.get_template(name)
    except Exception as error:
        raise _translated(language, error, name, names) from None


def render(language: TemplateLanguage, name: str, names: Mapping[str, Value]) -> str:
    """Return what a template prints.

    Args:
        language: with the template's loader.
        name: of the template in its folder.
        names: every name that it may use.

    Raises:
        TemplateError: with the template's file and line.
        InputError: an input's text asks for what is not there.
    """
    template = compile_template(language, name, tuple(names))
    parts: list[str] = []
    size = 0
    try:
        for part in _run(template, names):
            size += len(part)
            if size > MAX_OUTPUT:
                raise ValueUseError(
                    "KD408",
                    message("The template prints more than {n} characters.", n=MAX_OUTPUT),
                    message("Look for a loop that goes round too often."),
                )
            parts.append(part)
    except InputError:
        raise
    except Exception as error:
        raise _translated(language, error, name, tuple(names)) from None
    return "".join(parts)


def _run(template: Any, names: Mapping[str, Value]) -> Iterator[str]:
    """Yield the pieces that a template prints."""
    # Not Template.render: it rewrites the traceback, which is read here for the line.
    yield from template.root_render_func(template.new_context(dict(names)))


def _translated(
    language: TemplateLanguage, error: Exception, name: str, names: Sequence[str]
) -> TemplateError:
    """Return the error as the template's author is told; re-raise what is no fault of the template."""
    if isinstance(error, TemplateError):
        return error
    loader = language.loader
    assert isinstance(loader, FolderLoader)
    if isinstance(error, TemplateSyntaxError):
        what, hint = syntax_message(error.message or "")
        return _problem("KD404", what, loader.place(error.name or name, error.lineno), hint)
    where, line = _innermost(error.__traceback__)
    place = loader.place(where or name, line)
    match error:
        case ValueUseError():
            return _problem(error.code, error.what, place, error.hint)
        case UnreadableTemplateError():
            # A file that {% include %} or {% extends %} names is faulted where it is named.
            return _problem("KD407", error.what, place, error.hint)
        case TemplateNotFound():
            return _problem(
                "KD407",
                message("There is no file “{name}” in the template's folder.", name=str(error)),
                place,
                message("A template can only take in files of its own folder."),
            )
        case SecurityError():
            return _problem(
                "KD406",
                message("This is not allowed in a template."),
                place,
                message(
                    "Templates may use the input's values, loops, conditions and macros; nothing of Python."
                ),
            )
        case UndefinedError():
            return _unknown_name(error.message or "", names, place)
        case TemplateRuntimeError() if str(error).startswith("No "):
            # Unknown filters and tests inside a condition are found only when the template runs.
            what, hint = syntax_message(str(error))
            return _problem("KD404", what, place, hint)
        case RecursionError():
            return _problem("KD408", message("The template calls itself without end."), place)
        case TemplateRuntimeError() | TypeError() | ValueError() | ZeroDivisionError() | OverflowError():
            return _problem(
                "KD409",
                message("This cannot be worked out."),
                place,
                message("Look at what is added, compared, filtered or called on this line."),
            )
    raise error


def _unknown_name(name: str, names: Sequence[str], place: Place) -> TemplateError:
    import difflib

    near = difflib.get_close_matches(name, names, n=1)
    return _problem(
        "KD405",
        message("The input has no value “{name}”.", name=name),
        place,
        message("Did you mean “{near}”?", near=near[0])
        if near
        else message("If it may be missing, ask first: {{% if {name} is defined %}}.", name=name),
    )


def _innermost(traceback: TracebackType | None) -> tuple[str | None, int | None]:
    """Return the template and line in which an exception was raised."""
    found: tuple[str | None, int | None] = (None, None)
    while traceback is not None:
        template = traceback.tb_frame.f_globals.get("__jinja_template__")
        if template is not None:
            found = (template.name, template.get_corresponding_lineno(traceback.tb_lineno))
        traceback = traceback.tb_next
    return found


def _problem(code: str, what: Message, place: Place, hint: Message | None = None) -> TemplateError:
    return TemplateError(Problem(code, what, place, hint))
