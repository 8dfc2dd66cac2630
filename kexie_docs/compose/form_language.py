"""The language of templates inside a form of another office: one part of the form at a time, XML-escaped."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from jinja2 import Environment, meta, nodes
from jinja2.exceptions import TemplateNotFound

from kexie_docs.compose.environment import TemplateLanguage, compile_template, render
from kexie_docs.compose.errors import ValueUseError
from kexie_docs.compose.loader import FolderLoader
from kexie_docs.compose.namespace import Namespace
from kexie_docs.compose.tokens import TokenStore
from kexie_docs.compose.values import MissingValue, TextValue, Value
from kexie_docs.doctree.nodes import Inline, Text
from kexie_docs.errors import Place, Problem, message
from kexie_docs.model.nearest import nearest
from kexie_docs.model.official import Picture
from kexie_docs.model.text import Piece
from kexie_docs.units import Twips, mm, parse_length

PICTURE_OPEN, PICTURE_CLOSE = "\ufdd2", "\ufdd3"
"""Noncharacters round the number of a picture, in place of which it is put."""

DEFAULT_PICTURE_WIDTH = mm(40)
_PICTURE_WIDTHS = (mm(2), mm(400))


class FormNamespace(Namespace):
    """The names that a form's tags see: those of templates, titles without the marks of their line breaks."""

    def _nodes(self, piece: Piece, path: str) -> tuple[Inline, ...]:
        if isinstance(piece, str) and (path == "标题" or path.startswith("附件[")):
            return (Text(piece.replace("|", "")),)
        return super()._nodes(piece, path)


class PictureValue(Value):
    """A picture to be put where it is printed."""

    __slots__ = ("_number",)

    def __init__(self, store: TokenStore, name: str, number: int) -> None:
        super().__init__(store, name)
        self._number = number

    def __str__(self) -> str:
        return f"{PICTURE_OPEN}{self._number}{PICTURE_CLOSE}"


class _PartLoader(FolderLoader):
    """Gives Jinja2 the source of one part of a form, and no file at all."""

    def __init__(self, name: str, source: str, display: str) -> None:
        self._name = name
        self._source = source
        self._form = display

    def place(self, name: str, line: int | None = None) -> Place:
        """Return a line of the part."""
        return Place(self._form, line)

    def is_shipped(self, name: str) -> bool:
        """Return False: a form is somebody else's."""
        return False

    def full_name(self, name: str, asking: str) -> str:
        """Return the name as it is written."""
        return name

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        """Return the part's text; raises as `read`."""
        return self.read(template), self._form, lambda: True

    def read(self, name: str) -> str:
        """Return the part's text.

        Raises:
            TemplateNotFound: another file is asked for.
        """
        if name != self._name:
            raise TemplateNotFound(name)
        return self._source


class FormLanguage(TemplateLanguage):
    """The language of templates with values' surroundings escaped, and a filter that puts pictures.

    Attributes:
        pictures: the picture and its width for each number that was printed.
    """

    def __init__(
        self,
        name: str,
        source: str,
        display: str,
        store: TokenStore,
        pictures: Mapping[str, Picture],
        printed: "list[tuple[Picture, Twips]]",
    ) -> None:
        """Make the language ready for one part.

        Args:
            name: of the part.
            source: its text with tags.
            display: the form as messages name it.
            store: where values are left.
            pictures: the input's pictures by their path.
            printed: where pictures that are printed are left.
        """
        super().__init__(_PartLoader(name, source, display))
        self.name = name
        self.autoescape = True  # values are tokens, but a tag may print text of its own, such as {{ "A&B" }}
        self.trim_blocks = self.lstrip_blocks = False
        self._store = store
        self._known = pictures
        self.pictures = printed
        self.filters["图片"] = self.filters["picture"] = self._picture

    def _picture(self, value: Any, width: object = None) -> PictureValue:
        """Return a picture of the input in a width such as "30mm"."""
        if isinstance(value, MissingValue):
            str(value)  # raises what printing it would
        picture = self._known.get(value.text) if isinstance(value, TextValue) else None
        if picture is None:
            raise ValueUseError(
                "KD427",
                message("The filter “{name}” can only be put on a picture of the input.", name="图片"),
                message("Write, for instance, {example}.", example='{{ 落款.印章.图片|图片("40mm") }}'),
            )
        self.pictures.append((picture, _width(width)))
        return PictureValue(self._store, picture.path, len(self.pictures) - 1)

    def printed(self, names: Mapping[str, Value]) -> str:
        """Return what the part prints, values as tokens.

        Raises:
            TemplateError: KD404 to KD410 and KD427, with the line of the source.
            InputError: an input's text asks for what is not there.
        """
        return render(self, self.name, names)

    def problems(self, source: str, names: Mapping[str, Value]) -> list[Problem]:
        """Return every tag that names what is not there, without printing anything.

        Raises:
            TemplateError: KD404, the first error of syntax.
        """
        compile_template(self, self.name, tuple(names))
        tree = self.parse(source)
        loader = self.loader
        assert isinstance(loader, FolderLoader)
        found = _unknown_names(tree, names)
        found += [
            (node.lineno, Problem(error.code, error.what, hint=error.hint))
            for node, error in _unusable(self, tree, names)
        ]
        return [
            Problem(problem.code, problem.what, loader.place(self.name, line), problem.hint)
            for line, problem in found
        ]


