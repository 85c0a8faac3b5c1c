"""How a document is settled: means of payment, what was paid, what is due and when."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from reglo.core.composition.draft import DocumentKind, Draft, IncompleteDraft, PaymentMethod
from reglo.core.composition.reference import creditor_reference
from reglo.core.document import BankAccount, Invoice, Payment, PaymentMeans, Totals
from reglo.core.findings import Text
from reglo.core.money import amount_places, round_half_up
from reglo.core.parties import compact
from reglo.core.terms import due_dates, sentence
from reglo.core.totals import with_totals

_CREDIT_NOTE_TERMS = Text(
    fr="Avoir à déduire de vos prochains règlements, ou remboursé si tout est payé.",
    en="Credit to deduct from your next payments, or refunded if all is paid.",
)
_NOTHING_TO_PAY = Text(fr="Rien à payer.", en="Nothing to pay.")


def payment_of(draft: Draft) -> Payment | None:
    """BG-16, with numbers that were checked. A credit note asks for no payment."""
    if draft.kind is DocumentKind.CREDIT_NOTE:
        return None
    details = draft.payment
    iban = details.iban and compact(details.iban)
    bic = details.bic and compact(details.bic)
    account = BankAccount(identifier=iban, bic=bic, name=details.account_name) if iban else None
    by_sepa = details.method is PaymentMethod.TRANSFER and iban is not None and draft.currency == "EUR"
    means = PaymentMeans(
        code="58" if by_sepa else details.method.value,
        account=account if details.method is PaymentMethod.TRANSFER else None,
        debited_account=details.debited_iban and compact(details.debited_iban),
    )
    return Payment(
        means=(means,),
        remittance_information=creditor_reference(draft.number) or draft.number,
        mandate=details.mandate,
        creditor=details.creditor and compact(details.creditor),
    )


def with_amounts(invoice: Invoice, draft: Draft) -> Invoice:
    """Totals, with what was paid, the rounding of prices with tax, and the tax in euros."""
    totalled = with_totals(invoice)
    totals = totalled.totals or Totals()
    gross = totals.gross or Decimal(0)
    # A document that is paid in full shows its total as paid (BR-FR-CO-09), which leaves no room for a rounding.
    rounding = None if draft.paid_on is not None else _rounding(draft, gross)
    paid = gross if draft.paid_on is not None else sum((each.amount for each in draft.deposits), Decimal(0))
    _refuse_less_than_nothing(gross, gross + (rounding or 0), paid)
    vat_accounting = _vat_in_euros(draft, totals)
    given = Totals(paid=paid or None, rounding=rounding, vat_accounting=vat_accounting)
    return with_totals(replace(totalled, totals=given, vat_currency=None if vat_accounting is None else "EUR"))


def _refuse_less_than_nothing(gross: Decimal, to_pay: Decimal, paid: Decimal) -> None:
    if gross < 0:
        raise IncompleteDraft(
            Text(
                fr=f"Le total est négatif ({gross}) : faites un avoir, dont les montants sont positifs.",
                en=f"The total is negative ({gross}): make a credit note, whose amounts are positive.",
            ),
            field="lines",
        )
    if paid > to_pay:
        raise IncompleteDraft(
            Text(
                fr=f"Les acomptes ({paid}) dépassent le total ({to_pay}) : faites un avoir de la différence.",
                en=f"The deposits ({paid}) exceed the total ({to_pay}): credit the difference.",
            ),
            field="deposits",
        )


def _rounding(draft: Draft, gross: Decimal) -> Decimal | None:
    """BT-114: as told, else how far the total is from the sum of prices that were all given with tax, none reduced."""
    if draft.rounding is not None:
        return draft.rounding or None
    if draft.reductions or any(line.price_with_vat is None or line.reductions for line in draft.lines):
        return None
    places = amount_places(draft.currency)
    wanted = sum(
        (round_half_up(line.quantity * (line.price_with_vat or Decimal(0)), places) for line in draft.lines), Decimal(0)
    )
    return wanted - gross or None


def _vat_in_euros(draft: Draft, totals: Totals) -> Decimal | None:
    """BT-111, at the rate that the founder gave; nothing is nothing at any rate."""
    if draft.currency == "EUR" or totals.vat is None or (draft.euro_rate is None and totals.vat != 0):
        return None
    return round_half_up(totals.vat * (draft.euro_rate or 0), 2)


def with_payment_terms(invoice: Invoice, draft: Draft) -> Invoice:
    """BT-9 and BT-20. What the deposits have settled whole has no day to pay it."""
    if draft.paid_on is not None:
        return replace(invoice, due_date=draft.paid_on, payment_terms=_settled_on(draft.paid_on, draft))
    if draft.kind is DocumentKind.CREDIT_NOTE:
        return replace(invoice, payment_terms=_in_language(_CREDIT_NOTE_TERMS, draft.language))
    if invoice.totals is not None and invoice.totals.due == 0:
        return replace(invoice, due_date=draft.due_date, payment_terms=_in_language(_NOTHING_TO_PAY, draft.language))
    return replace(
        invoice,
        due_date=draft.due_date or max(_due_date(invoice, draft), draft.issue_date),
        payment_terms=_in_language(sentence(draft.terms, currency=draft.currency), draft.language),
    )


def _settled_on(day: date, draft: Draft) -> str:
    refunded = draft.kind is DocumentKind.CREDIT_NOTE
    french, english = ("Remboursé", "Refunded") if refunded else ("Payée", "Paid")
    return _in_language(Text(fr=f"{french} le {day:%d/%m/%Y}.", en=f"{english} on {day.isoformat()}."), draft.language)


def _due_date(invoice: Invoice, draft: Draft) -> date:
    """The last day to pay what is left. A deposit that the terms ask at the order is due at once.

    A delay that runs from a delivery long ago may end before the invoice is made.
    """
    if draft.kind is DocumentKind.DEPOSIT and draft.terms.deposit is not None:
        return draft.issue_date
    totals = invoice.totals or Totals()
    instalments = due_dates(
        draft.terms,
        invoice_date=draft.issue_date,
        delivery_date=draft.delivery.date if draft.delivery else None,
        gross=totals.gross,
        paid=totals.paid or Decimal(0),
        currency=draft.currency,
    )
    return max((each.date for each in instalments), default=draft.issue_date)


def _in_language(text: Text, language: str) -> str:
    """French, which the law asks for, with the English behind it where that is wanted."""
    return text.fr if language == "fr" else f"{text.fr} / {text.en}"
