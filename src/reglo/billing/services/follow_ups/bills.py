"""Billing an accepted quote: deposit, progress, final. Each makes a draft, which is checked again when it is issued."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from reglo.billing.models import Draft, Quote, QuoteState
from reglo.billing.queries.follow_ups import QuoteBilling, billing_of
from reglo.billing.services.drafts import Heading, add_draft, of_another_day
from reglo.core.composition import DocumentKind
from reglo.core.errors import DomainError
from reglo.core.findings import Text
from reglo.core.follow_ups import (
    NothingLeftToBill,
    Part,
    bill_of,
    deposit_lines,
    left_to_bill,
    progress_parts,
    share_of,
)
from reglo.core.terms import Share
from reglo.core.terms.figures import amount_text, percent_text
from reglo.formats.data.stored import write_stored
from reglo.formats.data.tree import Tree
from reglo.formats.pdf.figures import short_day
from reglo.journal.services import Actor
from reglo.organisations.models import Organisation

_ZERO, _ONE = Decimal(0), Decimal(1)


class QuoteNotAccepted(DomainError):
    """Only what the customer has accepted is billed."""

    code = "quote-not-accepted"


class DepositsExceedBill(DomainError):
    """What would be left is less than the deposits that the final invoice deducts."""

    code = "deposits-exceed-bill"


def draft_deposit(*, quote_id: int, organisation: Organisation, share: Share, by: Actor, now: datetime) -> Draft:
    """A draft of a deposit invoice (386) over a share of the total with tax. Raises DepositTooLarge."""
    return _drafted(quote_id, organisation, DocumentKind.DEPOSIT, lambda one: deposit_content(one, share), by, now)


def draft_progress(
    *, quote_id: int, organisation: Organisation, shares: Mapping[str, Decimal], by: Actor, now: datetime
) -> Draft:
    """A draft of a progress invoice (*situation*): so much of each line is done to date.

    shares: fractions by place, "lines[0]". Raises ProgressGoesBack, NothingLeftToBill, DepositsExceedBill.
    """
    return _drafted(quote_id, organisation, DocumentKind.INVOICE, lambda one: progress_content(one, shares), by, now)


def draft_final(*, quote_id: int, organisation: Organisation, by: Actor, now: datetime) -> Draft:
    """A draft of the final invoice: all that is left, deposits deducted. Raises NothingLeftToBill."""
    return _drafted(quote_id, organisation, DocumentKind.INVOICE, final_content, by, now)


def deposit_content(billing: QuoteBilling, share: Share) -> Tree:
    """What a deposit invoice over a share of the quote says. Raises DepositTooLarge."""
    amount = share_of(billing.total, share, billing.places)
    lines = deposit_lines(
        billing.positions,
        amount=amount,
        left=billing.may_be_deposited,
        name=_deposit_name(billing, share),
        places=billing.places,
    )
    return {**_common(billing), "lines": [write_stored(line) for line in lines]}


def progress_content(billing: QuoteBilling, shares: Mapping[str, Decimal]) -> Tree:
    """What the next progress invoice says; one that leaves nothing is the final invoice.

    Raises ProgressGoesBack, NothingLeftToBill, DepositsExceedBill.
    """
    parts = progress_parts(billing.positions, shares, bills=billing.bills, places=billing.places)
    bill = {part.position.place: part.amount for part in parts}
    if all(each.left == bill.get(each.place, _ZERO) for each in billing.positions):
        return final_content(billing)
    after = left_to_bill(billing.positions, bills=(*billing.bills, bill), places=billing.places)
    rest = after.gross + billing.rounding
    if rest < billing.deposited:
        raise _deposits_exceed(billing, rest)
    return _bill_content(billing, parts, label=_progress_label(billing))


def final_content(billing: QuoteBilling) -> Tree:
    """What the final invoice says: the quote as it stands where nothing was billed, else what is left of each line.

    Deposits are deducted once, by what they asked with tax (BT-113). Raises NothingLeftToBill.
    """
    if billing.is_done:
        raise NothingLeftToBill(Text(fr="Tout est déjà facturé.", en="All of it is billed already."), field="percent")
    deposits = [
        {
            "number": each.invoice.number,
            "issue_date": each.invoice.issue_date.isoformat(),
            "amount": str(each.amount),
        }
        for each in billing.deposits
    ]
    deducted: Tree = {"deposits": deposits} if deposits else {}
    if not billing.has_progress:
        whole: Tree = {key: billing.content[key] for key in ("lines", "reductions") if key in billing.content}
        return {**_common(billing), **whole, **deducted}
    shares = {each.place: _ONE for each in billing.positions if not each.is_reduction}
    parts = progress_parts(billing.positions, shares, bills=billing.bills, places=billing.places)
    label = Text(fr="Solde", en="Balance").in_language(billing.draft.language)
    rounded: Tree = {"rounding": str(billing.rounding)} if billing.rounding else {}
    return {**_bill_content(billing, parts, label=label), **rounded, **deducted}


def _bill_content(billing: QuoteBilling, parts: Sequence[Part], *, label: str) -> Tree:
    lines, reductions = bill_of(parts, label=label, language=billing.draft.language)
    places = [part.position.place for part in parts if not part.position.is_reduction]
    content = {
        **_common(billing),
        "lines": [
            {**write_stored(line), "quote_line": _number(place)} for line, place in zip(lines, places, strict=True)
        ],
    }
    return content | ({"reductions": [write_stored(each) for each in reductions]} if reductions else {})


def _common(billing: QuoteBilling) -> Tree:
    """What every document of a quote takes over from it: references, currency, terms, the way to pay."""
    content = of_another_day(billing.content)
    kept = {key: value for key, value in content.items() if key not in ("lines", "reductions")}
    return {**kept, "terms": write_stored(billing.draft.terms)}


def _number(place: str) -> int:
    return int(place.removeprefix("lines[").removesuffix("]"))


def _named_quote(billing: QuoteBilling) -> Text:
    quote = billing.quote
    assert quote.quote_date is not None
    return Text(
        fr=f"devis {quote.number} du {short_day(quote.quote_date, 'fr')}",
        en=f"quote {quote.number} of {short_day(quote.quote_date, 'en')}",
    )


def _deposit_name(billing: QuoteBilling, share: Share) -> str:
    quote = _named_quote(billing)
    said = percent_text(share.percent) if share.percent is not None else None
    if said is None:
        return Text(fr=f"Acompte sur {quote.fr}", en=f"Deposit on {quote.en}").in_language(billing.draft.language)
    return Text(fr=f"Acompte de {said.fr} sur {quote.fr}", en=f"Deposit of {said.en} on {quote.en}").in_language(
        billing.draft.language
    )


def _progress_label(billing: QuoteBilling) -> str:
    number = 1 + sum(any(amount > 0 for amount in bill.values()) for bill in billing.bills)
    return Text(fr=f"Situation n°\N{NO-BREAK SPACE}{number}", en=f"Progress invoice {number}").in_language(
        billing.draft.language
    )


def _deposits_exceed(billing: QuoteBilling, after: Decimal) -> DepositsExceedBill:
    currency = billing.draft.currency
    deposits, rest = amount_text(billing.deposited, currency), amount_text(after, currency)
    return DepositsExceedBill(
        Text(
            fr=f"Il resterait {rest.fr} à facturer, moins que l'acompte à déduire ({deposits.fr})\N{NO-BREAK SPACE}: "
            "faites la facture de solde, ou facturez moins.",
            en=f"{rest.en} would be left to bill, less than the deposit to deduct ({deposits.en}): "
            "make the final invoice, or bill less.",
        ),
        field="percent",
    )


def _drafted(
    quote_id: int,
    organisation: Organisation,
    kind: DocumentKind,
    content_of: Callable[[QuoteBilling], Tree],
    by: Actor,
    now: datetime,
) -> Draft:
    with transaction.atomic(durable=True):
        rows = Quote.objects.of(organisation).select_related("customer", "organisation")
        quote = rows.get(pk=quote_id)
        if quote.state != QuoteState.ACCEPTED or quote.deleted_at is not None:
            raise QuoteNotAccepted(
                Text(
                    fr="Ce devis n'est pas accepté\N{NO-BREAK SPACE}: faites-le signer, ou notez son acceptation.",
                    en="This quote is not accepted: have it signed, or note that it was accepted.",
                )
            )
        return add_draft(
            organisation=organisation,
            heading=Heading(customer=quote.customer, kind=kind),
            content=content_of(billing_of(quote)),
            by=by,
            now=now,
            quote=quote,
        )
