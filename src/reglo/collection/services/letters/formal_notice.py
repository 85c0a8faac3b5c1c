"""The formal notice (*mise en demeure*, C. civ. 1344): what is due, by when, what is added, what comes next."""

from collections.abc import Iterator, Sequence
from datetime import date

from reglo.collection.queries.penalties import ItemPenalty, late_items, penalties_of
from reglo.collection.services.letters.parts import address_of, due_grid, paper, working
from reglo.collection.services.reminders import issue_dates, payment_text, total_text
from reglo.core.collection import Message
from reglo.core.findings import Text
from reglo.core.terms import BuyerKind
from reglo.customers.models import Contact, Customer
from reglo.delivery.services.values import amount_text
from reglo.formats.pdf import figures
from reglo.formats.pdf.papers import Block, Heading, NewPage, Paper

DAYS_TO_PAY = 15
_NBSP = "\N{NO-BREAK SPACE}"


def formal_notice(message: Message, customer: Customer, *, today: date) -> Paper:
    """The letter, with interest and indemnity worked out in an annex where the buyer owes them."""
    language = message.language
    ids = [int(each.receivable) for each in message.items]
    penalties = penalties_of(customer, late_items(customer, until=today).filter(pk__in=ids), until=today)
    final = tuple(each for each in penalties if each.statement.formal_notice_ready)
    title = Text(fr="Mise en demeure de payer", en="Formal notice to pay")
    return paper(
        customer.organisation,
        language=language,
        title=title.in_language(language),
        recipient=address_of(customer, legal_contact(customer)),
        postal=Text(
            fr="Lettre recommandée avec accusé de réception", en="Registered letter with advice of delivery"
        ).in_language(language),
        subject=title.in_language(language),
        written=today,
        blocks=tuple(_blocks(message, customer, final, today)),
    )


def legal_contact(customer: Customer) -> Contact | None:
    """Who receives formal notices; the firm itself where nobody is named for that."""
    named = [each for each in customer.contacts.all() if each.is_legal and each.archived_at is None]
    return min(named, key=lambda each: each.pk, default=None)


def _blocks(message: Message, customer: Customer, penalties: Sequence[ItemPenalty], today: date) -> Iterator[Block]:
    language, organisation = message.language, customer.organisation
    total = total_text(message.items, language)
    for text in _opening(total):
        yield text.in_language(language)
        if text is _REMAINS:
            yield due_grid(message.items, issue_dates(message.items, customer), language)
    yield from (text.in_language(language) for text in _added(customer, penalties, language, today))
    yield payment_text(organisation, [each.number for each in message.items], language)
    yield from (text.in_language(language) for text in _CLOSING)
    yield organisation.contact_name or organisation.name
    if penalties:
        yield NewPage()
        until = figures.day(today, language)
        yield Heading(
            Text(
                fr=f"Annexe{_NBSP}: pénalités de retard et indemnités au {until}",
                en=f"Annex: late-payment interest and indemnities until {until}",
            ).in_language(language)
        )
        yield from working(penalties, language)


_REMAINS = Text(
    fr="Malgré nos relances, les sommes suivantes restent impayées à ce jour.",
    en="In spite of our reminders, the following sums remain unpaid to this day.",
)


def _opening(total: str) -> Iterator[Text]:
    yield Text(fr="Madame, Monsieur,", en="Dear Sir or Madam,")
    yield _REMAINS
    yield Text(
        fr=f"Par la présente, nous vous mettons en demeure de nous payer la somme de {total} dans un délai de "
        f"{DAYS_TO_PAY} jours à compter de la réception de cette lettre (C. civ. art. 1344).",
        en=f"We hereby give you formal notice to pay the sum of {total} within {DAYS_TO_PAY} days of receiving this "
        "letter (French civil code, art. 1344).",
    )


def _added(customer: Customer, penalties: Sequence[ItemPenalty], language: str, today: date) -> Iterator[Text]:
    """What is added by right: not for consumers, who owe the legal rate from this letter on."""
    kind = BuyerKind(customer.kind)
    if kind is BuyerKind.CONSUMER:
        yield Text(
            fr="À compter de cette mise en demeure, cette somme porte intérêt au taux légal (C. civ. art. 1231-6).",
            en="From this notice on, this sum bears interest at the legal rate (French civil code, art. 1231-6).",
        )
        return
    if not penalties:
        yield Text(
            fr="Les pénalités de retard et l'indemnité forfaitaire pour frais de recouvrement s'y ajoutent de plein "
            "droit.",
            en="Late-payment interest and the fixed sum for recovery costs are added to it by right.",
        )
        return
    yield _with_figures(kind, penalties, language, today)


def _with_figures(kind: BuyerKind, penalties: Sequence[ItemPenalty], language: str, today: date) -> Text:
    currency = penalties[0].item.currency
    interest = amount_text(sum(each.interest_minor for each in penalties), currency, language)
    indemnity = amount_text(sum(each.indemnity_minor for each in penalties), "EUR", language)
    day = figures.day(today, language)
    law = Text(fr="C. com. art. L441-10 et D441-5", en="French commercial code, art. L441-10 and D441-5")
    if kind.is_public:
        law = Text(fr="CCP art. L2192-13 et D2192-35", en="French public procurement code, art. L2192-13 and D2192-35")
    return Text(
        fr=f"S'y ajoutent de plein droit, sans qu'un rappel soit nécessaire ({law.fr}), les pénalités de retard, "
        f"arrêtées au {day} à {interest}, et l'indemnité forfaitaire pour frais de recouvrement, {indemnity}. "
        "Le détail du calcul est en annexe.",
        en=f"Added to it by right, without a reminder being needed ({law.en}), are late-payment interest, {interest} "
        f"until {day}, and the fixed sum for recovery costs, {indemnity}. The working is in the annex.",
    )


_CLOSING = (
    Text(
        fr="À défaut de paiement dans ce délai, nous nous réservons de saisir la juridiction compétente, notamment par "
        "une requête en injonction de payer (CPC art. 1405 et suivants).",
        en="Failing payment within this time, we may bring the matter before the competent court, in particular by "
        "applying for an order to pay (French code of civil procedure, art. 1405 ff.).",
    ),
    Text(
        fr="Si vous avez payé entre-temps, ou si quelque chose s'oppose au paiement, faites-le-nous savoir sans "
        f"attendre{_NBSP}: une solution amiable reste possible.",
        en="If you have paid meanwhile, or if something stands in the way of payment, let us know without delay: an "
        "amicable solution remains possible.",
    ),
    Text(
        fr="Nous vous prions d'agréer, Madame, Monsieur, nos salutations distinguées.",
        en="Yours faithfully,",
    ),
)
