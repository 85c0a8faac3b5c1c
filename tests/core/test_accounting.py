"""Entries balance, say what the document says, and VAT on receipts comes to the whole whatever the parts."""

from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from reglo.core.accounting import (
    DEFAULT_ACCOUNTS,
    AccountRole,
    BadAccount,
    DocumentFacts,
    EntryLine,
    Reason,
    Unbalanced,
    VatPart,
    account_of,
    allowance_lines,
    document_lines,
    doubtful_lines,
    due_lines,
    fee_lines,
    parts_within,
    payment_lines,
    penalty_lines,
    refund_lines,
    release_lines,
    require_balanced,
    reversed_lines,
    settlement_lines,
    settlement_vat,
    surplus_lines,
    transfer_lines,
    vat_between,
)
from reglo.core.composition import DocumentKind
from reglo.core.mentions import Nature
from reglo.core.parties import VatRegime

RATES = (Decimal(20), Decimal(10), Decimal("5.5"), Decimal("2.1"), Decimal(0))
AMOUNTS = st.integers(1, 10_000_000)


@st.composite
def a_vat_part(draw: st.DrawFn, least: int = 0) -> VatPart:
    rate = draw(st.sampled_from(RATES))
    base = draw(st.integers(least, 1_000_000))
    return VatPart("S" if rate else "E", rate, base, int(base * rate / 100))


PARTS = st.lists(a_vat_part(), min_size=1, max_size=4, unique_by=lambda part: part.key).map(tuple)
FACTS = st.builds(
    DocumentFacts,
    kind=st.sampled_from(DocumentKind),
    nature=st.sampled_from(Nature),
    regime=st.sampled_from(VatRegime),
    vat=PARTS,
    rounding=st.integers(-5, 5),
    deposits=st.lists(a_vat_part(), max_size=2).map(tuple),
    instalments=st.lists(AMOUNTS, max_size=3).map(tuple),
    is_of_deposit=st.booleans(),
)


def sums(lines: tuple[EntryLine, ...]) -> dict[AccountRole, int]:
    found: dict[AccountRole, int] = {}
    for line in lines:
        found[line.role] = found.get(line.role, 0) + line.amount
    return {role: amount for role, amount in found.items() if amount}


def an_invoice(**changes: object) -> DocumentFacts:
    facts = DocumentFacts(
        kind=DocumentKind.INVOICE,
        nature=Nature.SERVICES,
        regime=VatRegime.DEBITS,
        vat=(VatPart("S", Decimal(20), 100_00, 20_00),),
    )
    return replace(facts, **changes)  # type: ignore[arg-type]  # fields by name


@given(FACTS)
@settings(max_examples=150)
def test_every_document_balances_and_puts_to_the_customer_what_it_asks(facts: DocumentFacts) -> None:
    lines = document_lines(facts)
    assert sum(line.amount for line in lines) == 0
    assert all(line.amount for line in lines)
    sign = -1 if facts.kind is DocumentKind.CREDIT_NOTE else 1
    assert sums(lines).get(AccountRole.CUSTOMERS, 0) == sign * facts.receivable


@given(FACTS)
@settings(max_examples=100)
def test_the_vat_booked_is_that_of_the_document_less_its_deposits(facts: DocumentFacts) -> None:
    found = sums(document_lines(facts))
    booked = found.get(AccountRole.VAT_COLLECTED, 0) + found.get(AccountRole.VAT_PENDING, 0)
    sign = -1 if facts.kind is DocumentKind.CREDIT_NOTE else 1
    assert -sign * booked == sum(part.tax for part in facts.vat) - sum(part.tax for part in facts.deposits)


@given(FACTS)
@settings(max_examples=60)
def test_a_reversal_takes_all_back(facts: DocumentFacts) -> None:
    lines = document_lines(facts)
    assert sums((*lines, *reversed_lines(lines))) == {}


def test_due_dates_are_lines_of_their_own_where_they_come_to_the_whole() -> None:
    lines = document_lines(an_invoice(instalments=(50_00, 70_00)))
    assert [(line.amount, line.part) for line in lines if line.role is AccountRole.CUSTOMERS] == [
        (50_00, 0),
        (70_00, 1),
    ]
    lines = document_lines(an_invoice(instalments=(50_00, 60_00)))
    assert [line.amount for line in lines if line.role is AccountRole.CUSTOMERS] == [120_00]


@pytest.mark.parametrize(
    ("kind", "nature", "regime", "role"),
    [
        (DocumentKind.INVOICE, Nature.SERVICES, VatRegime.RECEIPTS, AccountRole.VAT_PENDING),
        (DocumentKind.INVOICE, Nature.SERVICES, VatRegime.DEBITS, AccountRole.VAT_COLLECTED),
        (DocumentKind.INVOICE, Nature.GOODS, VatRegime.RECEIPTS, AccountRole.VAT_COLLECTED),
        (DocumentKind.INVOICE, Nature.MIXED, VatRegime.RECEIPTS, AccountRole.VAT_PENDING),
        (DocumentKind.DEPOSIT, Nature.GOODS, VatRegime.DEBITS, AccountRole.VAT_PENDING),
        (DocumentKind.DEPOSIT, Nature.SERVICES, VatRegime.DEBITS, AccountRole.VAT_COLLECTED),
        (DocumentKind.CREDIT_NOTE, Nature.SERVICES, VatRegime.RECEIPTS, AccountRole.VAT_PENDING),
    ],
)
def test_when_vat_is_due_hangs_on_what_is_sold_and_on_the_regime(
    kind: DocumentKind, nature: Nature, regime: VatRegime, role: AccountRole
) -> None:
    assert role in sums(document_lines(an_invoice(kind=kind, nature=nature, regime=regime)))


