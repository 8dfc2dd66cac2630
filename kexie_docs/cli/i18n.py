"""The language of messages: which one the user wants, and the catalogue for it."""

import gettext
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeAlias

DOMAIN = "kexie_docs"
LOCALE_FOLDER = Path(__file__).parents[1] / "locale"

Translate: TypeAlias = Callable[[str], str]
"""English source text to the user's language."""


def language(environment: Mapping[str, str], system: str | None = None) -> str:
    """Return "zh_CN" or "en".

    KEXIE_DOCS_LANG wins; then the locale's usual variables in their usual order; then ``system``, the
    language that the operating system reports where it has no such variables (Windows).
    """
    variables = ("KEXIE_DOCS_LANG", "LC_ALL", "LC_MESSAGES", "LANG")
    wanted = next((environment[name] for name in variables if environment.get(name)), system or "")
    return "zh_CN" if wanted.lower().startswith("zh") else "en"


def system_language() -> str | None:
    """Return the language of the Windows user interface, or None elsewhere."""
    import sys

    if sys.platform == "win32":
        import ctypes
        import locale

        return locale.windows_locale.get(ctypes.windll.kernel32.GetUserDefaultUILanguage())
    return None


def catalogue(chosen: str) -> gettext.NullTranslations:
    """Return the catalogue of a language; English is the source and needs none."""
    return gettext.translation(DOMAIN, LOCALE_FOLDER, [chosen], fallback=chosen == "en")
