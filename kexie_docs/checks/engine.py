"""The engine: all rules in one list, run over a text or over an input."""

from collections.abc import Iterator, Sequence
from functools import cache
from types import ModuleType

from kexie_docs.checks.rule import CheckedText, Edit, Hit, InputRule, Rule, TextRule
from kexie_docs.errors import Message, Severity
from kexie_docs.frozen import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule found in a text.

    Attributes:
        code: of the rule, such as KC101.
        severity: error or warning.
        start: offset of the first character concerned.
        end: offset after the last one.
        what: what is wrong.
        hint: what to do, or None.
        edits: the repair, where it is mechanical; offsets as above.
    """

    code: str
    severity: Severity
    start: int
    end: int
    what: Message
    hint: Message | None
    edits: tuple[Edit, ...]


def rules_in(module: ModuleType) -> tuple[Rule, ...]:
    """Return the rules that a module defines, by code."""
    found = (value for value in vars(module).values() if isinstance(value, TextRule | InputRule))
    return tuple(sorted(found, key=lambda rule: rule.code))


@cache
def text_rules() -> tuple[TextRule, ...]:
    """Return every rule that needs a paragraph only."""
    from kexie_docs.checks import amounts, numerals, punctuation, typography, wording

    modules = (typography, punctuation, numerals, amounts, wording)
    rules = (rule for module in modules for rule in rules_in(module) if isinstance(rule, TextRule))
    return tuple(sorted(rules, key=lambda rule: rule.code))


@cache
def all_rules() -> tuple[Rule, ...]:
    """Return every rule by code."""
    from kexie_docs.checks import claims, contradictions, figures, names, structure

    modules = (figures, contradictions, claims, names, structure)
    others = (rule for module in modules for rule in rules_in(module))
    return tuple(sorted((*text_rules(), *others), key=lambda rule: rule.code))


def check_text(text: CheckedText, rules: Sequence[TextRule] | None = None) -> Iterator[Finding]:
    """Yield what the rules find in a paragraph, rule by rule.

    Args:
        text: the paragraph, from an input or from a finished file.
        rules: the rules to run; None for all that need no input.
    """
    for rule in text_rules() if rules is None else rules:
        for hit in rule.check(text):
            yield _finding(rule, hit)


def _finding(rule: TextRule, hit: Hit) -> Finding:
    return Finding(rule.code, rule.severity, hit.start, hit.end, hit.what, hit.hint, hit.edits)
