"""The values of an input by the paths that a traced document names: texts, places, metrics."""

from collections.abc import Iterator

from kexie_docs.doctree.nodes import Figure
from kexie_docs.errors import Place
from kexie_docs.model.facts import gather_facts
from kexie_docs.model.fields import FieldInfo, Shape, fields_of, spelled_path
from kexie_docs.model.names import metric_parts
from kexie_docs.model.plain import FieldPath, parse_path, value_at
from kexie_docs.model.report import Part, Report
from kexie_docs.readers.parsed import Parsed
from kexie_docs.readers.reader import LoadedReport

_SEVERAL_PARAGRAPHS = frozenset(("opening", "problems", "plans", "closing", "text", "lead", "body"))
"""English names of the fields that may hold more than one paragraph."""


EXACT = "|准确"
"""The filter that prints the exact number of a hedged figure."""

_SHORT = ("名称", "name")
"""Keys whose value may stand for the map that they are in."""

_FORMS = (EXACT, "|汉字")
"""Filters that print a figure otherwise, and work nothing out."""


class InputTexts:
    """One input, its values looked up by path."""

    def __init__(self, loaded: LoadedReport) -> None:
        self._parsed = loaded.parsed
        self._metrics = {metric.name: metric.path for metric in gather_facts(loaded.parsed.data).metrics}

    @property
    def parsed(self) -> Parsed:
        """The input's data and places."""
        return self._parsed

    def path(self, field: str) -> FieldPath | None:
        """Return the path of a value as the file spells it; None where it holds no such value."""
        spans = self._parsed.spans
        path = spelled_path(parse_path(field), spans)
        # One value may stand for a list, and a name for a map with nothing else in it.
        while path and path not in spans and (isinstance(path[-1], int) or path[-1] in _SHORT):
            path = path[:-1]
        return path if path in spans and path else None

    def text(self, field: str) -> str:
        """Return the text of a value as the file has it, references and all; "" where there is none."""
        path = self.path(field)
        value = None if path is None else value_at(self._parsed.data, path)
        return value if isinstance(value, str) else ""

    def _is_free(self, field: str) -> bool:
        """Return whether a field is one that its template names (附加)."""
        return parse_path(field)[:1] in (("附加",), ("extra",))

    def shift(self, field: str) -> int:
        """Return how many characters of the file's text the model drops at the beginning of a value."""
        text = self.text(field)
        info = self._info(field)
        prose = self._is_free(field) or (info is not None and info.shape in (Shape.PROSE, Shape.PROSES))
        return 0 if prose else len(text) - len(text.lstrip())

    def has_paragraphs(self, field: str) -> bool:
        """Return whether a value may hold several paragraphs."""
        info = self._info(field)
        return self._is_free(field) or (info is not None and info.name in _SEVERAL_PARAGRAPHS)

    def has_break_marks(self, field: str) -> bool:
        """Return whether ``|`` marks a line break in a value: titles of the document and of attachments."""
        path = parse_path(field)
        return path == ("标题",) or (path[:1] == ("附件",) and path[-1:] == ("标题",))

    def place(self, field: str, offset: int | None) -> Place:
        """Return the place of a value, or of a character in its text."""
        path = self.path(field)
        if path is None:
            return Place(field=field)
        return self._parsed.place(path, None if offset is None else offset + self.shift(field))

    def figure_path(self, figure: Figure) -> FieldPath | None:
        """Return the path of the value that a figure prints as it is given; None for one that is derived."""
        path = self._metrics.get(figure.metric)
        expression = figure.expression
        for form in _FORMS:
            expression = expression.removesuffix(form)
        name, *parts = expression.split(".")
        if path is None or figure.sources or "|" in expression or name != figure.metric:
            return None
        if not parts:
            return spelled_path(path, self._parsed.spans)
        alias = metric_parts().get(parts[0], parts[0])
        english = next(
            (key for key, value in metric_parts().items() if value == alias and key != alias), alias
        )
        found = ((*path, key, *parts[1:]) for key in (alias, english))
        return next((one for one in found if one in self._parsed.spans), None)

    def figure_place(self, figure: Figure) -> Place:
        """Return the place of a figure's metric, or of its part."""
        path = self.figure_path(figure) or self._metrics.get(figure.metric)
        return Place() if path is None else self._parsed.place(path)

    def _info(self, field: str) -> FieldInfo | None:
        """Return the field that a path ends at."""
        part: type[Part] | None = Report
        info: FieldInfo | None = None
        for step in _keys(parse_path(field)):
            info = None if part is None else fields_of(part).get(step)
            if info is None:
                return None
            part = info.part
        return info


def _keys(path: FieldPath) -> Iterator[str]:
    return (step for step in path if isinstance(step, str))
