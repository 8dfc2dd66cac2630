"""Inputs to measure with: the example summary, longer ones, and ones whose text is all different."""

import json
import random
import re
from pathlib import Path

from kexie_docs.doctree.nodes import Heading, Title
from kexie_docs.doctree.walk import block_text
from kexie_docs.pipeline import compose, load

EXAMPLE = Path(__file__).parents[1] / "inputs" / "zhangye-2025.yaml"


def variant(seed: int) -> str:
    """Return the example input with the clauses of every line of prose in another order.

    References keep their clause, so the input stays valid; no two seeds give equal paragraphs.
    """
    shuffle = random.Random(seed)

    def mixed(match: re.Match[str]) -> str:
        clauses = re.split(r"[，；。！]", match[2])
        kept = [clause for clause in clauses if clause.strip()]
        shuffle.shuffle(kept)
        return match[1] + "，".join(kept) + "。"

    # Lines of prose are those with a full stop, inside a block or after a key.
    return re.sub(
        r"^(\s+(?:[^\s#:]+: )?)([^\s#][^\n]*。)$", mixed, EXAMPLE.read_text(encoding="utf-8"), flags=re.M
    )


def longer(times: int) -> str:
    """Return the example input with its list of actions repeated, metric names kept unique."""
    text = EXAMPLE.read_text(encoding="utf-8")
    head, actions, tail = re.split(r"^行动:\n|^(?=结语:)", text, flags=re.M)
    copies = [actions]
    names = re.findall(r"^ {10}([^\s:#]+): ", actions, flags=re.M)
    for copy in range(2, times + 1):
        renamed = actions
        for name in sorted(set(names), key=len, reverse=True):
            renamed = re.sub(rf"(?<=^ {{10}}){re.escape(name)}(?=: )", f"{name}_{copy}", renamed, flags=re.M)
            renamed = renamed.replace("{{" + name + "}}", "{{" + f"{name}_{copy}" + "}}")
        copies.append(renamed)
    return f"{head}行动:\n{''.join(copies)}{tail}"


def plain(path: Path) -> str:
    """Return the composed text of an input as JSON for the peers: a list of [kind, text]."""
    composition = compose(load(path))
    rows = []
    for block in composition.document.blocks:
        kind = "title" if isinstance(block, Title) else "heading" if isinstance(block, Heading) else "body"
        rows.append([kind, block_text(block)])
    return json.dumps(rows, ensure_ascii=False)
