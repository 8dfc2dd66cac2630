"""Our frozen dataclasses do what the standard library's do."""

import copy
import dataclasses
import importlib
import pickle
import pkgutil
from dataclasses import FrozenInstanceError, field
from typing import Any

import pytest

import kexie_docs
from kexie_docs.frozen import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """Positional, with defaults of every kind."""

    file: str
    line: int = 1
    notes: list[str] = field(default_factory=list)
    seen: bool = field(default=False, compare=False, repr=False)

    @property
    def shown(self) -> str:
        return f"{self.file}:{self.line}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Length:
    """By name only, checked when made."""

    value: int
    unit: str = "mm"

    def __post_init__(self) -> None:
        if self.value < 0:
            raise ValueError(self.value)


def same(made: object, /, **fields: Any) -> bool:
    return all(getattr(made, name) == value for name, value in fields.items())


def test_arguments_and_defaults() -> None:
    assert same(Place("a"), file="a", line=1, notes=[], seen=False, shown="a:1")
    assert same(Place("a", 2, ["n"], True), line=2, notes=["n"], seen=True)
    assert Place("a").notes is not Place("a").notes
    assert same(Length(value=3), value=3, unit="mm")
    for wrong in (lambda: Place(), lambda: Place("a", 1, [], True, 5), lambda: Length(3)):  # type: ignore[call-arg]
        with pytest.raises(TypeError):
            wrong()
    with pytest.raises(ValueError, match="-1"):
        Length(value=-1)


def test_equality_hash_and_repr() -> None:
    assert Place("a", seen=True) == Place("a")
    assert Place("a") != Place("b")
    assert Place("a") != object()
    assert hash(Length(value=3)) == hash(Length(value=3))
    assert repr(Place("a")) == "Place(file='a', line=1, notes=[])"
    assert repr(Length(value=3)) == "Length(value=3, unit='mm')"


def test_nothing_can_be_set_or_deleted() -> None:
    place = Place("a")
    with pytest.raises(FrozenInstanceError):
        place.line = 2  # type: ignore[misc]
    with pytest.raises(FrozenInstanceError):
        del place.line
    with pytest.raises((FrozenInstanceError, AttributeError)):
        place.other = 2  # type: ignore[attr-defined]
    assert not hasattr(place, "__dict__")


def test_copies_and_pickles_are_equal() -> None:
    place = Place("a", 2, ["n"], True)
    for again in (copy.copy(place), copy.deepcopy(place), pickle.loads(pickle.dumps(place))):
        assert same(again, file="a", line=2, notes=["n"], seen=True)


def test_the_standard_library_knows_them() -> None:
    assert dataclasses.replace(Place("a"), line=3) == Place("a", 3)
    assert dataclasses.asdict(Length(value=3)) == {"value": 3, "unit": "mm"}
    assert [one.name for one in dataclasses.fields(Place)] == ["file", "line", "notes", "seen"]
    match Place("a", 2):
        case Place("a", line):
            assert line == 2
        case _:
            pytest.fail("no match by position")
    assert Length.__match_args__ == ()


def test_what_is_not_plain_goes_to_the_standard_library() -> None:
    @dataclass(frozen=True, slots=True)
    class Sub(Place):
        more: int = 0

    assert Sub("a", more=2).more == 2
    assert issubclass(Sub, Place)


def test_all_classes_of_the_package_have_what_the_standard_library_gives_them() -> None:
    checked = 0
    for module in pkgutil.walk_packages(kexie_docs.__path__, "kexie_docs."):
        if module.name.endswith("__main__"):
            continue
        for cls in vars(importlib.import_module(module.name)).values():
            if not (
                isinstance(cls, type)
                and cls.__module__ == module.name
                and "__dataclass_fields__" in vars(cls)
            ):
                continue
            values = {one.name: object() for one in dataclasses.fields(cls)}
            if hasattr(cls, "__post_init__") or not cls.__dataclass_params__.frozen:  # type: ignore[attr-defined]
                continue
            made = cls(**values)
            assert same(made, **values), cls
            assert same(dataclasses.replace(made), **values), cls
            checked += 1
    assert checked > 100
