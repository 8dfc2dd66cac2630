"""What an input answers to a form: its names, its pictures, and the text that each value prints."""

import re
from collections.abc import Iterator, Mapping
from functools import cached_property

from kexie_docs.compose.blocks import MarkupError, Styles, read_blocks
from kexie_docs.compose.form_language import FormNamespace
from kexie_docs.compose.tokens import CLOSE, OPEN, Passage, TokenStore
from kexie_docs.compose.values import ProseValue, Value
from kexie_docs.doctree.nodes import Heading, Paragraph
from kexie_docs.doctree.walk import inline_text
from kexie_docs.errors import InputError, Place, Problem, TemplateError, message
from kexie_docs.model.official import Picture
from kexie_docs.model.report import Part, Report
from kexie_docs.readers.reader import LoadedReport

_TOKEN = re.compile(f"{OPEN}([0-9]+){CLOSE}")
_ONLY_TEXT = message("A form takes paragraphs and headings only, no tables or pictures.")
_STYLES = Styles(frozenset(("body",)), frozenset(("emphasis", "strong")))


class Answers:
    """One input, ready to be asked by the tags or fields of a form.

    Attributes:
        report: the input.
        names: every name that may be asked for.
    """

    def __init__(self, loaded: LoadedReport) -> None:
        self.report: Report = loaded.report
        self._loaded = loaded
        self._namespace = FormNamespace(loaded.report, {}, loaded.place)
        self.names: Mapping[str, Value] = self._namespace.names()

    @property
    def store(self) -> TokenStore:
        """Where printed values are left."""
        return self._namespace.store

    @cached_property
    def pictures(self) -> Mapping[str, Picture]:
        """The input's pictures by their path."""
        return {picture.path: picture for picture in _pictures(self.report) if picture.data}

    @property
    def title(self) -> str:
        """The input's title on one line; "" when it gives none."""
        title = self.names["标题"]
        return "".join(self.lines(title)) if isinstance(title, ProseValue) else ""

    def lines(self, value: Value) -> tuple[str, ...]:
        """Return the paragraphs that a value prints.

        Raises:
            ValueUseError: it cannot be printed.
            InputError: its Markdown holds more than paragraphs and headings.
        """
        printed = str(value)
        texts = self.texts("")
        return tuple(
            line for paragraph in printed.strip("\n").split("\n\n") for line in _lines(paragraph, texts)
        )

    def texts(self, form: str) -> list[tuple[str, ...]]:
        """Return what each token so far prints, a text for each paragraph.

        Args:
            form: as messages name it.

        Raises:
            InputError: KD425, a passage of Markdown holds more than paragraphs and headings.
            TemplateError: KD425, so does what a tag makes.
        """
        return [self._text(content, form) for content in list(self.store.contents)]

    def _text(self, content: object, form: str) -> tuple[str, ...]:
        if isinstance(content, Passage):
            return self._passage(content)
        if not isinstance(content, tuple):
            raise TemplateError(
                Problem("KD425", _ONLY_TEXT, Place(form), message("Take the tag out of the form."))
            )
        return (inline_text(content),)

    def flat(self, text: str, form: str) -> str:
        """Return printed text with its tokens replaced, on one line."""
        texts = self.texts(form)
        return _TOKEN.sub(lambda match: " ".join(texts[int(match[1])]), text).replace("\n", " ").strip()

    def _passage(self, passage: Passage) -> tuple[str, ...]:
        number = self.store.contents.index(passage)
        try:
            blocks = read_blocks(f"{OPEN}{number}{CLOSE}", self.store, _STYLES)
        except MarkupError as error:
            place = self._loaded.place(passage.field)
            raise InputError(Problem(error.error.code, error.error.what, place, error.error.hint)) from None
        for block in blocks:
            if not isinstance(block, Paragraph | Heading):
                raise InputError(
                    Problem(
                        "KD425",
                        _ONLY_TEXT,
                        self._loaded.place(passage.field),
                        message("Take the tag out of the form, or build the document with a template."),
                    )
                )
        return tuple(inline_text(block.inlines) for block in blocks if isinstance(block, Paragraph | Heading))


def _lines(paragraph: str, texts: list[tuple[str, ...]]) -> Iterator[str]:
    """Yield the lines of printed text in which tokens may stand."""
    whole = _TOKEN.fullmatch(paragraph.strip("\n"))
    if whole is not None:
        yield from texts[int(whole[1])]
    else:
        yield _TOKEN.sub(lambda match: "".join(texts[int(match[1])]), paragraph)


def _pictures(value: object) -> Iterator[Picture]:
    """Yield every picture of a part of the input."""
    match value:
        case Picture():
            yield value
        case Part():
            for name in type(value).model_fields:
                yield from _pictures(getattr(value, name))
        case list() | tuple():
            for item in value:
                yield from _pictures(item)
        case dict():
            for item in value.values():
                yield from _pictures(item)