def evaluated(language: FormLanguage, expression: str, names: Mapping[str, Value]) -> Value | None:
    """Return the value of a name with parts, items by number and filters, or None when it is none.

    Raises:
        ValueUseError: the first name is known, the rest of it is not.
    """
    try:
        tree = language.parse("{{ " + expression + " }}")
    except Exception:  # any text may be the name of a field; one that is no expression names nothing
        return None
    output = tree.body[0] if len(tree.body) == 1 else None
    node = output.nodes[0] if isinstance(output, nodes.Output) and len(output.nodes) == 1 else None
    if node is None or not _is_reference(node):
        return None
    root = next(node.find_all(nodes.Name), None) if not isinstance(node, nodes.Name) else node
    if root is None or root.name not in names:
        return None
    try:
        value = _value(language, node, names)
    except (TypeError, ValueError, ArithmeticError):  # a filter that was given what it cannot take
        return None
    return value if isinstance(value, Value) else None


def _is_reference(node: nodes.Node) -> bool:
    match node:
        case nodes.Name():
            return True
        case nodes.Getattr():
            return _is_reference(node.node)
        case nodes.Getitem(arg=nodes.Const()):
            return _is_reference(node.node)
        case nodes.Filter(kwargs=[], dyn_args=None, dyn_kwargs=None):
            constants = all(isinstance(one, nodes.Const | nodes.Name) for one in node.args)
            return node.node is not None and constants and _is_reference(node.node)
    return False


def _value(language: FormLanguage, node: nodes.Node | None, names: Mapping[str, Value]) -> Any:
    """Return the value of a reference whose first name is known."""
    match node:
        case nodes.Name():
            return names[node.name]
        case nodes.Getattr():
            return language.getattr(_value(language, node.node, names), node.attr)
        case nodes.Getitem(arg=nodes.Const(value=index)):
            return language.getitem(_value(language, node.node, names), index)
        case nodes.Filter():
            if node.name not in language.filters:
                raise ValueUseError("KD312", message("There is no filter “{name}”.", name=node.name))
            arguments = [
                one.value if isinstance(one, nodes.Const) else names.get(getattr(one, "name", ""))
                for one in node.args
            ]
            return language.filters[node.name](_value(language, node.node, names), *arguments)
    raise TypeError(node)


def _unknown_names(tree: nodes.Template, names: Mapping[str, Value]) -> list[tuple[int, Problem]]:
    asked = {
        name.name
        for node in tree.find_all((nodes.Test, nodes.Filter))
        if node.name in ("defined", "undefined", "default", "d")
        for name in node.find_all(nodes.Name)
    }
    unknown = meta.find_undeclared_variables(tree) - set(names) - asked
    found = []
    for node in tree.find_all(nodes.Name):
        if node.name in unknown and node.ctx == "load":
            near = nearest(node.name, names)
            hint = (
                message("Did you mean “{near}”?", near=near)
                if near
                else message("If it may be missing, ask first: {{% if {name} is defined %}}.", name=node.name)
            )
            what = message("The input has no value “{name}”.", name=node.name)
            found.append((node.lineno, Problem("KD405", what, hint=hint)))
    return found


def _unusable(
    language: FormLanguage, tree: nodes.Template, names: Mapping[str, Value]
) -> Iterator[tuple[nodes.Node, ValueUseError]]:
    """Yield chains of known names that have no such part, and what is printed always and is not given."""
    own = {node.name for node in tree.find_all(nodes.Name) if node.ctx != "load"}
    known = {name: value for name, value in names.items() if name not in own}
    known |= _loop_names(language, tree, known)
    chains = list(tree.find_all(nodes.Getattr))
    inner = {id(node.node) for node in chains}
    broken: set[int] = set()
    for node in chains:
        if id(node) not in inner and _is_known_chain(node, known):
            try:
                _value(language, node, known)
            except ValueUseError as error:
                broken.add(id(node))
                yield node, error
    always = [one for output in tree.body if isinstance(output, nodes.Output) for one in output.nodes]
    for one in always:
        if id(one) not in broken and _is_known_chain(one, known):
            value = _value(language, one, known)
            if isinstance(value, MissingValue):
                try:
                    value.inlines()
                except ValueUseError as error:
                    yield one, error


def _loop_names(language: FormLanguage, tree: nodes.Template, known: Mapping[str, Value]) -> dict[str, Value]:
    """Return names of loops with the first value that each takes, to look into what its tags ask of it."""
    found: dict[str, Value] = {}
    stored = [node.name for node in tree.find_all(nodes.Name) if node.ctx != "load"]
    for loop in tree.find_all(nodes.For):
        target = loop.target
        if not isinstance(target, nodes.Name) or stored.count(target.name) > 1:
            continue
        seen = {**known, **found}
        if _is_known_chain(loop.iter, seen):
            try:
                values = _value(language, loop.iter, seen)
                first = next(iter(values), None)
            except (ValueUseError, TypeError):
                continue
            if isinstance(first, Value):
                found[target.name] = first
    return found


def _is_known_chain(node: nodes.Node, names: Mapping[str, Value]) -> bool:
    while isinstance(node, nodes.Getattr):
        node = node.node
    return isinstance(node, nodes.Name) and node.name in names


def _width(value: object) -> Twips:
    if value is None:
        return DEFAULT_PICTURE_WIDTH
    try:
        width = parse_length(str(value))
    except ValueError:
        width = Twips(0)
    if not _PICTURE_WIDTHS[0] <= width <= _PICTURE_WIDTHS[1]:
        raise ValueUseError(
            "KD427",
            message("“{width}” is no width of a picture.", width=str(value)[:20]),
            message("Write, for instance, {example}.", example='{{ 落款.印章.图片|图片("40mm") }}'),
        )
    return width
