"""The filters and tests of templates: few of Jinja2's own, and those of figures, dates, lists, quotes."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from jinja2.filters import FILTERS as JINJA_FILTERS
from jinja2.runtime import Context, Undefined
from jinja2.tests import TESTS as JINJA_TESTS
from jinja2.utils import pass_context

from kexie_docs.compose.block_values import BlockValue
from kexie_docs.compose.errors import ValueUseError
from kexie_docs.compose.guard import Guard, printable
from kexie_docs.compose.loader import FolderLoader
from kexie_docs.compose.number_values import DateValue, FigureValue, MetricsValue, NumberValue
from kexie_docs.compose.values import MissingValue, ProseValue, TextValue, Value
from kexie_docs.doctree.walk import inline_text
from kexie_docs.errors import message
from kexie_docs.figures.filters import FILTERS
from kexie_docs.text.numerals import LARGEST, format_date, to_hans

_KEPT_FILTERS = (
    *("first", "last", "length", "map", "reject", "rejectattr", "reverse", "select", "selectattr", "trim"),
)
_KEPT_TESTS = ("defined", "undefined", "even", "odd", "divisibleby", "none", "in", "sameas", "true", "false")
_COMPARING_TESTS = ("==", "!=", "<", "<=", ">", ">=", "eq", "ne", "lt", "le", "gt", "ge", "equalto")

_DIGITS = "〇一二三四五六七八九"

DATE_FORMS: Mapping[str, Callable[[date], str]] = {
    "": format_date,
    "汉字": lambda day: f"{_year(day)}年{to_hans(day.month)}月{to_hans(day.day)}日",
    "年月": lambda day: f"{day.year}年{day.month}月",
    "月日": lambda day: f"{day.month}月{day.day}日",
    "汉字年月": lambda day: f"{_year(day)}年{to_hans(day.month)}月",
    "短": lambda day: day.isoformat(),
    "点": lambda day: f"{day.year}.{day.month}.{day.day}",
}
"""Forms of a date by their name; "" is that of GB/T 9704 7.3.5.4."""

ALIASES: Mapping[str, str] = {
    "日期": "date",
    "汉字": "hans",
    "并列": "listed",
    "引号": "quoted",
    "书名号": "book_titles",
    "指标表": "metric_table",
    "图片": "picture",
    "准确": "exact",
    "同比": "year_on_year",
    "占比": "share",
    "完成率": "completion",
    "合计": "total",
    "累计": "cumulative",
    "人均": "per_head",
    "每万人": "per_ten_thousand",
    "平均": "average",
}
"""English names of the filters that have a Chinese one."""


def filters_of(guard: Guard, loader: FolderLoader) -> dict[str, Any]:
    """Return the filters by name, in both spellings; lists and texts that they make are counted.

    Args:
        guard: counts them.
        loader: of the template's folder, where pictures stand.
    """

    @pass_context
    def picture(context: Context, name: Any, caption: Any = "", width: Any = "", **more: Any) -> BlockValue:
        from kexie_docs.compose.pictures import picture_value

        _require(name)
        asked = more.pop("宽", width)
        if more:
            raise ValueUseError(
                "KD419",
                message("A picture has no “{name}”.", name=next(iter(more))),
                message("Write {example}.", example="| 图片('图1　…', 宽='100mm')"),
            )
        return picture_value(context, loader, guard, name, caption, asked)

    def join(value: Iterable[Any], between: Any = "") -> str:
        return guard.joined(value, between)

    def listed(value: Iterable[Any], last: Any = "和") -> str:
        items = guard.listed(value)
        if len(items) < 2:
            return guard.joined(items)
        return guard.joined([guard.joined(items[:-1], "、"), printable(last), items[-1]])

    def quoted(value: Any) -> str:
        return guard.joined(_enclosed(item, "“", "”") for item in _items(value))

    def book_titles(value: Any) -> str:
        return guard.joined(_enclosed(item, "《", "》") for item in _items(value))

    result: dict[str, Callable[..., Any]] = {name: JINJA_FILTERS[name] for name in _KEPT_FILTERS}
    result |= {"count": JINJA_FILTERS["length"], "default": _default, "d": _default}
    result |= {"join": join, "list": guard.listed}
    own = {name: _figure_filter(name) for name in FILTERS}
    own |= {"汉字": _hans, "日期": _date, "并列": listed, "引号": quoted, "书名号": book_titles}
    own |= {"指标表": _metric_table, "图片": picture}
    return result | own | {english: own[name] for name, english in ALIASES.items()} | guard.filters()


def tests_of() -> dict[str, Any]:
    """Return the tests by name."""
    known: Mapping[str, Any] = JINJA_TESTS
    result: dict[str, Any] = {name: known[name] for name in _KEPT_TESTS}
    result |= {name: _compared(known[name]) for name in _COMPARING_TESTS}
    return result | {"ending": _ending}


def _compared(test: Callable[..., bool]) -> Callable[..., bool]:
    def apply(value: Any, other: Any) -> bool:
        if isinstance(value, list | tuple | dict) or isinstance(other, list | tuple | dict):
            raise ValueUseError(
                "KD409",
                message("Lists cannot be compared."),
                message("Compare their lengths or their items."),
            )
        return test(value, other)

    return apply


def _default(value: Any, default: Any = "", boolean: bool = False) -> Any:
    """Return the value, or the default when the name or the input does not give one."""
    if isinstance(value, Undefined | MissingValue) or (boolean and not value):
        return default
    return value


def _ending(value: Any, text: object) -> bool:
    """Return whether a value's text ends with ``text``; a value that the input does not give does not."""
    if isinstance(value, MissingValue):
        return False
    if isinstance(value, ProseValue) and value:
        value = list(value)[-1]
    printed = inline_text(value.inlines()) if isinstance(value, Value) else str(value)
    return printed.endswith(inline_text(text.inlines()) if isinstance(text, Value) else str(text))


