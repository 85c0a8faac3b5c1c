"""How documents name an organisation: its name in law, the sentence of the registers, the mentions that follow."""

from dataclasses import dataclass

from reglo.core.composition import VAT_TREATMENTS, VatSituation
from reglo.core.parties import legal_sentence, name_in_law
from reglo.core.parties.legal_identity import APPROVED_BODY, insurance_sentence
from reglo.organisations.models import Organisation
from reglo.organisations.queries import identity_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Letterhead:
    """What of an organisation stands on its documents."""

    name: str
    trading_name: str
    address: tuple[str, ...]  #: line by line
    reach: tuple[str, ...]  #: e-mail, telephone
    legal: str
    vat: str  #: the number, or the mention of the franchise
    mentions: tuple[str, ...]  #: insurance, approved body
    accent: str
    has_logo: bool


def letterhead_of(organisation: Organisation) -> Letterhead:
    """What documents say of `organisation`, as it stands in memory."""
    identity = identity_of(organisation)
    mentions = []
    if identity.insurance:
        mentions.append(insurance_sentence(identity.insurance))
    if identity.approved_body_member:
        mentions.append(APPROVED_BODY.fr)
    return Letterhead(
        name=name_in_law(organisation.name, identity),
        trading_name=organisation.trading_name,
        address=_filled(
            organisation.line_1, organisation.line_2, f"{organisation.post_code} {organisation.city}".strip()
        ),
        reach=_filled(organisation.email, organisation.phone),
        legal=legal_sentence(identity) if organisation.siren else "",
        vat=_vat(organisation),
        mentions=tuple(mentions),
        accent=organisation.accent,
        has_logo=bool(organisation.logo),
    )


def _vat(organisation: Organisation) -> str:
    if organisation.vat_regime == "franchise":
        return VAT_TREATMENTS[VatSituation.FRANCHISE].reason or ""
    return f"TVA {organisation.vat_number}" if organisation.vat_number else ""


def _filled(*lines: str) -> tuple[str, ...]:
    return tuple(line for line in lines if line)
