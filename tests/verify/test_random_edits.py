"""Random edits of finished files: told, brought back, built again; on failure the seed is printed."""

import os
import random
from pathlib import Path

import pytest

from tests.verify.copies import ALL, desk
from tests.verify.edits import WordFile, overtype, text_of

SEED = int(os.environ.get("KEXIE_TEST_SEED") or random.SystemRandom().randrange(10**6))

WORDS = (
    "各级科协组织",
    "持续",
    "，成效明显",
    "进一步",
    "“科普大讲堂”",
    "3场",
    "120余人",
    "近百家",
    "；",
    " ",
    "A股{{",
    "#",
    "|",
)


def number_of(chance: random.Random) -> int:
    return chance.randrange(1, 300)


def any_edit(file: WordFile, chance: random.Random) -> None:
    """One thing that people do."""
    paragraph = chance.choice(file.paragraphs())
    text = text_of(paragraph)
    at = chance.randrange(len(text) + 1)
    match chance.randrange(11):
        case 0 | 1:
            overtype(paragraph, at, at, chance.choice(WORDS))
        case 2 | 3:
            overtype(paragraph, at, min(at + chance.randrange(1, 12), len(text)), "")
        case 4:
            overtype(paragraph, at, min(at + chance.randrange(1, 12), len(text)), chance.choice(WORDS))
        case 5:
            parent = paragraph.getparent()
            # The last paragraph of a cell cannot be deleted.
            if parent is not None and not parent.tag.endswith("}tc"):
                parent.remove(paragraph)
        case 6:
            digits = [place for place, char in enumerate(text) if char in "0123456789"]
            if digits:
                place = chance.choice(digits)
                overtype(paragraph, place, place + 1, chance.choice("123456789"))
        case 7 if 0 < at < len(text):
            file.split_at(paragraph, at)
        case 8 if (following := paragraph.getnext()) is not None and following.tag == paragraph.tag:
            file.join_next(paragraph)
        case 9:
            file.add_below(paragraph, f"新增一段，{chance.choice(WORDS)}做好第{number_of(chance)}项工作。")
        case _:
            other = chance.choice(file.paragraphs())
            if other is not paragraph and paragraph.getparent() is other.getparent() is file.root[0]:
                other.addprevious(paragraph)


@pytest.mark.parametrize("number", range(24))
def test_random_edits_are_told_and_brought_back(number: int, tmp_path: Path) -> None:
    seed = SEED + number
    print(f"KEXIE_TEST_SEED={seed} repeats this as number 0")  # noqa: T201
    chance = random.Random(seed)
    here = desk(tmp_path, chance.choice(ALL))

    def edit(file: WordFile) -> None:
        for _ in range(chance.randrange(1, 6)):
            any_edit(file, chance)

    untouched = [text.strip() for text in here.rebuilt()]
    here.edit(edit, bookmarks=chance.random() < 0.5)
    changed = [text.strip() for text in here.texts()] != untouched
    assert bool(here.told()) == changed
    pulled = here.pull()
    assert bool(here.told()) == bool(pulled.left)
    if not pulled.left:
        assert here.is_rebuilt()
    assert here.pull().files == ()
