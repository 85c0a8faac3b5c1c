"""What a recurring invoice comes to on each of its days. Nothing here reads a clock or writes."""

from reglo.billing.recurring.coming import Coming, content_on, day_of, first_not_before, next_comings

__all__ = ["Coming", "content_on", "day_of", "first_not_before", "next_comings"]
