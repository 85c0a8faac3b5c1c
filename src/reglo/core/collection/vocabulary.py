"""The words of collection: tones, channels, stances."""

from enum import StrEnum


class Tone(StrEnum):
    """How a message speaks, from the softest to the hardest."""

    GENTLE = "gentle"
    PRACTICAL = "practical"
    FRIENDLY = "friendly"
    FIRM = "firm"
    LAST = "last"
    FORMAL_NOTICE = "formal-notice"  #: mise en demeure, C. civ. 1344

    @property
    def strength(self) -> int:
        """Place in that order, from 0."""
        return _STRENGTH[self]

    @property
    def speaks_of_lateness(self) -> bool:
        """Whether it tells the customer that it is late, and so may not be used before it is."""
        return self.strength >= _STRENGTH[Tone.FRIENDLY]


_STRENGTH = {tone: strength for strength, tone in enumerate(Tone)}


class Channel(StrEnum):
    """By what means."""

    EMAIL = "email"
    LETTER = "letter"  #: a PDF to be posted
    CALL = "call"  #: a telephone call: a task for a person


class Stance(StrEnum):
    """How one treats a customer (*profil de relation*)."""

    CONSIDERATE = "considerate"  #: later, softer, no formal notice unless a person decides it
    STANDARD = "standard"
    FIRM = "firm"  #: earlier
