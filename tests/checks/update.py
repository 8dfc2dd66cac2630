"""Write docs/rules.md from the docstrings of the rules: python tests/checks/update.py."""

from pathlib import Path

from kexie_docs.checks.manual import manual

MANUAL = Path(__file__).parents[2] / "docs" / "rules.md"

if __name__ == "__main__":
    MANUAL.write_text(manual(), encoding="utf-8")
