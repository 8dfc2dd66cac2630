"""YAML: one pass over the parser's events to plain data with places; every scalar stays text.

Of YAML an input uses maps, lists and text. Anchors, aliases, tags and merge keys are refused: they can make a
small file very large, or change a value without a sign of it. A value that is left out, ``~`` or ``null``
(unquoted) counts as not given; every other scalar is text, also ``no``, ``0936`` and ``12:30``.
"""

import re
from dataclasses import field
from typing import Any

import yaml

from kexie_docs.errors import InputError, Problem, Severity, message
from kexie_docs.frozen import dataclass
from kexie_docs.model.characters import shown
from kexie_docs.model.limits import DEPTH, NODES, PROBLEMS
from kexie_docs.model.plain import FieldPath, Plain, path_text
from kexie_docs.readers.parsed import Parsed, Span, Writing
from kexie_docs.readers.source import Source
from kexie_docs.readers.yaml_syntax import braces_problem, syntax_problem

# libyaml's parser where PyYAML was built with it: ten times as fast, the same events.
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_NULL = frozenset(("", "~", "null", "Null", "NULL"))
_WRITING = {"'": Writing.SINGLE_QUOTED, '"': Writing.DOUBLE_QUOTED, "|": Writing.BLOCK, ">": Writing.BLOCK}
_CUT = re.compile(r"[ \t]+#(?=[^\s#!])")


def parse_yaml(source: Source) -> Parsed:
    """Return the plain data of a YAML text, and the place of each value.

    Raises:
        InputError: the text is not YAML, or uses what inputs may not (KD110 to KD118, KD120); with every such
            problem that was found up to there.
    """
    builder = _Builder(source)
    try:
        for event in yaml.parse(source.text, Loader=_LOADER):
            builder.take(event)
            if builder.refused and len(builder.problems) >= PROBLEMS:
                break
    except yaml.MarkedYAMLError as error:
        problem = syntax_problem(source, error)
        # Braces in the place of a value were told already; what the parser made of them is no second problem.
        if not any(
            told.code == "KD113" and told.place.line in (problem.place.line, (problem.place.line or 0) - 1)
            for told in builder.problems
        ):
            builder.problems.append(problem)
        raise InputError(builder.problems) from None
    except yaml.YAMLError:
        builder.problems.append(source.problem("KD110", message("The file cannot be read as YAML"), offset=0))
        raise InputError(builder.problems) from None
    if builder.refused:
        raise InputError(builder.problems)
    if () not in builder.spans:
        raise InputError(
            source.problem(
                "KD105",
                message("The file holds no values, only comments"),
                message("Write the input, or begin with a starter file."),
                offset=0,
            )
        )
    return Parsed(source, builder.root, builder.spans, tuple(builder.problems))


@dataclass(slots=True)
class _Frame:
    """A list or map that is being read.

    Attributes:
        path: its path.
        container: what was read of it.
        start: offset of its beginning.
        key_offset: offset of its own key.
        key: key that waits for its value; None in a list and between values.
        key_start: offset of that key.
    """

    path: FieldPath
    container: "list[Plain] | dict[str, Plain]"
    start: int
    key_offset: int
    key: str | None = None
    key_start: int = 0


