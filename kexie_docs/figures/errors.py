"""The error of this package: a figure that cannot be read or printed as asked."""

from kexie_docs.errors import Message


class QuantityError(ValueError):
    """A figure that cannot be read, or a print rule that its value does not allow.

    Attributes:
        problem: what is wrong.
        hint: what to do, or None when `problem` already says it.
    """

    def __init__(self, problem: Message, hint: Message | None = None) -> None:
        self.problem = problem
        self.hint = hint
        super().__init__(str(problem))
