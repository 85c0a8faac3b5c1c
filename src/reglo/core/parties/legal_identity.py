"""What a seller is in law, and the sentences that must say so on its invoices (BT-33).

Sources: C. com. R123-237 (number, register and its town, legal form, capital), R526-27 («EI» beside the name),
C. assur. L243-2 (ten-year insurance of building crafts), CGI ann. II 371 LB (members of an approved body).
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from reglo.core.findings import Text
from reglo.core.parties.french_numbers import spaced_siren

_SPACE = "\u202f"  # the thin no-break space of French typography, within numbers


class VatRegime(StrEnum):
    """How the seller stands towards VAT."""

    RECEIPTS = "receipts"  #: tax on services is due when they are paid (*TVA sur les encaissements*), the default
    DEBITS = "debits"  #: option to pay it when they are invoiced (*option pour les débits*)
    FRANCHISE = "franchise"  #: no tax, CGI 293 B (*franchise en base*)


class Register(StrEnum):
    """Where a business is registered."""

    RCS = "RCS"  #: *registre du commerce et des sociétés*, of a town
    RNE = "RNE"  #: *registre national des entreprises*, which took over the crafts' register (RM) in 2023
    NONE = "none"  #: only known to Insee: an association, a liberal profession


@dataclass(frozen=True, slots=True, kw_only=True)
class Insurance:
    """A professional insurance that must be named: the ten-year one of building crafts."""

    insurer: str
    contact: str | None = None  #: address or telephone of the insurer
    contract: str | None = None
    territory: str = "France métropolitaine"
    kind: str = "Assurance décennale"


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalIdentity:
    """What the seller is in law. A sole trader has no legal form and no capital."""

    siren: str
    siret: str | None = None  #: of the establishment that invoices
    legal_form: str | None = None  #: SAS, SARL, SA, SCOP…; None for a sole trader
    capital: Decimal | None = None  #: EUR
    variable_capital: bool = False
    register: Register = Register.RCS
    register_town: str | None = None  #: town of the RCS
    sole_trader: bool = False  #: *entrepreneur individuel*
    in_liquidation: bool = False
    insurance: Insurance | None = None
    approved_body_member: bool = False  #: of an *organisme de gestion agréé*: takes cheques and cards
    vat_regime: VatRegime = VatRegime.RECEIPTS


def legal_sentence(identity: LegalIdentity) -> str:
    """What BT-33 says: «SAS au capital de 10 000 €, RCS Lyon 732 829 320». In French, the language of the registers."""
    parts = [_form(identity), _registration(identity)]
    if identity.in_liquidation:
        parts.append("en liquidation")
    return ", ".join(part for part in parts if part)


#: "EI", "E.I." or the words.
_SAYS_SOLE_TRADER = re.compile(r"\be\.?i\b|\bentrepreneu(?:r|se) individuel(?:le)?\b", re.IGNORECASE)


def name_in_law(name: str, identity: LegalIdentity) -> str:
    """BT-27: the name, followed by «EI» where the law wants it beside the name of a sole trader (R526-27)."""
    if not identity.sole_trader or _SAYS_SOLE_TRADER.search(name):
        return name
    return f"{name} EI"


def insurance_sentence(insurance: Insurance) -> str:
    """Insurer, contract and territory, as building crafts must state them."""
    insurer = ", ".join(each for each in (insurance.insurer, insurance.contact) if each)
    contract = f", contrat n° {insurance.contract}" if insurance.contract else ""
    return f"{insurance.kind} : {insurer}{contract} ; couverture géographique : {insurance.territory}."


#: CGI ann. II 371 LB: what a member of an approved body tells its customers.
APPROVED_BODY = Text(
    fr="Membre d'un organisme de gestion agréé, acceptant à ce titre les règlements par chèque et par carte bancaire.",
    en="Member of an approved management body; accepts payment by cheque and by card.",
)


def euros(amount: Decimal) -> str:
    """An amount as a French sentence writes it: 10 000 €, 1 234,50 €."""
    whole = amount == amount.to_integral_value()
    text = f"{amount:,.0f}" if whole else f"{amount:,.2f}"
    return text.replace(",", _SPACE).replace(".", ",") + "\u00a0€"


def _form(identity: LegalIdentity) -> str:
    if identity.sole_trader:
        return "Entrepreneur individuel (EI)"
    if identity.legal_form is None:
        return ""
    if identity.capital is None:
        return identity.legal_form
    capital = "capital variable" if identity.variable_capital else "capital"
    minimum = "minimum " if identity.variable_capital else ""
    return f"{identity.legal_form} au {capital} {minimum}de {euros(identity.capital)}"


def _registration(identity: LegalIdentity) -> str:
    number = spaced_siren(identity.siren)
    match identity.register:
        case Register.RCS:
            return f"RCS {identity.register_town} {number}" if identity.register_town else f"RCS {number}"
        case Register.RNE:
            return f"RNE {number}"
        case Register.NONE:
            return f"SIREN {number}"
