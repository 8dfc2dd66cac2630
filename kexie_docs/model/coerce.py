"""From text to values: what the model's fields accept, and what they say when they do not.

Readers yield every scalar as text, so each function here decides strictly what a text means. Values that are
already of the right type pass, for callers that build a report in Python.
"""

import re
from datetime import date
from typing import Any

from kexie_docs.errors import message
from kexie_docs.figures.errors import QuantityError
from kexie_docs.figures.quantity import Quantity, parse_quantity, quantity_from_fields
from kexie_docs.frozen import dataclass
from kexie_docs.model.characters import shown, text_issues
from kexie_docs.model.issues import Issue, IssueError
from kexie_docs.model.limits import LINE_CHARACTERS, NAME_CHARACTERS
from kexie_docs.model.plain import is_blank
from kexie_docs.model.references import line_too_long, text_of

UNIT_KEYS = ("单位", "unit")
HEDGE_KEYS = ("表述", "hedge")
_NUMBER_KEYS = ("数值", "quantity")
_COMPARED_KEYS = ("上年", "previous", "目标", "target", "往年累计", "earlier")
_BREAKDOWN_KEYS = ("分项", "breakdown")

_DATE = re.compile(
    r"(?P<year>[0-9]{4})(?:"
    r"(?P<mark>[-/.])(?P<month>[0-9]{1,2})(?P=mark)(?P<day>[0-9]{1,2})"
    r"|年(?P<month_zh>[0-9]{1,2})月(?P<day_zh>[0-9]{1,2})日)"
)
_TEMPLATE_NAME = re.compile(r"[^\W_][\w-]*")


@dataclass(frozen=True, slots=True)
class SplitAmount:
    """A number given apart from its unit and hedge: 数值, 单位 and 表述 of a metric.

    Attributes:
        number: as written.
        unit: unit of the metric; "" for none.
        hedge: hedge of the number; "" for none.
        compared: whether it is a figure beside the metric's own (上年, 目标, 分项), which has the metric's
            unit unless it brings its own.
    """

    number: str
    unit: str
    hedge: str = ""
    compared: bool = False


def line(value: Any) -> str:
    """Return one line of text without white space at its ends.

    Raises:
        IssueError: it is empty, has several lines or a character that cannot be printed, is too long, or
            holds ``{{``, which is not read here.
    """
    text = text_of(value)
    issues = list(text_issues(text))
    stripped = text.strip()
    if not stripped:
        issues.append(Issue("KD204", message("The value is empty")))
    start = text.find(stripped)
    if (end := stripped.find("\n")) >= 0:
        issues.append(
            Issue(
                "KD205",
                message("This value has to be one line"),
                message("Join the lines."),
                offset=start + end,
            )
        )
    if len(stripped) > LINE_CHARACTERS:
        issues.append(line_too_long(len(stripped)))
    if (braces := text.find("{{")) >= 0:
        issues.append(
            Issue(
                "KD208",
                message("References are not read in this value"),
                message("Write what is to be printed, without {open}.", open="{{"),
                offset=braces,
            )
        )
    if issues:
        raise IssueError(*issues)
    return stripped


def lines(value: Any) -> Any:
    """Return a list of values from a list or from one value; the items are read by their own type."""
    return [value] if isinstance(value, str) else value


def year(value: Any) -> int:
    """Return a year from four digits.

    Raises:
        IssueError: it is something else.
    """
    if isinstance(value, int) and not isinstance(value, bool) and 1000 <= value <= 9999:
        return value
    text = str(value) if isinstance(value, int) else text_of(value).strip()
    if re.fullmatch(r"[12][0-9]{3}", text):
        return int(text)
    raise IssueError(
        Issue(
            "KD210",
            message("“{text}” is not a year", text=shown(text)),
            message("Write four digits, such as 2025."),
        )
    )


def issue_date(value: Any) -> date:
    """Return a date from 2025-12-31, 2025/12/31, 2025.12.31 or 2025年12月31日.

    Raises:
        IssueError: it has another form, or there is no such day.
    """
    if isinstance(value, date):
        return value
    text = text_of(value).strip()
    match = _DATE.fullmatch(text)
    if match is None:
        raise IssueError(
            Issue(
                "KD211",
                message("“{text}” is not a date", text=shown(text)),
                message("Write it as {one} or {other}.", one="2025-12-31", other="2025年12月31日"),
            )
        )
    month, day = match["month"] or match["month_zh"], match["day"] or match["day_zh"]
    try:
        return date(int(match["year"]), int(month), int(day))
    except ValueError:
        raise IssueError(
            Issue(
                "KD211",
                message("There is no such day: {text}", text=text),
                message("Check year, month and day."),
            )
        ) from None


