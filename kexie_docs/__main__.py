"""``python -m kexie_docs``: the same as the command ``kexie-docs``."""

from kexie_docs.cli.main import main

main()
