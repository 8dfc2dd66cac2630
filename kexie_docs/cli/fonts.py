"""The commands `fonts list` and `fonts install`."""

import os
from pathlib import Path

import typer

from kexie_docs.cli.i18n import Translate
from kexie_docs.cli.reporting import problem_text, relative
from kexie_docs.errors import message


def fonts_list_command(translate: Translate) -> None:
    """Print which font serves each role, and what would serve it better."""
    from kexie_docs.fonts.report import report_fonts
    from kexie_docs.pipeline import Workshop

    report = report_fonts(Workshop(Path.cwd(), os.environ).fonts)
    for role in report.roles:
        typer.echo(f"{role.typeface}  {role.font or message('missing').render(translate)}")
        rows = [
            (message("file"), str(role.file) if role.file is not None else ""),
            (message("licence"), role.licence.render(translate) if role.licence is not None else ""),
            (message("not on this machine"), "、".join(role.missing)),
        ]
        for label, value in rows:
            if value:
                typer.echo(f"    {label.render(translate)}: {value}")
    for problem in report.problems:
        typer.echo(problem_text(problem, translate), err=True)
    if report.open_fonts_would_help:
        typer.echo(message("Better fonts can be had: kexie-docs fonts install").render(translate), err=True)


def fonts_install_command(translate: Translate) -> None:
    """Download the open fonts; print each file."""
    from kexie_docs.fonts.discover import installed_folder
    from kexie_docs.fonts.install import install_fonts
    from kexie_docs.pipeline import user_folder

    installation = install_fonts(
        installed_folder(user_folder(os.environ)),
        notice=lambda text: typer.echo(text.render(translate), err=True),
    )
    for file in installation.files:
        typer.echo(relative(file))
