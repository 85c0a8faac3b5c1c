"""Pages of organisations: settings, people, and those by which one comes in."""
