"""Write docs/file-rules.md from the docstrings of the rules: python tests/inspect/update.py."""

from pathlib import Path

from kexie_docs.inspection.manual import file_manual

MANUAL = Path(__file__).parents[2] / "docs" / "file-rules.md"

if __name__ == "__main__":
    MANUAL.write_text(file_manual(), encoding="utf-8")