@given(PARTS, st.data())
@settings(max_examples=150)
def test_vat_becoming_due_in_any_steps_comes_to_the_whole_and_never_beyond(
    parts: tuple[VatPart, ...], data: st.DataObject
) -> None:
    total = sum(part.base + part.tax for part in parts)
    assume(total > 0)
    stops = sorted(data.draw(st.lists(st.integers(0, total), max_size=6)))
    reached = [0, *stops, total]
    due = [vat_between(parts, total=total, before=a, after=b) for a, b in pairwise(reached)]
    for place, part in enumerate(parts):
        steps = [each[place].tax for each in due]
        assert sum(steps) == part.tax
        assert sum(each[place].base for each in due) == part.base
        assert min(steps) >= 0


@given(PARTS, st.integers(0, 10_000_000), st.integers(0, 10_000_000))
@settings(max_examples=60)
def test_what_is_undone_goes_back_by_the_same_cents(parts: tuple[VatPart, ...], one: int, other: int) -> None:
    total = sum(part.base + part.tax for part in parts)
    assume(total > 0)
    one, other = one % (total + 1), other % (total + 1)
    there = vat_between(parts, total=total, before=one, after=other)
    back = vat_between(parts, total=total, before=other, after=one)
    assert [part.times(-1) for part in there] == list(back)


def test_more_than_the_whole_is_never_settled() -> None:
    with pytest.raises(ValueError, match="0 to 121 of 120"):
        vat_between((VatPart("S", Decimal(20), 100, 20),), total=120, before=0, after=121)


@given(PARTS, st.integers(-5, 5), st.integers(0, 10_000_000))
@settings(max_examples=100)
def test_a_deposit_deducted_in_part_is_exactly_that_amount(
    parts: tuple[VatPart, ...], rounding: int, amount: int
) -> None:
    total = sum(part.base + part.tax for part in parts) + rounding
    assume(total > 0)
    amount %= total + 1
    found, rounded = parts_within(parts, rounding, amount)
    assert sum(part.base + part.tax for part in found) + rounded == amount
    assert parts_within(parts, rounding, total) == (parts, rounding)


@given(st.sampled_from(Reason), PARTS, st.sampled_from([AccountRole.VAT_COLLECTED, AccountRole.VAT_PENDING]), AMOUNTS)
@settings(max_examples=100)
def test_every_settlement_balances_and_settles_its_amount(
    reason: Reason, parts: tuple[VatPart, ...], account: AccountRole, amount: int
) -> None:
    total = sum(part.base + part.tax for part in parts)
    assume(total > 0)
    amount = amount % total + 1
    vat = settlement_vat(reason, parts, account, total=total, before=0, amount=amount)
    lines = settlement_lines(reason, amount, vat=vat, vat_account=account)
    assert sum(line.amount for line in lines) == 0
    assert sums(lines)[AccountRole.CUSTOMERS] == -amount


def test_vat_of_a_bad_debt_is_recovered_only_where_that_is_chosen_or_it_was_never_due() -> None:
    parts = (VatPart("S", Decimal(20), 100_00, 20_00),)
    due, pending = AccountRole.VAT_COLLECTED, AccountRole.VAT_PENDING

    def recovered(reason: Reason, account: AccountRole) -> int:
        vat = settlement_vat(reason, parts, account, total=120_00, before=0, amount=120_00)
        return sum(part.tax for part in vat)

    assert recovered(Reason.WRITE_OFF, due) == 0
    assert recovered(Reason.WRITE_OFF_WITH_VAT, due) == 20_00
    assert recovered(Reason.WRITE_OFF, pending) == 20_00
    assert recovered(Reason.BANK_FEE, pending) == 0


@given(AMOUNTS, AMOUNTS)
@settings(max_examples=30)
def test_all_other_events_balance(amount: int, other: int) -> None:
    bank, cheques = AccountRole.BANK, AccountRole.CHEQUES
    entries = (
        payment_lines(bank, amount),
        refund_lines(bank, amount),
        fee_lines(bank, amount),
        fee_lines(bank, -amount),
        transfer_lines(bank, cheques, amount),
        surplus_lines(amount),
        doubtful_lines(amount),
        allowance_lines(amount),
        release_lines(amount),
        penalty_lines(interest=amount, indemnity=other),
        tuple(due_lines((VatPart("S", Decimal(20), amount, other),))),
    )
    assert all(sum(line.amount for line in lines) == 0 and len(lines) > 1 for lines in entries)


def test_what_does_not_balance_is_no_entry() -> None:
    with pytest.raises(Unbalanced):
        require_balanced((EntryLine(role=AccountRole.BANK, amount=1),))


def test_every_role_has_an_account_of_the_chart() -> None:
    assert set(DEFAULT_ACCOUNTS) == set(AccountRole)
    for role, account in DEFAULT_ACCOUNTS.items():
        assert account_of(role, account.number, account.label) == account


@pytest.mark.parametrize("number", ["", "4", "411 000", "512000", "4" * 13, "41A", "٤١١"])
def test_a_number_of_another_class_or_form_is_no_account_of_customers(number: str) -> None:
    with pytest.raises(BadAccount):
        account_of(AccountRole.CUSTOMERS, number, "Clients")


def test_an_account_may_be_longer_and_have_its_own_name() -> None:
    account = account_of(AccountRole.CUSTOMERS, " 411000 ", "Clients France")
    assert (account.number, account.label) == ("411000", "Clients France")
