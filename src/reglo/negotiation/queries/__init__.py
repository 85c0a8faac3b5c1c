"""Reading negotiations: the list, what a customer's books say, the answer to an offer, what became of an agreement."""
