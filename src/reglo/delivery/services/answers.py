"""Telling the organisation what its customers have answered.

An answer and its notice are written in two transactions, since the answer belongs to a room below. The notice has the
answer's number for a key, so the sweep can write it again for all recent answers: what a crash left out comes then.
"""

from datetime import datetime, timedelta

from reglo.billing.models import QuoteAnswer
from reglo.core.findings import Text
from reglo.delivery.addresses import within
from reglo.delivery.services.sending import send_notice
from reglo.delivery.services.values import amount_text
from reglo.journal.services import REGLO
from reglo.terms.models import AgreementAnswer

_RECENT = timedelta(hours=1)
_NBSP = "\N{NO-BREAK SPACE}"


def tell_of_quote_answer(answer: QuoteAnswer, *, now: datetime) -> None:
    """Tell the owners that a quote was signed or refused. Once, however often it is called."""
    quote, organisation = answer.quote, answer.organisation
    amount = amount_text(answer.gross_minor, quote.currency, organisation.language)
    name, number = quote.customer.name, quote.number
    if answer.accepted:
        subject = Text(fr=f"{name} a signé le devis {number}", en=f"{name} has signed quote {number}")
        body = Text(
            fr=f"Bonne nouvelle{_NBSP}! {answer.name} a signé le devis {number} pour {amount} TTC.",
            en=f"Good news! {answer.name} has signed quote {number} for {amount} with tax.",
        )
    else:
        subject = Text(fr=f"{name} a refusé le devis {number}", en=f"{name} has refused quote {number}")
        body = Text(
            fr=f"{answer.name} a refusé le devis {number}. Sa raison{_NBSP}:\n\n{answer.reason}",
            en=f"{answer.name} has refused quote {number}. The reason:\n\n{answer.reason}",
        )
    send_notice(
        organisation=organisation,
        subject=subject.in_language(organisation.language),
        body=body.in_language(organisation.language),
        path=within("quote", quote.pk),
        key=f"quote-answered:{answer.pk}",
        by=REGLO,
        now=now,
    )


def tell_of_terms_answer(answer: AgreementAnswer, *, now: datetime) -> None:
    """Tell the owners what was said to their terms. Once, however often it is called."""
    agreement, organisation = answer.agreement, answer.organisation
    name = agreement.customer.name
    if answer.accepted:
        subject = Text(fr=f"{name} a accepté vos conditions de paiement", en=f"{name} has accepted your payment terms")
        body = Text(fr=f"Accepté par {answer.name}.", en=f"Accepted by {answer.name}.")
    else:
        subject = Text(fr=f"{name} propose d'autres conditions", en=f"{name} proposes other terms")
        body = Text(fr=f"{answer.name} vous écrit{_NBSP}:", en=f"{answer.name} writes to you:")
    send_notice(
        organisation=organisation,
        subject=subject.in_language(organisation.language),
        body=f"{body.in_language(organisation.language)}\n\n{answer.remark}".strip(),
        path=within("terms", agreement.pk),
        key=f"terms-answered:{answer.pk}",
        by=REGLO,
        now=now,
    )


def tell_of_recent_answers(*, now: datetime) -> None:
    """Tell of every answer of the last hour that was not told."""
    quotes = QuoteAnswer.objects.filter(at__gt=now - _RECENT)
    for answer in quotes.select_related("organisation", "quote__customer"):
        tell_of_quote_answer(answer, now=now)
    terms = AgreementAnswer.objects.filter(at__gt=now - _RECENT)
    for given in terms.select_related("organisation", "agreement__customer"):
        tell_of_terms_answer(given, now=now)
