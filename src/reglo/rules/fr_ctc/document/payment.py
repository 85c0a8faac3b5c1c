"""Due dates, invoices already paid, and invoices in a foreign currency."""

from reglo.core.findings import Text
from reglo.rules.fr_ctc import shapes
from reglo.rules.fr_ctc.document.entry import Entry
from reglo.rules.fr_ctc.facts import Facts

_PAID_FRAMEWORKS = ("B2", "S2", "M2")
_DEPOSIT_TYPES = ("386", "500", "503")


def _due_date_is_not_before_issue(facts: Facts) -> bool:
    """BR-FR-CO-07. Dates of one format are in order as texts are. In CII, no issue date is no order."""
    if facts.type_code in _DEPOSIT_TYPES or facts.framework in _PAID_FRAMEWORKS:
        return True
    if facts.is_ubl:
        return facts.issue_date is None or all(day >= facts.issue_date for day in facts.due_dates)
    if not any(shapes.is_filled(day) for day in facts.due_dates):
        return True
    return facts.issue_date is not None and all(day >= facts.issue_date for day in facts.due_dates)


def _paid_invoice_is_paid_in_full(facts: Facts) -> bool:
    """BR-FR-CO-09, on BT-113."""
    if facts.framework not in _PAID_FRAMEWORKS:
        return True
    paid, gross = shapes.number_of(facts.paid), shapes.number_of(facts.gross)
    return paid is not None and paid == gross


def _paid_invoice_has_nothing_due(facts: Facts) -> bool:
    """BR-FR-CO-09, on BT-115."""
    return facts.framework not in _PAID_FRAMEWORKS or shapes.number_of(facts.due) == 0


def _paid_invoice_has_date_of_payment(facts: Facts) -> bool:
    """BR-FR-CO-09, on BT-9."""
    if facts.framework not in _PAID_FRAMEWORKS:
        return True
    return any(day != "" if facts.is_ubl else shapes.is_filled(day) for day in facts.due_dates)


def _foreign_currency_has_vat_in_euro(facts: Facts) -> bool:
    """BR-FR-CO-12."""
    if facts.currency in (None, "EUR"):
        return True
    return facts.vat_currency == "EUR" and bool(facts.vat_in_euro)


PAYMENT: tuple[Entry, ...] = (
    Entry(
        ubl="BR-FR-CO-07_BT-9",
        cii="BR-FR-CO-07_BT-9",
        where="due_date",
        term="BT-9",
        holds=_due_date_is_not_before_issue,
        shows=lambda facts: ", ".join(facts.due_dates),
        statement=Text(
            fr="L'échéance n'est pas avant la date de la facture, sauf acompte (386, 500, 503) ou facture déjà payée "
            "(B2, S2, M2).",
            en="The due date is not before the invoice date, but for a deposit (386, 500, 503) or an invoice already "
            "paid (B2, S2, M2).",
        ),
        fix=Text(
            fr="Corrigez l'échéance, ou le cadre de facturation si la facture est déjà payée.",
            en="Correct the due date, or the billing framework if the invoice is already paid.",
        ),
        example=Text(
            fr="Bon : facture du 15 septembre, échéance le 15 octobre. Mauvais : échéance le 14 septembre.",
            en="Good: invoice of 15 September, due 15 October. Bad: due 14 September.",
        ),
    ),
    Entry(
        ubl="BR-FR-CO-09_BT-23-1",
        cii="BR-FR-CO-09_BT-23-1",
        where="totals.paid",
        term="BT-113",
        holds=_paid_invoice_is_paid_in_full,
        shows=lambda facts: facts.paid,
        statement=Text(
            fr="Une facture déjà payée (B2, S2, M2) porte comme montant payé son total TTC.",
            en="An invoice already paid (B2, S2, M2) has its total with VAT as the amount paid.",
        ),
        fix=Text(
            fr="Saisissez le montant payé, ou un autre cadre de facturation si tout n'est pas payé.",
            en="Enter the amount paid, or another billing framework if not all is paid.",
        ),
        example=Text(fr="Bon : S2, TTC 120.00, payé 120.00.", en="Good: S2, total 120.00, paid 120.00."),
    ),
    Entry(
        ubl="BR-FR-CO-09_BT-23-2",
        cii="BR-FR-CO-09_BT-23-2",
        where="totals.due",
        term="BT-115",
        holds=_paid_invoice_has_nothing_due,
        shows=lambda facts: facts.due,
        statement=Text(
            fr="Une facture déjà payée (B2, S2, M2) n'a rien à payer : 0.00.",
            en="An invoice already paid (B2, S2, M2) has nothing due: 0.00.",
        ),
        fix=Text(fr="Saisissez le montant payé en entier.", en="Enter the full amount paid."),
        example=Text(
            fr="Bon : S2, net à payer 0.00. Mauvais : S2, net à payer 120.00.", en="Good: S2, due 0.00. Bad: 120.00."
        ),
    ),
    Entry(
        ubl="BR-FR-CO-09_BT-23-3",
        cii="BR-FR-CO-09_BT-23-3",
        where="due_date",
        term="BT-9",
        holds=_paid_invoice_has_date_of_payment,
        statement=Text(
            fr="Une facture déjà payée (B2, S2, M2) porte comme échéance la date du paiement.",
            en="An invoice already paid (B2, S2, M2) has the day of payment as its due date.",
        ),
        fix=Text(fr="Saisissez la date du paiement comme échéance.", en="Enter the day of payment as due date."),
        example=Text(fr="Mauvais : S2 sans échéance.", en="Bad: S2 without due date."),
    ),
    Entry(
        ubl="BR-FR-CO-12_BT-5",
        cii="BR-FR-CO-12_BT-5",
        where="vat_currency",
        term="BT-5",
        holds=_foreign_currency_has_vat_in_euro,
        shows=lambda facts: facts.vat_currency,
        statement=Text(
            fr="Une facture en devise donne aussi le total de la TVA en euros, devise de comptabilisation.",
            en="An invoice in a foreign currency gives the total VAT in euros too, its accounting currency.",
        ),
        fix=Text(
            fr="Indiquez EUR comme devise de comptabilisation de la TVA, et le total de la TVA en euros.",
            en="Give EUR as the VAT accounting currency, and the total VAT in euros.",
        ),
        example=Text(
            fr="Bon : devise USD, devise de TVA EUR, TVA 18.40 EUR. Mauvais : devise USD seule.",
            en="Good: currency USD, VAT currency EUR, VAT 18.40 EUR. Bad: currency USD alone.",
        ),
    ),
)
