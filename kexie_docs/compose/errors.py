"""What goes wrong where only a value or a mark is known; whoever knows the place makes the message."""

from kexie_docs.errors import Message


class ValueUseError(Exception):
    """A value was asked for something that it has not; the template's place is added where it is caught.

    Attributes:
        code: stable name such as ``KD405``.
        what: what is wrong.
        hint: what to do, or None.
    """

    def __init__(self, code: str, what: Message, hint: Message | None = None) -> None:
        self.code = code
        self.what = what
        self.hint = hint
        super().__init__(str(what))
