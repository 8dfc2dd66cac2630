"""The manual of the rules for finished files, made from their docstrings."""

from collections.abc import Callable, Iterator

from kexie_docs.checks.manual import page_text
from kexie_docs.checks.rule import Page, sections_of
from kexie_docs.errors import message
from kexie_docs.inspection.inspect import file_rules
from kexie_docs.inspection.rule import FileRule

GROUPS = (
    ("KC5", "Page · 页面和版心"),
    ("KC6", "Type, headings · 字体字号、段落和层次序数"),
    ("KC70", "Letterhead · 版头"),
    ("KC71", "Title, addressee · 标题和主送机关"),
    ("KC72", "Attachments · 附件说明和附件"),
    ("KC73", "Signature, date · 署名、成文日期、附注"),
    ("KC74", "Imprint · 版记"),
    ("KC75", "Page number · 页码"),
    ("KC76", "Minutes · 纪要"),
)
"""First characters of the codes, and what the rules of each group are about."""


def file_rule_of(code: str) -> FileRule | None:
    """Return the rule of a code such as KC502, in either case; None when there is none."""
    return next((rule for rule in file_rules() if rule.code == code.strip().upper()), None)


def file_page_of(rule: FileRule) -> Page:
    """Return the manual page of a rule, read off its docstring."""
    return sections_of(rule.code, rule.check)


def file_explanation(rule: FileRule, translate: Callable[[str], str]) -> str:
    """Return the page of a rule as plain text, in the language of ``translate``."""
    levels = {"must": message("must"), "normal": message("normal"), "recommended": message("recommended")}
    head = f"{rule.code} ({levels[rule.fact.level].render(translate)})"
    return page_text(head, file_page_of(rule), translate)


def translatable() -> Iterator[str]:
    """Yield the sentences of all pages that the catalogue has to translate."""
    for rule in file_rules():
        page = file_page_of(rule)
        yield from (page.what, page.why, page.source)


def file_manual() -> str:
    """Return the pages of all rules for finished files as Markdown."""
    parts = [
        "# Rules of `kexie-docs check` for Word files and PDFs",
        "",
        "Made from the docstrings in `kexie_docs/inspection/`: do not edit. `kexie-docs explain CODE` "
        "shows one.",
        "",
        "A broken **must** ends the check with exit code 7, the rest only with `--strict`. The rules "
        "for texts ([rules.md](rules.md)) hold for finished files as well: an error there counts as must, a "
        "warning as recommended.",
    ]
    for prefix, title in GROUPS:
        parts += ["", f"## {title}"]
        for rule in file_rules():
            if rule.code.startswith(prefix):
                page = file_page_of(rule)
                parts += [
                    "",
                    f"### {rule.code}",
                    "",
                    f"{page.what} ({rule.fact.level.value})",
                    "",
                    f"- **Why**: {page.why}",
                    f"- **Wrong**: `{page.wrong}`",
                    f"- **Right**: `{page.right}`",
                    f"- **Source**: {page.source}",
                ]
    return "\n".join(parts) + "\n"
