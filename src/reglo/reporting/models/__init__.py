"""What this room stores."""

from reglo.reporting.models.handed import FilePart, HandedFile, HandedKind
from reglo.reporting.models.schedules import Dispatch, Schedule
from reglo.reporting.models.statements import StatementRun

__all__ = ["Dispatch", "FilePart", "HandedFile", "HandedKind", "Schedule", "StatementRun"]
