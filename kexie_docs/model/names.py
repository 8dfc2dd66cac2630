"""Names that text may refer to: the plain values, the parts of a metric, and what a metric may be called."""

import re
import unicodedata
from collections.abc import Collection
from functools import cache

from kexie_docs.model.fields import fields_of
from kexie_docs.model.limits import NAME_CHARACTERS
from kexie_docs.model.report import Metric, Organization, Report

_NAME = re.compile(r"[^\W\d_][\w·]*")

_JINJA_WORDS = frozenset(
    (  # noqa: SIM905 - a list of sixty quoted words is harder to read
        "and autoescape block break call caller continue cycler do elif else endautoescape endblock endcall "
        "endfilter endfor endif endmacro endraw endset endtrans endwith extends false False filter for from "
        "ignore if import in include is joiner kwargs lipsum loop macro missing namespace none None not or "
        "pluralize raw recursive required scoped self set super trans true True varargs with without"
    ).split()
)


TEMPLATE_NAMES = ("默认", "defaults", "全部指标", "all_metrics")
"""Names that templates see beside those of the model: their own wording, and every metric of the input."""


@cache
def metric_parts() -> dict[str, str]:
    """Return the parts of a metric that text may ask for, in both spellings, to the Chinese one."""
    return {name: field.alias for name, field in fields_of(Metric).items() if field.name != "quantity"}


def metric_texts() -> frozenset[str]:
    """Return the Chinese names of the parts of a metric that are text and no figures."""
    return frozenset(("来源", "期间", "单位", "表述"))


@cache
def organization_parts() -> dict[str, str]:
    """Return the parts of the organisation, in both spellings, to the Chinese one."""
    return {name: field.alias for name, field in fields_of(Organization).items()}


@cache
def value_names() -> dict[str, str]:
    """Return the plain values of the top level that text may refer to, in both spellings, to the Chinese."""
    fields = fields_of(Report)
    return {name: fields[name].alias for name in ("年度", "year", "单位", "organization")}


def reserved_names(filters: Collection[str]) -> frozenset[str]:
    """Return the names that no metric may have: top-level keys, filters, words of templates and Jinja2."""
    return _JINJA_WORDS.union(fields_of(Report), filters, TEMPLATE_NAMES)


def is_metric_name(name: str) -> bool:
    """Return whether a name has the form of a metric's name.

    A letter or Han character, then letters, digits, Han, ``_`` or ``·``; its own NFKC form, so that two names
    that look alike are not two names; a Jinja2 identifier too.
    """
    return (
        len(name) <= NAME_CHARACTERS
        and _NAME.fullmatch(name) is not None
        and name.isidentifier()
        and unicodedata.is_normalized("NFKC", name)
    )


def propose_name(name: str, taken: Collection[str]) -> str:
    """Return a name near to ``name`` that a metric may have and that is not in ``taken``."""
    kept = "".join(
        character
        for character in unicodedata.normalize("NFKC", name)
        if character in "_·" or ("a" + character).isidentifier()
    )
    # A name such as 2025年项目 keeps its digits, at the end.
    leading = re.match(r"[\W\d_·]*", kept)
    head = leading[0] if leading is not None else ""
    base = (kept[len(head) :] + head.strip("_·"))[: NAME_CHARACTERS - 3]
    if not is_metric_name(base):
        base = "指标" + re.sub(r"[^\w·]", "", base)[:20]
    if not is_metric_name(base):
        base = "指标"
    if base not in taken:
        return base
    return next(f"{base}{number}" for number in range(2, len(taken) + 3) if f"{base}{number}" not in taken)
