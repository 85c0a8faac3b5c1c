"""A detail of an entry (TxDtls): who paid, why, under which references."""

from dataclasses import dataclass, replace
from decimal import Decimal

from reglo.core.bank import LineKind
from reglo.formats.bank.camt.elements import Node, amount_in, child, code_at, first_text, is_credit, text_at, texts_at
from reglo.formats.bank.camt.kinds import kind_of
from reglo.formats.bank.plain import iban_in, joined

_NONE_GIVEN = frozenset({"NOTPROVIDED", "NOT PROVIDED", "NONREF", "NOTAVAILABLE"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Detail:
    """What one TxDtls says."""

    amount: Decimal | None = None  #: ≥ 0, in `currency`
    currency: str = ""
    credit: bool | None = None  #: None: as its entry
    kind: LineKind = LineKind.OTHER
    text: str = ""
    reference: str = ""
    end_to_end: str = ""
    payer: str = ""
    payer_iban: str = ""
    bank_reference: str = ""
    charges: Decimal = Decimal(0)
    original_amount: Decimal | None = None
    original_currency: str = ""

    def amount_on_account(self, credit: bool, currency: str) -> Decimal | None:
        """Signed, where it is stated in the currency of the account; `credit` is the direction of the entry."""
        if self.amount is None or self.currency != currency:
            return None
        return self.amount if (credit if self.credit is None else self.credit) else -self.amount

    def with_charges(self, charges: Decimal) -> "Detail":
        """The same with the charges that its entry states."""
        return replace(self, charges=charges)


def read_detail(element: Node, *, payer_is_debtor: bool) -> Detail:
    """The detail in a TxDtls. Raises BadValue for an amount that is none."""
    amount, currency = _stated_amount(element)
    original, original_currency = _original(element, amount, currency)
    payer, payer_iban = _other_side(element, "Dbtr" if payer_is_debtor else "Cdtr")
    reference, text = _remittance(element)
    return Detail(
        amount=amount,
        currency=currency,
        credit=is_credit(element),
        kind=_kind(element),
        text=text,
        reference=reference,
        end_to_end=_end_to_end(element),
        payer=payer,
        payer_iban=payer_iban,
        bank_reference=text_at(element, "Refs", "AcctSvcrRef"),
        charges=charges_in(element, currency),
        original_amount=original,
        original_currency=original_currency,
    )


def _stated_amount(element: Node) -> tuple[Decimal | None, str]:
    """The amount of the detail: Amt, or since version 2 had none, AmtDtls/TxAmt."""
    found = child(element, "Amt")
    if found is None:
        found = child(element, "AmtDtls", "TxAmt", "Amt")
    return (None, "") if found is None else amount_in(found)


def _original(element: Node, amount: Decimal | None, currency: str) -> tuple[Decimal | None, str]:
    """What was ordered, where it is not what arrived."""
    found = child(element, "AmtDtls", "InstdAmt", "Amt")
    if found is None:
        return None, ""
    ordered, its_currency = amount_in(found)
    return (None, "") if (ordered, its_currency) == (amount, currency) else (ordered, its_currency)


def _kind(element: Node) -> LineKind:
    return LineKind.RETURN if child(element, "RtrInf") is not None else kind_of(element)


def _end_to_end(element: Node) -> str:
    found = text_at(element, "Refs", "EndToEndId")
    return "" if found.upper() in _NONE_GIVEN else found


def _other_side(element: Node, role: str) -> tuple[str, str]:
    """Name and IBAN of debtor or creditor; the name stands under Pty since version 8."""
    parties = child(element, "RltdPties")
    if parties is None:
        return "", ""
    name = first_text(parties, (role, "Nm"), (role, "Pty", "Nm"), (f"Ultmt{role}", "Nm"), (f"Ultmt{role}", "Pty", "Nm"))
    return name, iban_in(text_at(parties, f"{role}Acct", "Id", "IBAN"))


def _remittance(element: Node) -> tuple[str, str]:
    """The structured creditor reference, and everything else that explains the payment."""
    remittance = child(element, "RmtInf")
    more = text_at(element, "AddtlTxInf")
    if remittance is None:
        return "", more
    references, words = [], texts_at(remittance, "Ustrd")
    for structured in remittance.all("Strd"):
        references.append(text_at(structured, "CdtrRefInf", "Ref"))
        words += [text_at(each, "Nb") for each in structured.all("RfrdDocInf")]
        words += texts_at(structured, "AddtlRmtInf")
    first, *others = [each for each in references if each] or [""]
    return first, joined(*words, *others, more)


def charges_in(element: Node, currency: str) -> Decimal:
    """What the bank kept of the amount, as an entry or a detail states it in `currency`; 0 where it is apart."""
    kept = Decimal(0)
    for charges in element.all("Chrgs"):
        records = list(charges.all("Rcrd")) or [charges]
        for record in records:
            stated = child(record, "Amt")
            if stated is None:
                stated = child(charges, "TtlChrgsAndTaxAmt")
            is_apart = code_at(record, "ChrgInclInd") in ("false", "0") or is_credit(record) is True
            if stated is not None and not is_apart:
                amount, its_currency = amount_in(stated)
                kept += amount if its_currency == currency else 0
    return kept
