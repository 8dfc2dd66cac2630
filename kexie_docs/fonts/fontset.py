"""The faces that serve each role on this machine, opened when first needed, with fallback per character."""

import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import Path

from kexie_docs.errors import FontError, Message, Place, Problem, Severity, message
from kexie_docs.fonts.by_name import known_candidate, other_candidate, stand_in
from kexie_docs.fonts.catalog import CATALOG, ROLE_NAMES, Candidate, name_key
from kexie_docs.fonts.discover import FontFiles, FontFolder, index_fonts
from kexie_docs.fonts.face import FoundGlyph
from kexie_docs.fonts.harfbuzz_face import HarfBuzzFace, open_faces
from kexie_docs.frozen import dataclass
from kexie_docs.style.sheet import Font, FontRole, NamedFont

# One preferred folder is read by the names inside its files when their file names say nothing; bounded,
# because somebody may point it at thousands of fonts.
_MAX_OPENED_BY_NAME = 64
# Looking for one font by its name alone: a few milliseconds a file.
_MAX_OPENED_FOR_NAME = 1000


@dataclass(frozen=True, slots=True)
class ServingFace:
    """A face that serves a role, and the catalogue's candidate that it is."""

    face: HarfBuzzFace
    candidate: Candidate


class MachineFonts:
    """A `kexie_docs.fonts.face.FontSet` over the font files of this machine.

    Opens a file only when its turn comes. Keeps the faces it has opened, so one instance should serve all
    documents of a run; what it returns never depends on what it was asked before.
    """

    def __init__(self, files: FontFiles) -> None:
        self._files = files
        self._opened: dict[Path, tuple[HarfBuzzFace, ...]] = {}
        self._problems: dict[tuple[str, str], Problem] = {}
        self._pending: dict[Font, list[tuple[Candidate, Path]]] = {
            role: _places(CATALOG[role], files) for role in FontRole
        }
        self._serving: dict[Font, list[ServingFace]] = {role: [] for role in FontRole}
        self._found: dict[Font, dict[str, FoundGlyph]] = {role: {} for role in FontRole}

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Warnings about the font files looked at so far: damaged, or not allowed inside a document."""
        return tuple(self._problems[key] for key in sorted(self._problems))

    def find(self, font: Font, char: str) -> FoundGlyph:
        """Return the glyph for one character: from the font's own faces, then from those of (other) roles.

        Raises:
            FontError: KD501, no font has the character; KD502, there is no Chinese font at all.
        """
        known = self._found.get(font)
        if known is None:
            known = self._found[font] = {}
        found = known.get(char)
        if found is None:
            found = known[char] = self._search(font, char)
        return found

    def first(self, font: Font) -> HarfBuzzFace:
        """Return the first face of a role, or of a named font: its own, else that of the role it stands near.

        Raises:
            FontError: KD502, no font serves the role.
        """
        serving = self.serving(font)
        if serving is not None:
            return serving.face
        if isinstance(font, NamedFont):
            return self.first(stand_in(font.name))
        raise FontError(no_font(font))

    def serving(self, font: Font) -> ServingFace | None:
        """Return the font's first face with its candidate, or None when this machine has none for it."""
        return self._nth(font, 0)

    def _search(self, font: Font, char: str) -> FoundGlyph:
        first = self.first(font)
        near = stand_in(font.name) if isinstance(font, NamedFont) else font
        own: list[Font] = [font] if isinstance(font, NamedFont) else []
        for other in (*own, near, *(one for one in FontRole if one is not near)):
            position = 0
            while (serving := self._nth(other, position)) is not None:
                glyph = serving.face.glyph(char)
                if glyph is not None:
                    return FoundGlyph(serving.face, glyph, substituted=serving.face is not first)
                position += 1
        raise FontError(_no_glyph(char))

    def _nth(self, role: Font, position: int) -> ServingFace | None:
        if isinstance(role, NamedFont) and role not in self._pending:
            self._pending[role] = _places_by_name(role.name, self._files)
            self._serving[role] = []
        serving = self._serving[role]
        pending = self._pending[role]
        while len(serving) <= position and pending:
            candidate, path = pending.pop(0)
            face = self._matching(candidate, path)
            if face is not None and all(one.face is not face for one in serving):
                serving.append(ServingFace(face, candidate))
        return serving[position] if position < len(serving) else None

    def _matching(self, candidate: Candidate, path: Path) -> HarfBuzzFace | None:
        for face in self._faces(path):
            if not candidate.name_keys.isdisjoint(name_key(name) for name in (face.name, *face.names)):
                if face.embeddable:
                    return face
                self._problems[str(path), "KD504"] = _not_embeddable(path)
        return None

    def _faces(self, path: Path) -> tuple[HarfBuzzFace, ...]:
        if path not in self._opened:
            try:
                self._opened[path] = tuple(open_faces(path))
            except FontError as error:
                self._opened[path] = ()
                for problem in error.problems:
                    self._problems[str(path), problem.code] = problem
        return self._opened[path]


