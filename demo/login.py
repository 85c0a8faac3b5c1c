"""Who one is on the demonstration: python -m demo.login."""

EMAIL = "ines@atelier-lumiere.example"
PASSWORD = "demonstration"  # noqa: S105  # of a site that holds nothing true

if __name__ == "__main__":
    print(f"Log in as {EMAIL} with the password {PASSWORD}")
