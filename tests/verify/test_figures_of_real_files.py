"""Figures of finished files of every kind, as built: each edited in all its places, told and brought back."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from kexie_docs.pipeline import load
from kexie_docs.revisions.pulling import compare_input
from kexie_docs.revisions.word_file import read_word
from tests.verify.copies import ALL, WORKSHOP, Desk, desk, desk_of, finished
from tests.verify.edits import WordFile, overtype, text_of

Retype = Callable[[str, str], str]


def another_number(reference: str, text: str) -> str:
    """The figure with its last significant digit raised: 38人 39人, 300余场 400余场; 第十六届 as it is."""

    def raised(found: re.Match[str]) -> str:
        digits = found[0].rstrip("0") or found[0]
        return f"{int(digits) + 1}{found[0][len(digits) :]}"

    return text if "|" in reference else re.sub(r"\d+(?=\D*$)", raised, text, count=1)


def another_unit(reference: str, text: str) -> str:
    return text if "|" in reference else re.sub(r"(?<=\d)(余?)[项场个家人]$", r"\1批次", text)


def another_size(reference: str, text: str) -> str:
    return text if "|" in reference else re.sub(r"^\d+(?=[项场个家篇人]$)", "1.2万", text)


def without_hedge(reference: str, text: str) -> str:
    return text if "|" in reference else re.sub(r"(?<=\d)余|^[近超]", "", text)


def with_hedge(reference: str, text: str) -> str:
    return text if "|" in reference else re.sub(r"^\d+(?=[项个家篇人]$)", r"近\g<0>", text)


WAYS = {
    "number": another_number,
    "unit": another_unit,
    "size": another_size,
    "no hedge": without_hedge,
    "hedge": with_hedge,
}


def retyped(here: Desk, way: Retype, *, bookmarks: bool = True) -> list[tuple[str, str, str]]:
    """Edit the copy; return what has to be told."""
    changed: list[tuple[str, str, str]] = []

    def edit(file: WordFile) -> None:
        references = file.references()

        def change(name: str, text: str) -> str:
            new = way(references[name], text)
            if new != text:
                changed.append(("figure-changed", text, new))
            return new

        file.retype(change)

    here.edit(edit, bookmarks=bookmarks)
    return changed[::-1]


def said_otherwise(here: Desk, *, only_filtered: bool) -> set[str]:
    """References of the copy that it prints in two ways, so that an edit of one speaks against the other.

    With ``only_filtered`` those alone that a filter prints (312 beside 300余场, 三十八人 beside 38人); else
    those too whose unit stands in another column of a table.
    """
    file = WordFile(finished(here.input))
    references = file.references()
    ways: dict[str, set[str]] = {}
    for name, paragraph, start, end in file.figures():
        base, mark, _ = references[name].partition("|")
        ways.setdefault(base, set()).add(mark if only_filtered else text_of(paragraph)[start:end])
    return {base for base, texts in ways.items() if len(texts) > 1}


@pytest.mark.parametrize("bookmarks", [True, False], ids=["bookmarks", "no-bookmarks"])
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("name", ALL)
def test_all_figures_edited_at_once_are_told(name: str, way: str, bookmarks: bool, tmp_path: Path) -> None:
    here = desk(tmp_path, name)
    changed = retyped(here, WAYS[way], bookmarks=bookmarks)
    assert here.told() == changed


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("name", ALL)
def test_all_figures_edited_at_once_are_brought_back(name: str, way: str, tmp_path: Path) -> None:
    here = desk(tmp_path, name)
    retyped(here, WAYS[way])
    at_odds = said_otherwise(here, only_filtered=way == "number")
    pulled = here.pull()
    assert [one for one in pulled.left if not one.sources and one.metric.split("|")[0] not in at_odds] == []
    assert here.is_rebuilt() == (not pulled.left)
    assert here.pull().files == ()


def replaced_in(line: str, old: str, new: str) -> Callable[[WordFile], None]:
    """An edit of the table's row that begins with a cell."""

    def edit(file: WordFile) -> None:
        paragraphs = file.paragraphs()
        texts = [text_of(one) for one in paragraphs]
        cell = texts.index(old, texts.index(line))
        overtype(paragraphs[cell], 0, len(old), new)

    return edit


def both(*edits: Callable[[WordFile], None]) -> Callable[[WordFile], None]:
    def edit(file: WordFile) -> None:
        for one in edits:
            one(file)

    return edit


