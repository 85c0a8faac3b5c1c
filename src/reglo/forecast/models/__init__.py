"""What this room stores."""

from reglo.forecast.models.foreseen import Foreseen, Replay
from reglo.forecast.models.outgoings import Frequency, KnownOutgoing, OutgoingKind

__all__ = ["Foreseen", "Frequency", "KnownOutgoing", "OutgoingKind", "Replay"]
