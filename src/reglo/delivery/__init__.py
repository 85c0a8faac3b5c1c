"""How documents reach customers: the outbox of e-mails, and signed links to the portal."""
