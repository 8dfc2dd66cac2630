"""What people do to a finished Word file, done by a script that knows nothing of the comparison."""

import io
import zipfile
from collections.abc import Callable, Iterator
from copy import deepcopy

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
MAIN = "word/document.xml"


class WordFile:
    """A Word file that is being edited."""

    def __init__(self, data: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            self._parts = {name: archive.read(name) for name in archive.namelist()}
        self.root = etree.fromstring(self._parts[MAIN])

    def data(self) -> bytes:
        self._parts[MAIN] = etree.tostring(self.root, xml_declaration=True, encoding="UTF-8", standalone=True)
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in self._parts.items():
                archive.writestr(name, data)
        return stream.getvalue()

    def paragraphs(self) -> list[etree._Element]:
        return [one for one in self.root.iter(f"{W}p") if text_of(one)]

    def find(self, text: str, nth: int = 0) -> etree._Element:
        """The nth paragraph with a text."""
        return [one for one in self.paragraphs() if text in text_of(one)][nth]

    def replace(self, old: str, new: str, *, nth: int = 0) -> None:
        """Replace the nth occurrence of a text, as typing over the selected characters does."""
        seen = 0
        for paragraph in self.paragraphs():
            text, start = text_of(paragraph), -1
            while (start := text.find(old, start + 1)) >= 0:
                if seen == nth:
                    overtype(paragraph, start, start + len(old), new)
                    return
                seen += 1
        raise AssertionError(f"no {old}")

    def replace_all(self, old: str, new: str) -> None:
        for paragraph in self.paragraphs():
            while (start := text_of(paragraph).find(old)) >= 0:
                overtype(paragraph, start, start + len(old), new)

    def move(self, text: str, before: str) -> None:
        """Cut the paragraph with a text and paste it before the one with another."""
        target = self.find(before)
        target.addprevious(self.find(text))

    def remove(self, text: str) -> None:
        paragraph = self.find(text)
        parent = paragraph.getparent()
        assert parent is not None
        parent.remove(paragraph)

    def add_after(self, text: str, added: str) -> None:
        """Press Enter at the end of the paragraph with a text and type."""
        self.add_below(self.find(text), added)

    @staticmethod
    def add_below(paragraph: etree._Element, added: str) -> None:
        new = deepcopy(paragraph)
        for child in list(new):
            if child.tag != f"{W}pPr":
                new.remove(child)
        run = etree.SubElement(new, f"{W}r")
        node = etree.SubElement(run, f"{W}t")
        node.text = added
        paragraph.addnext(new)

    def split(self, text: str) -> None:
        """Press Enter before a text."""
        paragraph = self.find(text)
        self.split_at(paragraph, text_of(paragraph).index(text))

    @staticmethod
    def split_at(paragraph: etree._Element, at: int) -> None:
        second = deepcopy(paragraph)
        overtype(paragraph, at, len(text_of(paragraph)), "")
        overtype(second, 0, at, "")
        for mark in [*second.iter(f"{W}bookmarkStart"), *second.iter(f"{W}bookmarkEnd")]:
            parent = mark.getparent()
            assert parent is not None
            parent.remove(mark)
        paragraph.addnext(second)

    def join(self, text: str) -> None:
        """Delete the mark at the end of the paragraph with a text."""
        self.join_next(self.find(text))

    @staticmethod
    def join_next(paragraph: etree._Element) -> None:
        following = paragraph.getnext()
        assert following is not None
        for child in list(following):
            if child.tag != f"{W}pPr":
                paragraph.append(child)
        parent = following.getparent()
        assert parent is not None
        parent.remove(following)

    def figures(self) -> Iterator[tuple[str, etree._Element, int, int]]:
        """Yield every bookmark around a figure: its name, the paragraph, and its ends in the text of that."""
        for paragraph in self.paragraphs():
            starts: dict[str | None, tuple[str, int]] = {}
            position = 0
            for node in paragraph.iter():
                if node.tag == f"{W}t":
                    position += len(node.text or "")
                elif node.tag == f"{W}bookmarkStart" and (name := node.get(f"{W}name", "")).startswith("_kd"):
                    starts[node.get(f"{W}id")] = name, position
                elif node.tag == f"{W}bookmarkEnd" and node.get(f"{W}id") in starts:
                    name, start = starts.pop(node.get(f"{W}id"))
                    yield name, paragraph, start, position

    def retype(self, change: Callable[[str, str], str]) -> None:
        """Type over every figure what ``change`` makes of its bookmark's name and its text."""
        for name, paragraph, start, end in reversed(list(self.figures())):
            text = text_of(paragraph)[start:end]
            if (new := change(name, text)) != text:
                overtype(paragraph, start, end, new)

    def references(self) -> dict[str, str]:
        """The reference that printed each figure, by its bookmark's name, as the file's own table has it."""
        table = etree.fromstring(self._parts["customXml/item1.xml"])
        return {one.get("bookmark", ""): one.get("expression", "") for one in table}

    def strip_bookmarks(self) -> None:
        for mark in [*self.root.iter(f"{W}bookmarkStart"), *self.root.iter(f"{W}bookmarkEnd")]:
            parent = mark.getparent()
            assert parent is not None
            parent.remove(mark)

    def track(self, old: str, new: str) -> None:
        """Replace a text with the recording of changes switched on."""
        paragraph = self.find(old)
        start = text_of(paragraph).index(old)
        runs = list(cut_runs(paragraph, start, start + len(old)))
        deletion = etree.Element(f"{W}del", {f"{W}id": "9001", f"{W}author": "a"})
        runs[0].addprevious(deletion)
        for run in runs:
            deletion.append(run)
            for node in run.iter(f"{W}t"):
                node.tag = f"{W}delText"
        insertion = etree.Element(f"{W}ins", {f"{W}id": "9002", f"{W}author": "a"})
        deletion.addnext(insertion)
        run = etree.SubElement(insertion, f"{W}r")
        etree.SubElement(run, f"{W}t").text = new


def edited(data: bytes, edit: Callable[[WordFile], None]) -> bytes:
    file = WordFile(data)
    edit(file)
    return file.data()


def text_of(paragraph: etree._Element) -> str:
    return "".join(node.text or "" for node in paragraph.iter(f"{W}t"))


def run_text(run: etree._Element) -> str:
    return "".join(node.text or "" for node in run.iter(f"{W}t"))


def overtype(paragraph: etree._Element, start: int, end: int, new: str) -> None:
    """Replace characters of a paragraph; the first run that they stand in takes the new ones."""
    position, given = 0, False
    for node in list(paragraph.iter(f"{W}t")):
        text = node.text or ""
        low, high = max(start - position, 0), min(end - position, len(text))
        inside = low < high or (start == end and 0 <= low <= len(text))
        if inside:
            node.text = text[:low] + ("" if given else new) + text[high:]
            node.set(SPACE, "preserve")
            given = True
        position += len(text)
    assert given or start == end


def cut_runs(paragraph: etree._Element, start: int, end: int) -> Iterator[etree._Element]:
    """Yield the runs that hold exactly the characters between two offsets, parting those at the ends."""
    position = 0
    for run in list(paragraph.iter(f"{W}r")):
        text = run_text(run)
        low, high = max(start - position, 0), min(end - position, len(text))
        position += len(text)
        if low >= high:
            continue
        for part in (text[:low], text[low:high], text[high:]):
            if not part:
                continue
            piece = deepcopy(run)
            for node in list(piece.iter(f"{W}t"))[1:]:
                piece.remove(node)
            next(piece.iter(f"{W}t")).text = part
            run.addprevious(piece)
            if part == text[low:high]:
                yield piece
        parent = run.getparent()
        assert parent is not None
        parent.remove(run)
