"""What an invoice claims for late payment: not from a consumer, 40 € of indemnity, and no rate under the floor."""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from reglo.core.document import Invoice, Note
from reglo.core.findings import Finding, Severity, Text
from reglo.core.mentions import Situation
from reglo.core.mentions.evidence import INDEMNITY, NOT_APPLICABLE, folded
from reglo.core.rule import Rule
from reglo.core.terms import BuyerKind
from reglo.core.terms.figures import percent_text

_CONSUMER = Rule(
    identifier="FR-LAW-CONSUMER-CLAIM",
    statement=Text(
        fr="Une facture à un consommateur ne réclame ni l'indemnité de 40 € ni les pénalités de L441-10, qui ne valent "
        "qu'entre professionnels.",
        en="An invoice to a consumer claims neither the indemnity of 40 € nor the penalties of L441-10, which only "
        "hold between professionals.",
    ),
    fix=Text(
        fr="Écrivez qu'elles ne s'appliquent pas à un consommateur.",
        en="Write that they do not apply to a consumer.",
    ),
    source="C. com. L441-10, D441-5",
    severity=Severity.WARNING,
    term="BT-22",
    example=Text(
        fr="Bon, pour un particulier : « sans objet ». Mauvais : « indemnité forfaitaire de 40 € en cas de retard ».",
        en="Good, for a private person: “not applicable”. Bad: “fixed indemnity of 40 € if paid late”.",
    ),
)
_INDEMNITY = Rule(
    identifier="FR-LAW-INDEMNITY-AMOUNT",
    statement=Text(
        fr="L'indemnité forfaitaire pour frais de recouvrement est de 40 €.",
        en="The fixed indemnity for recovery costs is 40 €.",
    ),
    fix=Text(
        fr="Écrivez 40 € ; au-delà, seuls des frais justifiés peuvent être demandés.",
        en="Write 40 €; only proven costs may be asked beyond.",
    ),
    source="C. com. D441-5",
    severity=Severity.WARNING,
    term="BT-22",
    example=Text(
        fr="Bon : indemnité forfaitaire de 40 €. Mauvais : indemnité forfaitaire de 80 €.",
        en="Good: fixed indemnity of 40 €. Bad: fixed indemnity of 80 €.",
    ),
)
_FLOOR = Rule(
    identifier="FR-LAW-PENALTY-RATE",
    statement=Text(
        fr="Le taux des pénalités de retard est d'au moins trois fois le taux d'intérêt légal.",
        en="The rate of late penalties is at least three times the legal rate of interest.",
    ),
    fix=Text(
        fr="Écrivez « trois fois le taux d'intérêt légal », qui reste juste d'un semestre à l'autre.",
        en="Write “trois fois le taux d'intérêt légal”, which stays right from one half-year to the next.",
    ),
    source="C. com. L441-10 II",
    severity=Severity.WARNING,
    term="BT-22",
    example=Text(
        fr="Au premier semestre 2026, le taux légal est de 2,62 % : au moins 7,86 % par an.",
        en="In the first half of 2026 the legal rate is 2.62 %: at least 7.86 % a year.",
    ),
)

LATE_PAYMENT_RULES = (_CONSUMER, _INDEMNITY, _FLOOR)

_EURO_AMOUNT = re.compile(r"(\d+(?:[.,]\d+)?)\s*(?:€|eur)")
_PERCENT = re.compile(r"(\d+(?:[.,]\d+)?)\s*%")
_BY_MONTH = re.compile(r"par mois|mensuel|a month|per month|monthly|/ ?(?:mois|month)")
#: Words after which a percentage is no rate by itself: a multiple, points on top of another rate, or by day.
_NOT_A_YEARLY_RATE = re.compile(r"fois|times|major|point|bce|ecb|refinancement|par jour|a day|per day|/ ?(?:jour|day)")


def check_late_payment(invoice: Invoice, situation: Situation) -> Iterator[Finding]:
    """Findings on what the notes claim. Public buyers owe a rate of their own, whatever the invoice says."""
    for place, note in enumerate(invoice.notes):
        where = f"notes[{place}]"
        if situation.buyer_kind is BuyerKind.CONSUMER:
            yield from _claims_on_consumer(note, where)
        elif note.subject == "PMT":
            yield from _wrong_indemnity(note, where)
        elif note.subject == "PMD" and not (situation.buyer_kind and situation.buyer_kind.is_public):
            yield from _rate_under_the_floor(note, where, invoice.issue_date)


def _claims_on_consumer(note: Note, where: str) -> Iterator[Finding]:
    text = folded(note.text or "")
    claims = INDEMNITY.search(text) is not None or "l441-10" in text
    if claims and NOT_APPLICABLE.search(text) is None:
        yield _CONSUMER.finding(where, Text(fr=f"Note : « {note.text} »", en=f"Note: “{note.text}”"))


def _wrong_indemnity(note: Note, where: str) -> Iterator[Finding]:
    amounts = [each.replace(",", ".") for each in _EURO_AMOUNT.findall(folded(note.text or ""))]
    if amounts and not any(Decimal(each) == 40 for each in amounts):
        yield _INDEMNITY.finding(where, Text(fr=f"Note : « {note.text} »", en=f"Note: “{note.text}”"))


def _rate_under_the_floor(note: Note, where: str, issued: date | None) -> Iterator[Finding]:
    text = folded(note.text or "")
    stated = _PERCENT.search(text)
    if stated is None or issued is None or _NOT_A_YEARLY_RATE.search(text):
        return
    percent = Decimal(stated.group(1).replace(",", ".")) * (12 if _BY_MONTH.search(text) else 1)
    legal = _legal_rate(issued)
    if legal is not None and percent < 3 * legal:
        yield _FLOOR.finding(where, _compared(percent, legal))


def _legal_rate(day: date) -> Decimal | None:
    """The legal rate on `day`, or None so long ago that we do not know it."""
    from reglo.core.rates import RateKind, RateUnknown, rate_for  # only read where a fixed rate is to be judged

    try:
        return rate_for(RateKind.LEGAL, day).percent
    except RateUnknown:
        return None


def _compared(percent: Decimal, legal: Decimal) -> Text:
    stated, once, floor = percent_text(percent), percent_text(legal), percent_text(3 * legal)
    return Text(
        fr=f"{stated.fr} est moins que 3 × {once.fr} = {floor.fr}.",
        en=f"{stated.en} is less than 3 × {once.en} = {floor.en}.",
    )