def template_name(value: Any) -> str:
    """Return the name of a template: letters, digits, ``_`` and ``-``, so that it is no path.

    Raises:
        IssueError: it is none.
    """
    text = text_of(value).strip()
    if _TEMPLATE_NAME.fullmatch(text) and len(text) <= NAME_CHARACTERS:
        return text
    raise IssueError(
        Issue(
            "KD212",
            message("“{text}” cannot be the name of a template", text=shown(text)),
            message("Write the name alone, without folder or file ending, such as {name}.", name="summary"),
        )
    )


def quantity(value: Any) -> Quantity:
    """Return a figure from the words people write for it, or from its fields.

    Raises:
        IssueError: it is no figure.
    """
    if isinstance(value, Quantity):
        return value
    try:
        if isinstance(value, SplitAmount):
            return _from_parts(value)
        return parse_quantity(text_of(value, "figure"))
    except QuantityError as error:
        raise IssueError(Issue("KD310", error.problem, error.hint)) from None


def metric_fields(value: Any) -> Any:
    """Return the fields of a metric: a figure alone stands for its 数值; 单位 and 表述 are folded into 数值.

    Raises:
        IssueError: nothing is given, 单位 or 表述 is no text, or one of them is given twice.
    """
    if is_blank(value):
        raise IssueError(
            Issue(
                "KD204",
                message("The metric has no figure"),
                message("Write one, such as {example}, or delete the line.", example="300余场"),
            )
        )
    if isinstance(value, str | Quantity):
        return {"数值": value}
    if not isinstance(value, dict):
        return value
    fields = dict(value)
    unit = _take(fields, UNIT_KEYS)
    hedge = _take(fields, HEDGE_KEYS)
    for key in _NUMBER_KEYS:
        if isinstance(number := fields.get(key), str) and (unit or hedge) and not is_blank(number):
            fields[key] = SplitAmount(number, unit, hedge)
            unit = unit or _unit_of(number)
    if not unit:
        unit = next((_unit_of(text) for key in _NUMBER_KEYS if isinstance(text := fields.get(key), str)), "")
    for key in _COMPARED_KEYS:
        if isinstance(number := fields.get(key), str) and not is_blank(number):
            fields[key] = SplitAmount(number, unit, compared=True)
    for key in _BREAKDOWN_KEYS:
        if isinstance(items := fields.get(key), dict):
            fields[key] = {
                name: SplitAmount(number, unit, compared=True)
                if isinstance(number, str) and not is_blank(number)
                else number
                for name, number in items.items()
            }
    return fields


def _take(fields: dict[Any, Any], keys: tuple[str, str]) -> str:
    """Remove the value under either spelling and return it; "" where there is none."""
    found = [(key, fields.pop(key)) for key in keys if key in fields]
    given = [(key, value) for key, value in found if not is_blank(value)]
    if len(given) > 1:
        raise IssueError(
            Issue(
                "KD119",
                message(
                    "{key} and {other} are the same field, given twice", key=given[0][0], other=given[1][0]
                ),
                message("Keep one of the two."),
                path=(given[1][0],),
                on_key=True,
            )
        )
    if not given:
        return ""
    key, value = given[0]
    try:
        return line(value)
    except IssueError as error:
        raise IssueError(
            *(
                Issue(issue.code, issue.what, issue.hint, (key, *issue.path), issue.offset)
                for issue in error.issues
            )
        ) from None


def _from_parts(amount: SplitAmount) -> Quantity:
    number, unit = amount.number.strip(), amount.unit
    if unit and (number.endswith(unit) or (amount.compared and _unit_of(number))):
        unit = ""
    if amount.compared and not unit:
        return parse_quantity(number)
    return quantity_from_fields(number, unit, amount.hedge)


def _unit_of(number: str) -> str:
    """Return the unit a figure brings with it; "" when it has none or is no figure."""
    try:
        return parse_quantity(number).unit
    except QuantityError:
        return ""