@dataclass(slots=True)
class _Builder:
    """Builds plain data from events; `refused` says that the data must not be used."""

    source: Source
    root: Plain = None
    spans: dict[FieldPath, Span] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    refused: bool = False
    frames: list[_Frame] = field(default_factory=list)
    documents: int = 0
    nodes: int = 0
    skipping: int = 0
    skipped_from: int = 0

    def take(self, event: Any) -> None:
        """Take the next event."""
        if isinstance(event, yaml.ScalarEvent):
            self._check_node(event)
            if not self.skipping:
                self._scalar(event)
        elif isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
            self._check_node(event)
            self._start(event)
        elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            self._end(event)
        elif isinstance(event, yaml.AliasEvent):
            self._refuse(
                event,
                "KD115",
                message("{mark} at the start of a value makes it an alias", mark="*"),
                message("Put the value in quotes, or write it out."),
            )
            if not self.skipping:
                self._place_value(None, event, Writing.PLAIN)
        elif isinstance(event, yaml.DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                self._refuse(
                    event,
                    "KD118",
                    message("A second document begins here"),
                    message("Delete the line {mark}; an input is one document.", mark="---"),
                )
                raise InputError(self.problems)

    def _refuse(self, event: Any, code: str, what: Any, hint: Any) -> None:
        self.refused = True
        self._tell(event.start_mark.index, code, what, hint)

    def _tell(
        self,
        offset: int,
        code: str,
        what: Any,
        hint: Any,
        severity: Severity = Severity.ERROR,
        key: str | None = None,
    ) -> None:
        path: FieldPath = ()
        if self.frames:
            frame = self.frames[-1]
            inner = key or frame.key
            path = frame.path if inner is None else (*frame.path, inner)
        self.problems.append(
            self.source.problem(
                code, what, hint, offset=offset, field=shown(path_text(path), 200), severity=severity
            )
        )

    def _check_node(self, event: Any) -> None:
        self.nodes += 1
        if self.nodes > NODES:
            self._refuse(
                event,
                "KD117",
                message("The file has more than {count} keys and values", count=NODES),
                message("Part it into several inputs."),
            )
            raise InputError(self.problems)
        if event.anchor is not None:
            self._refuse(
                event,
                "KD115",
                message("{mark} at the start of a value makes it an anchor", mark="&"),
                message("Put the value in quotes."),
            )
        if event.tag is not None:
            self._refuse(
                event,
                "KD116",
                message("{mark} at the start of a value makes it a tag", mark="!"),
                message("Put the value in quotes."),
            )

    def _start(self, event: Any) -> None:
        if self.skipping:
            self.skipping += 1
            return
        start = event.start_mark.index
        if len(self.frames) >= DEPTH:
            self._refuse(
                event,
                "KD117",
                message("Lists and maps stand more than {depth} deep inside one another", depth=DEPTH),
                message("Check the brackets and the indentation."),
            )
            raise InputError(self.problems)
        if event.flow_style and self.source.text.startswith("{{", start):
            # {{name}} unquoted is a map inside a map to YAML.
            self.problems.append(braces_problem(self.source, start, shown(path_text(self._path()), 200)))
            self.skipping, self.skipped_from = 1, start
            return
        frame = self.frames[-1] if self.frames else None
        if frame is not None and isinstance(frame.container, dict) and frame.key is None:
            self._refuse(
                event,
                "KD120",
                message("A list or map stands where a key is expected"),
                message("A key is text; put it in quotes if it begins with a bracket."),
            )
            raise InputError(self.problems)
        container: list[Plain] | dict[str, Plain] = {} if isinstance(event, yaml.MappingStartEvent) else []
        path = self._path()
        key_offset = frame.key_start if frame is not None and frame.key is not None else start
        self.frames.append(_Frame(path, container, start, key_offset))

    def _end(self, event: Any) -> None:
        end = event.end_mark.index
        if self.skipping:
            self.skipping -= 1
            if not self.skipping:
                text = self.source.text[self.skipped_from : end]
                self._put(text, Span(self.skipped_from, end, self.skipped_from, Writing.PLAIN))
            return
        frame = self.frames.pop()
        self._put(frame.container, Span(frame.start, end, frame.key_offset, Writing.COLLECTION))

    def _scalar(self, event: Any) -> None:
        frame = self.frames[-1] if self.frames else None
        if frame is not None and isinstance(frame.container, dict) and frame.key is None:
            self._key(frame, event)
            return
        writing = _WRITING.get(event.style or "", Writing.PLAIN)
        value: str | None = event.value
        if writing is Writing.PLAIN:
            if value in _NULL:
                value = None
            self._warn_of_cut(event)
        self._place_value(value, event, writing)

    def _key(self, frame: _Frame, event: Any) -> None:
        key, start = event.value, event.start_mark.index
        if key == "<<" and not event.style:
            self._refuse(
                event,
                "KD115",
                message("{mark} merges another map into this one", mark="<<"),
                message("Write the values out."),
            )
        frame.key, frame.key_start = key, start
        if isinstance(frame.container, dict) and key in frame.container:
            first = self.source.place(self.spans[(*frame.path, key)].key)
            self._tell(
                start,
                "KD119",
                message(
                    "{key} is given twice; the first time in line {line}",
                    key=shown(key),
                    line=first.line or 0,
                ),
                message("Keep one of the two."),
            )

    def _warn_of_cut(self, event: Any) -> None:
        """Warn of `` #`` inside what was meant as one value; a comment usually has a space after its mark."""
        cut = _CUT.match(self.source.text, event.end_mark.index)
        if cut is not None and event.value:
            self._tell(
                cut.end() - 1,
                "KD121",
                message("The value ends before {mark}; the rest of the line is a comment", mark="#"),
                message(
                    "Put the value in quotes if the rest belongs to it; or a space after {mark}.", mark="#"
                ),
                Severity.WARNING,
            )

    def _path(self) -> FieldPath:
        """Return the path of the value that comes next."""
        if not self.frames:
            return ()
        frame = self.frames[-1]
        if isinstance(frame.container, list):
            return (*frame.path, len(frame.container))
        return frame.path if frame.key is None else (*frame.path, frame.key)

    def _place_value(self, value: str | None, event: Any, writing: Writing) -> None:
        start = event.start_mark.index
        self._put(value, Span(start, event.end_mark.index, start, writing))

    def _put(self, value: Plain, span: Span) -> None:
        """Put a value where it belongs, and remember where it stands."""
        path = self._path()
        if not self.frames:
            self.root = value
            self.spans[path] = span
            return
        frame = self.frames[-1]
        if isinstance(frame.container, list):
            self.spans.setdefault(path, span)
            frame.container.append(value)
            return
        if frame.key is None:
            return
        # Of a key that is given twice the first value stays, and its place.
        self.spans.setdefault(path, Span(span.start, span.end, frame.key_start, span.writing))
        frame.container.setdefault(frame.key, value)
        frame.key = None
