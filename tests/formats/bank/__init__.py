"""Bank files: what each format says, what is wrong with it, what is refused."""
