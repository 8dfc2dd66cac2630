"""Where the fields of a report stand, as composing asks for it."""

from typing import Protocol

from kexie_docs.errors import Place
from kexie_docs.model.plain import FieldPath, path_text


class PlaceOf(Protocol):
    """Gives the place of a field, as `LoadedReport.place` of the readers does."""

    def __call__(self, path: FieldPath | str, offset: int | None = None, /) -> Place:
        """Return the place of a path such as ``行动[1].导语``, or of a character in its text."""
        ...


def file_name(place: Place) -> str:
    """Return the name of a place's file without folders, the same on every machine; "" where it has none."""
    name = (place.file or "").replace("\\", "/").rpartition("/")[2]
    return name.encode("utf-8", "replace").decode()  # bytes that are no UTF-8 cannot stand in a document


def nowhere(path: FieldPath | str, offset: int | None = None, /) -> Place:
    """Return a place that knows the field only, for a report that no file gave."""
    return Place(field=path if isinstance(path, str) else path_text(path))
