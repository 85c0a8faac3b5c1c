"""What a text of Réglo is."""

from dataclasses import dataclass

from reglo.core.findings import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """Subject and body of a kind of message, with {variables}, and what its button says."""

    subject: Text
    body: Text
    button: Text
