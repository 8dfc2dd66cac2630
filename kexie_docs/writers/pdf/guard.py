"""The one door to reportlab: it is imported here, with nothing outside its package able to configure it.

On import reportlab runs `reportlab_mods` and `reportlab_settings` from wherever Python finds them, runs
`~/.reportlab_mods` and `~/.reportlab_settings`, and obeys `RL_*` variables: code and settings of whoever owns
the working folder. None of that belongs to a document.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType

from kexie_docs.errors import OutputError, Problem, message

_HOOKS = ("reportlab_mods", "reportlab_settings")
_PREFIX = "RL_"
_CLOCK = "SOURCE_DATE_EPOCH"
"""Read for a date that our files do not carry, and fatal to reportlab when it is no number."""


@contextmanager
def unconfigured() -> Iterator[None]:
    """Hide from reportlab what would configure it, and put the environment back afterwards."""
    hidden = {name: value for name, value in os.environ.items() if name.startswith(_PREFIX) or name == _CLOCK}
    for name in hidden:
        del os.environ[name]
    # An empty module that is already loaded is found before any file; `~/.reportlab_*` is then never tried.
    placed = [name for name in _HOOKS if name not in sys.modules]
    for name in placed:
        sys.modules[name] = ModuleType(name)
    try:
        yield
    finally:
        for name in placed:
            sys.modules.pop(name, None)
        os.environ.update(hidden)


with unconfigured():
    from reportlab import rl_config
    from reportlab.pdfbase import pdfdoc


def require_safe_settings() -> None:
    """Refuse to write with a reportlab that somebody else imported and opened to the network or to `eval`.

    Raises:
        OutputError: KD690.
    """
    if rl_config.trustedHosts is not None or rl_config.toColorCanUse != "rl_extended_literal_eval":
        raise OutputError(
            Problem(
                code="KD690",
                what=message("The PDF library reportlab was loaded with unsafe settings before kexie_docs."),
                hint=message("Load kexie_docs first, or leave trustedHosts and toColorCanUse alone."),
            )
        )


__all__ = ["pdfdoc", "require_safe_settings", "unconfigured"]
