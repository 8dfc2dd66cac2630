"""The commands `template list`, `show`, `new` and `check`."""

import os
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from kexie_docs.cli.i18n import Translate
from kexie_docs.cli.reporting import problem_text, problems_json, relative, terminal_width
from kexie_docs.errors import ExitCode, Message, OutputError, Problem, Severity, TemplateError, message, shown
from kexie_docs.pipeline import Workshop

if TYPE_CHECKING:
    from kexie_docs.compose.templates import TemplateFolder


def list_command(translate: Translate) -> None:
    """Print every template: its name, its title and where it comes from."""
    from kexie_docs.compose.templates import template_names

    workshop = _workshop()
    rows: list[tuple[str, str, str]] = []
    for name in template_names(workshop.template_roots):
        try:
            folder = workshop.template(name)
        except TemplateError as error:
            what = error.problems[0].what.render(translate)
            rows.append((shown(name), message("not usable: {what}", what=what).render(translate), ""))
            continue
        rows.append((shown(name), shown(folder.title), _origin(folder).render(translate)))
    widths = [max((terminal_width(row[at]) for row in rows), default=0) for at in range(2)]
    for row in rows:
        cells = [
            cell + " " * (width - terminal_width(cell)) for cell, width in zip(row, widths, strict=False)
        ]
        typer.echo("  ".join((*cells, row[2])).rstrip())


def show_command(name: str, translate: Translate) -> None:
    """Print what a template is made of, what it uses and needs, and its sample."""
    from kexie_docs.compose.template_check import check_template, sample_of
    from kexie_docs.compose.templates import CONTENT, SETTINGS, STARTER, STYLE, starter

    def heading(what: Message) -> None:
        typer.echo()
        typer.echo(what.render(translate))

    def items(lines: Iterable[str]) -> None:
        for line in lines:
            typer.echo(f"  {shown(line)}")

    folder = _workshop().template(name)
    findings = check_template(folder).findings
    typer.echo(f"{folder.name}  {shown(folder.title)}  {_origin(folder).render(translate)}")
    if folder.description:
        typer.echo(shown(folder.description))
    heading(message("Files:"))
    for file in (SETTINGS, CONTENT, STYLE, STARTER):
        giver = folder.giver(file)
        if giver is folder:
            items([f"{folder.display}/{file}"])
        elif giver is not None and file != SETTINGS:
            taken = message("{file} (of {name})", file=f"{giver.display}/{file}", name=giver.name)
            items([taken.render(translate)])
    own = {f"{each.display}/{file}" for each in folder.chain() for file in (CONTENT,)}
    items(file for file in findings.files if file not in own)
    if findings.blocks:
        heading(message("Blocks that a template of your own can change:"))
        items(["、".join(findings.blocks)])
    if folder.defaults:
        heading(message("Fixed texts (默认):"))
        items(f"{key} = {value}" for key, value in folder.defaults.items())
    heading(message("Values that it uses:"))
    items(_grouped(findings.uses))
    heading(message("An input must give:"))
    items(["单位.全称", "年度", *findings.needs, *(f"指标.{each}" for each in findings.metrics)])
    heading(message("Styles that it names:"))
    items(["、".join(findings.styles)] if findings.styles else [])
    if sample_of(folder) is not None:
        command = f"kexie-docs new NAME.yaml -t {folder.name}"
        heading(message("Sample (written by: {command}):", command=command))
        items(starter(folder).rstrip("\n").split("\n"))


def new_command(name: str, base: str) -> None:
    """Write the folder of a new template; one that is there already is never touched."""
    from kexie_docs.compose.beginning import new_template
    from kexie_docs.compose.templates import require_template_name
    from kexie_docs.writers.files import write_whole

    require_template_name(name)
    folder = Path.cwd() / "templates" / name
    if folder.exists():
        raise OutputError(
            Problem(
                "KD605",
                message("{file} is there already.", file=relative(folder)),
                hint=message("Choose another name; nothing was changed."),
            )
        )
    for file, text in new_template(name, _workshop().template(base)).items():
        write_whole(folder / file, text.encode())
        typer.echo(relative(folder / file))


def check_command(name: str, *, as_json: bool, translate: Translate) -> None:
    """Print what is wrong with a template."""
    from kexie_docs.compose.template_check import check_template

    problems = check_template(_workshop().template(name)).problems
    if as_json:
        typer.echo(problems_json(problems, translate))
    else:
        for problem in problems:
            typer.echo(problem_text(problem, translate))
        errors = sum(problem.severity is Severity.ERROR for problem in problems)
        total = message(
            "Errors: {errors}; warnings: {warnings}.", errors=errors, warnings=len(problems) - errors
        )
        typer.echo(total.render(translate), err=True)
    if any(problem.severity is Severity.ERROR for problem in problems):
        raise typer.Exit(ExitCode.TEMPLATE)


def _workshop() -> Workshop:
    return Workshop(Path.cwd(), os.environ)


def _origin(folder: "TemplateFolder") -> Message:
    """Return where a template comes from."""
    from kexie_docs.compose.templates import builtin_root

    if folder.path.parent == builtin_root():
        return message("built in")
    if folder.root == 0:
        return message("this project: {folder}", folder=relative(folder.path))
    return message("yours: {folder}", folder=str(folder.path))


def _grouped(paths: Iterable[str]) -> list[str]:
    """Return paths in lines, one for each top-level name: 落款：署名、成文日期."""
    groups: dict[str, list[str]] = {}
    for path in paths:
        head, _, rest = path.partition(".")
        group = groups.setdefault(head, [])
        if rest:
            group.append(rest)
    return [f"{head}：{'、'.join(rest)}" if rest else head for head, rest in groups.items()]
