"""Input text: prose with references to values, parsed once and kept with its source.

Input text is not a template. It may hold references only: ``{{name}}``, ``{{name.part}}``, and either with
filters whose arguments are constants. Everything else between double braces is an error at its place.
"""

from typing import TypeAlias

from kexie_docs.frozen import dataclass


@dataclass(frozen=True, slots=True)
class Reference:
    """A reference in input text.

    Attributes:
        path: name and parts, such as ``("单位", "简称")``.
        filters: name and constant arguments of each filter, left to right.
        expression: what stands between the braces, stripped.
        offset: of the opening braces in the source text, in characters.
    """

    path: tuple[str, ...]
    filters: tuple[tuple[str, tuple[str, ...]], ...]
    expression: str
    offset: int


Piece: TypeAlias = str | Reference


@dataclass(frozen=True, slots=True)
class ProseText:
    """Text of one field.

    Attributes:
        source: as the file has it.
        pieces: literal text and references in order; printed braces (``{{'{{'}}``) are literal text.
    """

    source: str
    pieces: tuple[Piece, ...]

    @property
    def references(self) -> tuple[Reference, ...]:
        """Its references in order."""
        return tuple(piece for piece in self.pieces if isinstance(piece, Reference))

    @property
    def paragraphs(self) -> tuple[tuple[Piece, ...], ...]:
        """Its paragraphs (parted by blank lines or line ends; a line is a paragraph), empty ones dropped."""
        result: list[tuple[Piece, ...]] = []
        current: list[Piece] = []
        for piece in self.pieces:
            if isinstance(piece, Reference):
                current.append(piece)
                continue
            first, *others = piece.split("\n")
            current.append(first)
            for line in others:
                result.append(tuple(current))
                current = [line]
        result.append(tuple(current))
        return tuple(stripped for stripped in map(_strip, result) if stripped)

    @property
    def located(self) -> "tuple[Located, ...]":
        """Its pieces, each with where it stands in the source."""
        result: list[Located] = []
        for index, piece in enumerate(self.pieces):
            start = result[-1].end if result else 0
            after = self.pieces[index + 1 :]
            bound = next((one.offset for one in after if isinstance(one, Reference)), len(self.source))
            end = bound
            if isinstance(piece, Reference) and after and isinstance(literal := after[0], str):
                # An argument may hold braces itself, so what follows tells where the reference ends.
                end = bound - len(literal)
                if self.source[end:bound] != literal:
                    end = self.source.find("}}", piece.offset) + 2
            result.append(Located(piece, start, end))
        return tuple(result)


@dataclass(frozen=True, slots=True)
class Located:
    """A piece of a text and its offsets in the source; printed braces are longer there."""

    piece: Piece
    start: int
    end: int


def _strip(pieces: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """Drop white space at both ends, and empty pieces."""
    kept = list(pieces)
    if kept and isinstance(kept[0], str):
        kept[0] = kept[0].lstrip()
    if kept and isinstance(kept[-1], str):
        kept[-1] = kept[-1].rstrip()
    return tuple(piece for piece in kept if piece)
