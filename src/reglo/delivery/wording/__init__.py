"""What Réglo writes where an organisation has not written its own."""

from collections.abc import Mapping

from reglo.delivery.models import MessageKind
from reglo.delivery.wording.documents import DOCUMENT_WORDINGS
from reglo.delivery.wording.model import Wording
from reglo.delivery.wording.reminders import REMINDER_WORDINGS

WORDINGS: Mapping[MessageKind, Wording] = {**DOCUMENT_WORDINGS, **REMINDER_WORDINGS}

__all__ = ["WORDINGS", "Wording"]