def load_fontset(folders: Iterable[FontFolder]) -> MachineFonts:
    """Return the fonts in ``folders``; opens none yet."""
    return MachineFonts(index_fonts(folders))


def _places_by_name(name: str, files: FontFiles) -> list[tuple[Candidate, Path]]:
    """Return the files in which a font of the name may be: those of its usual file names.

    All files may hold one that the catalogue does not know, and whoever asks for it waits until they have
    been looked into.
    """
    known = known_candidate(name)
    if known is not None:
        return _places((known,), files)
    candidate = other_candidate(name)
    usual = _places((candidate,), files)
    paths = [path for index in (files.preferred, files.others) for group in index.values() for path in group]
    return [*usual, *((candidate, path) for path in paths[:_MAX_OPENED_FOR_NAME])]


def _places(candidates: Sequence[Candidate], files: FontFiles) -> list[tuple[Candidate, Path]]:
    """Return where each of some candidates, best first, may be."""
    named: list[tuple[Candidate, Path]] = []
    for index in (files.preferred, files.others):
        group = [
            (candidate, path)
            for candidate in candidates
            for key in sorted(candidate.file_keys)
            for path in index.get(key, ())
        ]
        if index is files.preferred and not group:
            # Files of a folder that was named on purpose may have any name.
            unnamed = [path for paths in index.values() for path in paths][:_MAX_OPENED_BY_NAME]
            group = [(candidate, path) for candidate in candidates for path in unnamed]
        named.extend(group)
    return named


def no_font(role: FontRole) -> Problem:
    """Return the problem that nothing serves a role."""
    return Problem(
        code="KD502",
        what=message("There is no font for {role} on this machine.", role=ROLE_NAMES[role]),
        hint=message("Run `kexie-docs fonts install` to fetch open Chinese fonts."),
    )


def _no_glyph(char: str) -> Problem:
    codepoint = f"U+{ord(char):04X}"
    if not char.isprintable():
        return Problem(
            code="KD501",
            what=message("The text holds {codepoint}, a character that prints nothing.", codepoint=codepoint),
            hint=message("Delete it: it often comes along when text is copied from a web page."),
        )
    return Problem(
        code="KD501",
        what=_missing(char, codepoint),
        hint=message(
            "Put a font that has it into the folder that KEXIE_DOCS_FONTS names, or write another character."
        ),
    )


def _missing(char: str, codepoint: str) -> Message:
    name = unicodedata.name(char, "")
    if name and not name.startswith("CJK "):
        return message(
            "No font here has the character {char} ({codepoint}, {name}).",
            char=char,
            codepoint=codepoint,
            name=name,
        )
    return message("No font here has the character {char} ({codepoint}).", char=char, codepoint=codepoint)


def _not_embeddable(path: Path) -> Problem:
    return Problem(
        code="KD504",
        what=message("This font forbids being put into a document, so it is not used."),
        place=Place(file=str(path)),
        hint=message("Install the edition of the font that its maker licenses for documents."),
        severity=Severity.WARNING,
    )
