"""What keeps a short process short; each line was measured with a build of four pages, 0.26 s before.

All of it belongs to the command line, which owns its process; from Python nothing of this happens.
"""

import gc
import os
import sys
from types import ModuleType


def quicken() -> None:
    """Set up this process for a short life."""
    # Start-up makes many objects that stay: collecting meanwhile costs 40 ms.
    gc.set_threshold(100_000, 50, 50)
    # Pydantic would search all installed packages for plugins of its own. PYDANTIC_DISABLE_PLUGINS spares
    # the search, but not the loading of importlib.metadata for it, 9 ms; a module without plugins does.
    plugins = ModuleType("pydantic.plugin._loader")
    # A module has the attributes that it is given; mypy knows none of them.
    plugins.get_plugins = tuple  # type: ignore[attr-defined]
    sys.modules.setdefault(plugins.__name__, plugins)


def leave(code: int) -> None:
    """End the process: files are written and closed; taking a thousand modules down costs 40 ms."""
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    finally:
        os._exit(code)
