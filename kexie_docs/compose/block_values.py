"""Values beside those of the model: whole blocks, and texts under names of the template's own."""

from collections.abc import Mapping
from typing import Any

from kexie_docs.compose.tokens import BlockContent
from kexie_docs.compose.values import MissingValue, Printer, Value
from kexie_docs.doctree.nodes import Block


class BlockValue(Value):
    """Blocks that stand on a line of their own, whatever Markdown is around them."""

    __slots__ = ("_blocks",)

    def __init__(self, printer: Printer, name: str, *blocks: Block) -> None:
        super().__init__(printer, name)
        self._blocks = blocks

    def __str__(self) -> str:
        return f"\n\n{self._printer.token(BlockContent(self._blocks, self._name))}\n\n"


class ExtraValue(Value):
    """What an input gives under 附加, by name; what it does not give is missing, as the names are free."""

    __slots__ = ("_texts",)

    def __init__(self, printer: Printer, name: str, texts: Mapping[str, Value]) -> None:
        super().__init__(printer, name)
        self._texts = texts

    def part(self, name: str) -> Any:
        """Return the text of a name, missing where it is not given."""
        return self._texts.get(name) or MissingValue(self._printer, f"{self._name}.{name}")

    def __len__(self) -> int:
        return len(self._texts)

    def __bool__(self) -> bool:
        return bool(self._texts)
