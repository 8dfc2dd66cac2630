"""Did you mean: a near name is found, a far one is not proposed."""

import pytest

from kexie_docs.model.nearest import nearest

NAMES = ["标题", "导语", "指标", "措施", "科普活动", "科普项目", "title", "metrics"]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("标提", "标题"),
        ("科普话动", "科普活动"),
        ("科普项木", "科普项目"),
        ("指标项", "指标"),
        ("titel", "title"),
        ("metric", "metrics"),
        ("标题", "标题"),
    ],
)
def test_near_name_is_found(name: str, expected: str) -> None:
    assert nearest(name, NAMES) == expected


@pytest.mark.parametrize("name", ["", "年", "完全不同", "xyz", "科"])
def test_far_name_has_none(name: str) -> None:
    assert nearest(name, NAMES) is None


def test_nearest_of_several_is_taken() -> None:
    assert nearest("科普活动场", ["科普场馆", "科普活动", "活动场"]) == "科普活动"


def test_thousands_of_names_are_no_trouble() -> None:
    assert nearest("科普活动", (f"科普活{number}" for number in range(100_000))) is not None
