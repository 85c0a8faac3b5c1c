"""`python -m reglo` is the command `reglo`."""

from reglo.cli.main import main

if __name__ == "__main__":
    main()
