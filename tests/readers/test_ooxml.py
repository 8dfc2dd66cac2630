"""Office files that others made are opened within limits, and refused in one sentence."""

import io
import zipfile
from pathlib import Path

import docx
import pytest

from kexie_docs.errors import InputError
from kexie_docs.readers import ooxml
from kexie_docs.readers.ooxml import open_package


@pytest.fixture
def parts() -> dict[str, bytes]:
    """The parts of a plain Word file."""
    stream = io.BytesIO()
    docx.Document().save(stream)
    with zipfile.ZipFile(stream) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(folder: Path, parts: dict[str, bytes], name: str = "x.docx") -> Path:
    path = folder / name
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, data in parts.items():
            archive.writestr(part, data)
    return path


def code_of(path: Path) -> str:
    with pytest.raises(InputError) as caught:
        open_package(path).xml("word/document.xml")
    (problem,) = caught.value.problems
    return problem.code


def test_parts_are_read_by_name_and_relationship(tmp_path: Path, parts: dict[str, bytes]) -> None:
    package = open_package(packed(tmp_path, parts))
    assert (package.family, package.main, package.macros) == ("docx", "word/document.xml", False)
    targets = {one.type: one.target for one in package.relationships(package.main).values()}
    assert targets["styles"] == "word/styles.xml"
    assert package.xml(package.main).tag.endswith("}document")


def test_main_part_may_stand_anywhere(tmp_path: Path, parts: dict[str, bytes]) -> None:
    moved = {name.replace("word/document.xml", "word/document2.xml"): data for name, data in parts.items()}
    moved["word/_rels/document2.xml.rels"] = parts["word/_rels/document.xml.rels"]
    for name in ("_rels/.rels", "[Content_Types].xml"):
        moved[name] = moved[name].replace(b"word/document.xml", b"word/document2.xml")
    assert open_package(packed(tmp_path, moved)).main == "word/document2.xml"


def test_another_family_is_refused_where_one_is_asked_for(tmp_path: Path, parts: dict[str, bytes]) -> None:
    path = packed(tmp_path, parts)
    with pytest.raises(InputError, match="KD141"):
        open_package(path, "xlsx")


def test_document_type_is_refused(tmp_path: Path, parts: dict[str, bytes]) -> None:
    """An entity would be dropped with the text after it (security.md 1.7)."""
    text = parts["word/document.xml"]
    parts["word/document.xml"] = text.replace(
        b"<w:document ", b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]><w:document ', 1
    )
    assert code_of(packed(tmp_path, parts)) == "KD145"
    parts["word/document.xml"] = (
        parts["word/document.xml"].decode().replace("UTF-8", "UTF-16").encode("utf-16")
    )
    assert code_of(packed(tmp_path, parts)) in ("KD143", "KD145")


def test_bombs_are_refused_before_they_unpack(tmp_path: Path, parts: dict[str, bytes]) -> None:
    parts["word/document.xml"] = b"<a>" + b" " * (ooxml.SMALL + 1) + b"</a>"
    assert code_of(packed(tmp_path, parts)) == "KD144"


def test_too_many_parts_are_refused(
    tmp_path: Path, parts: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ooxml, "MEMBERS", 3)
    assert code_of(packed(tmp_path, parts)) == "KD144"


@pytest.mark.parametrize("name", ["../evil.xml", "/etc/evil.xml", "word/../../evil.xml", "..\\evil.xml"])
def test_names_outside_the_package_are_refused(name: str, tmp_path: Path, parts: dict[str, bytes]) -> None:
    assert code_of(packed(tmp_path, {**parts, name: b"x"})) == "KD143"


def test_external_references_are_listed_and_macros_told(tmp_path: Path, parts: dict[str, bytes]) -> None:
    parts["word/_rels/document.xml.rels"] = parts["word/_rels/document.xml.rels"].replace(
        b"</Relationships>",
        b'<Relationship Id="rX" Type="http://x/image" TargetMode="External" '
        b'Target="http://example.org/a.png"/>'
        b"</Relationships>",
    )
    parts["word/vbaProject.bin"] = b"x"
    package = open_package(packed(tmp_path, parts))
    assert package.macros
    [(part, relationship)] = package.external
    assert (part, relationship.target) == ("word/document.xml", "http://example.org/a.png")


def test_missing_main_part_is_told(tmp_path: Path, parts: dict[str, bytes]) -> None:
    del parts["word/document.xml"]
    assert code_of(packed(tmp_path, parts)) == "KD142"


def test_strict_form_reads_like_the_usual_one(tmp_path: Path, parts: dict[str, bytes]) -> None:
    usual, strict = b"http://schemas.openxmlformats.org/", b"http://purl.oclc.org/ooxml/"
    parts["word/document.xml"] = parts["word/document.xml"].replace(
        usual + b"wordprocessingml/2006/main", strict + b"wordprocessingml/main"
    )
    root = open_package(packed(tmp_path, parts)).xml("word/document.xml")
    assert root.tag == "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}document"
