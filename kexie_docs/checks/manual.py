"""The manual of the rules, made from their docstrings: one page, or all of them as Markdown."""

from collections.abc import Callable, Iterator

from kexie_docs.checks.engine import all_rules
from kexie_docs.checks.rule import InputRule, Page, Rule, page_of
from kexie_docs.errors import Severity, message

GROUPS = (
    ("KC1", "Typography · 标点和版面用字"),
    ("KC2", "Numerals · 数字用法"),
    ("KC3", "Figures · 数据"),
    ("KC4", "Wording, names and structure · 用词、名称和结构"),
)
"""First characters of the codes, and what the rules of each group are about."""


def rule_of(code: str) -> Rule | None:
    """Return the rule of a code such as KC101, in either case; None when there is none."""
    return next((rule for rule in all_rules() if rule.code == code.strip().upper()), None)


def explanation(rule: Rule, translate: Callable[[str], str]) -> str:
    """Return the page of a rule as plain text, in the language of ``translate``."""
    severity = message("error") if rule.severity is Severity.ERROR else message("warning")
    grade = severity.render(translate) + (", --fix" if is_fixable(rule) else "")
    return page_text(f"{rule.code} ({grade})", page_of(rule), translate)


def page_text(head: str, page: Page, translate: Callable[[str], str]) -> str:
    """Return a manual page as plain text under its first line, in the language of ``translate``."""
    lines = [
        head,
        translate(page.what),
        "",
        message("Why: {text}", text=translate(page.why)).render(translate),
        message("Wrong: {text}", text=page.wrong).render(translate),
        message("Right: {text}", text=page.right).render(translate),
        message("Source: {text}", text=translate(page.source)).render(translate),
    ]
    return "\n".join(lines) + "\n"


def translatable() -> Iterator[str]:
    """Yield the sentences of all pages that the catalogue has to translate; examples are Chinese already."""
    for rule in all_rules():
        page = page_of(rule)
        yield from (page.what, page.why, page.source)


def manual() -> str:
    """Return the pages of all rules as Markdown."""
    parts = [
        "# Rules of `kexie-docs check`",
        "",
        "Made from the docstrings in `kexie_docs/checks/`: do not edit. `kexie-docs explain CODE` shows one.",
        "",
        "Errors end the check with exit code 7, warnings only with `--strict`. "
        "What is marked **fix** is repaired by `--fix`.",
    ]
    for prefix, title in GROUPS:
        parts += ["", f"## {title}"]
        for rule in all_rules():
            if rule.code.startswith(prefix):
                parts += ["", *_section(rule)]
    return "\n".join(parts) + "\n"


def _section(rule: Rule) -> list[str]:
    page = page_of(rule)
    fix = " · **fix**" if is_fixable(rule) else ""
    return [
        f"### {rule.code}",
        "",
        f"{page.what} ({_severity(rule)}{fix})",
        "",
        f"- **Why**: {page.why}",
        f"- **Wrong**: `{page.wrong}`",
        f"- **Right**: `{page.right}`",
        f"- **Source**: {page.source}",
    ]


def _severity(rule: Rule) -> str:
    return "error" if rule.severity is Severity.ERROR else "warning"


def is_fixable(rule: Rule) -> bool:
    """Return whether ``--fix`` repairs what a rule finds: tried on the rule's own wrong example."""
    from kexie_docs.checks.rule import CheckedText, TextKind

    if isinstance(rule, InputRule):
        return False
    wrong = page_of(rule).wrong
    texts = (CheckedText(wrong), CheckedText(wrong, TextKind.HEADING))
    return any(hit.edits for text in texts for hit in rule.check(text))
