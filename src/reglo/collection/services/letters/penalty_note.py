"""The note of penalties: claims interest and indemnities, outside VAT, under a number of its own."""

from collections.abc import Sequence
from datetime import date

from reglo.collection.queries.penalties import ItemPenalty
from reglo.collection.services.letters.parts import address_of, paper, working
from reglo.collection.services.reminders import payment_text
from reglo.core.findings import Text
from reglo.core.terms import BuyerKind
from reglo.customers.models import Customer
from reglo.customers.queries import paying_contact
from reglo.delivery.services.values import amount_text
from reglo.formats.pdf import figures
from reglo.formats.pdf.papers import Grid, Heading, Paper, Small

_OUTSIDE_VAT = Text(
    fr="Hors champ de la TVA\N{NO-BREAK SPACE}: ces sommes réparent un retard, elles ne paient aucune livraison ni "
    "prestation. Ce document n'est pas une facture au sens de l'article 289 du CGI.",
    en="Outside the scope of VAT: these sums make up for a delay and pay for no supply. This "
    "document is no invoice in the sense of CGI art. 289.",
)


def penalty_note(
    number: str, customer: Customer, penalties: Sequence[ItemPenalty], *, today: date, due_on: date
) -> Paper:
    """The paper that claims `penalties`, with their working."""
    language = customer.language
    title = Text(fr=f"Note de pénalités {number}", en=f"Note of penalties {number}").in_language(language)
    due = figures.day(due_on, language)
    return paper(
        customer.organisation,
        language=language,
        title=title,
        recipient=address_of(customer, paying_contact(customer)),
        subject=title,
        written=today,
        blocks=(
            _law(customer).in_language(language),
            _sums(penalties, language),
            Text(fr=f"À payer pour le {due}.", en=f"To be paid by {due}.").in_language(language),
            payment_text(customer.organisation, [number], language),
            Small(_OUTSIDE_VAT.in_language(language)),
            Heading(Text(fr="Détail du calcul", en="Working").in_language(language)),
            *working(penalties, language),
        ),
    )


def _law(customer: Customer) -> Text:
    if BuyerKind(customer.kind).is_public:
        return Text(
            fr="Intérêts moratoires et indemnité forfaitaire pour frais de recouvrement, dus de plein droit "
            "(CCP art. L2192-13 et D2192-35).",
            en="Late-payment interest and the fixed sum for recovery costs, owed by right "
            "(French public procurement code, art. L2192-13 and D2192-35).",
        )
    return Text(
        fr="Pénalités de retard et indemnité forfaitaire pour frais de recouvrement, dues de plein droit, sans rappel "
        "(C. com. art. L441-10 et D441-5).",
        en="Late-payment interest and the fixed sum for recovery costs, owed by right, without a reminder "
        "(French commercial code, art. L441-10 and D441-5).",
    )


def _sums(penalties: Sequence[ItemPenalty], language: str) -> Grid:
    headings = Text(fr="Facture|Échéance|Pénalités|Indemnité|Total", en="Invoice|Due|Interest|Indemnity|Total")
    currency = penalties[0].item.currency
    rows = [
        (
            each.item.reference,
            figures.short_day(each.statement.claim.due_date, language),
            amount_text(each.interest_minor, currency, language),
            amount_text(each.indemnity_minor, currency, language),
            amount_text(each.total_minor, currency, language),
        )
        for each in penalties
    ]
    total = amount_text(sum(each.total_minor for each in penalties), currency, language)
    return Grid(
        headings=tuple(headings.in_language(language).split("|")),
        rows=(*rows, ("Total", "", "", "", total)),
        figures=frozenset({2, 3, 4}),
        totals=1,
    )
