"""Bookmarks: the headings of a layout as a PDF outline."""

from dataclasses import field

from kexie_docs.frozen import dataclass
from kexie_docs.layout.pages import OutlineEntry
from kexie_docs.units import TWIPS_PER_PT, Twips
from kexie_docs.writers.pdf.objects import Dictionary, PdfFile, Reference, array, dictionary, number, text


@dataclass(slots=True)
class _Item:
    """A bookmark with those below it."""

    entry: OutlineEntry
    children: "list[_Item]" = field(default_factory=list)

    def size(self) -> int:
        """Return how many bookmarks stand below this one."""
        return sum(1 + child.size() for child in self.children)


def add_outline(file: PdfFile, entries: tuple[OutlineEntry, ...], height: Twips) -> None:
    """Give ``file`` a bookmark for each entry, nested by level, all open; nothing without entries.

    An entry whose level skips one (level 3 straight below level 1) hangs below the one before it.
    """
    if not entries:
        return
    top = _nested(entries)
    root = dictionary({"Type": "/Outlines", "Count": len(entries)})
    reference = file.refer(root)
    _link(file, root, reference, top, height)
    file.set_in_catalog("Outlines", reference)


def _nested(entries: tuple[OutlineEntry, ...]) -> list[_Item]:
    top: list[_Item] = []
    path: list[_Item] = []
    for entry in entries:
        while path and path[-1].entry.level >= entry.level:
            path.pop()
        item = _Item(entry)
        (path[-1].children if path else top).append(item)
        path.append(item)
    return top


def _link(
    file: PdfFile, parent: Dictionary, parent_reference: Reference, items: list[_Item], height: Twips
) -> None:
    dictionaries = [_bookmark(file, item, parent_reference, height) for item in items]
    references = [file.refer(bookmark) for bookmark in dictionaries]
    parent["First"], parent["Last"] = references[0], references[-1]
    for index, (item, bookmark) in enumerate(zip(items, dictionaries, strict=True)):
        if index:
            bookmark["Prev"] = references[index - 1]
        if index + 1 < len(references):
            bookmark["Next"] = references[index + 1]
        if item.children:
            bookmark["Count"] = item.size()
            _link(file, bookmark, references[index], item.children, height)


def _bookmark(file: PdfFile, item: _Item, parent: Reference, height: Twips) -> Dictionary:
    top = number((height - item.entry.y) / TWIPS_PER_PT, 2)
    return dictionary(
        {
            "Title": text(item.entry.title),
            "Parent": parent,
            "Dest": array(file.page(item.entry.page), "/XYZ", "null", top, "null"),
        }
    )
