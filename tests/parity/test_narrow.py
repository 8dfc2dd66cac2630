"""Word = PDF where it is hardest: marks side by side, blanks at a line's end, narrow lines and cells."""

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from kexie_docs.doctree.nodes import Document, Figure, Inline, Paragraph, Placement, Text
from kexie_docs.doctree.numbering import with_numbered_figures
from kexie_docs.fonts.fontset import MachineFonts
from kexie_docs.style.load import STYLES, load_style
from tests.parity.corpus import paragraphs
from tests.parity.judge import judge
from tests.parity.narrow import narrow_paragraphs, narrow_tables
from tests.provenance.dense import with_figures
from tests.support.tools import require


@pytest.fixture(scope="module", autouse=True)
def libreoffice() -> str:
    return require("soffice")


def _at_every_column(*inlines: Inline) -> Document:
    """Return the inlines behind 0 to 27 characters, so that a line ends at each place inside them."""
    blocks = (Paragraph(inlines=(Text("字" * column), *inlines)) for column in range(28))
    return Document(blocks=tuple(with_numbered_figures(blocks)))


SPECIMENS: dict[str, Iterable[Inline]] = {
    # Two such marks are one portion: the second gives no spacing back.
    "dashes and dots side by side": (
        Text("评习——…讲绕…耕责……——果培50％‰推技，少基监新责展大作，阵地建设转型升级"),
    ),
    "middle dots side by side": (Text("评习··讲绕·耕责果培推技，少基监新责展大作，阵地建设转型升级"),),
    # Where a line begins with what a blank ends, LibreOffice's own fault would print "ohn Smith".
    "a blank before a name": (Text("共8余家服 John Smith）1:2.563020489662907743296500415328392760135。"),),
    "blanks before an address": (
        Text("共8余家服 \u3000zykx@163.com）1:2.56302048966290774329650041532839。"),
    ),
    "a blank inside a name": (Text("共八家New York）12.563020489662907743296500415328392760135418181。"),),
    "a blank before a figure": (
        Text("共8余家服 "),
        Figure("zykx@163.com）", "m", "m"),
        Text("1:2.56302048966290774329650041532839。"),
    ),
    "half of a dash in a figure": (
        Figure("评习—", "m", "m"),
        Text("—讲绕耕责果培推技少基监新责展大作转型升级"),
    ),
    "dots between two figures": (
        Figure("评习…", "m", "m"),
        Figure("…12％", "m", "m"),
        Text("％推技少基监新责"),
    ),
}


@pytest.mark.parametrize("base", STYLES)
def test_marks_and_blanks_at_every_column_are_as_in_libreoffice(
    base: str, fandol: MachineFonts, more_fonts: dict[str, Path], workdir: Path
) -> None:
    documents = [_at_every_column(*inlines) for inlines in SPECIMENS.values()]
    verdicts = judge(documents, load_style(base=base), fandol, more_fonts, workdir)
    for name, verdict in zip(SPECIMENS, verdicts, strict=True):
        assert not verdict.differences, f"{name}: {verdict}"
        assert verdict.lines > 28, name


def test_random_text_in_the_fonts_that_every_machine_has_is_as_in_libreoffice(
    seed: int, packaged: MachineFonts, more_fonts: dict[str, Path], workdir: Path
) -> None:
    """Noto prints digits behind Latin letters, dashes in Chinese, —— and fi otherwise than by themselves."""
    document = Document(blocks=tuple(Paragraph(inlines=(Text(text),)) for text in paragraphs(seed, 300)))
    (verdict,) = judge([document], load_style(), packaged, more_fonts, workdir)
    assert not verdict.differences, str(verdict)
    assert verdict.pages[0] == verdict.pages[1]


def test_a_dash_that_begins_a_text_without_letters_rules_its_line(
    fandol: MachineFonts, more_fonts: dict[str, Path], workdir: Path
) -> None:
    """Where no letter says which script's rules hold, the language of the text's first mark does."""
    inlines = (Figure("——", "m", "m"), Figure("|‘队目督及培时", "m", "m"))
    blocks = (
        Paragraph(inlines=inlines, placement=Placement(align="end", start_indent=24.0, end_indent=end / 10))
        for end in range(0, 25)
    )
    document = Document(blocks=tuple(with_numbered_figures(blocks)))
    (verdict,) = judge([document], load_style(base="strict"), fandol, more_fonts, workdir)
    assert not verdict.differences, str(verdict)


@pytest.mark.parametrize("base", STYLES)
@pytest.mark.parametrize("make", [narrow_paragraphs, narrow_tables])
def test_narrow_lines_with_figures_break_as_in_libreoffice(
    make: Callable[[int], Document],
    base: str,
    seed: int,
    fandol: MachineFonts,
    more_fonts: dict[str, Path],
    workdir: Path,
) -> None:
    """Figures begin and end anywhere, inside numbers and words too."""
    documents = [with_figures(make(seed + number), seed + number, 0.4, anywhere=True) for number in range(3)]
    documents.append(make(seed + 3))
    for verdict in judge(documents, load_style(base=base), fandol, more_fonts, workdir):
        ours = [[row.text for row in one.ours] for one in verdict.differences]
        theirs = [[row.text for row in one.theirs] for one in verdict.differences]
        assert theirs == ours, str(verdict)
        assert verdict.lines > 150
