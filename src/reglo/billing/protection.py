"""What the database itself refuses: triggers by which sealed rows stay as they are, on SQLite and PostgreSQL.

A service never tries; this holds for shells, other programs and faults of ours. `statements` makes the triggers for a
migration, `missing_triggers` says which a database has lost (SQLite drops those of a table that is made anew).
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection


@dataclass(frozen=True, slots=True)
class WrittenOnce:
    """A table whose rows are never changed, deleted or replaced."""

    table: str
    message: str
    keys: tuple[tuple[str, ...], ...]  #: what makes a row the same, beside its id: SQLite replaces by any of them


@dataclass(frozen=True, slots=True)
class FixedOnce:
    """A table whose rows keep some columns, and stay, from some moment on."""

    table: str
    message: str
    moment: str  #: condition on OLD
    columns: tuple[str, ...]


WRITTEN_ONCE = (
    WrittenOnce(
        "billing_invoice",
        "an issued invoice never changes: correct it by a credit note",
        (("organisation_id", "number"), ("series_id", "sequence_year", "sequence"), ("draft_id",)),
    ),
    WrittenOnce("billing_invoicefile", "the files of an invoice never change", (("invoice_id", "kind"),)),
    WrittenOnce("billing_seal", "seals never change", (("organisation_id", "sequence"), ("invoice_id", "kind"))),
    WrittenOnce("billing_pagelook", "the look of issued invoices never changes", (("organisation_id", "sha256"),)),
    WrittenOnce("billing_quoteanswer", "the answer to a quote never changes", (("quote_id",),)),
    WrittenOnce("terms_agreementanswer", "the answer to an agreement never changes", ()),
)
FIXED_ONCE = (
    FixedOnce(
        "billing_quote",
        "a quote that was sent never changes: make a copy of it",
        "OLD.document IS NOT NULL",
        (
            "organisation_id",
            "customer_id",
            "number",
            "title",
            "content",
            "valid_until",
            "quote_date",
            "agreement_id",
            "currency",
            "net_minor",
            "gross_minor",
            "document",
            "document_sha256",
        ),
    ),
    FixedOnce(
        "terms_termsagreement",
        "an agreement that was sent never changes: make a new version of it",
        "OLD.sha256 <> ''",
        (
            "organisation_id",
            "customer_id",
            "version",
            "terms",
            "sector",
            "text_fr",
            "text_en",
            "sha256",
            "conditions_id",
            "created_at",
        ),
    ),
)


def statements(vendor: str) -> Iterator[str]:
    """The SQL that makes all triggers."""
    if vendor == "postgresql":
        yield _POSTGRESQL_FUNCTION
        for once in WRITTEN_ONCE:
            yield from _postgresql_written_once(once)
        for fixed in FIXED_ONCE:
            yield from _postgresql_fixed_once(fixed)
        return
    for once in WRITTEN_ONCE:
        yield from _sqlite_written_once(once)
    for fixed in FIXED_ONCE:
        yield from _sqlite_fixed_once(fixed)


def statements_back(vendor: str) -> Iterator[str]:
    """The SQL that takes them off."""
    for name, table in _triggers(vendor):
        yield f"DROP TRIGGER {name} ON {table}" if vendor == "postgresql" else f"DROP TRIGGER {name}"
    if vendor == "postgresql":
        yield "DROP FUNCTION billing_refuse()"


def missing_triggers() -> frozenset[str]:
    """The triggers that this database should have and has not."""
    query = (
        "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'"
        if connection.vendor == "postgresql"
        else "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    )
    with connection.cursor() as cursor:
        cursor.execute(query)
        there = {str(row[0]) for row in cursor.fetchall()}
    return frozenset(name for name, _ in _triggers(connection.vendor)) - there


def _triggers(vendor: str) -> Iterator[tuple[str, str]]:
    """Name and table of each trigger."""
    once = ("unchanged", "kept") if vendor == "postgresql" else ("unchanged", "kept", "not_replaced")
    for each in (*WRITTEN_ONCE, *FIXED_ONCE):
        for what in once:
            yield f"{each.table}_{what}", each.table


_POSTGRESQL_FUNCTION = """
    CREATE FUNCTION billing_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = '23000'; END $$
"""


def _postgresql_written_once(once: WrittenOnce) -> Iterator[str]:
    yield (
        f"CREATE TRIGGER {once.table}_unchanged BEFORE UPDATE OR DELETE ON {once.table}"
        f" FOR EACH ROW EXECUTE FUNCTION billing_refuse('{once.message}')"
    )
    yield _postgresql_kept(once.table, once.message)


def _postgresql_fixed_once(fixed: FixedOnce) -> Iterator[str]:
    changed = " OR ".join(f"NEW.{column} IS DISTINCT FROM OLD.{column}" for column in fixed.columns)
    yield (
        f"CREATE TRIGGER {fixed.table}_unchanged BEFORE UPDATE ON {fixed.table} FOR EACH ROW"
        f" WHEN ({fixed.moment} AND ({changed})) EXECUTE FUNCTION billing_refuse('{fixed.message}')"
    )
    yield (
        f"CREATE TRIGGER {fixed.table}_kept BEFORE DELETE ON {fixed.table} FOR EACH ROW"
        f" WHEN ({fixed.moment}) EXECUTE FUNCTION billing_refuse('{fixed.message}')"
    )


def _postgresql_kept(table: str, message: str) -> str:
    return (
        f"CREATE TRIGGER {table}_kept BEFORE TRUNCATE ON {table}"
        f" FOR EACH STATEMENT EXECUTE FUNCTION billing_refuse('{message}')"
    )


def _sqlite_written_once(once: WrittenOnce) -> Iterator[str]:
    yield _sqlite(f"{once.table}_unchanged BEFORE UPDATE", once.table, "1", once.message)
    yield _sqlite(f"{once.table}_kept BEFORE DELETE", once.table, "1", once.message)
    same = " OR ".join(
        "(" + " AND ".join(f"{column} = NEW.{column}" for column in key) + ")" for key in (("id",), *once.keys)
    )
    # INSERT OR REPLACE deletes without firing the trigger of DELETE.
    there = f"EXISTS (SELECT 1 FROM {once.table} WHERE {same})"  # noqa: S608  # names of our own
    yield _sqlite(f"{once.table}_not_replaced BEFORE INSERT", once.table, there, once.message)


def _sqlite_fixed_once(fixed: FixedOnce) -> Iterator[str]:
    changed = " OR ".join(f"NEW.{column} IS NOT OLD.{column}" for column in fixed.columns)
    unchanged = f"{fixed.table}_unchanged BEFORE UPDATE"
    yield _sqlite(unchanged, fixed.table, f"{fixed.moment} AND ({changed})", fixed.message)
    yield _sqlite(f"{fixed.table}_kept BEFORE DELETE", fixed.table, fixed.moment, fixed.message)
    there = f"EXISTS (SELECT 1 FROM {fixed.table} AS OLD WHERE OLD.id = NEW.id AND {fixed.moment})"  # noqa: S608
    yield _sqlite(f"{fixed.table}_not_replaced BEFORE INSERT", fixed.table, there, fixed.message)


def _sqlite(head: str, table: str, condition: str, message: str) -> str:
    return f"CREATE TRIGGER {head} ON {table} WHEN {condition} BEGIN SELECT RAISE(ABORT, '{message}'); END"
