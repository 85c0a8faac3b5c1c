"""The public REST API and webhooks."""
