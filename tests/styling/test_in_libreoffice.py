"""Styles changed in LibreOffice itself, by its own objects, as its dialogues change them."""

import subprocess
import tomllib
from html import escape
from pathlib import Path

from tests.support.cli import Run

FILE = "styles.docx"

MACRO = """\
Sub Restyle(source As String, target As String)
 Dim hidden(0) As New com.sun.star.beans.PropertyValue
 hidden(0).Name = "Hidden"
 hidden(0).Value = True
 document = StarDesktop.loadComponentFromURL(source, "_blank", 0, hidden())
 styles = document.StyleFamilies.getByName("ParagraphStyles")
 body = styles.getByName("Standard")
 body.CharFontName = "楷体"
 body.CharFontNameAsian = "楷体"
 body.CharHeight = 15
 body.CharHeightAsian = 15
 heading = styles.getByName("Heading 1")
 heading.CharColor = RGB(255, 0, 0)
 heading.ParaTopMargin = 500
 note = styles.getByName("附注")
 note.ParaLeftMargin = 1000
 note.ParaAdjust = com.sun.star.style.ParagraphAdjust.CENTER
 note.CharKerning = 100
 pages = document.StyleFamilies.getByName("PageStyles")
 For index = 0 To pages.Count - 1
  page = pages.getByIndex(index)
  If page.isInUse() Then
   page.LeftMargin = 3000
   page.RightMargin = 3000
   page.TopMargin = 3000
  End If
 Next index
 Dim format(0) As New com.sun.star.beans.PropertyValue
 format(0).Name = "FilterName"
 format(0).Value = "MS Word 2007 XML"
 document.storeToURL(target, format())
 document.close(True)
End Sub
"""


def run(soffice: str, workdir: Path, *arguments: str) -> None:
    profile = (workdir / "macro-profile").resolve().as_uri()
    subprocess.run(
        [soffice, f"-env:UserInstallation={profile}", "--headless", "--norestore", *arguments],
        capture_output=True, timeout=120, check=False, env={"PATH": "/usr/bin:/bin", "HOME": str(workdir)},
    )  # fmt: skip


def restyle(soffice: str, workdir: Path, source: Path, target: Path) -> None:
    """Run the macro; LibreOffice makes its folder of macros when it first starts."""
    run(soffice, workdir, "--terminate_after_init")
    module = workdir / "macro-profile" / "user" / "basic" / "Standard" / "Module1.xba"
    module.parent.mkdir(parents=True, exist_ok=True)
    module.write_text(
        '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE script:module PUBLIC '
        '"-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">\n<script:module '
        'xmlns:script="http://openoffice.org/2000/script" script:name="Module1" '
        f'script:language="StarBasic">{escape(MACRO)}</script:module>',
        encoding="utf-8",
    )
    run(
        soffice,
        workdir,
        f'macro:///Standard.Module1.Restyle("{source.as_uri()}","{target.as_uri()}")',
    )


def test_what_was_changed_in_libreoffice_comes_back(
    project: Path, command: Run, soffice: str, workdir: Path
) -> None:
    assert command("template", "to-word", "summary", "written.docx").code == 0
    restyle(soffice, workdir, project / "written.docx", project / FILE)
    outcome = command("template", "from-word", FILE, "summary")
    assert outcome.err.splitlines() == [
        "the page: top margin: 37 mm → 30 mm",
        "the page: left margin: 28 mm → 30 mm",
        "the page: right margin: 26 mm → 30 mm",
        "正文 and 25 styles that go with it: font: 仿宋_GB2312 → 楷体",
        "正文 and 23 styles that go with it: size: 三号 (16 pt) → 小三 (15 pt)",
        "标题 1: colour: 000000 → FF0000",
        "附注: alignment: justified → centred",
        "附注: character spacing: -0.25 pt → 2.85 pt",
        "标题 1: space before: 0 lines high → 0.489 lines high",
        "附注: left indent: 0 characters wide → 1.588 characters wide",
    ]
    tables = tomllib.loads((project / "templates" / "summary" / "style.toml").read_text(encoding="utf-8"))
    assert tables["page"] == {"top": "30mm", "left": "30mm", "right": "30mm"}
    assert tables["paragraph"]["body"] == {"font": "楷体", "size": "小三"}
