"""The legal fence: offers that are void or fined are barred; offers that look one-sided are warned of, in words."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from reglo.core.findings import Finding, Severity, Text
from reglo.core.interest.penalties import applied_rate
from reglo.core.negotiation.deal import Deal, Offer, Side
from reglo.core.rates import RateUnknown
from reglo.core.rule import Rule
from reglo.core.terms import ECB_PLUS_10, BuyerKind, PaymentTerms, check_terms
from reglo.core.terms.figures import amount_text, percent_text

_TWICE = 2

_NO_RETURN = Rule(
    identifier="FR-NEGOTIATION-NO-RETURN",
    statement=Text(
        fr="Un avantage obtenu de l'autre partie a une contrepartie qui lui est proportionnée.",
        en="An advantage that one side obtains has something in return that is in proportion to it.",
    ),
    fix=Text(
        fr="Donnez quelque chose en échange, ou dites par écrit ce qui justifie l'avantage.",
        en="Give something in return, or say in writing what justifies the advantage.",
    ),
    source="C. com. L442-1 I 1°",
    severity=Severity.WARNING,
    example=Text(
        fr="Mauvais : 30 jours de plus, et rien d'autre ne change. Bon : 30 jours de plus et un volume engagé.",
        en="Bad: 30 more days to pay and nothing else changes. Good: 30 more days and a committed volume.",
    ),
)
_IMBALANCE = Rule(
    identifier="FR-NEGOTIATION-IMBALANCE",
    statement=Text(
        fr="Les droits et obligations des parties ne sont pas significativement déséquilibrés.",
        en="The rights and duties of the parties are not significantly unbalanced.",
    ),
    fix=Text(
        fr="Ramenez les pénalités au taux de la loi (BCE majoré de 10 points) ou un peu au-dessus.",
        en="Bring the penalties down to the rate of the law (ECB plus 10 points) or a little above.",
    ),
    source="C. com. L442-1 I 2°; C. civ. 1231-5",
    severity=Severity.WARNING,
    example=Text(fr="Mauvais : des pénalités de 40 % par an.", en="Bad: penalties of 40% a year."),
)
NEGOTIATION_RULES = {rule.identifier: rule for rule in (_NO_RETURN, _IMBALANCE)}
"""What the law of fair dealing asks of an offer, by identifier. What is out of proportion, a judge decides."""

# Warnings of `terms.law` since exceptions exist; without one, a delay beyond these caps is fined (L441-16).
_FINED = frozenset(
    {
        "FR-TERMS-TRANSPORT",
        "FR-TERMS-PERISHABLE",
        "FR-TERMS-LIVESTOCK",
        "FR-TERMS-ALCOHOL",
        "FR-TERMS-WINE",
        "FR-TERMS-EXPORT",
        "FR-TERMS-BUSINESS-DAY",
    }
)


@dataclass(frozen=True, slots=True)
class Fence:
    """What the law says of an offer."""

    bars: tuple[Finding, ...]  #: void, or fined: not to be offered
    warnings: tuple[Finding, ...]  #: lawful, with care

    @property
    def is_lawful(self) -> bool:
        """Whether it may be offered."""
        return not self.bars


def fence_of(offer: Offer, deal: Deal) -> Fence:
    """What the law of payment terms says of `offer`, each finding with its article: C. com. L441-10, L441-11."""
    return fence_of_terms(offer.terms, deal)


def fence_of_terms(terms: PaymentTerms, deal: Deal) -> Fence:
    """The same; price, volume and orders are free."""
    found = check_terms(terms, sector=deal.sector, buyer_kind=deal.buyer_kind, periodic=deal.periodic)
    bars = tuple(each for each in found if each.severity is Severity.FATAL or each.rule in _FINED)
    return Fence(bars, (*(each for each in found if each not in bars), *_imbalance(terms, deal)))


def fairness(our_gain: Decimal, their_gain: Decimal) -> tuple[Finding, ...]:
    """A warning where one side gains what the other loses, so that nothing is given in return (L442-1).

    our_gain, their_gain: a year, against today's terms.
    """
    sides = ((Side.OURS, our_gain, their_gain), (Side.THEIRS, their_gain, our_gain))
    return tuple(_NO_RETURN.finding(None, _who(side, loss)) for side, gain, loss in sides if gain >= 0 > loss)


def _who(side: Side, loss: Decimal) -> Text:
    amount = amount_text(-loss)
    if side is Side.OURS:
        return Text(
            fr=f"Ici le client perd {amount.fr} par an et ne reçoit rien en échange.",
            en=f"Here the customer loses {amount.en} a year and gets nothing in return.",
        )
    return Text(
        fr=f"Ici nous perdons {amount.fr} par an et ne recevons rien en échange.",
        en=f"Here we lose {amount.en} a year and get nothing in return.",
    )


def _imbalance(terms: PaymentTerms, deal: Deal) -> Iterator[Finding]:
    """Penalties of more than twice those of the law: our own measure, the law has none."""
    if terms.penalty is None or deal.buyer_kind is not BuyerKind.BUSINESS:
        return
    try:
        asked = applied_rate(terms.penalty, deal.from_day).percent
        lawful = applied_rate(ECB_PLUS_10, deal.from_day).percent
    except RateUnknown:
        return  # so long ago that there is nothing to hold it against
    if asked > _TWICE * lawful:
        rate, usual = percent_text(asked), percent_text(lawful)
        detail = Text(
            fr=f"Ici les pénalités seraient de {rate.fr} par an, celles de la loi de {usual.fr}.",
            en=f"Here the penalties would be {rate.en} a year, those of the law {usual.en}.",
        )
        yield _IMBALANCE.finding("penalty", detail)
