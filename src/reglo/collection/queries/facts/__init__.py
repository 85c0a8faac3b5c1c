"""What is known of customers, today and on a day gone by: what the core decides from.

    for facts in facts_of(organisation, now=now):
        decision = decide(facts, policy, today)

Read in chunks of customers with a fixed number of statements each, and given one by one: memory stays flat.
"""

from reglo.collection.queries.facts.reaching import chosen_contact
from reglo.collection.queries.facts.reading import (
    customers_owing,
    facts_for,
    facts_of,
    facts_on,
    facts_without,
)

__all__ = ["chosen_contact", "customers_owing", "facts_for", "facts_of", "facts_on", "facts_without"]
