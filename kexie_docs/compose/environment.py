"""The language of templates: Jinja2 in its sandbox, with what templates need and no more.

Templates are trusted as their author's work; the sandbox keeps them from files and Python's internals and
catches mistakes. What a template's run may cost is limited in one place, `render`.
"""

from collections.abc import Iterator, Mapping, MutableMapping, Sequence
from pathlib import Path
from types import CodeType, MethodType, TracebackType
from typing import Any

from jinja2 import StrictUndefined, Template, Undefined, nodes
from jinja2.exceptions import (
    SecurityError,
    TemplateNotFound,
    TemplateRuntimeError,
    TemplateSyntaxError,
    UndefinedError,
)
from jinja2.parser import Parser
from jinja2.runtime import BlockReference, Context, LoopContext, Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment

from kexie_docs import __version__
from kexie_docs.compose.compiled import CompiledTemplates
from kexie_docs.compose.errors import ValueUseError
from kexie_docs.compose.guard import TOO_DEEP, TOO_LONG_NUMBER, Guard, instrument, own_text, printable
from kexie_docs.compose.limits import MAX_OUTPUT
from kexie_docs.compose.loader import FolderLoader, UnreadableTemplateError
from kexie_docs.compose.syntax_messages import syntax_message
from kexie_docs.compose.template_filters import filters_of, tests_of
from kexie_docs.compose.values import Value
from kexie_docs.errors import InputError, Message, Place, Problem, TemplateError, message, shown

_BIGGEST_FACTOR = 1_000_000


class _Unknown(StrictUndefined):
    """A name that does not exist; its message is the name, which `_problem` puts into a sentence."""

    @property
    def _undefined_message(self) -> str:
        return str(self._undefined_name or "")


class TemplateLanguage(ImmutableSandboxedEnvironment):
    """Jinja2 as templates may use it."""

    intercepted_binops = frozenset(("+", "*", "**", "%", "/", "//"))

    def __init__(self, loader: FolderLoader, compiled: Path | None = None) -> None:
        """Make the language ready for one template.

        Args:
            loader: of its files.
            compiled: folder for the compiled code of templates that come with kexie_docs; None keeps none.
        """
        self.guard = Guard()
        settings = f"{__version__} {sorted(self.intercepted_binops)}"
        super().__init__(
            bytecode_cache=(
                CompiledTemplates(compiled, loader.is_shipped, settings) if compiled is not None else None
            ),
            loader=loader,
            undefined=_Unknown,
            autoescape=False,  # values are tokens, so there is nothing to escape
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            finalize=self.guard.finalized,
            cache_size=50,
            auto_reload=False,
        )
        self.globals.clear()
        self.filters = filters_of(self.guard, loader)
        self.tests = tests_of()
        self._own_text: dict[str | None, int] = {}

    def join_path(self, template: str, parent: str) -> str:
        """Return what a file that another one names is called."""
        assert isinstance(self.loader, FolderLoader)
        if not isinstance(template, str):
            raise ValueUseError(
                "KD407",
                message("What names a file here is no text."),
                message("Write the file's name in quotes."),
            )
        return self.loader.full_name(template, parent)

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        """Parse a template; what is nested beyond Python's depth is a fault of its syntax."""
        parser = Parser(self, source, name, filename)
        try:
            return parser.parse()
        except RecursionError:
            raise TemplateSyntaxError(TOO_DEEP, parser.stream.current.lineno, name) from None
        except ValueError:  # Python reads no number of more than 4300 digits
            raise TemplateSyntaxError(TOO_LONG_NUMBER, parser.stream.current.lineno, name) from None

    def _generate(
        self, source: nodes.Template, name: str | None, filename: str | None, defer_init: bool = False
    ) -> str:
        """Put the guard's checks into a template before it is compiled; Jinja2's hook for that.

        Files that come with kexie_docs loop over the input's lists alone and go without: a build begins a
        millisecond sooner.
        """
        assert isinstance(self.loader, FolderLoader)
        try:
            if name is None or not self.loader.is_shipped(name):
                self._own_text[name] = own_text(source)
                source = instrument(source)
            return super()._generate(source, name, filename, defer_init)
        except RecursionError:
            raise TemplateSyntaxError(TOO_DEEP, 0, name) from None

    def _compile(self, source: str, filename: str) -> CodeType:
        """Compile the generated Python, which refuses what is nested too deep."""
        try:
            return super()._compile(source, filename)
        except (SyntaxError, RecursionError, MemoryError):
            raise TemplateSyntaxError(TOO_DEEP, 0, None, filename) from None

    def _load_template(self, name: str, globals: MutableMapping[str, Any] | None) -> Template:
        """Return a template, counting that it is taken in."""
        template = super()._load_template(name, globals)
        self.guard.printed(self._own_text.get(name, 0))
        return template

    def call(self, context: Context, obj: Any, *args: Any, **kwargs: Any) -> Any:
        """Call a macro, a block or a loop, counting it."""
        self.guard.step()
        return super().call(context, obj, *args, **kwargs)

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
        """Count with small whole numbers; ``+`` joins texts too.

        ``*`` on texts, ``**`` and ``+`` on lists can fill the memory.
        """
        if operator == "+" and (isinstance(left, Value) or isinstance(right, Value)):
            return super().call_binop(context, operator, left, right)
        if operator == "+" and isinstance(left, str) and isinstance(right, str):
            return self.guard.joined((left, right))
        whole = all(isinstance(each, int) and abs(each) <= _BIGGEST_FACTOR for each in (left, right))
        if operator == "**" or not whole or (operator in "//%" and right == 0):
            raise ValueUseError(
                "KD406", message("“{operator}” cannot be used here.", operator=operator), _SMALL_NUMBERS
            )
        return super().call_binop(context, operator, left, right)


