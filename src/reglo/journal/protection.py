"""What the database itself refuses: triggers by which rows stay as they are, on SQLite and PostgreSQL.

A service never tries; this holds for shells, other programs and faults of ours. Each room says which of its tables are
protected and how (`Protection`); its migration makes the triggers, and `missing` says which a database has lost
(SQLite drops those of a table that is made anew).
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
    key: str = "id"  #: primary key


@dataclass(frozen=True, slots=True)
class Refused:
    """Something else that no row of a table may do: a condition on NEW (and OLD), in SQL that both databases read."""

    table: str
    name: str  #: of the trigger, behind the table's
    event: str  #: "INSERT", "UPDATE OF open_minor"
    condition: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Protection:
    """The triggers of a room."""

    function: str  #: that PostgreSQL's triggers call to refuse
    written_once: tuple[WrittenOnce, ...]
    fixed_once: tuple[FixedOnce, ...] = ()
    refused: tuple[Refused, ...] = ()

    def statements(self, vendor: str) -> Iterator[str]:
        """The SQL that makes all triggers."""
        if vendor == "postgresql":
            yield from _postgresql(self)
            return
        for once in self.written_once:
            yield from _sqlite_written_once(once)
        for fixed in self.fixed_once:
            yield from _sqlite_fixed_once(fixed)
        for each in self.refused:
            head = f"{each.table}_{each.name} BEFORE {each.event}"
            yield _sqlite(head, each.table, each.condition, each.message)

    def statements_back(self, vendor: str) -> Iterator[str]:
        """The SQL that takes them off."""
        for name, table in self._triggers(vendor):
            yield f"DROP TRIGGER {name} ON {table}" if vendor == "postgresql" else f"DROP TRIGGER {name}"
        if vendor == "postgresql":
            for each in self.refused:
                yield f"DROP FUNCTION {each.table}_{each.name}()"
            yield f"DROP FUNCTION {self.function}()"

    def missing(self) -> frozenset[str]:
        """The triggers that this database should have and has not."""
        query = (
            "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'"
            if connection.vendor == "postgresql"
            else "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        )
        with connection.cursor() as cursor:
            cursor.execute(query)
            there = {str(row[0]) for row in cursor.fetchall()}
        return frozenset(name for name, _ in self._triggers(connection.vendor)) - there

    def _triggers(self, vendor: str) -> Iterator[tuple[str, str]]:
        """Name and table of each trigger."""
        once = ("unchanged", "kept") if vendor == "postgresql" else ("unchanged", "kept", "not_replaced")
        tables = [each.table for each in self.written_once] + [each.table for each in self.fixed_once]
        for table in tables:
            for what in once:
                yield f"{table}_{what}", table
        for refused in self.refused:
            yield f"{refused.table}_{refused.name}", refused.table


def _postgresql(protection: Protection) -> Iterator[str]:
    function = protection.function
    yield (
        f"CREATE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS $$"
        " BEGIN RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = '23000'; END $$"
    )
    for once in protection.written_once:
        yield (
            f"CREATE TRIGGER {once.table}_unchanged BEFORE UPDATE OR DELETE ON {once.table}"
            f" FOR EACH ROW EXECUTE FUNCTION {function}('{once.message}')"
        )
        yield (
            f"CREATE TRIGGER {once.table}_kept BEFORE TRUNCATE ON {once.table}"
            f" FOR EACH STATEMENT EXECUTE FUNCTION {function}('{once.message}')"
        )
    for fixed in protection.fixed_once:
        yield from _postgresql_fixed_once(fixed, function)
    for each in protection.refused:
        yield from _postgresql_refused(each)


def _postgresql_fixed_once(fixed: FixedOnce, function: str) -> Iterator[str]:
    changed = " OR ".join(f"NEW.{column} IS DISTINCT FROM OLD.{column}" for column in fixed.columns)
    yield (
        f"CREATE TRIGGER {fixed.table}_unchanged BEFORE UPDATE ON {fixed.table} FOR EACH ROW"
        f" WHEN ({fixed.moment} AND ({changed})) EXECUTE FUNCTION {function}('{fixed.message}')"
    )
    yield (
        f"CREATE TRIGGER {fixed.table}_kept BEFORE DELETE ON {fixed.table} FOR EACH ROW"
        f" WHEN ({fixed.moment}) EXECUTE FUNCTION {function}('{fixed.message}')"
    )


def _postgresql_refused(each: Refused) -> Iterator[str]:
    """A function of its own: the condition of a trigger may not look into tables."""
    name = f"{each.table}_{each.name}"
    yield (
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        f" IF {each.condition} THEN RAISE EXCEPTION '{each.message}' USING ERRCODE = '23000'; END IF;"
        " RETURN NEW; END $$"
    )
    yield f"CREATE TRIGGER {name} BEFORE {each.event} ON {each.table} FOR EACH ROW EXECUTE FUNCTION {name}()"


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
    same = f"OLD.{fixed.key} = NEW.{fixed.key}"
    there = f"EXISTS (SELECT 1 FROM {fixed.table} AS OLD WHERE {same} AND {fixed.moment})"  # noqa: S608
    yield _sqlite(f"{fixed.table}_not_replaced BEFORE INSERT", fixed.table, there, fixed.message)


def _sqlite(head: str, table: str, condition: str, message: str) -> str:
    return f"CREATE TRIGGER {head} ON {table} WHEN {condition} BEGIN SELECT RAISE(ABORT, '{message}'); END"
