"""A Word form filled from an input: its tags are the language of templates, its look is its author's."""

import posixpath
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from lxml import etree

from kexie_docs.compose.form_language import FormLanguage
from kexie_docs.compose.values import Value
from kexie_docs.errors import (
    InputError,
    OutputError,
    Place,
    Problem,
    TemplateError,
    message,
)
from kexie_docs.forms.answers import Answers
from kexie_docs.forms.word_package import WordPackage
from kexie_docs.forms.word_safety import field_refusals, refusals
from kexie_docs.forms.word_tags import (
    BrokenTagsError,
    PartSource,
    TooMuchError,
    has_tags,
    part_source,
    with_tables_mended,
)
from kexie_docs.forms.word_values import Printed, expected_text, put_values, stray_text, text_of
from kexie_docs.model.limits import PROBLEMS
from kexie_docs.model.official import Picture
from kexie_docs.readers.ooxml import Package, open_package
from kexie_docs.readers.ooxml_names import W
from kexie_docs.readers.reader import LoadedReport
from kexie_docs.units import Twips

if TYPE_CHECKING:
    from lxml.etree import _Element

_PARTS = frozenset(("header", "footer", "footnotes", "endnotes", "comments"))
"""Relationships of the document to parts whose text a reader sees."""

_DRAWING_ID = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_DC = "{http://purl.org/dc/elements/1.1/}"


def fill_word(form: Path, loaded: LoadedReport) -> bytes:
    """Return a Word form filled from an input.

    Args:
        form: a .docx or .dotx with ``{{ }}`` and ``{% %}`` tags.
        loaded: the input.

    Raises:
        TemplateError: KD14x the form cannot be read, KD420 it carries what a form may not, KD421 to KD427 and
            KD404 to KD410 its tags, each with its paragraph or cell.
        InputError: the input's text asks for what is not there.
        OutputError: KD607, a text of the input or the form is not whole in the filled file.
    """
    try:
        package = open_package(form, "docx")
        return _filled(package, Answers(loaded))
    except InputError as error:
        if any(problem.place.file != package_name(form) for problem in error.problems):
            raise  # the input's own
        raise TemplateError(error.problems) from None


def package_name(form: Path) -> str:
    """Return the form as messages name it."""
    return str(form)


def _refusal(problems: Sequence[Problem]) -> TemplateError:
    """Return the error of problems, each told once, and no more of them than anybody reads."""
    once = list(dict.fromkeys(problems))
    if len(once) > PROBLEMS:
        more = message("{count} more problems are not listed", count=len(once) - PROBLEMS)
        once[PROBLEMS:] = [Problem("KD209", more, once[PROBLEMS - 1].place)]
    return TemplateError(once)


def _filled(package: Package, answers: Answers) -> bytes:
    problems = list(dict.fromkeys(refusals(package)))
    roots = {name: package.xml(name) for name in _parts(package)}
    for root in roots.values():
        problems += field_refusals(root, package)
    if problems:
        raise _refusal(problems)
    sources: dict[str, PartSource] = {}
    for name, root in roots.items():
        if has_tags(root):
            _require_usual_prefix(root, package)
            try:
                sources[name] = part_source(root, etree.QName(root).localname, package.file)
            except BrokenTagsError as error:
                problems += error.problems
    if problems:
        raise TemplateError(problems)
    if not sources:
        raise TemplateError(
            Problem(
                "KD422",
                message("The form has no tags to fill."),
                Place(package.file),
                message("Write tags such as {example} where values belong.", example="{{ 标题 }}"),
            )
        )
    names = answers.names
    printed: list[tuple[Picture, Twips]] = []
    languages = {
        name: FormLanguage(name, source.text, package.file, answers.store, answers.pictures, printed)
        for name, source in sources.items()
    }
    title = _title(package, answers, printed)
    for name, source in sources.items():
        problems += _problems(languages[name], source, names, package.file)
    if problems:
        raise _refusal(problems)
    result = WordPackage(package)
    expected: dict[str, str] = {}
    for name, source in sources.items():
        xml = _printed(languages[name], source, names, package.file)
        root = _parsed(xml, source, package)
        texts = answers.texts(package.file)

        def drawing(number: int, part: str = name) -> "_Element":
            picture, width = printed[number]
            return result.drawing(part, picture, width)

        expected[name] = expected_text(xml, texts)
        put_values(root, Printed(texts, drawing))
        _tidy(root)
        result.set(name, root)
    for name, text in expected.items():
        if text_of(result.text(name)) != text:
            raise OutputError(
                Problem(
                    "KD607",
                    message("The filled form does not hold its text whole ({part}).", part=name),
                    Place(package.file),
                    message("Nothing was written. Please report it with the form."),
                )
            )
    report = answers.report
    issued = report.signature.issue_date if report.signature is not None else None
    result.set_properties(title, report.organization.full_name, "", issued)
    for name, root in _tidied(package, roots.keys() - expected.keys()):
        result.set(name, root)
    return result.finished()


def _parts(package: Package) -> Iterator[str]:
    """Yield the document's parts that hold text, the body first."""
    yield package.main
    found = {
        one.target
        for one in package.relationships(package.main).values()
        if one.type in _PARTS and not one.external and one.target in package.names
    }
    yield from sorted(found)


