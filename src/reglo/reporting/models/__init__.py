"""What this room stores."""

from reglo.reporting.models.schedules import Dispatch, Schedule

__all__ = ["Dispatch", "Schedule"]
