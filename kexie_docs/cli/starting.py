"""The commands `new` and `schema`: what an input begins with."""

import json
import os
from pathlib import Path

import typer

from kexie_docs.cli.reporting import relative
from kexie_docs.errors import OutputError, Problem, message

SCHEMA_FILE = "kexie-docs.schema.json"


def new_command(path: Path, template: str) -> None:
    """Write a starter input and the schema beside it; an existing file is never overwritten."""
    from kexie_docs.compose.templates import starter
    from kexie_docs.model.report import json_schema
    from kexie_docs.pipeline import Workshop
    from kexie_docs.writers.files import write_whole

    if not path.name or path.name == "..":
        raise OutputError(
            Problem(
                "KD605",
                message("{file} is no name of a file.", file=str(path)),
                hint=message("Write a name such as summary-2026.yaml."),
            )
        )
    if path.suffix.lower() not in {".yaml", ".yml"}:
        path = path.with_name(path.name + ".yaml")
    if os.path.lexists(path):
        raise OutputError(
            Problem(
                "KD605",
                message("{file} is there already.", file=str(path)),
                hint=message("Choose another name; nothing was changed."),
            )
        )
    text = starter(Workshop(Path.cwd(), os.environ).template(template))
    schema = path.with_name(SCHEMA_FILE)
    write_whole(path, f"# yaml-language-server: $schema={SCHEMA_FILE}\n{text}".encode())
    write_whole(schema, _schema_text(json_schema()).encode())
    typer.echo(relative(path))
    typer.echo(relative(schema))


def schema_command() -> None:
    """Print the JSON Schema."""
    from kexie_docs.model.report import json_schema

    typer.echo(_schema_text(json_schema()), nl=False)


def _schema_text(schema: dict[str, object]) -> str:
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
