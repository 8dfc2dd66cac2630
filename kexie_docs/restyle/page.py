"""What people changed of a specimen's page: paper, margins, the place of the page number."""

from collections.abc import Iterator, Sequence

from kexie_docs.readers.word_styles import Looks
from kexie_docs.restyle.changes import Change, Uncarried
from kexie_docs.restyle.shown import millimetres, shown_length
from kexie_docs.style.edit import Path_
from kexie_docs.style.fields import TABLES
from kexie_docs.style.sheet import Style
from kexie_docs.units import Twips


def page_changes(sheet: Style, names: Sequence[str], now: Looks) -> Iterator[Change | Uncarried]:
    """Yield what became of the paper, the margins and the place of the page number.

    Args:
        sheet: the template's style sheet until now.
        names: the lengths that were changed, as `kexie_docs.restyle.compare.page_differences` gives them.
        now: the edited file's looks.
    """
    for name in names:
        length = Twips(now.page[name])
        if name == "gutter":
            yield Uncarried(None, name, length)
        elif name == "footer":
            # The dash stands at mid-height of the footer's last line, which stands on the footer distance.
            foot = Twips(now.page.get("bottom", sheet.page.bottom))
            below = Twips(round(foot - length - sheet.page_number.line_pitch / 2))
            yield from _length_change(sheet, ("page_number", "below"), below, sheet.page_number.below)
        else:
            yield from _length_change(sheet, ("page", name), length, getattr(sheet.page, name))


def _length_change(sheet: Style, path: Path_, length: Twips, old: Twips) -> Iterator[Change | Uncarried]:
    written = f"{millimetres(length)}mm"
    field = TABLES[path[0]][path[1]]
    try:
        read = field.read(written)
    except ValueError:
        yield Uncarried(None, path[1], length, field.expected)
        return
    if read != old:
        yield Change(path, written, shown_length(old, "mm"), shown_length(read, "mm"))
