"""Collect the messages of the package, merge them into the Chinese catalogue, and compile it.

Run by `make catalogue`; `test_catalogue.py` fails until it was run and every message translated.
"""

import io
import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from kexie_docs.checks.manual import translatable
from kexie_docs.inspection import manual as file_manual

PACKAGE = Path(__file__).parents[2] / "kexie_docs"
FOLDER = PACKAGE / "locale" / "zh_CN" / "LC_MESSAGES"
PO, MO = FOLDER / "kexie_docs.po", FOLDER / "kexie_docs.mo"
KEYWORDS: dict[str, tuple[int, ...] | None] = {"message": None, "_": None, "translate": None}


def collected() -> Catalog:
    """Return every message of the package, without translations."""
    catalog = Catalog(project="kexie-docs", domain="kexie_docs")
    for filename, _line, found, _comments, _context in extract_from_dir(str(PACKAGE), keywords=KEYWORDS):
        # No line numbers: the catalogue then changes only when a message does.
        catalog.add(found, locations=[(Path(filename).as_posix(), 0)])
    for text in translatable():
        catalog.add(text, locations=[("checks", 0)])
    for text in file_manual.translatable():
        catalog.add(text, locations=[("inspection", 0)])
    return catalog


def translated() -> Catalog:
    """Return the Chinese catalogue as it stands in the repository."""
    with PO.open("rb") as file:
        return read_po(file, locale="zh_CN", domain="kexie_docs")


def compiled(catalog: Catalog) -> bytes:
    """Return the catalogue as gettext reads it."""
    buffer = io.BytesIO()
    write_mo(buffer, catalog)
    return buffer.getvalue()


def main() -> None:
    """Merge and compile; name the messages that want a translation."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    catalog = translated() if PO.exists() else Catalog(locale="zh_CN", domain="kexie_docs")
    catalog.update(collected(), no_fuzzy_matching=True)
    catalog.obsolete.clear()
    with PO.open("wb") as file:
        write_po(file, catalog, omit_header=False, include_lineno=False, sort_output=True, width=110)
    MO.write_bytes(compiled(translated()))
    missing = [str(entry.id) for entry in catalog if entry.id and not entry.string]
    for text in missing:
        sys.stdout.write(f"not translated: {text}\n")


if __name__ == "__main__":
    main()
