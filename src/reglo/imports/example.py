"""The file that one downloads to begin with."""

from reglo.imports.kinds import ImportKind


def headers_of(kind: ImportKind, language: str) -> list[str]:
    """The headers that our own files have."""
    return [each.label.in_language(language) for each in kind.fields]


def example_rows(kind: ImportKind) -> list[list[str]]:
    """One row that shows how each column is filled in."""
    return [[each.example for each in kind.fields]]
