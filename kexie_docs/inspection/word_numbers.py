"""Numbers as attributes of a file state them, damaged ones included."""

_LARGEST = 1e9
"""Beyond this no length, size or count of a document lies, in whatever unit."""


def plain_number(text: str) -> float:
    """Return the number that an attribute states; 0 where it states none, or one that no document has."""
    try:
        value = float(text)
    except ValueError:
        return 0.0
    return value if -_LARGEST <= value <= _LARGEST else 0.0  # neither for NaN