def _require(value: Any) -> None:
    """Raise what printing it would, for a value that is not there."""
    if isinstance(value, Undefined | MissingValue):
        str(value)


def _figure_filter(name: str) -> Callable[..., Any]:
    def apply(value: Any, *arguments: Any) -> FigureValue:
        if isinstance(value, FigureValue):
            return value.filtered(name, arguments)
        _require(value)
        raise ValueUseError("KD312", message("The filter “{name}” can only be put on a figure.", name=name))

    return apply


def _hans(value: Any, *arguments: Any) -> Any:
    """Return a figure, a number or a date in Chinese numerals; a number digit by digit with 逐位."""
    if isinstance(value, FigureValue):
        return value.filtered("汉字", arguments)
    if isinstance(value, DateValue):
        return _date(value, "汉字")
    number = value.number if isinstance(value, NumberValue) else value
    if not isinstance(number, int) or isinstance(number, bool):
        _require(value)
        raise ValueUseError(
            "KD312",
            message(
                "The filter “{name}” can only be put on a figure, a whole number or a date.", name="汉字"
            ),
        )
    form = str(arguments[0]) if arguments else ""
    if form not in ("", "逐位") or len(arguments) > 1:
        raise ValueUseError(
            "KD312",
            message("The filter “{name}” has no form “{form}”.", name="汉字", form=form),
            message("Forms are: {forms}.", forms="逐位"),
        )
    if not 0 <= number <= LARGEST:
        raise ValueUseError("KD312", message("{number} has no Chinese numerals here.", number=number))
    return "".join(_DIGITS[int(digit)] for digit in str(number)) if form else to_hans(number)


def _date(value: Any, form: Any = "") -> str:
    """Return a date in one of `DATE_FORMS`."""
    if not isinstance(value, DateValue):
        _require(value)
        raise ValueUseError("KD312", message("The filter “{name}” can only be put on a date.", name="日期"))
    name = printable(form)
    if name not in DATE_FORMS:
        raise ValueUseError(
            "KD312",
            message("The filter “{name}” has no form “{form}”.", name="日期", form=name),
            message("Forms are: {forms}.", forms="、".join(filter(None, DATE_FORMS))),
        )
    return DATE_FORMS[name](value.day)


def _year(day: date) -> str:
    return "".join(_DIGITS[int(digit)] for digit in f"{day.year}")


def _items(value: Any) -> Iterable[Any]:
    """Return the items of a list; a text is its own only item."""
    if isinstance(value, str | TextValue | FigureValue | NumberValue | DateValue):
        return [value]
    _require(value)
    return value if isinstance(value, Iterable) else [value]


def _enclosed(value: Any, opening: str, closing: str) -> str:
    """Return a text between marks, unless it has them already."""
    plain = value.text if isinstance(value, TextValue) else value if isinstance(value, str) else ""
    if plain.startswith(opening) and plain.endswith(closing):
        return printable(value)
    return f"{opening}{printable(value)}{closing}"


def _metric_table(value: Any, *columns: Any) -> BlockValue:
    """Return the table of metrics."""
    if not isinstance(value, MetricsValue):
        _require(value)
        raise ValueUseError(
            "KD410",
            message("A table of metrics can only be made of metrics."),
            message(
                "Write {whole} or {part}, say.",
                whole="{{ 全部指标 | 指标表 }}",
                part="{{ 项.指标 | 指标表 }}",
            ),
        )
    from kexie_docs.compose.metric_table import metric_table

    table = metric_table(value, tuple(map(printable, columns)))
    return BlockValue(value.printer, "指标表", table)
