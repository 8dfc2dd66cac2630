"""The statements of a template file in order: what each uses, and which names are set there."""

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from jinja2 import nodes

from kexie_docs.compose.kinds import ANY, Kind, Sort, figure, names_of_input
from kexie_docs.errors import message
from kexie_docs.figures.filters import FILTERS

if TYPE_CHECKING:
    from kexie_docs.compose.analysis import Reader


class Walk:
    """Goes through the statements of one file with the names that are set at each."""

    def __init__(
        self,
        reader: "Reader",
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

    def _inner(self, more: Mapping[str, Kind], given: Iterable[str] = ()) -> "Walk":
        scope = {**self._scope, **more}
        return Walk(self._reader, self._file, scope, self._given.union(given), self._replaced)

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
