"""Bank statements and notifications of ISO 20022: camt.052, camt.053, camt.054, versions 001.02 to 001.13."""
