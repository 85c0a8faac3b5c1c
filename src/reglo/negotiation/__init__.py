"""What terms are worth to both sides: deals, limits, rounds, counter-proposals that become agreements."""
