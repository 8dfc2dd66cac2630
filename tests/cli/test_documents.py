"""README and docs cannot drift: inputs build, commands print what is shown, Python runs, links exist."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import docx
import pytest
from _pytest.mark.structures import ParameterSet

from kexie_docs.cli.app import TOPICS
from kexie_docs.model.report import Report
from tests.support.cli import SMALL, Run
from tests.test_architecture import LAYERS

ROOT = Path(__file__).parents[2]
DOCUMENTS = [
    ROOT / name
    for name in (
        "README.md",
        "README.zh-CN.md",
        "SECURITY.md",
        "CHANGELOG.md",
        "inputs/README.md",
        "ARCHITECTURE.md",
    )
] + sorted((ROOT / "docs").rglob("*.md"))


def blocks(language: str, *extra: str) -> list[ParameterSet]:
    """Every fenced block of a language in all documents, with the locale of its document if asked for."""
    found = []
    for document in DOCUMENTS:
        text = document.read_text(encoding="utf-8")
        for number, match in enumerate(re.finditer(rf"^```{language}\n(.*?)^```", text, flags=re.M | re.S)):
            lang = "zh_CN.UTF-8" if "zh-CN" in document.name else "C"
            values = (match[1], lang) if extra else (match[1],)
            found.append(pytest.param(*values, id=f"{document.relative_to(ROOT)}-{number}"))
    return found


@pytest.mark.parametrize("text", blocks("yaml"))
def test_yaml_block_builds(command: Run, folder: Path, text: str) -> None:
    (folder / "block.yaml").write_text(text, encoding="utf-8")
    outcome = command("build", "block.yaml")
    assert (outcome.code, outcome.err) == (0, "")


@pytest.mark.parametrize(("text", "lang"), blocks("console", "lang"))
def test_console_block_prints_what_it_shows(command: Run, folder: Path, text: str, lang: str) -> None:
    """A block is commands (``$ kexie-docs …``), each followed by what it prints.

    Where it shows problems, the input has these lines and the ones above them. A form to be filled has a tag.
    """
    if shown := re.findall(r"^ +(\d+) \| (.*)$", text, flags=re.M):
        (name,) = set(re.findall(r"^(\S+\.yaml):", text, flags=re.M))
        lines = SMALL.splitlines()
        for number, line in shown:
            lines[int(number) - 1 :] = [line]
        (folder / name).write_text("\n".join([*lines, "  再接再厉。", ""]), encoding="utf-8")
    (folder / "inputs").mkdir()
    for source in (ROOT / "inputs").glob("*.yaml"):
        (folder / "inputs" / source.name).write_bytes(source.read_bytes())
    for form in re.findall(r"kexie-docs fill (\S+\.docx) ", text):
        tagged = docx.Document()
        tagged.add_paragraph("填报单位：{{ 单位.全称 }}")
        tagged.save(str(folder / form))
    for entry in re.split(r"^\$ ", text, flags=re.M)[1:]:
        line, _, expected = entry.partition("\n")
        program, *arguments = shlex.split(line)
        assert program == "kexie-docs"
        outcome = command(*arguments, lang=lang)
        assert (outcome.out + outcome.err).strip() == expected.strip()


@pytest.mark.parametrize("text", blocks("python"))
def test_python_block_runs(folder: Path, text: str) -> None:
    (folder / "inputs").mkdir()
    for source in (ROOT / "inputs").glob("*.yaml"):
        (folder / "inputs" / source.name).write_bytes(source.read_bytes())
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", text], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_of_a_document_lead_somewhere(document: Path) -> None:
    links = re.findall(
        r"\]\((?!https?:)([^)#]+)(?:#[^)]*)?\)|src=\"([^\"]+)\"", document.read_text(encoding="utf-8")
    )
    missing = [link for pair in links for link in pair if link and not (document.parent / link).exists()]
    assert missing == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_documents_name_only_commands_that_exist(command: Run, document: Path) -> None:
    shown = r"(?:`|\$ |^ *)kexie-docs ((?:template|fonts) [a-z-]+|[a-z]+)\b([^`\n]*)"
    for name, rest in re.findall(shown, document.read_text(encoding="utf-8"), flags=re.M):
        outcome = command(*name.split(), "--help")
        assert outcome.code == 0, name
        for option in re.findall(r"(?<=\s)--?[a-z][a-z-]*", rest):
            assert re.search(rf"{option}\b", outcome.out), f"{name} {option}"


@pytest.mark.parametrize("part", ["README.md", "README.zh-CN.md"])
def test_every_command_is_in_the_readme(part: str) -> None:
    text = (ROOT / part).read_text(encoding="utf-8")
    commands = {command for commands in TOPICS.values() for command in commands}
    # For editors, and told with the file that `new` puts beside its input.
    missing = {name for name in commands - {"schema"} if not re.search(rf"kexie-docs {name}\b", text)}
    assert missing == set()


def test_both_readmes_say_the_same_in_the_same_order() -> None:
    english, chinese = (
        (ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "README.zh-CN.md")
    )
    for shared in (
        r"^(##)",
        r"^```(\w*)",
        r"`(--[a-z-]+)",
        r"^\$ (kexie-docs [a-z]+)",
        r"\]\(((?!README)[^)]+)\)",
    ):
        assert re.findall(shared, english, re.M) == re.findall(shared, chinese, re.M)


def test_every_guide_is_in_the_index() -> None:
    folder = ROOT / "docs"
    text = (folder / "README.md").read_text(encoding="utf-8")
    guides = {path.relative_to(folder).as_posix() for path in folder.rglob("*.md")} - {"README.md"}
    assert {guide for guide in guides if f"]({guide})" not in text} == set()


def test_every_folder_of_tests_is_explained() -> None:
    text = (ROOT / "tests" / "README.md").read_text(encoding="utf-8")
    folders = {path.parent.name for path in (ROOT / "tests").glob("*/*") if path.name != "__pycache__"}
    folders -= {"__pycache__"}
    assert {name for name in folders if f"`{name}/`" not in text} == set()


def test_every_rule_and_group_of_codes_is_in_the_architecture() -> None:
    """What the layers test allows, the table of the packages says."""
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    assert {name for layer in LAYERS for name in layer if f"`{name}`" not in text} == set()
    for library in (
        "pydantic",
        "jinja2",
        "tomlkit",
        "lxml",
        "markdown-it-py",
        "pypdfium2",
        "docxtpl",
        "pikepdf",
    ):
        assert library in text


def test_inputs_readme_explains_every_field() -> None:
    text = (ROOT / "inputs" / "README.md").read_text(encoding="utf-8")
    schema = Report.model_json_schema(by_alias=True)
    parts = [schema, *schema["$defs"].values()]
    names = {name for part in parts for name in part.get("properties", {})}
    assert {name for name in names if f"`{name}`" not in text} == set()


def test_make_targets_of_the_readme_exist() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for document in (ROOT / "README.md", ROOT / "README.zh-CN.md", ROOT / "tests" / "README.md"):
        for target in re.findall(
            r"`make ([a-z]+)`|^make ([a-z]+)", document.read_text(encoding="utf-8"), re.M
        ):
            assert re.search(rf"^{''.join(target)}:", makefile, re.M), target
