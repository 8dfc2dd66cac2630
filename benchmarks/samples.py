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
        copies.append(_renamed(actions, names, f"_{copy}"))
    return f"{head}行动:\n{''.join(copies)}{tail}"


def plain(path: Path) -> str:
    """Return the composed text of an input as JSON for the peers: a list of [kind, text]."""
    composition = compose(load(path))
    rows = []
    for block in composition.document.blocks:
        kind = "title" if isinstance(block, Title) else "heading" if isinstance(block, Heading) else "body"
        rows.append([kind, block_text(block)])
    return json.dumps(rows, ensure_ascii=False)


def county(seed: int) -> str:
    """Return a made-up county's summary of 4 to 8 pages: own name and year, shuffled clauses."""
    chance = random.Random(seed)
    head, actions, tail = re.split(r"^行动:\n|^(?=结语:)", variant(seed), flags=re.M)
    items = re.split(r"^(?=  - 标题:)", actions, flags=re.M)[1:]
    extra = chance.choices(items, k=chance.randint(0, 5))
    names = re.findall(r"^ {10}([^\s:#]+): ", actions, flags=re.M)
    copies = [_renamed(item, names, f"_{number}") for number, item in enumerate(extra, 2)]
    county = "".join(chance.choices("安平宁丰清和永兴昌泰云溪河川山林", k=2))
    text = f"{head}行动:\n{''.join(items + copies)}{tail}"
    return re.sub(r"^年度: \d+", f"年度: {2000 + seed % 30}", text.replace("张掖", county), flags=re.M)


def _renamed(text: str, names: list[str], mark: str) -> str:
    """Return part of an input with its metrics' names marked, both where they are given and where used."""
    for name in sorted(set(names), key=len, reverse=True):
        text = re.sub(rf"(?<=^ {{10}}){re.escape(name)}(?=: )", f"{name}{mark}", text, flags=re.M)
        text = text.replace("{{" + name + "}}", "{{" + f"{name}{mark}" + "}}")
    return text
