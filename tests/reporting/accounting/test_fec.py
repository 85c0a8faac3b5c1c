"""The FEC of a ledger: names, numbers, letters, and what is refused."""

from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest

from reglo.core.accounting import Account, AccountRole
from reglo.formats.fec import FecRow, read_fec
from reglo.ledger.models import Entry
from reglo.ledger.services.accounts import change_accounts
from reglo.organisations.models import Organisation
from reglo.reporting.accounting.extent import extent_of
from reglo.reporting.accounting.fec import MadeFec, NoFec, description_of, write_ledger_fec
from reglo.reporting.accounting.letters import letters
from reglo.reporting.accounting.table import entries_csv
from reglo.reporting.accounting.years import year_closing_in, year_of, years_of
from tests.ledger.facts import DAY, LATER, a_payment, an_invoice
from tests.ledger.moves import allocated, doubtful, undone
from tests.site import INES, a_customer, an_organisation

pytestmark = pytest.mark.django_db

_START, _END = date(2026, 1, 1), date(2026, 12, 31)


def _written(
    organisation: Organisation, start: date = _START, end: date = _END, **how: Any
) -> tuple[MadeFec, list[FecRow]]:
    file = BytesIO()
    made = write_ledger_fec(extent_of(organisation, start, end), file, **how)
    return made, [line.values for line in read_fec(BytesIO(file.getvalue())) if line.values]


def _paid(entry: Entry, amount: int, **changes: object) -> None:
    item = entry.items.get()
    allocated(item, a_payment(item.customer, amount, **changes), amount)


def test_the_file_bears_siren_and_closing_day_and_passes() -> None:
    organisation = an_organisation()
    an_invoice(a_customer(organisation))
    made, rows = _written(organisation)
    assert made.name == "812345676FEC20261231.txt"
    assert made.report.breaches == ()
    assert [(row.account, row.account_label, row.debit - row.credit) for row in rows] == [
        ("411", "Clients", Decimal(120)),
        ("706", "Prestations de services", Decimal(-100)),
        ("44571", "TVA collectée", Decimal(-20)),
    ]
    first = rows[0]
    assert (first.journal, first.journal_label, first.number) == ("VE", "Ventes", "1")
    assert (first.booked_on, first.reference_date, first.validated_on) == (DAY, DAY, DAY)
    assert first.reference.startswith("F2026-")
    assert first.auxiliary_label == "Librairie du Port SARL"


def test_what_is_settled_bears_letters_and_the_day_and_what_is_open_bears_none() -> None:
    organisation = an_organisation()
    settled, in_part = an_invoice(a_customer(organisation)), an_invoice(a_customer(organisation))
    _paid(settled, 120_00)
    _paid(in_part, 50_00)
    _, rows = _written(organisation)
    on_account = [row for row in rows if row.account == "411"]
    lettered = {(row.allocation, row.allocated_on, row.auxiliary) for row in on_account if row.allocation}
    assert len(lettered) == 1
    assert lettered.pop()[:2] == (letters(settled.sequence), LATER)
    assert sum(row.debit - row.credit for row in on_account if row.allocation) == 0
    assert sum(row.debit - row.credit for row in on_account if not row.allocation) == 70


def test_letters_stay_when_more_is_booked_and_go_when_an_allocation_is_undone() -> None:
    organisation = an_organisation()
    entry = an_invoice(a_customer(organisation))
    item = entry.items.get()
    allocation = allocated(item, a_payment(item.customer, 120_00), 120_00)
    before = [row.allocation for row in _written(organisation)[1]]
    _paid(an_invoice(item.customer), 120_00)
    assert [row.allocation for row in _written(organisation)[1]][: len(before)] == before
    assert any(before)
    undone(allocation)
    assert not any(row.allocation for row in _written(organisation)[1][: len(before)])


def test_a_doubtful_receivable_that_is_paid_is_settled_on_both_accounts() -> None:
    organisation = an_organisation()
    entry = an_invoice(a_customer(organisation))
    doubt = doubtful(entry.items.get())
    item = doubt.items.get(role=AccountRole.DOUBTFUL_CUSTOMERS)
    allocated(item, a_payment(item.customer, 120_00), 120_00)
    made, rows = _written(organisation)
    on_accounts = [row for row in rows if row.account in ("411", "416")]
    assert all(row.allocation for row in on_accounts)
    assert {each.rule.identifier for each in made.report.breaches} <= {"FEC-VALIDATION"}


