"""Who an organisation is: made once, changed as life goes."""

from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction
from django.utils.crypto import get_random_string
from django.utils.text import slugify

from reglo.accounts.models import User
from reglo.core.errors import DomainError
from reglo.core.findings import Text
from reglo.core.mentions import IssuerSize
from reglo.core.parties import IdentifierKind, Register, VatRegime, compact, french_vat_number, require
from reglo.journal.services import Actor, record
from reglo.organisations.models import Membership, Organisation, Role
from reglo.organisations.services.changing import locked, write_changes

_SLUG_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
_LONGEST_SLUG = 40


class IdentityRefused(DomainError):
    """These facts cannot be those of one business."""

    code = "identity-refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentityFacts:
    """What a business is in law and where one reaches it: the fields of `Organisation` that say so."""

    name: str
    trading_name: str = ""
    siren: str = ""
    siret: str = ""
    vat_number: str = ""
    legal_form: str = ""
    capital_minor: int | None = None  #: cents of EUR
    variable_capital: bool = False
    register: Register = Register.RCS
    register_town: str = ""
    sole_trader: bool = False
    in_liquidation: bool = False
    approved_body_member: bool = False
    insurer: str = ""
    insurer_contact: str = ""
    insurance_contract: str = ""
    insurance_territory: str = ""
    size: IssuerSize = IssuerSize.MICRO
    line_1: str = ""
    line_2: str = ""
    post_code: str = ""
    city: str = ""
    country: str = "FR"
    electronic_address: str = ""
    email: str = ""
    phone: str = ""
    contact_name: str = ""


def create_organisation(
    *,
    user: User,
    name: str,
    siren: str,
    sole_trader: bool = False,
    vat_regime: VatRegime = VatRegime.RECEIPTS,
    language: str = "fr",
    by: Actor,
    now: datetime,
) -> Organisation:
    """Make an organisation of which `user` is the owner; the VAT number follows from the SIREN.

    Raises BadIdentifier for a SIREN that cannot be right.
    """
    siren = require(IdentifierKind.SIREN, siren, field="siren")
    with transaction.atomic(durable=True):
        organisation = Organisation.objects.create(
            slug=_free_slug(name),
            name=name,
            siren=siren,
            vat_number="" if vat_regime is VatRegime.FRANCHISE else french_vat_number(siren),
            vat_regime=vat_regime,
            sole_trader=sole_trader,
            language=language,
            email=user.email,
            contact_name=user.name,
            created_at=now,
        )
        Membership.objects.create(organisation=organisation, user=user, role=Role.OWNER, joined_at=now)
        record(
            "organisation-created",
            organisation_id=organisation.pk,
            subject=organisation,
            by=by,
            at=now,
            after={"name": name, "siren": siren, "vat_regime": vat_regime},
        )
    return organisation


def change_identity(*, organisation: Organisation, facts: IdentityFacts, by: Actor, now: datetime) -> Organisation:
    """Change who an organisation is. What was issued before stays as it was.

    Raises BadIdentifier or IdentityRefused, naming the field.
    """
    values = asdict(facts) | _identifiers(facts)
    with transaction.atomic(durable=True):
        found = locked(organisation)
        write_changes(found, values, act="identity-changed", by=by, now=now)
    return found


def _identifiers(facts: IdentityFacts) -> dict[str, str]:
    """The identifiers without spaces, each checked and all of one business."""
    siren = require(IdentifierKind.SIREN, facts.siren, field="siren") if facts.siren else ""
    siret = require(IdentifierKind.SIRET, facts.siret, field="siret") if facts.siret else ""
    vat_number = require(IdentifierKind.VAT, facts.vat_number, field="vat_number") if facts.vat_number else ""
    if siret and siret[:9] != siren:
        raise IdentityRefused(
            Text(
                fr=f"Ce SIRET est celui d'une autre entreprise : il commence par {siret[:9]}, et non par {siren}.",
                en=f"This SIRET belongs to another business: it begins with {siret[:9]}, not with {siren}.",
            ),
            field="siret",
        )
    if vat_number.startswith("FR") and siren and vat_number[4:] != siren:
        raise IdentityRefused(
            Text(
                fr=f"Ce numéro de TVA est celui d'une autre entreprise ; avec ce SIREN : {french_vat_number(siren)}.",
                en=f"This VAT number belongs to another business; with this SIREN it is {french_vat_number(siren)}.",
            ),
            field="vat_number",
        )
    return {
        "siren": siren,
        "siret": siret,
        "vat_number": vat_number,
        "electronic_address": compact(facts.electronic_address) if siren else facts.electronic_address,
    }


def _free_slug(name: str) -> str:
    """A name for addresses that no organisation has; the letters behind it keep it free, whoever comes at once."""
    readable = slugify(name)[:_LONGEST_SLUG].strip("-") or "organisation"
    if not Organisation.objects.filter(slug=readable).exists():
        return readable
    return f"{readable}-{get_random_string(6, _SLUG_LETTERS)}"
