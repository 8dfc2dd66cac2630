"""The house: who may import whom, and through which doors the libraries come in."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "kexie_docs"

LAYERS = [
    {"frozen"},
    {"errors", "units"},
    {"text"},
    {"figures"},
    {"doctree", "model"},
    {"provenance"},
    {"style"},
    {"readers", "fonts"},
    {"compose"},
    {"checks"},
    {"inspection", "revisions"},
    {"layout"},
    {"writers"},
    {"restyle", "forms", "printing"},
    {"pipeline"},
    {"batch"},
    {"cli"},
]
"""Low to high; a module imports from lower layers and from its own package."""

BARRED = {
    "layout": {"model", "compose", "readers"},
    "writers": {"model", "compose", "readers"},
    "writers.docx": {"layout", "fonts", "writers.pdf"},
    "writers.pdf": {"writers.docx"},
    "fonts": {"model"},
    "inspection": {"compose", "style", "fonts", "model"},
}
"""What the layers alone would allow, and the house does not."""

DOORS = {
    "docx": {"writers.docx"},
    "docxtpl": {"forms.word_tags"},
    "lxml": {
        *("writers.docx", "readers.ooxml", "readers.word_styles", "readers.word_properties"),
        *("inspection", "revisions.word_file", "forms"),
    },
    "pikepdf": {"forms", "printing", "readers.pdf_fonts", "readers.pdf_weight"},
    "pypdfium2": {"inspection.pdf_glyphs", "revisions.pdf_file", "printing"},
    "reportlab": {"writers.pdf"},
    "uharfbuzz": {"fonts"},
    "jinja2": {"compose", "model.references"},
    "markdown_it": {"compose"},
    "yaml": {"readers"},
    "typer": {"cli"},
    "rich": {"cli"},
    "tomlkit": {"style.edit"},
    "PIL": {"compose.pictures", "readers.pictures", "writers.pdf"},
    "pydantic": {"model", "readers"},
    "pydantic_core": {"model.made", "readers"},
}
"""Library to the only places that import it."""


def modules() -> Iterator[tuple[str, ast.Module]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE).with_suffix("").parts
        name = ".".join(part for part in parts if part != "__init__")
        yield name, ast.parse(path.read_text(encoding="utf-8"))


def imports(tree: ast.Module) -> Iterator[str]:
    """Every imported module or name, dotted, however deep in the code it stands."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module is not None:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def within(name: str, package: str) -> bool:
    return name == package or name.startswith(package + ".")


def layer(name: str) -> int | None:
    first = name.split(".")[0]
    return next((index for index, names in enumerate(LAYERS) if first in names), None)


MODULES = dict(modules())
INTERNAL = [
    (name, target.removeprefix("kexie_docs."))
    for name, tree in MODULES.items()
    for target in imports(tree)
    if target.startswith("kexie_docs.")
]


def test_every_module_has_a_layer() -> None:
    outside = {name for name in MODULES if layer(name) is None} - {"", "__main__"}
    assert outside == set()


def test_imports_point_down() -> None:
    """One direction of flow: a lower layer never knows a higher one."""
    upward = {
        (name, target)
        for name, target in INTERNAL
        if name not in {"", "__main__"}
        and target.split(".")[0] != name.split(".")[0]
        and (here := layer(name)) is not None
        and (there := layer(target)) is not None
        and there >= here
        and not (there == here == 0)
    }
    assert upward == set()


def test_bars_hold() -> None:
    broken = {
        (name, target)
        for package, barred in BARRED.items()
        for name, target in INTERNAL
        if within(name, package) and any(within(target, other) for other in barred)
    }
    assert broken == set()


@pytest.mark.parametrize("library", sorted(DOORS))
def test_library_comes_in_through_its_door(library: str) -> None:
    users = {name for name, tree in MODULES.items() for target in imports(tree) if within(target, library)}
    strangers = {name for name in users if not any(within(name, door) for door in DOORS[library])}
    assert strangers == set()
    assert users, f"{library} is no longer used: take it off the list"


def test_every_module_says_its_purpose_in_a_line() -> None:
    silent = {name for name, tree in MODULES.items() if not ast.get_docstring(tree)}
    assert silent == set()