def test_figure_edited_in_text_and_in_a_table_with_its_unit_in_another_column_is_one(tmp_path: Path) -> None:
    here = desk(tmp_path, "yunxi-2025-minutes")
    here.edit(both(lambda file: file.replace("45家", "50家"), replaced_in("服务企业", "45", "50")))
    assert here.told() == [("figure-changed", "45家", "50家"), ("figure-changed", "45", "50")]
    pulled = here.pull()
    assert "服务企业: {数值: 50, 单位: 家, 上年: 38," in here.input.read_text(encoding="utf-8")
    assert [(one.metric, one.sources[0]) for one in pulled.left] == [
        ("服务企业|同比('幅度')", "服务企业"),
        ("服务企业|完成率", "服务企业"),
    ]
    assert here.pull().files == ()


def test_number_of_a_table_in_units_of_ten_thousand_is_written_with_them(tmp_path: Path) -> None:
    here = desk(tmp_path, "yunxi-2025-minutes").edit(
        both(lambda file: file.replace("86万元", "90万元"), replaced_in("科普活动经费", "86", "90"))
    )
    here.pull()
    assert "科普活动经费: {数值: 90万元, 上年: 80万元," in here.input.read_text(encoding="utf-8")
    here.edit(replaced_in("科普活动经费", "80", "75"))
    here.pull()
    assert "科普活动经费: {数值: 90万元, 上年: 75万元," in here.input.read_text(encoding="utf-8")


def test_figure_edited_in_the_text_but_not_in_the_table_is_listed(tmp_path: Path) -> None:
    here = desk(tmp_path, "yunxi-2025-minutes").edit(lambda file: file.replace("45家", "50家"))
    pulled = here.pull()
    assert pulled.files == ()
    assert [(one.old, one.new) for one in pulled.left] == [("45家", "50家")]


@pytest.mark.parametrize(
    ("edit", "written"),
    [
        (replaced_in("科普活动", "312", "318"), "数值: 318"),
        (
            both(replaced_in("科普活动", "312", "345"), lambda file: file.replace_all("300余场", "340余场")),
            "数值: 345",
        ),
    ],
    ids=["exact alone", "exact and hedged"],
)
def test_exact_number_edited_beside_its_hedged_figure_is_the_number_of_the_metric(
    edit: Callable[[WordFile], None], written: str, tmp_path: Path
) -> None:
    here = desk(tmp_path, "everywhere").edit(edit)
    pulled = here.pull()
    assert f"科普活动: {{{written}, 单位: 场, 表述: 余," in here.input.read_text(encoding="utf-8")
    assert [one for one in pulled.left if not one.sources] == []
    assert here.pull().files == ()


def test_figure_in_characters_edited_with_the_others_is_one(tmp_path: Path) -> None:
    text = "单位: {全称: 云溪市科协}\n年度: 2025\n指标: {专家: 38人}\n"
    text += "开篇: 共有{{专家}}，即{{专家|汉字}}。\n"
    here = desk_of(tmp_path, text).edit(
        both(lambda file: file.replace("38人", "42人"), lambda file: file.replace("三十八人", "四十二人"))
    )
    assert here.pull().left == ()
    assert here.is_rebuilt()
    assert "专家: 42人" in here.input.read_text(encoding="utf-8")


def test_bookmarks_are_those_of_the_table_in_the_file_when_the_input_prints_others_now(
    tmp_path: Path,
) -> None:
    """A reference taken from the input shifts the numbers of all that follow."""
    text = "单位: {全称: 云溪市科协}\n年度: 2025\n指标: {甲: 3场, 乙: 4场, 丙: 5场}\n"
    here = desk_of(tmp_path, f"{text}开篇: 办甲{{{{甲}}}}，办乙{{{{乙}}}}，办丙{{{{丙}}}}。\n")

    def edit(file: WordFile) -> None:
        file.replace("办乙4场", "于是又办了讲座7场")
        file.replace("办丙5场", "还有展览9场")

    here.edit(edit)
    before = [("figure-changed", "4场", "7场"), ("figure-changed", "5场", "9场")]
    assert [one for one in here.told() if one[0] == "figure-changed"] == before
    here.input.write_text(f"{text}开篇: 办乙{{{{乙}}}}，办丙{{{{丙}}}}。\n", encoding="utf-8")
    assert [one for one in here.told() if one[0] == "figure-changed"] == before


def test_derived_figure_that_was_edited_names_what_it_is_worked_out_from(tmp_path: Path) -> None:
    here = desk(tmp_path, "yunxi-2025-minutes").edit(lambda file: file.replace("增长16.4%", "增长20%"))
    [told] = compare_input(load(here.input), WORKSHOP.compose_traced, read_word(here.copy), str(here.copy))
    assert (told.metric, told.sources) == ("科普活动|同比", ("科普活动", "科普活动.上年"))
