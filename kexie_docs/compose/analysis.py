"""What a template uses and needs, read off its text without any input: for `template show` and `check`."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field

from jinja2 import nodes
from jinja2.exceptions import TemplateNotFound

from kexie_docs.compose.environment import TemplateLanguage, compile_template, follow_extends
from kexie_docs.compose.kinds import ANY, Kind, Sort, figure, names_of_input
from kexie_docs.compose.loader import OFFICIAL, FolderLoader, UnreadableTemplateError
from kexie_docs.compose.templates import CONTENT, TemplateFolder
from kexie_docs.errors import Message, Place, Problem, Severity, TemplateError, message
from kexie_docs.figures.filters import FILTERS
from kexie_docs.frozen import dataclass
from kexie_docs.model.nearest import nearest

_STYLE = re.compile(r"^\s*:::[ \t]*([^\s{}]+)[ \t]*$|\]\{\.([^{}\s]+)\}")
_DEPTH = 30
_TOLD_WHERE_THEY_STAND = (
    message("There is no filter “{name}”.", name="").text,
    message("There is no test “{name}”.", name="").text,
)


@dataclass(slots=True)
class Findings:
    """What was read off a template.

    Attributes:
        uses: paths of the input's values, in the order of their first use, each with its place.
        needs: those that are printed without asking whether the input gives them.
        metrics: names that are no value of every input, so that they have to be metrics.
        styles: names of styles, each with its place.
        blocks: names of the blocks that another template may put its own text in.
        files: files that were read, as messages name them.
        problems: what is wrong.
    """

    uses: dict[str, Place] = field(default_factory=dict)
    needs: dict[str, Place] = field(default_factory=dict)
    metrics: dict[str, Place] = field(default_factory=dict)
    styles: dict[str, Place] = field(default_factory=dict)
    blocks: list[str] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def analyse(folder: TemplateFolder) -> Findings:
    """Return what a template uses and needs, and what can be seen to be wrong in its content."""
    language = TemplateLanguage(FolderLoader(folder))
    findings = Findings()
    try:
        follow_extends(language, CONTENT)
        _Reader(language, folder, findings).file(CONTENT, {}, frozenset(), frozenset(), Place())
    except TemplateError as error:
        findings.problems += error.problems
    return findings


class _Reader:
    """Walks the parsed files of one template."""

    def __init__(self, language: TemplateLanguage, folder: TemplateFolder, findings: Findings) -> None:
        assert isinstance(language.loader, FolderLoader)
        self._language = language
        self._loader = language.loader
        self._findings = findings
        self._defaults = folder.defaults
        self._reading: list[str] = []
        self._told: set[tuple[str, int | None, str]] = set()

    def file(
        self,
        name: str,
        scope: Mapping[str, Kind],
        given: frozenset[str],
        replaced: frozenset[str],
        asked: Place,
    ) -> None:
        """Read one file.

        Args:
            name: as the loader calls it.
            scope: names that the file which takes it in has set.
            given: paths that are known to be given.
            replaced: blocks in whose place another file's stand.
            asked: place of the statement that names it.
        """
        if name in self._reading or len(self._reading) > _DEPTH:
            return  # rendering tells of a file that takes itself in
        try:
            source = self._loader.read(name)
        except TemplateNotFound:
            what = message("There is no file “{name}” in the template's folder.", name=name)
            hint = message("A template can only take in files of its own folder.")
            self._problem("KD407", what, asked, hint)
            return
        except UnreadableTemplateError as error:
            self._problem("KD407", error.what, asked if asked.file else self._loader.place(name), error.hint)
            return
        place = self._loader.place(name)
        shipped = name.startswith(OFFICIAL)
        if str(place.file) not in self._findings.files and not shipped:
            self._findings.files.append(str(place.file))
        try:
            compile_template(self._language, name)
        except TemplateError as error:
            # A filter that is not there is told below, wherever it stands; of the syntax one thing at a time.
            if not all(problem.what.text in _TOLD_WHERE_THEY_STAND for problem in error.problems):
                self._findings.problems += error.problems
                return
        self._reading.append(name)
        tree = self._language.parse(source)
        if not shipped:
            for style, line in _styles(self._language, source):
                self._findings.styles.setdefault(style, self._loader.place(name, line))
        extends = next(tree.find_all(nodes.Extends), None)
        own = {block.name for block in tree.find_all(nodes.Block)}
        walk = _Walk(self, name, dict(scope), given, replaced)
        if extends is None:
            self._findings.blocks += [
                block.name for block in tree.find_all(nodes.Block) if block.name not in self._findings.blocks
            ]
            walk.all(tree.body)
        else:
            self._outside(tree.body, name)
            walk.all(each for each in tree.body if not isinstance(each, nodes.Output | nodes.Extends))
            self.taken_in(extends.template, name, {}, given, replaced | own, extends.lineno)
        self._reading.pop()

    def taken_in(
        self,
        template: nodes.Expr,
        asking: str,
        scope: Mapping[str, Kind],
        given: frozenset[str],
        replaced: frozenset[str],
        line: int,
    ) -> None:
        """Read a file that another one names."""
        if isinstance(template, nodes.Const) and isinstance(template.value, str):
            name = self._loader.full_name(template.value, asking)
            self.file(name, scope, given, replaced, self._loader.place(asking, line))

    def _outside(self, body: Sequence[nodes.Node], name: str) -> None:
        """Tell of text outside the blocks of a template that extends another: nobody prints it."""
        for node in body:
            if not isinstance(node, nodes.Output):
                continue
            for child in node.nodes:
                text = child.data if isinstance(child, nodes.TemplateData) else "{{ }}"
                if text.strip():
                    lines = len(text) - len(text.lstrip("\n")) if isinstance(child, nodes.TemplateData) else 0
                    self._problem(
                        "KD417",
                        message("This stands outside the blocks, so it is not printed."),
                        self._loader.place(name, child.lineno + lines),
                        message(
                            "Put it into a block: {example}.", example="{% block 正文 %} … {% endblock %}"
                        ),
                        Severity.WARNING,
                    )
                    return

    def used(self, kind: Kind, name: str, line: int, *, printed: bool, given: frozenset[str]) -> None:
        """Note that a value is used, and that it has to be there when it is printed unasked."""
        if not kind.path:
            return
        place = self._loader.place(name, line)
        self._findings.uses.setdefault(kind.path, place)
        if printed and kind.optional and not _is_given(kind.path, given):
            self._findings.needs.setdefault(kind.path, place)

    def unknown_name(self, name: str, file: str, line: int) -> Kind:
        """Note a name that is no value of every input: it has to be a metric."""
        self._findings.metrics.setdefault(name, self._loader.place(file, line))
        return figure(f"指标.{name}")

    def unknown_part(self, owner: Kind, part: str, file: str, line: int) -> None:
        """Tell of a part that there is not."""
        near = nearest(part, owner.names())
        known = [name for name in owner.names() if not name.isascii()]
        hint = (
            message("Did you mean “{near}”?", near=near)
            if near
            else message("It has: {names}.", names="、".join(known))
            if known
            else None
        )
        what = message("“{owner}” has no part “{name}”.", owner=owner.path or "…", name=part)
        self._problem("KD405", what, self._loader.place(file, line), hint)

    def unknown_in_language(self, what: Message, name: str, known: Iterable[str], place: Place) -> None:
        """Tell of a filter or test that there is not."""
        near = nearest(name, [each for each in known if " " not in each])
        self._problem("KD404", what, place, message("Did you mean “{near}”?", near=near) if near else None)

    def default(self, name: str, file: str, line: int) -> None:
        """Tell of a text of template.toml that there is not."""
        near = nearest(name, list(self._defaults))
        self._problem(
            "KD405",
            message("“{owner}” has no part “{name}”.", owner="默认", name=name),
            self._loader.place(file, line),
            message("Did you mean “{near}”?", near=near)
            if near
            else message(
                "Give it in template.toml, under {table}, or write {extends} there.",
                table="[defaults]",
                extends='extends = "…"',
            ),
        )

    def has_default(self, name: str) -> bool:
        """Return whether template.toml gives a text of the name."""
        return name in self._defaults

    def place(self, file: str, line: int) -> Place:
        """Return a line of a file."""
        return self._loader.place(file, line)

    @property
    def language(self) -> TemplateLanguage:
        """The language that the files are written in."""
        return self._language

    def _problem(
        self,
        code: str,
        what: Message,
        place: Place,
        hint: Message | None,
        severity: Severity = Severity.ERROR,
    ) -> None:
        key = (str(place.file), place.line, str(what))
        if key not in self._told:
            self._told.add(key)
            self._findings.problems.append(Problem(code, what, place, hint, severity))


class _Walk:
    """Goes through the statements of one file with the names that are set at each."""

    def __init__(
        self,
        reader: _Reader,
        file: str,
        scope: dict[str, Kind],
        given: frozenset[str],
        replaced: frozenset[str],
    ) -> None:
        self._reader = reader
        self._file = file
        self._scope = scope
        self._given = given
        self._replaced = replaced

    def _inner(self, more: Mapping[str, Kind], given: Iterable[str] = ()) -> "_Walk":
        scope = {**self._scope, **more}
        return _Walk(self._reader, self._file, scope, self._given.union(given), self._replaced)

    def all(self, body: Iterable[nodes.Node]) -> None:
        """Go through statements in order."""
        for node in body:
            self._statement(node)

    def _statement(self, node: nodes.Node) -> None:
        match node:
            case nodes.Output():
                for child in node.nodes:
                    self.kind(child, printed=True)
            case nodes.For():
                items = self.kind(node.iter)
                inner = self._inner(_targets(node.target, _item(items)) | {"loop": ANY})
                if node.test is not None:
                    inner.kind(node.test)
                    inner = inner._inner({}, inner.asked(node.test))
                inner.all(node.body)
                self.all(node.else_)
            case nodes.If():
                self.kind(node.test)
                inner = self._inner({}, self.asked(node.test))
                inner.all([*node.body, *node.elif_, *node.else_])
            case nodes.Assign():
                self._scope.update(_targets(node.target, self.kind(node.node)))
            case nodes.AssignBlock():
                self._scope.update(_targets(node.target, ANY))
                self._inner({}).all(node.body)
            case nodes.Macro():
                self._scope[node.name] = ANY
                names = {argument.name: ANY for argument in node.args}
                for default in node.defaults:
                    self.kind(default)
                self._inner(names | {"caller": ANY, "varargs": ANY, "kwargs": ANY}).all(node.body)
            case nodes.CallBlock():
                self.kind(node.call)
                self._inner({argument.name: ANY for argument in node.args}).all(node.body)
            case nodes.With():
                values = [self.kind(value) for value in node.values]
                names = {}
                for target, value in zip(node.targets, values, strict=True):
                    names |= _targets(target, value)
                self._inner(names).all(node.body)
            case nodes.Block():
                if node.name not in self._replaced:
                    self._inner({"super": ANY, "self": ANY}).all(node.body)
            case nodes.Include():
                self._reader.taken_in(
                    node.template, self._file, self._scope, self._given, self._replaced, node.lineno
                )
            case nodes.Import():
                self._scope[node.target] = ANY
                self._reader.taken_in(node.template, self._file, {}, self._given, self._replaced, node.lineno)
            case nodes.FromImport():
                for name in node.names:
                    self._scope[name if isinstance(name, str) else name[1]] = ANY
                self._reader.taken_in(node.template, self._file, {}, self._given, self._replaced, node.lineno)
            case nodes.ExprStmt():
                self.kind(node.node)
            case _:
                self._inner({}).all(node.iter_child_nodes())

    def kind(self, node: nodes.Node, *, printed: bool = False, known: bool = False) -> Kind:
        """Return the kind of an expression's value.

        Args:
            node: the expression.
            printed: whether it is printed.
            known: whether a name that is not there is no fault here, as in ``is defined``.
        """
        match node:
            case nodes.TemplateData() | nodes.Const():
                return ANY
            case nodes.Name():
                found = self._name(node, known=known)
            case nodes.Getattr():
                found = self._part(node.node, node.attr, node.lineno, known=known)
            case nodes.Getitem(arg=nodes.Const(value=str() as name)):
                found = self._part(node.node, name, node.lineno, known=known)
            case nodes.Getitem():
                self.kind(node.arg)
                return _item(self.kind(node.node, known=known))
            case nodes.Filter():
                return self._filter(node, printed=printed)
            case nodes.Test():
                return self._test(node)
            case nodes.CondExpr():
                self.kind(node.test)
                inner = self._inner({}, self.asked(node.test))
                found = inner.kind(node.expr1, printed=printed)
                if node.expr2 is not None:
                    inner.kind(node.expr2, printed=printed)
                return found
            case nodes.Or():
                self.kind(node.left)
                return self.kind(node.right, printed=printed)
            case nodes.And():
                self.kind(node.left)
                return self._inner({}, self.asked(node.left)).kind(node.right, printed=printed)
            case nodes.Concat():
                for child in node.nodes:
                    self.kind(child, printed=printed)
                return ANY
            case _:
                for other in node.iter_child_nodes():
                    self.kind(other)
                return ANY
        self._reader.used(found, self._file, node.lineno, printed=printed, given=self._given)
        return found

    def _name(self, node: nodes.Name, *, known: bool) -> Kind:
        if node.name in self._scope:
            return self._scope[node.name]
        if node.name in names_of_input():
            return names_of_input()[node.name]
        if node.name in ("默认", "defaults", "self", "loop", "caller", "super") or known:
            return ANY
        if f"指标.{node.name}" in self._given:
            return figure(f"指标.{node.name}")
        return self._reader.unknown_name(node.name, self._file, node.lineno)

    def _part(self, owner: nodes.Expr, name: str, line: int, *, known: bool) -> Kind:
        if isinstance(owner, nodes.Name) and owner.name in ("默认", "defaults"):
            if not self._reader.has_default(name) and not known:
                self._reader.default(name, self._file, line)
            return ANY
        kind = self.kind(owner, known=known)
        part = kind.of(name)
        if part is None and not kind.has_any_part() and not known:
            self._reader.unknown_part(kind, name, self._file, line)
        return part or ANY

    def _filter(self, node: nodes.Filter, *, printed: bool) -> Kind:
        filters = self._reader.language.filters
        if node.name not in filters:
            what = message("There is no filter “{name}”.", name=node.name)
            place = self._reader.place(self._file, node.lineno)
            self._reader.unknown_in_language(what, node.name, filters, place)
        for argument in node.args:
            self.kind(argument)
        if node.node is None:
            return ANY
        softened = node.name in ("default", "d")
        inner = self.kind(node.node, printed=printed and not softened, known=softened)
        if node.name in FILTERS and inner.sort is Sort.FIGURE:
            return figure("")
        if node.name in ("default", "d", "list", "reverse", "select", "reject", "selectattr", "rejectattr"):
            return inner
        return _item(inner) if node.name in ("first", "last") else ANY

    def _test(self, node: nodes.Test) -> Kind:
        tests = self._reader.language.tests
        if node.name not in tests:
            what = message("There is no test “{name}”.", name=node.name)
            place = self._reader.place(self._file, node.lineno)
            self._reader.unknown_in_language(what, node.name, tests, place)
        self.kind(node.node, known=node.name in ("defined", "undefined"))
        for argument in node.args:
            self.kind(argument)
        return ANY

    def asked(self, test: nodes.Node) -> Iterator[str]:
        """Yield the paths of the values that a condition asks about."""
        for each in [test, *test.find_all((nodes.Name, nodes.Getattr))]:
            if isinstance(each, nodes.Name | nodes.Getattr) and (path := self._path(each)):
                yield path

    def _path(self, node: nodes.Node) -> str:
        """Return the path of a value, telling of nothing; "" where it has none."""
        if isinstance(node, nodes.Name):
            kind = self._scope.get(node.name) or names_of_input().get(node.name)
            return f"指标.{node.name}" if kind is None else kind.path
        if isinstance(node, nodes.Getattr):
            kind = self._kind_quietly(node)
            return "" if kind is None else kind.path
        return ""

    def _kind_quietly(self, node: nodes.Node) -> Kind | None:
        if isinstance(node, nodes.Name):
            return self._scope.get(node.name) or names_of_input().get(node.name)
        if isinstance(node, nodes.Getattr):
            owner = self._kind_quietly(node.node)
            return None if owner is None else owner.of(node.attr)
        return None


def _item(kind: Kind) -> Kind:
    """Return the kind of the items that a loop over a value gives."""
    if kind.sort is Sort.METRICS:
        return figure("")
    return kind.item or ANY


def _targets(target: nodes.Node, kind: Kind) -> dict[str, Kind]:
    if isinstance(target, nodes.Name):
        return {target.name: kind}
    return {name.name: ANY for name in target.find_all(nodes.Name)}


def _is_given(path: str, given: frozenset[str]) -> bool:
    return any(path == one or path.startswith(f"{one}.") or one.startswith(f"{path}.") for one in given)


def _styles(language: TemplateLanguage, source: str) -> Iterator[tuple[str, int]]:
    """Yield the styles that a template's text names, with their lines."""
    for line, kind, text in language.lexer.tokeniter(source, None):
        if kind != "data":
            continue
        for number, each in enumerate(text.split("\n"), line):
            for match in _STYLE.finditer(each):
                yield match[1] or match[2], number
