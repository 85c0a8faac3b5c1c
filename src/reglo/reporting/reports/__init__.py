"""The reports, a module each (or a folder): `make(organisation, asked) -> Report` and its `KIND`."""
