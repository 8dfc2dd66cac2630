"""The commands `template to-word` and `template from-word`: a template's styles edited in Word."""

import os
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from kexie_docs.cli.i18n import Translate
from kexie_docs.cli.reporting import CommandLineError, relative, report_problems
from kexie_docs.errors import InputError, Message, Place, Problem, Severity, message

if TYPE_CHECKING:
    from kexie_docs.compose.templates import TemplateFolder
    from kexie_docs.readers.word_styles import Looks
    from kexie_docs.restyle.apply import Restyling
    from kexie_docs.restyle.changes import Change
    from kexie_docs.restyle.compare import StyleRef
    from kexie_docs.style.sheet import Style

_WORD = ".docx"
_LISTED = 4
"""Most styles that one line names."""
_SHOWN = 8
"""Most paragraphs that are named: whoever formats text directly often formats all of it."""


def to_word_command(name: str, path: Path) -> None:
    """Write the Word file in which a template is restyled; print its path.

    Raises:
        CommandLineError: KD009, the file's name does not end in .docx.
        TemplateError: there is no such template, or it is not valid.
        OutputError: the file cannot be written.
    """
    from kexie_docs.pipeline import Workshop
    from kexie_docs.writers.files import write_whole

    if path.suffix.lower() != _WORD:
        raise CommandLineError(
            Problem(
                "KD009",
                message("{file} is no name of a Word file.", file=str(path)),
                hint=message("Let the file's name end in .docx."),
            )
        )
    folder = Workshop(Path.cwd(), os.environ).template(name)
    write_whole(path, _specimen(folder, folder.load_style()))
    typer.echo(relative(path))


def from_word_command(path: Path, name: str, *, as_json: bool, translate: Translate) -> None:
    """Bring what was changed in a specimen back into the template's style file.

    Prints the path of the style file where something was changed; says on stderr what was, and warns of what
    a style file cannot hold.

    Raises:
        InputError: the file cannot be read, or is no specimen.
        TemplateError: there is no such template, or its style would not be valid.
        OutputError: the style file cannot be written.
    """
    from kexie_docs.pipeline import Workshop
    from kexie_docs.readers.word_styles import read_word_styles
    from kexie_docs.restyle.apply import is_specimen, restyled
    from kexie_docs.restyle.home import home_of

    folder = Workshop(Path.cwd(), os.environ).template(name)
    sheet = folder.load_style()
    word = read_word_styles(path)
    if not is_specimen(word, sheet):
        raise InputError(
            Problem(
                "KD470",
                message("This Word file does not hold the styles of the template “{name}”.", name=name),
                Place(str(path)),
                message(
                    "Make one with: kexie-docs template to-word {name} {file}", name=name, file=f"{name}.docx"
                ),
            )
        )
    home = home_of(folder, Path.cwd())
    with tempfile.TemporaryDirectory() as name_of_scratch:
        scratch = Path(name_of_scratch)
        fresh = _fresh(folder, sheet, scratch)
        result = restyled(word, fresh, sheet, home.text, lambda text: home.load(text, scratch))
    problems = list(_problems(result, sheet, path))
    if result.changes:
        home.write(result.text)
        for line in _change_lines(result.changes, sheet, translate):
            typer.echo(line, err=True)
        typer.echo(relative(home.style), err=as_json)
    else:
        typer.echo(message("No style was changed.").render(translate), err=True)
    if problems or as_json:
        report_problems(problems, as_json, translate)


def _specimen(folder: "TemplateFolder", style: "Style") -> bytes:
    from kexie_docs.restyle.specimen import specimen
    from kexie_docs.writers.docx.specimen import write_specimen

    return write_specimen(specimen(style, folder.name, folder.title), style)


def _fresh(folder: "TemplateFolder", style: "Style", scratch: Path) -> "Looks":
    """Return the looks of a specimen of the template as it is."""
    from kexie_docs.readers.word_styles import read_word_styles

    file = scratch / f"fresh{_WORD}"
    file.write_bytes(_specimen(folder, style))
    return read_word_styles(file).now


def _change_lines(changes: "Sequence[Change]", sheet: "Style", translate: Translate) -> Iterator[str]:
    """Yield a line for each change; styles in which the same thing changed alike share one."""
    from kexie_docs.restyle.shown import KEYS

    groups: dict[tuple[str, Message, Message], list[StyleRef | None]] = {}
    for one in changes:
        # A value that is written down where it was inherited is no change to tell.
        if one.old != one.new:
            groups.setdefault((one.path[-1], one.old, one.new), []).append(one.style)
    for (key, old, new), styles in groups.items():
        line = message(
            "{style}: {property}: {old} → {new}",
            style=_style_names(styles, sheet),
            property=KEYS[key],
            old=old,
            new=new,
        )
        yield line.render(translate)


def _problems(result: "Restyling", sheet: "Style", path: Path) -> Iterator[Problem]:
    """Yield a warning for everything that could not be carried."""
    from kexie_docs.restyle.shown import shown_property, shown_word_value

    place = Place(str(path))
    groups: dict[tuple[Message, Message | None, Message | None], list[StyleRef | None]] = {}
    for one in result.uncarried:
        value = shown_word_value(one.name, one.value)
        groups.setdefault((shown_property(one.name), value, one.expected), []).append(one.style)
    for (what, value, expected), styles in groups.items():
        whose = _style_names(styles, sheet)
        if value is not None:
            what = message("{property} ({value})", property=what, value=value)
        yield Problem(
            "KD471",
            message(
                "{style}: {property} cannot be carried.", style=_style_names(styles, sheet), property=what
            ),
            place,
            expected,
            Severity.WARNING,
        )
    for style in result.gone:
        whose = _style_names([style], sheet)
        yield Problem(
            "KD472",
            message("{style} is no longer in the file; it stays as it was.", style=whose),
            place,
            severity=Severity.WARNING,
        )
    for direct in result.direct[:_SHOWN]:
        listed = list(dict.fromkeys(shown_property(name) for name in direct.names))
        yield Problem(
            "KD473",
            message(
                "Paragraph {n} “{text}” is formatted directly, beside its style: {properties}.",
                n=direct.number,
                text=direct.sample.text[:16],
                properties=_listed(listed),
            ),
            place,
            message("Change the style itself: right-click its name in the styles pane, then “Modify”."),
            Severity.WARNING,
        )
    if len(result.direct) > _SHOWN:
        yield Problem(
            "KD473",
            message("{n} more paragraphs are formatted directly.", n=len(result.direct) - _SHOWN),
            place,
            severity=Severity.WARNING,
        )
    if result.sections > 1:
        yield Problem(
            "KD474",
            message("The file has {n} sections; the page of the first one was taken.", n=result.sections),
            place,
            severity=Severity.WARNING,
        )


def _style_names(styles: "Sequence[StyleRef | None]", sheet: "Style") -> Message:
    """Return the names of some styles; of many, the first and how many more."""
    from kexie_docs.restyle.naming import style_name

    names = [
        message("the page") if one is None else message("{text}", text=style_name(sheet, one.table, one.name))
        for one in dict.fromkeys(styles)
    ]
    if len(names) > _LISTED:
        return message("{style} and {n} styles that go with it", style=names[0], n=len(names) - 1)
    return _listed(names)


def _listed(parts: "Sequence[Message]") -> Message:
    """Return the parts with commas between them."""
    result = parts[0]
    for part in parts[1:]:
        result = message("{first}, {second}", first=result, second=part)
    return result
