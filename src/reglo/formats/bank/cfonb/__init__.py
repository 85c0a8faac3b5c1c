"""CFONB 120: the account statement of French banks (*relevé de compte sur support informatique*), 120 columns."""
