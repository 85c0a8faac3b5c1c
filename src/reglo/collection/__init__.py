"""Being paid and keeping the customer: reminders, promises, disputes, plans."""
