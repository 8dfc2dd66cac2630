"""What a Word file says in the end: whatever people and programs put between its letters."""

import io
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml

from kexie_docs.revisions.edited import Edited
from kexie_docs.revisions.word_file import read_word

NAMES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)


def read(folder: Path, *paragraphs: str) -> tuple[Edited, ...]:
    """The paragraphs of a file with these in its body."""
    document = docx.Document()
    body = document.element.body
    for paragraph in reversed(paragraphs):
        body.insert(0, parse_xml(paragraph.replace(">", f" {NAMES}>", 1)))
    stream = io.BytesIO()
    document.save(stream)
    (folder / "file.docx").write_bytes(stream.getvalue())
    return read_word(folder / "file.docx").paragraphs


def run(text: str) -> str:
    return f"<w:r><w:t>{text}</w:t></w:r>"


BOX = f"<w:txbxContent><w:p>{run('框里')}</w:p></w:txbxContent>"


@pytest.mark.parametrize(
    ("paragraph", "texts"),
    [
        (f"<w:p>{run('甲')}<w:hyperlink>{run('乙')}</w:hyperlink>{run('丙')}</w:p>", ["甲乙丙"]),
        (
            f"<w:p><w:ins w:id='1'>{run('甲')}</w:ins>"
            "<w:del w:id='2'><w:r><w:delText>乙</w:delText></w:r></w:del></w:p>",
            ["甲"],
        ),
        (
            f"<w:p><w:moveTo w:id='1'>{run('甲')}</w:moveTo>"
            f"<w:moveFrom w:id='2'>{run('乙')}</w:moveFrom></w:p>",
            ["甲"],
        ),
        (
            f"<w:p>{run('甲')}<w:sdt><w:sdtPr/><w:sdtContent>{run('乙')}</w:sdtContent></w:sdt></w:p>",
            ["甲乙"],
        ),
        (f"<w:p>{run('甲')}<w:smartTag>{run('乙')}</w:smartTag></w:p>", ["甲乙"]),
        (f"<w:p>{run('甲')}<w:fldSimple w:instr='DATE'>{run('乙')}</w:fldSimple></w:p>", ["甲乙"]),
        ("<w:p><w:r><w:instrText>DATE</w:instrText></w:r>" + run("甲") + "</w:p>", ["甲"]),
        ("<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>甲</w:t></w:r>" + run("乙") + "</w:p>", ["乙"]),
        ("<w:p><w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t><w:noBreakHyphen/></w:r></w:p>", ["甲\t乙-"]),
        (
            "<w:p><w:r><w:t>甲</w:t><w:br w:type='page'/><w:t>乙</w:t><w:br/><w:t>丙</w:t></w:r></w:p>",
            ["甲乙\v丙"],
        ),
        (
            f"<w:p><w:r><w:pict><v:shape><v:textbox>{BOX}</v:textbox></v:shape></w:pict></w:r>"
            f"{run('甲')}</w:p>",
            ["甲", "框里"],
        ),
        (
            "<w:p><w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>"
            f"{BOX}</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict>{BOX}</w:pict></mc:Fallback>"
            f"</mc:AlternateContent></w:r>{run('甲')}</w:p>",
            ["甲", "框里"],
        ),
        (
            "<w:p><w:r><w:ruby><w:rt><w:r><w:t>jia</w:t></w:r></w:rt><w:rubyBase>"
            f"{run('甲')}</w:rubyBase></w:ruby></w:r></w:p>",
            ["甲"],
        ),
        (
            f"<w:tbl><w:tr><w:tc><w:p>{run('甲')}</w:p></w:tc><w:tc><w:p>{run('乙')}</w:p></w:tc></w:tr>"
            f"<w:tr><w:trPr><w:del w:id='1'/></w:trPr><w:tc><w:p>{run('丙')}</w:p></w:tc></w:tr></w:tbl>",
            ["甲", "乙"],
        ),
    ],
)
def test_final_text_is_read(paragraph: str, texts: list[str], tmp_path: Path) -> None:
    assert [one.text for one in read(tmp_path, paragraph)] == texts


def test_paragraph_whose_mark_was_deleted_goes_on(tmp_path: Path) -> None:
    first = f"<w:p><w:pPr><w:rPr><w:del w:id='1'/></w:rPr></w:pPr>{run('甲')}</w:p>"
    assert [one.text for one in read(tmp_path, first, f"<w:p>{run('乙')}</w:p>")] == ["甲乙"]


def test_bookmarks_are_matched_by_their_numbers(tmp_path: Path) -> None:
    """LibreOffice writes the next start before the last end where two figures meet."""
    paragraph = (
        f"<w:p>{run('共')}<w:bookmarkStart w:id='5' w:name='_kd000001'/>{run('3场')}"
        "<w:bookmarkStart w:id='6' w:name='_kd000002'/><w:bookmarkEnd w:id='5'/>"
        f"{run('5人')}<w:bookmarkEnd w:id='6'/><w:bookmarkStart w:id='7' w:name='other'/></w:p>"
    )
    [read_back] = read(tmp_path, paragraph)
    assert dict(read_back.bookmarks) == {"_kd000001": (1, 3), "_kd000002": (3, 5)}


def test_what_floats_is_known(tmp_path: Path) -> None:
    table = (
        "<w:tbl><w:tblPr><w:tblpPr w:tblpY='1'/></w:tblPr>"
        f"<w:tr><w:tc><w:p>{run('甲')}</w:p></w:tc></w:tr></w:tbl>"
    )
    assert [(one.text, one.floating) for one in read(tmp_path, table, f"<w:p>{run('乙')}</w:p>")] == [
        ("甲", True),
        ("乙", False),
    ]
