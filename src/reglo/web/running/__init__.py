"""Running the site: before it starts, while it runs, its backups, and what may be wrong with it."""
