"""The command `reglo`: one module a subcommand."""