def _require_usual_prefix(root: "_Element", package: Package) -> None:
    """Refuse XML with other prefixes than Word's: docxtpl reads the text of the XML."""
    if root.nsmap.get("w") != W.strip("{}") or root.prefix != "w":
        raise TemplateError(
            Problem(
                "KD423",
                message("The form was saved in an unusual way, so that its tags cannot be read."),
                Place(package.file),
                message("Open it in Word, WPS or LibreOffice and save it again."),
            )
        )


def _problems(
    language: FormLanguage, source: PartSource, names: Mapping[str, Value], file: str
) -> list[Problem]:
    try:
        found = language.problems(source.text, names)
    except TemplateError as error:
        found = list(error.problems)
    return [_placed(problem, source, file) for problem in found]


def _printed(language: FormLanguage, source: PartSource, names: Mapping[str, Value], file: str) -> str:
    try:
        return source.whole(language.printed(names))
    except TooMuchError:
        what = message("The filled form would be too large.")
        hint = message("Look for a loop that goes round too often.")
        raise TemplateError(Problem("KD426", what, Place(file), hint)) from None
    except TemplateError as error:
        raise TemplateError([_placed(problem, source, file) for problem in error.problems]) from None


def _placed(problem: Problem, source: PartSource, file: str) -> Problem:
    """Return the problem of a line of the source as one of the paragraph or cell that the tag stands in."""
    tag = source.tags.get(problem.place.line or 0)
    return (
        Problem(problem.code, problem.what, Place(file), problem.hint)
        if tag is None
        else tag.in_place(problem, file)
    )


def _parsed(xml: str, source: PartSource, package: Package) -> "_Element":
    """Return the root of a printed part.

    Raises:
        TemplateError: KD424, its tags cut elements apart or print where no text can stand.
    """
    hint = message(
        "Let {open} and {close} stand in one paragraph; to repeat whole paragraphs, rows or cells, write"
        " {p}, {tr} or {tc}.",
        open="{% for %}",
        close="{% endfor %}",
        p="{%p for %}",
        tr="{%tr for %}",
        tc="{%tc for %}",
    )
    try:
        root = with_tables_mended(xml, source)
    except (etree.XMLSyntaxError, AttributeError, TypeError, ValueError):
        what = message("The tags cut paragraphs, rows or cells apart.")
        raise TemplateError(Problem("KD424", what, Place(package.file), hint)) from None
    for tag in (f"{W}tc", f"{W}body", f"{W}hdr", f"{W}ftr"):
        for cell in root.iter(tag):
            if cell.find(f"{W}p") is None and tag in (f"{W}tc", f"{W}hdr", f"{W}ftr"):
                etree.SubElement(cell, f"{W}p")  # Word takes a cell without a paragraph for damage
    if text := stray_text(root):
        what = message("A tag prints “{text}” outside of any paragraph.", text=text[:40])
        raise TemplateError(Problem("KD424", what, Place(package.file), hint))
    return root


def _tidy(root: "_Element") -> None:
    """Give drawings that a loop repeated numbers of their own, and take out the marks of editing sessions."""
    for number, node in enumerate(root.iter(_DRAWING_ID), 1):
        node.set("id", str(number))
    for node in root.iter():
        for key in list(node.attrib):
            if str(key).rpartition("}")[2].startswith("rsid") or str(key).endswith(("}paraId", "}textId")):
                del node.attrib[key]


def _tidied(package: Package, untouched: Collection[str]) -> Iterator[tuple[str, "_Element"]]:
    """Yield parts without tags, the settings and the styles, without the marks of editing sessions."""
    others = {
        one.target
        for one in package.relationships(package.main).values()
        if one.type in ("settings", "styles", "numbering", "stylesWithEffects")
        and one.target in package.names
    }
    for name in sorted(others | set(untouched)):
        root = package.xml(name)
        for node in list(root.iter(f"{W}rsids", f"{W}rsid")):
            holder = node.getparent()
            assert holder is not None
            holder.remove(node)
        _tidy(root)
        yield name, root


def _title(package: Package, answers: Answers, printed: list[tuple[Picture, Twips]]) -> str:
    """Return the title that the file's properties shall say: the form's own with its tags filled.

    Raises:
        TemplateError: its tags.
    """
    core = next((one for one in package.relationships("").values() if one.type == "core-properties"), None)
    if core is None or core.target not in package.names:
        return answers.title
    node = package.xml(core.target).find(f"{_DC}title")
    text = (node.text or "") if node is not None else ""
    if not text.strip():
        return answers.title
    name = posixpath.basename(core.target)
    language = FormLanguage(name, text, package.file, answers.store, answers.pictures, printed)
    language.autoescape = False
    try:
        found = language.problems(text, answers.names)
        if found:
            raise TemplateError(found)
        xml = language.printed(answers.names)
    except TemplateError as error:
        where = message("the title of the file's properties")
        raise TemplateError(
            [
                Problem(
                    one.code,
                    message("In {where}, “{excerpt}”: {what}", where=where, excerpt=text[:40], what=one.what),
                    Place(package.file),
                    one.hint,
                )
                for one in error.problems
            ]
        ) from None
    return answers.flat(xml, package.file)
