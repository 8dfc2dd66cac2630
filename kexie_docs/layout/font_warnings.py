"""What of a layout's fonts its readers should know: stand-ins for fonts that this machine lacks."""

from collections.abc import Iterator
from pathlib import Path

from kexie_docs.errors import Place, Problem, Severity, message
from kexie_docs.fonts.by_name import is_plain
from kexie_docs.fonts.fontset import MachineFonts
from kexie_docs.layout.pages import Layout
from kexie_docs.style.sheet import Style


def font_warnings(source: Path, layout: Layout, style: Style, fonts: MachineFonts) -> list[Problem]:
    """Return the warnings: characters that their style's font lacks (KD506), fonts that are not here (KD507).

    Args:
        source: the input, for the warnings' places.
        layout: of its document.
        style: of the document.
        fonts: that it was laid out with.
    """
    warnings = [_substituted(source, layout.substitutions)] if layout.substitutions else []
    return [*warnings, *_stand_ins(source, layout, style, fonts)]


def _stand_ins(source: Path, layout: Layout, style: Style, fonts: MachineFonts) -> Iterator[Problem]:
    """Yield a warning for every font that the document's styles name and this machine lacks."""
    names = {line.style for page in layout.pages for line in page.lines}
    used = {style.paragraphs[name].font for name in names if name in style.paragraphs}
    used |= {style.page_number.font, *(one.font for one in style.characters.values() if one.font is not None)}
    for font in style.named_fonts:
        if font in used and fonts.serving(font) is None and not is_plain(font.name):
            yield Problem(
                "KD507",
                message(
                    "{name} is not on this machine: the PDF is set in {other}; the Word file names {name}.",
                    name=font.name,
                    other=fonts.first(font).name,
                ),
                Place(str(source)),
                message("Put its file into the folder that KEXIE_DOCS_FONTS names."),
                Severity.WARNING,
            )


def _substituted(source: Path, substitutions: tuple[tuple[str, str], ...]) -> Problem:
    """Return the warning that some characters were printed in another font than their style's."""
    shown = ", ".join(f"{char} ({font})" for char, font in substitutions[:12])
    return Problem(
        "KD506",
        message(
            "{n} characters are in another font than the rest: {list}.", n=len(substitutions), list=shown
        ),
        Place(str(source)),
        message("The fonts of this machine lack them; `kexie-docs fonts list` shows which fonts are used."),
        Severity.WARNING,
    )