_SMALL_NUMBERS = message("Templates count with + and - and, for small whole numbers, with * and %.")


def compile_template(language: TemplateLanguage, name: str, names: Sequence[str] = ()) -> Any:
    """Return a compiled template.

    Raises:
        TemplateError: KD404 its syntax, KD407 it cannot be read.
    """
    try:
        return language.get_template(name)
    except Exception as error:
        raise _translated(language, error, name, names) from None


def follow_extends(language: TemplateLanguage, name: str) -> None:
    """Go from a template to what it extends, and on.

    Raises:
        TemplateError: KD407, one of them extends itself; what is missing or wrong is left to rendering.
    """
    loader = language.loader
    assert isinstance(loader, FolderLoader)
    seen = [name]
    while True:
        try:
            source = loader.read(seen[-1])
        except (TemplateNotFound, UnreadableTemplateError):
            return
        if "extends" not in source:
            return
        try:
            wanted = next(language.parse(source).find_all(nodes.Extends), None)
        except TemplateSyntaxError:
            return
        if wanted is None or not isinstance(wanted.template, nodes.Const):
            return
        following = loader.full_name(str(wanted.template.value), seen[-1])
        if following in seen:
            raise _problem(
                "KD407",
                message("The template extends itself: “{name}” comes back here.", name=wanted.template.value),
                loader.place(seen[-1], wanted.lineno),
                message("Let one of the files extend another one, or none."),
            )
        seen.append(following)


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
    language.guard.start()
    template = compile_template(language, name, tuple(names))
    follow_extends(language, name)
    parts: list[str] = []
    size = 0
    try:
        for printed in _run(template, names):
            part = printable(printed)  # {% filter list %} prints what is no text
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
    text = "".join(parts)
    refused = next((char for char in text if shown(char) != char), None) if shown(text) != text else None
    if refused is not None:
        raise _problem(
            "KD409",
            message(
                "The template prints a character that no text may hold ({char}).",
                char=f"U+{ord(refused):04X}",
            ),
            language.loader.place(name) if isinstance(language.loader, FolderLoader) else Place(),
            message("Look for an escape such as \\x1b in the template's own texts."),
        )
    return text


def _run(template: Any, names: Mapping[str, Value]) -> Iterator[object]:
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
        return _problem("KD404", what, loader.place(error.name or name, error.lineno or None), hint)
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
        case (
            TemplateRuntimeError()
            | ArithmeticError()
            | AttributeError()
            | LookupError()
            | NameError()  # {{ 1e400 }} becomes the name inf
            | TypeError()
            | ValueError()
        ):
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
