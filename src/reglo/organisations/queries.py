"""Reading organisations: as the seller of a document, its page, its day, its terms."""

from datetime import date, datetime
from decimal import Decimal
from typing import Protocol
from zoneinfo import ZoneInfo

from django.db.models import Case, QuerySet, When

from reglo.core.composition import PaymentDetails, Seller
from reglo.core.dates import HalfYear
from reglo.core.document import Address, Contact
from reglo.core.mentions import IssuerSize
from reglo.core.parties import Insurance, LegalIdentity, Register, VatRegime, french_vat_number
from reglo.core.rates import RateKind, RateTable, shipped_rates
from reglo.core.terms import PaymentTerms
from reglo.formats.data.stored import read_stored
from reglo.formats.pdf.look import DEFAULT_ACCENT, Look
from reglo.organisations.models import BankAccount, InterestRate, Invitation, Membership, Organisation, Role


def today_of(organisation: Organisation, now: datetime) -> date:
    """What day it is for an organisation at the instant `now`."""
    return now.astimezone(ZoneInfo(organisation.time_zone)).date()


def seller_of(organisation: Organisation) -> Seller:
    """An organisation as the seller of a document."""
    return Seller(
        name=organisation.name,
        trading_name=organisation.trading_name or None,
        identity=identity_of(organisation),
        vat_number=organisation.vat_number or None,
        address=Address(
            line_1=organisation.line_1 or None,
            line_2=organisation.line_2 or None,
            post_code=organisation.post_code or None,
            city=organisation.city or None,
            country=organisation.country,
        ),
        contact=Contact(
            name=organisation.contact_name or None,
            phone=organisation.phone or None,
            email=organisation.email or None,
        ),
        electronic_address=organisation.electronic_address or None,
        size=IssuerSize(organisation.size),
    )


def identity_of(organisation: Organisation) -> LegalIdentity:
    """What an organisation is in law."""
    capital = organisation.capital_minor
    return LegalIdentity(
        siren=organisation.siren,
        siret=organisation.siret or None,
        legal_form=organisation.legal_form or None,
        capital=None if capital is None else Decimal(capital).scaleb(-2),
        variable_capital=organisation.variable_capital,
        register=Register(organisation.register),
        register_town=organisation.register_town or None,
        sole_trader=organisation.sole_trader,
        in_liquidation=organisation.in_liquidation,
        insurance=_insurance(organisation),
        approved_body_member=organisation.approved_body_member,
        vat_regime=VatRegime(organisation.vat_regime),
    )


def _insurance(organisation: Organisation) -> Insurance | None:
    if not organisation.insurer:
        return None
    return Insurance(
        insurer=organisation.insurer,
        contact=organisation.insurer_contact or None,
        contract=organisation.insurance_contract or None,
        **({"territory": organisation.insurance_territory} if organisation.insurance_territory else {}),
    )


class KeptLook(Protocol):
    """A row that keeps a logo and a colour: an organisation, or how it was when an invoice was issued."""

    accent: str

    @property
    def logo(self) -> bytes | memoryview | None:
        """PNG or SVG, as the database gives it."""


def look_of(kept: KeptLook) -> Look:
    """How the pages look that go by the logo and colour of a row."""
    return Look(logo=bytes(kept.logo) if kept.logo else None, accent=kept.accent or DEFAULT_ACCENT)


def default_terms(organisation: Organisation) -> PaymentTerms:
    """The terms of an organisation where none are agreed with the customer."""
    return read_stored(PaymentTerms, organisation.default_terms)


def payment_details(organisation: Organisation) -> PaymentDetails:
    """How an organisation wants to be paid, where a document does not say."""
    account = BankAccount.objects.of(organisation).filter(is_default=True).first()
    if account is None:
        return PaymentDetails()
    return PaymentDetails(iban=account.iban, bic=account.bic or None, account_name=account.holder or None)


def rates_of(organisation: Organisation) -> RateTable:
    """The rates of interest that hold for an organisation: those that Réglo ships, and before them its own."""
    table = shipped_rates()
    for row in InterestRate.objects.of(organisation):
        table = table.with_rate(RateKind(row.kind), HalfYear.parse(row.half_year), row.percent, row.source)
    return table


def own_rates(organisation: Organisation) -> QuerySet[InterestRate]:
    """The rates that an organisation entered itself, the newest half-year first."""
    return InterestRate.objects.of(organisation).order_by("-half_year", "kind")


def members_of(organisation: Organisation) -> QuerySet[Membership]:
    """The people of an organisation, owners first."""
    owners_first = Case(When(role=Role.OWNER, then=0), default=1)
    found = Membership.objects.of(organisation).select_related("user")
    return found.order_by(owners_first, "user__name", "user__email")


def open_invitations(organisation: Organisation, now: datetime) -> QuerySet[Invitation]:
    """The invitations of an organisation that can still be accepted."""
    found = Invitation.objects.of(organisation).filter(accepted_at=None, revoked_at=None, expires_at__gt=now)
    return found.select_related("invited_by").order_by("email")


def with_what_follows(organisation: Organisation) -> Organisation:
    """An organisation, not saved, with the VAT number that its SIREN gives it."""
    is_taxed = organisation.vat_regime != VatRegime.FRANCHISE
    organisation.vat_number = french_vat_number(organisation.siren) if is_taxed else ""
    return organisation
