"""Errors that a user can act on."""

from reglo.core.findings import Text


class DomainError(Exception):
    """Something the user asked for cannot be done, and here is why and how to mend it.

    code: stable identifier of the kind of error; field: the input that is wrong, where there is one; is_lasting:
    whether trying the same thing again later is of no use.
    """

    code = "domain-error"
    is_lasting = False

    def __init__(self, message: Text, *, field: str | None = None) -> None:
        super().__init__(message.en)
        self.message = message
        self.field = field


class UnreadableDocument(DomainError):
    """These bytes are no document that Réglo reads: wrong format, damaged, too large, dangerous."""

    code = "unreadable-document"
