"""What a customer sees without an account: quotes, terms, invoices; accepts, refuses, asks."""
