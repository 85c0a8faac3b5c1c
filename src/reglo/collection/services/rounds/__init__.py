"""The daily round: decide customer by customer, carry out, judge again before sending, settle, thank.

start_rounds (each minute) ──► a Round a day ──► go_on, batch by batch ──► decide_customer, a transaction each
                                                    message in the outbox ──► still_due ──► sent, or dropped
                                                    settle_steps (each minute) ──► done, or decided again
"""

from reglo.collection.services.rounds.checking import still_due, still_paid
from reglo.collection.services.rounds.deciding import decide_customer
from reglo.collection.services.rounds.going import go_on, start_rounds
from reglo.collection.services.rounds.settling import settle_steps
from reglo.collection.services.rounds.thanking import thank

__all__ = ["decide_customer", "go_on", "settle_steps", "start_rounds", "still_due", "still_paid", "thank"]
