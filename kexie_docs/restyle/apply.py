"""A style file with everything that was changed in a specimen."""

from collections.abc import Callable, Sequence

from kexie_docs.frozen import dataclass
from kexie_docs.readers.word_styles import Looks, Sample, WordStyles
from kexie_docs.restyle.changes import (
    Change,
    Uncarried,
    grid_followers,
    space_changes,
    type_changes,
)
from kexie_docs.restyle.compare import (
    StyleRef,
    differences,
    direct_formatting,
    gone,
    page_differences,
    styles_of,
)
from kexie_docs.restyle.page import page_changes
from kexie_docs.style.edit import edited
from kexie_docs.style.sheet import Style

_KNOWN = 0.5
"""Share of a template's own styles by which a file is known to be a specimen of its kind."""


@dataclass(frozen=True, slots=True)
class Direct:
    """A paragraph that is formatted beside its style: its number, from 1, and the properties."""

    number: int
    sample: Sample
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Restyling:
    """What becomes of a template's style file.

    Attributes:
        text: the whole file from now on.
        changes: its values that are new; empty when nothing was changed in the Word file.
        uncarried: what was changed there and cannot be held.
        gone: styles that are no longer in the Word file.
        direct: its paragraphs that are formatted directly.
        sections: how many sections the Word file has; only the first one's page counts.
    """

    text: str
    changes: tuple[Change, ...]
    uncarried: tuple[Uncarried, ...]
    gone: tuple[StyleRef, ...]
    direct: tuple[Direct, ...]
    sections: int


def is_specimen(word: WordStyles, sheet: Style) -> bool:
    """Return whether a Word file was made as a specimen: it says so, or has the style sheet's own styles."""
    if word.written is not None:
        return True
    own = [(name, style_id) for _, name, style_id in styles_of(sheet) if not name.isascii()]
    known = sum(word.now.find(name, style_id) is not None for name, style_id in own)
    return bool(own) and known >= len(own) * _KNOWN


def restyled(
    word: WordStyles, fresh: Looks, sheet: Style, text: str, load: Callable[[str], Style]
) -> Restyling:
    """Return what a Word file makes of a style file.

    Args:
        word: the edited specimen.
        fresh: the looks of a specimen of the style sheet as it is; taken for what was written where the file
            does not remember it (WPS may leave it out).
        sheet: the template's style sheet until now.
        text: its style file until now; "" when it has none.
        load: gives the style sheet that the style file would be with another text.

    Raises:
        TemplateError: the style file would not be valid.
    """
    before = word.written if word.written is not None else fresh
    found = tuple(differences(sheet, before, word.now))
    pages = page_differences(before, word.now)
    first = [
        *page_changes(sheet, pages, word.now),
        *type_changes(sheet, found),
        *grid_followers(sheet, found),
    ]
    changes = [one for one in first if isinstance(one, Change)]
    # Indents and spaces are counted in 字 and 行, which the other changes have changed.
    second = list(space_changes(sheet, load(_written(text, changes)), found))
    changes += [one for one in second if isinstance(one, Change)]
    changes.sort(key=lambda one: _ORDER.index(one.path[0]))
    result = _written(text, changes) if changes else text
    load(result)
    return Restyling(
        text=result,
        changes=tuple(changes),
        uncarried=tuple(one for one in (*first, *second) if isinstance(one, Uncarried)),
        gone=tuple(gone(sheet, before, word.now)),
        direct=tuple(
            Direct(number, sample, names)
            for number, sample in enumerate(word.samples, 1)
            if (names := direct_formatting(sample, word.now))
        ),
        sections=word.sections,
    )


_ORDER = ("page", "grid", "page_number", "paragraph", "character")


def _written(text: str, changes: Sequence[Change]) -> str:
    return edited(text, {one.path: one.value for one in changes})
