"""What the database itself refuses of the ledger: see `journal.protection`."""

from reglo.journal.protection import FixedOnce, Protection, Refused, WrittenOnce

_POSTED = "EXISTS (SELECT 1 FROM ledger_entry WHERE id = NEW.entry_id)"
_SAME_AS_LINES = " AND ".join(
    f"min({column}) = NEW.{column} AND max({column}) = NEW.{column}"
    for column in ("organisation_id", "date", "currency")
)
_WHOLE = f"""
    NEW.id = NEW.organisation_id * 4294967296 + NEW.sequence AND COALESCE((
        SELECT count(*) > 0 AND sum(debit_minor) = sum(credit_minor) AND {_SAME_AS_LINES}
        FROM ledger_line WHERE entry_id = NEW.id
    ), FALSE)
"""  # noqa: S608  # names of our own
_OF_ITS_LINE = """
    EXISTS (
        SELECT 1 FROM ledger_line
        WHERE id = NEW.line_id AND entry_id = NEW.entry_id AND organisation_id = NEW.organisation_id
        AND customer_id = NEW.customer_id AND currency = NEW.currency
        AND NEW.amount_minor = CASE NEW.side WHEN 'debit' THEN debit_minor ELSE credit_minor END
    )
"""
_LEFT = """
    NEW.amount_minor - COALESCE((
        SELECT sum(amount_minor) FROM ledger_allocation
        WHERE debit_item_id = NEW.line_id OR credit_item_id = NEW.line_id
    ), 0)
"""
_FIXED_OF_ITEMS = (
    *("line_id", "organisation_id", "entry_id", "origin_id", "customer_id", "side", "role", "kind", "reference"),
    *("document_date", "date", "due_date", "currency", "amount_minor"),
)

PROTECTION = Protection(
    function="ledger_refuse",
    written_once=(
        WrittenOnce(
            "ledger_entry",
            "an entry never changes: reverse it",
            (
                ("organisation_id", "sequence"),
                ("organisation_id", "key"),
                ("organisation_id", "year", "number"),
                ("reverses_id",),
            ),
        ),
        WrittenOnce("ledger_line", "a line of an entry never changes: reverse the entry", (("entry_id", "place"),)),
        WrittenOnce(
            "ledger_allocation", "an allocation never changes: undo it", (("organisation_id", "key"), ("reverses_id",))
        ),
    ),
    fixed_once=(
        FixedOnce(
            "ledger_openitem",
            "of an open item only what is left changes",
            moment="TRUE",
            columns=_FIXED_OF_ITEMS,
            key="line_id",
        ),
    ),
    refused=(
        Refused("ledger_line", "before_entry", "INSERT", _POSTED, "a posted entry gets no further line"),
        Refused("ledger_entry", "balances", "INSERT", f"NOT ({_WHOLE})", "an entry balances, in one currency"),
        Refused(
            "ledger_openitem",
            "of_line",
            "INSERT",
            f"NEW.open_minor <> NEW.amount_minor OR {_POSTED} OR NOT ({_OF_ITS_LINE})",
            "an open item begins with the amount of its line",
        ),
        Refused(
            "ledger_openitem",
            "left",
            "UPDATE OF open_minor",
            f"NEW.open_minor <> {_LEFT}",
            "what is left of an item is its amount less its allocations",
        ),
    ),
)

missing_triggers = PROTECTION.missing
"""The triggers of these that the database has lost."""
