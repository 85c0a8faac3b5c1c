"""The firms that invoice (*organisations*): identity, people and their roles, bank accounts, settings."""
