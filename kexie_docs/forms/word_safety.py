"""What a Word form may not carry: whatever acts when the filled file is opened, or fetches something.

Only the author of a form knows why it carries such a thing, so it is refused, never quietly taken out.
"""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from kexie_docs.errors import Message, Place, Problem, message
from kexie_docs.readers.ooxml import Package
from kexie_docs.readers.ooxml_names import W

if TYPE_CHECKING:
    from lxml.etree import _Element

_FIELD_LIST = """
PAGE NUMPAGES SECTION SECTIONPAGES PAGEREF REF NOTEREF STYLEREF SEQ TOC TC XE INDEX DATE TIME CREATEDATE
SAVEDATE PRINTDATE TITLE SUBJECT AUTHOR KEYWORDS COMMENTS FILENAME NUMWORDS NUMCHARS DOCPROPERTY FORMTEXT
FORMCHECKBOX FORMDROPDOWN MERGEFIELD EQ SYMBOL LISTNUM AUTONUM ADVANCE BIBLIOGRAPHY CITATION HYPERLINK =
BARCODE DISPLAYBARCODE LASTSAVEDBY REVNUM EDITTIME
"""
_HARMLESS_FIELDS = frozenset(_FIELD_LIST.split())
"""Fields of Word that print something and do nothing else."""

_ACTIVE_PARTS = re.compile(
    r"/(embeddings|activeX|ctrlProps)/|/afchunk|\.(bin|exe|dll|js|vbs|hta)$", re.IGNORECASE
)
_ACTIVE_RELATIONSHIPS = frozenset(("aFChunk", "oleObject", "package", "control", "attachedToolbars", "frame"))
_ADDRESS = re.compile(r"(https?://|mailto:|#)", re.IGNORECASE)
_HARMLESS_BINARY = re.compile(r"/printerSettings/|/fonts/", re.IGNORECASE)


def refusals(package: Package) -> Iterator[Problem]:
    """Yield a KD420 for each thing that a form may not carry.

    Raises:
        InputError: a part cannot be read.
    """
    if package.macros:
        yield _refused(package, message("macros"))
    for name in sorted(package.names):
        path = "/" + name
        if (
            _ACTIVE_PARTS.search(path)
            and not _HARMLESS_BINARY.search(path)
            and not path.endswith("vbaProject.bin")
        ):
            yield _refused(package, message("an embedded object ({part})", part=name))
    for _, relationship in package.external:
        if relationship.type != "hyperlink" or not _ADDRESS.match(relationship.target):
            target = relationship.target[:80]
            yield _refused(
                package, message("a reference to something outside the file ({target})", target=target)
            )
    for name in sorted(package.names):
        if name.endswith(".rels"):
            continue
        for relationship in package.relationships(name).values():
            if relationship.type in _ACTIVE_RELATIONSHIPS:
                yield _refused(package, message("an embedded object ({part})", part=relationship.target[:80]))


def field_refusals(root: "_Element", package: Package) -> Iterator[Problem]:
    """Yield a KD420 for each field of a part that does more than print."""
    for instruction in instructions(root):
        words = instruction.split()
        first = words[0].upper() if words else ""
        known = first in _HARMLESS_FIELDS or first.startswith("=")
        remote = first == "HYPERLINK" and len(words) > 1 and not _safe_link(instruction)
        if not known or remote or "{{" in instruction or "{%" in instruction:
            shown = " ".join(words)[:60]
            yield _refused(package, message("a field that is not merely printed ({field})", field=shown))


def instructions(root: "_Element") -> Iterator[str]:
    """Yield the instruction of each field, as far as it is the field's own text."""
    for simple in root.iter(f"{W}fldSimple"):
        yield simple.get(f"{W}instr", "")
    open_fields: list[list[str] | None] = []  # None: the instruction is over, its result follows
    for node in root.iter(f"{W}fldChar", f"{W}instrText"):
        if node.tag == f"{W}instrText":
            if open_fields and open_fields[-1] is not None:
                open_fields[-1].append(node.text or "")
            elif not open_fields or open_fields[-1] is None:
                yield node.text or ""
            continue
        kind = node.get(f"{W}fldCharType")
        if kind == "begin":
            open_fields.append([])
        elif kind == "separate" and open_fields:
            if open_fields[-1] is not None:
                yield "".join(open_fields[-1])
            open_fields[-1] = None
        elif kind == "end" and open_fields:
            last = open_fields.pop()
            if last is not None:
                yield "".join(last)
    yield from ("".join(one) for one in open_fields if one is not None)


def _safe_link(instruction: str) -> bool:
    target = re.search(r'HYPERLINK\s+(?:\\[lotmn]\s+)*"?([^"\s]*)', instruction, re.IGNORECASE)
    local = re.search(r"HYPERLINK\s+\\l", instruction, re.IGNORECASE) is not None
    return local or (target is not None and _ADDRESS.match(target[1]) is not None)


def _refused(package: Package, what: Message) -> Problem:
    return Problem(
        "KD420",
        message("The form carries {what}, which a form may not.", what=what),
        Place(package.file),
        message("Take it out in Word and save the form again, or ask who made it."),
    )