def test_what_is_settled_in_another_year_bears_no_letters_since_it_would_not_balance_here() -> None:
    organisation = an_organisation()
    _paid(an_invoice(a_customer(organisation)), 120_00, received_on=date(2027, 1, 10))
    for start, end in ((_START, _END), (date(2027, 1, 1), date(2027, 12, 31))):
        made, rows = _written(organisation, start, end)
        assert rows
        assert not any(row.allocation for row in rows)
        assert "FEC-ALLOCATION-BALANCE" not in {each.rule.identifier for each in made.report.breaches}


def test_customers_that_were_merged_are_one_account() -> None:
    organisation = an_organisation()
    twin, kept = a_customer(organisation), a_customer(organisation, reference="PORT", name="Le Port")
    an_invoice(twin)
    twin.merged_into = kept
    twin.save()
    row = _written(organisation)[1][0]
    assert (row.auxiliary, row.auxiliary_label) == ("PORT", "Le Port")


def test_lines_keep_their_account_and_its_name_when_accounts_change_midyear() -> None:
    organisation = an_organisation()
    customer = a_customer(organisation)
    for number, label in (("70", "Ventes"), ("706100", "Conseil"), ("706200", "Formation")):
        changed = {AccountRole.SALES_SERVICES: Account(number, label)}
        change_accounts(organisation=organisation, accounts=changed, by=INES, now=datetime(2026, 11, 24, tzinfo=UTC))
        an_invoice(customer)
    sales = [(row.account, row.account_label) for row in _written(organisation)[1] if row.account.startswith("70")]
    assert sales == [("700", "Ventes"), ("706100", "Conseil"), ("706200", "Formation")]


def test_other_currencies_are_refused_until_somebody_says_to_leave_them_out() -> None:
    organisation = an_organisation()
    customer = a_customer(organisation)
    an_invoice(customer, currency="USD")
    an_invoice(customer)
    with pytest.raises(NoFec, match="1 USD"):
        _written(organisation)
    made, rows = _written(organisation, leaves_out_foreign=True)
    assert made.left_out == {"USD": 1}
    assert {row.number for row in rows} == {"1"}
    table = b"".join(entries_csv(extent_of(organisation, _START, _END), "en")).decode()
    assert table.count("USD") == table.count("EUR") == 3


def test_a_year_without_entries_and_a_firm_without_siren_are_told() -> None:
    organisation = an_organisation()
    with pytest.raises(NoFec, match="no entry"):
        _written(organisation)
    organisation.siren = ""
    with pytest.raises(NoFec, match="SIREN"):
        _written(organisation)


def test_another_firm_has_no_line_in_it() -> None:
    organisation, other = an_organisation(), an_organisation(siren="732829320")
    an_invoice(a_customer(organisation))
    an_invoice(a_customer(other, name="Secret"))
    assert len(_written(organisation)[1]) == 3
    assert b"Secret" not in b"".join(entries_csv(extent_of(organisation, _START, _END), "fr"))


def test_entries_are_numbered_from_the_beginning_of_the_fiscal_year() -> None:
    organisation = an_organisation()
    customer = a_customer(organisation)
    an_invoice(customer)
    a_payment(customer, 1_00)
    file = BytesIO()
    write_ledger_fec(extent_of(organisation, LATER, _END), file, counted_from=_START)
    assert b"BQ\tBanque\t2\t20261220" in file.getvalue()


@pytest.mark.parametrize(
    ("month", "day", "start", "end"),
    [
        (12, 31, date(2026, 1, 1), date(2026, 12, 31)),
        (6, 30, date(2026, 7, 1), date(2027, 6, 30)),
        (2, 31, date(2026, 3, 1), date(2027, 2, 28)),
        (11, 25, date(2025, 11, 26), date(2026, 11, 25)),
    ],
)
def test_a_fiscal_year_ends_on_the_day_that_the_firm_says(month: int, day: int, start: date, end: date) -> None:
    organisation = an_organisation(closing_month=month, closing_day=day)
    found = year_of(organisation, date(2026, 11, 25))
    assert (found.start, found.end) == (start, end)
    assert year_closing_in(organisation, end.year) == found
    assert years_of(organisation, date(2026, 11, 25)) == [found]


def test_letters_are_three_at_least() -> None:
    assert [letters(number) for number in (0, 1, 26, 17_576)] == ["AAA", "AAB", "ABA", "BAAA"]


def test_the_note_of_the_file_names_its_journals() -> None:
    assert "JournalCode BQ : Banque" in description_of("812345676FEC20261231.txt")
