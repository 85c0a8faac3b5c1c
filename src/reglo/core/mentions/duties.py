"""Whom a mention concerns: the conditions that several demands share."""

from decimal import Decimal

from reglo.core.mentions.model import Duty, Facts
from reglo.core.mentions.situation import (
    Nature,
    SellerKind,
    duty_of_decree_2022_1299_begins,
    is_credit_note,
    may_owe_decree_2022_1299,
)
from reglo.core.parties import VatRegime
from reglo.core.terms import BuyerKind

#: EUR without tax up to which an invoice may leave out the VAT numbers (CGI ann. II art. 242 nonies A II).
SIMPLIFIED_LIMIT = Decimal(150)


def always(_: Facts) -> Duty:
    """Every invoice."""
    return Duty.REQUIRED


def if_so(_: Facts) -> Duty:
    """Only if something is so that the document does not tell."""
    return Duty.CONDITIONAL


def in_france(facts: Facts) -> Duty | None:
    """Sellers established in France, not those only registered there for VAT."""
    return Duty.REQUIRED if facts.situation.seller_in_france else None


def companies(facts: Facts) -> Duty | None:
    """Companies with a capital and a place in the commercial register."""
    situation = facts.situation
    if not situation.seller_in_france or situation.seller_kind is not SellerKind.COMPANY:
        return None
    return Duty.PRESUMED if situation.seller_kind_is_a_guess else Duty.REQUIRED


def sole_traders(facts: Facts) -> Duty | None:
    """Sole traders (*entrepreneurs individuels*)."""
    return Duty.REQUIRED if facts.situation.seller_kind is SellerKind.SOLE_TRADER else None


def of_unknown_kind(facts: Facts) -> Duty | None:
    """Sellers of whom the document does not say what they are in law."""
    situation = facts.situation
    return Duty.PRESUMED if situation.seller_in_france and situation.seller_kind is None else None


def between_professionals(facts: Facts) -> Duty | None:
    """Invoices to a professional (L441-9). French public law has its own rules for public buyers."""
    situation = facts.situation
    if is_credit_note(facts.invoice) or situation.buyer_kind is BuyerKind.CONSUMER:
        return None
    if situation.buyer_kind is None:
        return Duty.PRESUMED
    if situation.buyer_kind.is_public:
        return None
    return Duty.PRESUMED if situation.buyer_abroad else Duty.REQUIRED


def to_be_paid(facts: Facts) -> Duty | None:
    """Invoices to a professional on which something is still to be paid."""
    totals = facts.invoice.totals
    settled = totals is not None and totals.due is not None and totals.due <= 0
    return None if settled else between_professionals(facts)


def new_since_2026(facts: Facts) -> Duty | None:
    """Mentions of decree 2022-1299: due with the issuer's duty to issue e-invoices, which depends on its size."""
    situation = facts.situation
    if situation.buyer_abroad or situation.buyer_kind is BuyerKind.CONSUMER:
        return None
    if situation.issue_date is None or situation.buyer_kind is None:
        return Duty.PRESUMED
    if situation.issue_date >= duty_of_decree_2022_1299_begins(situation.issuer_size):
        return Duty.REQUIRED
    unsure = situation.issuer_size is None and may_owe_decree_2022_1299(situation.issue_date)
    return Duty.PRESUMED if unsure else Duty.COMING


def option_for_debits(facts: Facts) -> Duty | None:
    """Sellers that opted to pay the tax on their services when they invoice them, where services are taxed."""
    regime = facts.situation.vat_regime
    if "S" not in facts.evidence.vat_categories or facts.situation.nature is Nature.GOODS:
        return None
    if regime is None:
        return Duty.CONDITIONAL
    return new_since_2026(facts) if regime is VatRegime.DEBITS else None


def charges_vat(facts: Facts) -> Duty | None:
    """Sellers with a VAT number: all but those in the franchise, and no need on a small invoice.

    Who only makes exempt sales, or is in the franchise and sells services abroad, has been given none, and the document
    does not tell.
    """
    if facts.situation.vat_regime is VatRegime.FRANCHISE or is_small(facts):
        return None
    categories = facts.evidence.vat_categories
    only_untaxed = bool(categories) and categories <= {"E", "O"}
    return Duty.PRESUMED if only_untaxed and facts.situation.vat_regime is None else Duty.REQUIRED


def in_franchise(facts: Facts) -> Duty | None:
    """Sellers exempt by CGI 293 B."""
    return Duty.REQUIRED if facts.situation.vat_regime is VatRegime.FRANCHISE else None


def is_small(facts: Facts) -> bool:
    """Whether the invoice is small enough to leave out the VAT numbers."""
    totals = facts.invoice.totals
    return totals is not None and totals.net is not None and abs(totals.net) <= SIMPLIFIED_LIMIT


def to_public_bodies(facts: Facts) -> Duty | None:
    """Invoices to a public body, which go through Chorus Pro."""
    kind = facts.situation.buyer_kind
    return Duty.REQUIRED if kind is not None and kind.is_public and not facts.situation.buyer_abroad else None


def consumers(facts: Facts) -> Duty | None:
    """Invoices to a consumer."""
    return Duty.REQUIRED if facts.situation.buyer_kind is BuyerKind.CONSUMER else None
