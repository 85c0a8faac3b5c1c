"""What is decided as an e-mail to a contact: the text of its tone, the table of all that is due, how to pay."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from reglo.billing.models import Invoice
from reglo.core.collection import Item, Message, Tone
from reglo.core.composition import creditor_reference
from reglo.core.findings import Text
from reglo.core.terms import BuyerKind
from reglo.customers.models import Contact, Customer
from reglo.delivery.composing import Table
from reglo.delivery.models import REMINDERS, MessageKind
from reglo.delivery.services.outbox import Letter
from reglo.delivery.services.values import common_values, day_text
from reglo.delivery.variables import TABLE
from reglo.formats.pdf import figures
from reglo.ledger.models import OpenItem
from reglo.ledger.services import DOCUMENT_SOURCE
from reglo.organisations.models import Organisation
from reglo.organisations.queries import payment_details

_OF_TONE = {
    Tone.GENTLE: MessageKind.GENTLE,
    Tone.PRACTICAL: MessageKind.PRACTICAL,
    Tone.FRIENDLY: MessageKind.FRIENDLY,
    Tone.FIRM: MessageKind.FIRM,
    Tone.LAST: MessageKind.LAST,
    Tone.FORMAL_NOTICE: MessageKind.LAST,  # its own text is a letter
}

_HEADINGS = Text(fr="Facture|Date|Échéance|Retard|Montant", en="Invoice|Date|Due|Late|Amount")
_PENALTIES = Text(
    fr="Des pénalités de retard et l'indemnité forfaitaire de 40\N{NO-BREAK SPACE}€ pour frais de recouvrement peuvent "
    "s'ajouter à ces sommes (C. com. art. L441-10).",
    en="Late-payment interest and the fixed sum of €40 for recovery costs may be added to these sums "
    "(French commercial code, art. L441-10).",
)
_PUBLIC_PENALTIES = Text(
    fr="Des intérêts moratoires et l'indemnité forfaitaire de 40\N{NO-BREAK SPACE}€ pour frais de recouvrement peuvent "
    "s'ajouter à ces sommes (CCP art. L2192-13 et D2192-35).",
    en="Late-payment interest and the fixed sum of €40 for recovery costs may be added to these sums "
    "(French public procurement code, art. L2192-13 and D2192-35).",
)


def kind_of(message: Message) -> MessageKind:
    """Which text a message takes: the one that its step names, else that of its tone; never a harder one."""
    named = next((kind for kind in REMINDERS if kind.value == message.template), None)
    if named is None or _is_harder(named, message.tone):
        return _OF_TONE[message.tone]
    return named


def _is_harder(kind: MessageKind, tone: Tone) -> bool:
    """Whether a text is that of a harder tone: the profile of the customer softened the step."""
    own = next((each for each, of_tone in _OF_TONE.items() if of_tone is kind), tone)
    return own.strength > tone.strength


def reminder_letter(message: Message, customer: Customer, contact: Contact) -> Letter:
    """The e-mail of a message, for sending and for its preview; with the file of the invoice where there is one only.

    Its button leads to that invoice on the portal, else to the account.
    """
    invoice = _only_invoice(message.items, customer)
    return Letter(
        kind=kind_of(message),
        organisation=customer.organisation,
        customer=customer,
        contact=contact,
        values={**common_values(customer, contact), **_values(message, customer)},
        path=f"invoices/{invoice.pk}/" if invoice else "",
        invoice=invoice,
        attaches_document=invoice is not None,
        table=table_of(message.items, issue_dates(message.items, customer), message.language),
    )


def _values(message: Message, customer: Customer) -> dict[str, str]:
    language, items = message.language, message.items
    late = max(each.days_late for each in items)
    return {
        "table": TABLE,
        "documents": documents_text(items, language),
        "total": total_text(items, language),
        "due_date": day_text(min(each.due for each in items), language),
        "late": days_text(late, language) if late > 0 else "",
        "payment": payment_text(customer.organisation, [each.number for each in items], language),
        "penalties": penalties_text(customer).in_language(language) if message.speaks_of_penalties else "",
        "day": day_text(_promised_day(items), language),
    }


def penalties_text(customer: Customer) -> Text:
    """What may be added to a late sum, by the law that holds for this buyer. Not for consumers."""
    return _PUBLIC_PENALTIES if BuyerKind(customer.kind).is_public else _PENALTIES


def _promised_day(items: Iterable[Item]) -> date | None:
    """The day of the promise that was not kept; the step is named after it."""
    for item in items:
        name, _, day = (item.step or "").partition("@")
        if name == "promise-broken":
            return date.fromisoformat(day)
    return None


def table_of(items: Sequence[Item], issued: dict[str, date], language: str) -> Table:
    """The table of what is due, as `language` writes it."""
    return Table(
        headings=_headings(language),
        rows=tuple(
            (
                each.number,
                figures.short_day(issued[each.receivable], language) if each.receivable in issued else "",
                figures.short_day(each.due, language),
                days_text(each.days_late, language) if each.days_late > 0 else "–",
                figures.money(each.amount, each.currency, language),
            )
            for each in items
        ),
        total=("Total", total_text(items, language)),
    )


def _headings(language: str) -> tuple[str, str, str, str, str]:
    number, day, due, late, amount = _HEADINGS.in_language(language).split("|")
    return number, day, due, late, amount


def days_text(days: int, language: str) -> str:
    """A number of days: 1 jour, 12 jours."""
    word = Text(fr="jour", en="day") if days == 1 else Text(fr="jours", en="days")
    return f"{days}\N{NO-BREAK SPACE}{word.in_language(language)}"


def documents_text(items: Sequence[Item], language: str) -> str:
    """The invoice by its number, or how many there are."""
    if len(items) == 1:
        return Text(fr=f"facture {items[0].number}", en=f"invoice {items[0].number}").in_language(language)
    return Text(fr=f"{len(items)} factures", en=f"{len(items)} invoices").in_language(language)


def total_text(items: Iterable[Item], language: str) -> str:
    """All that is asked, by currency: 2 040,00 € + 300,00 $."""
    totals: dict[str, Decimal] = {}
    for each in items:
        totals[each.currency] = totals.get(each.currency, Decimal(0)) + each.amount
    return " + ".join(figures.money(total, currency, language) for currency, total in sorted(totals.items()))


def payment_text(organisation: Organisation, numbers: Sequence[str], language: str) -> str:
    """How to pay by transfer; nothing where no account is known."""
    iban = payment_details(organisation).iban
    if not iban:
        return ""
    account = figures.grouped(iban)
    reference = (creditor_reference(numbers[0]) if len(numbers) == 1 else None) or ", ".join(numbers)
    return Text(
        fr=f"Par virement\N{NO-BREAK SPACE}: IBAN {account}, référence {reference}.",
        en=f"By transfer: IBAN {account}, reference {reference}.",
    ).in_language(language)


def issue_dates(items: Iterable[Item], customer: Customer) -> dict[str, date]:
    """When each document was issued."""
    rows = OpenItem.objects.filter(
        organisation_id=customer.organisation_id, pk__in=[int(each.receivable) for each in items]
    )
    return {str(pk): day for pk, day in rows.values_list("pk", "document_date")}


def _only_invoice(items: Sequence[Item], customer: Customer) -> Invoice | None:
    """The one document that a message is about."""
    rows = OpenItem.objects.filter(
        organisation_id=customer.organisation_id, pk__in=[int(each.receivable) for each in items]
    )
    sources = set(rows.values_list("origin__source_kind", "origin__source_id"))
    if len(sources) != 1:
        return None
    kind, pk = sources.pop()
    found = Invoice.objects.filter(organisation_id=customer.organisation_id, pk=pk) if kind == DOCUMENT_SOURCE else None
    return found.defer("document").first() if found is not None else None
