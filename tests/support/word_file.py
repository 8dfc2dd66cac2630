"""Reading a Word file part by part, in a form that can be compared by eye."""

import io
import zipfile

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def parts(docx: bytes) -> dict[str, bytes]:
    """Return the parts of a Word file by name, in the file's order."""
    with zipfile.ZipFile(io.BytesIO(docx)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def with_part(docx: bytes, name: str, data: bytes) -> bytes:
    """Return the Word file with one part replaced."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for known, old in parts(docx).items():
            archive.writestr(known, data if known == name else old)
    return stream.getvalue()


def root(docx: bytes, name: str) -> etree._Element:
    """Return the root element of a part."""
    return etree.fromstring(parts(docx)[name])


def style(docx: bytes, style_id: str) -> etree._Element:
    """Return the definition of a style."""
    (found,) = root(docx, "word/styles.xml").iterfind(f"{W}style[@{W}styleId='{style_id}']")
    return found


def paragraphs(docx: bytes) -> list[etree._Element]:
    """Return the paragraphs of the body."""
    return list(root(docx, "word/document.xml").iterfind(f"{W}body/{W}p"))


def readable(node: etree._Element, level: int = 0) -> str:
    """Return an element as indented lines of ``tag attribute=value "text"``, without name spaces."""
    attributes = "".join(
        f" {etree.QName(str(name)).localname}={value!s}" for name, value in node.attrib.items()
    )
    text = f' "{node.text}"' if node.text else ""
    line = f"{'  ' * level}{etree.QName(node).localname}{attributes}{text}"
    return "\n".join([line, *(readable(child, level + 1) for child in node)])
