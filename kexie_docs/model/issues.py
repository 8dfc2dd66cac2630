"""What is wrong with a value: issues that a validator raises and a reader turns into problems with places."""

from kexie_docs.errors import Message
from kexie_docs.frozen import dataclass
from kexie_docs.model.plain import FieldPath


@dataclass(frozen=True, slots=True)
class Issue:
    """One thing that is wrong with a value.

    Attributes:
        code: stable name such as ``KD211``.
        what: what is wrong.
        hint: what to do, or None when `what` already says it.
        path: of the value; relative to the field where a validator raises it, from the top elsewhere.
        offset: where in the value's text, in characters, or None for the value as a whole.
        on_key: whether it concerns the key and not the value.
    """

    code: str
    what: Message
    hint: Message | None = None
    path: FieldPath = ()
    offset: int | None = None
    on_key: bool = False


class IssueError(ValueError):
    """Raised by validators of the model; a ValueError, as pydantic asks.

    Attributes:
        issues: what is wrong, at least one.
    """

    def __init__(self, *issues: Issue) -> None:
        self.issues = issues
        super().__init__("; ".join(f"{issue.code}: {issue.what}" for issue in issues))
