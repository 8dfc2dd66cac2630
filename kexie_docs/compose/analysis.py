"""What a template uses and needs, read off its text without any input: for `template show` and `check`."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field

from jinja2 import nodes
from jinja2.exceptions import TemplateNotFound

from kexie_docs.compose.environment import TemplateLanguage, compile_template, follow_extends
from kexie_docs.compose.kinds import Kind, figure
from kexie_docs.compose.loader import OFFICIAL, FolderLoader, UnreadableTemplateError
from kexie_docs.compose.template_walk import Walk
from kexie_docs.compose.templates import CONTENT, TemplateFolder
from kexie_docs.errors import Message, Place, Problem, Severity, TemplateError, message
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
        Reader(language, folder, findings).file(CONTENT, {}, frozenset(), frozenset(), Place())
    except TemplateError as error:
        findings.problems += error.problems
    return findings


class Reader:
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
        walk = Walk(self, name, dict(scope), given, replaced)
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
