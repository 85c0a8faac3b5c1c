"""Who did what, when, before and after (*historique*): append-only, chained, one chain an organisation."""
