"""The rules on each party, whatever its role: its SIRET, its identifiers, its address."""

from collections.abc import Iterator
from dataclasses import dataclass

from reglo.core.findings import Text
from reglo.core.rule import Rule, value_read
from reglo.rules.fr_ctc import shapes
from reglo.rules.fr_ctc.facts import PartyFacts
from reglo.rules.fr_ctc.wording import Family, name_of, rule_of, rule_of_family

_SIRET = "0009"
_FRENCH_ADDRESS = "0225"
_ROUTING_CODE = "0224"
_MAX_ADDRESS, _MAX_ROUTING_CODE = 125, 100

ADDRESS = Family(
    fr="ne contient, pour une adresse de l'annuaire français, que des lettres (sans accent), chiffres, points et + - _",
    en="has, for an address of the French directory, only letters without accents, digits, the point and + - _",
    fix=Text(fr="Reprenez l'adresse dans l'annuaire.", en="Take the address from the directory."),
    example=Text(fr="Bon : 732829320_compta. Mauvais : 732829320/compta.", en="Good: 732829320_a. Bad: 732829320/a."),
    ubl=shapes.is_address,
    cii=shapes.is_address,
)
ROUTING_CODE = Family(
    fr="ne contient, pour un code de routage (schéma 0224), que des lettres (sans accent), chiffres, points et + - _",
    en="has, for a routing code (scheme 0224), only letters without accents, digits, the point and + - _",
    fix=Text(fr="Reprenez le code de routage dans l'annuaire.", en="Take the routing code from the directory."),
    example=Text(fr="Bon : SERVICE-7. Mauvais : SERVICE 7.", en="Good: SERVICE-7. Bad: SERVICE 7."),
    ubl=shapes.is_address,
    cii=shapes.is_address,
)
ADDRESS_LENGTH = Family(
    fr=f"compte au plus {_MAX_ADDRESS} caractères",
    en=f"has at most {_MAX_ADDRESS} characters",
    fix=Text(fr="Vérifiez l'adresse : elle est trop longue.", en="Check the address: it is too long."),
    example=Text(
        fr="Bon : 732829320. Mauvais : une adresse de 126 caractères.",
        en="Good: 732829320. Bad: an address of 126 characters.",
    ),
    ubl=lambda text: len(text) <= _MAX_ADDRESS,
    cii=lambda text: len(text) <= _MAX_ADDRESS,
)
ROUTING_CODE_LENGTH = Family(
    fr=f"compte au plus {_MAX_ROUTING_CODE} caractères pour un code de routage (schéma 0224)",
    en=f"has at most {_MAX_ROUTING_CODE} characters for a routing code (scheme 0224)",
    fix=Text(fr="Vérifiez le code de routage : il est trop long.", en="Check the routing code: it is too long."),
    example=Text(
        fr="Bon : SERVICE-7. Mauvais : un code de 101 caractères.",
        en="Good: SERVICE-7. Bad: a code of 101 characters.",
    ),
    ubl=lambda text: len(text) <= _MAX_ROUTING_CODE,
    cii=lambda text: len(text) <= _MAX_ROUTING_CODE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """A party, or a place of delivery, and where it stands."""

    path: str  #: in the model
    ubl: str
    cii: str
    identifiers: str  #: the term of its identifiers
    address: str | None = None  #: the term of its electronic address
    needs_siren: bool = False  #: whether a SIRET without SIREN is a breach
    has_routing_code: bool = False
    siret_in_ubl: bool = True  #: whether the UBL sheet looks for its SIRET where a document can have it


_AGREEMENT = "rsm:SupplyChainTradeTransaction/ram:ApplicableHeaderTradeAgreement"
_SETTLEMENT = "rsm:SupplyChainTradeTransaction/ram:ApplicableHeaderTradeSettlement"
_SELLER, _BUYER = "cac:AccountingSupplierParty/cac:Party", "cac:AccountingCustomerParty/cac:Party"
_LINE = "rsm:SupplyChainTradeTransaction/ram:IncludedSupplyChainTradeLineItem"

PARTIES: tuple[Role, ...] = (
    Role(
        path="seller",
        ubl=_SELLER,
        cii=f"{_AGREEMENT}/ram:SellerTradeParty",
        identifiers="BT-29",
        address="BT-34",
        needs_siren=True,
        has_routing_code=True,
    ),
    Role(
        path="buyer",
        ubl=_BUYER,
        cii=f"{_AGREEMENT}/ram:BuyerTradeParty",
        identifiers="BT-46",
        address="BT-49",
        needs_siren=True,
        has_routing_code=True,
    ),
    Role(
        path="payee",
        ubl="cac:PayeeParty",
        cii=f"{_SETTLEMENT}/ram:PayeeTradeParty",
        identifiers="BT-60",
        address="EXT-FR-FE-29",
    ),
    Role(
        path="buyer_agent",
        ubl=f"{_BUYER}/cac:AgentParty",
        cii=f"{_AGREEMENT}/ram:BuyerAgentTradeParty",
        identifiers="EXT-FR-FE-06",
        address="EXT-FR-FE-12",
    ),
    Role(
        path="payer",
        ubl="cac:PaymentMeans/cac:PaymentMandate/cac:PayerParty",
        cii=f"{_SETTLEMENT}/ram:PayerTradeParty",
        identifiers="EXT-FR-FE-46",
        address="EXT-FR-FE-52",
    ),
    Role(
        path="seller_agent",
        ubl=f"{_SELLER}/cac:AgentParty",
        cii=f"{_AGREEMENT}/ram:SalesAgentTradeParty",
        identifiers="EXT-FR-FE-69",
        address="EXT-FR-FE-75",
    ),
    Role(
        path="invoicee",
        ubl=f"{_BUYER}/cac:ServiceProviderParty/cac:Party",
        cii=f"{_SETTLEMENT}/ram:InvoiceeTradeParty",
        identifiers="EXT-FR-FE-92",
        address="EXT-FR-FE-98",
    ),
    Role(
        path="invoicer",
        ubl=f"{_SELLER}/cac:ServiceProviderParty/cac:Party",
        cii=f"{_SETTLEMENT}/ram:InvoicerTradeParty",
        identifiers="EXT-FR-FE-115",
        address="EXT-FR-FE-121",
    ),
)
DELIVERY = Role(
    path="delivery",
    ubl="cac:Delivery",
    cii="rsm:SupplyChainTradeTransaction/ram:ApplicableHeaderTradeDelivery/ram:ShipToTradeParty",
    identifiers="BT-71",
)
LINE_DELIVERY = Role(
    path="lines[].delivery",
    ubl="line/cac:Delivery",
    cii=f"{_LINE}/ram:SpecifiedLineTradeDelivery/ram:ShipToTradeParty",
    identifiers="EXT-FR-FE-146",
    siret_in_ubl=False,
)

Broken = tuple[Rule, Text | None]


class RoleRules:
    """The rules on one role."""

    def __init__(self, role: Role) -> None:
        self._role = role
        self._siret = _siret_rule(role)
        self._scheme = _scheme_rule(role)
        self._distinct = _distinct_rule(role)
        self._address = self._address_length = self._code = self._code_length = None
        if role.address:
            self._address = rule_of_family(f"BR-FR-23_{role.address}", ADDRESS, (role.address,))
            self._address_length = rule_of_family(f"BR-FR-25_{role.address}", ADDRESS_LENGTH, (role.address,))
        if role.has_routing_code:
            self._code = rule_of_family(f"BR-FR-24_{role.identifiers}", ROUTING_CODE, (role.identifiers,))
            self._code_length = rule_of_family(f"BR-FR-26_{role.identifiers}", ROUTING_CODE_LENGTH, (role.identifiers,))

    def rules(self) -> Iterator[Rule]:
        """All of them."""
        candidates = (self._siret, self._scheme, self._distinct, self._address, self._address_length)
        for rule in (*candidates, self._code, self._code_length):
            if rule is not None:
                yield rule

    def judge(self, party: PartyFacts, *, is_ubl: bool) -> Iterator[Broken]:
        """The rules that the party breaks, with what stood there."""
        if party.identifiers:
            yield from self._judge_identifiers(party, is_ubl=is_ubl)
        endpoint = party.endpoint
        if endpoint is None or self._address is None or self._address_length is None:
            return
        if party.endpoint_scheme == _FRENCH_ADDRESS and not shapes.is_address(endpoint):
            yield self._address, value_read(endpoint)
        if len(endpoint) > _MAX_ADDRESS:
            yield self._address_length, value_read(endpoint)

    def _judge_identifiers(self, party: PartyFacts, *, is_ubl: bool) -> Iterator[Broken]:
        schemes = [scheme for scheme, _ in party.identifiers if scheme is not None]
        if len(schemes) < len(party.identifiers):
            yield self._scheme, None
        if len(set(schemes)) < len(schemes):
            yield self._distinct, None
        siret = party.identified_by(_SIRET)
        if siret is not None and not (is_ubl and not self._role.siret_in_ubl):
            siren = party.siren if self._role.needs_siren else party.siren or siret[:9]
            if not shapes.is_siret_of(siret, siren):
                yield self._siret, value_read(siret)
        code = party.identified_by(_ROUTING_CODE)
        if code is not None and self._code is not None and self._code_length is not None:
            if not shapes.is_address(code):
                yield self._code, value_read(code)
            if len(code) > _MAX_ROUTING_CODE:
                yield self._code_length, value_read(code)


def _siret_rule(role: Role) -> Rule:
    name = name_of(role.identifiers)
    return rule_of(
        f"BR-FR-09_{role.identifiers}",
        term=role.identifiers,
        statement=Text(
            fr=f"Le champ {name.fr}, quand c'est un SIRET (schéma 0009), compte 14 chiffres et commence par le SIREN.",
            en=f"The field {name.en}, where it is a SIRET (scheme 0009), has 14 digits and begins with the SIREN.",
        ),
        fix=Text(
            fr="Corrigez le SIRET, ou saisissez le SIREN de l'entreprise (schéma 0002).",
            en="Correct the SIRET, or enter the SIREN of the company (scheme 0002).",
        ),
        example=Text(
            fr="Bon : SIREN 732829320, SIRET 73282932000074. Mauvais : SIRET d'une autre entreprise.",
            en="Good: SIREN 732829320, SIRET 73282932000074. Bad: the SIRET of another company.",
        ),
    )


def _scheme_rule(role: Role) -> Rule:
    name = name_of(role.identifiers)
    return rule_of(
        f"BR-FR-CO-10_{role.identifiers}-1",
        term=role.identifiers,
        statement=Text(
            fr=f"Le champ {name.fr} dit de quel schéma il est (0009 pour un SIRET, 0088 pour un GLN…).",
            en=f"The field {name.en} says of which scheme it is (0009 for a SIRET, 0088 for a GLN…).",
        ),
        fix=Text(fr="Indiquez le schéma, ou retirez l'identifiant.", en="Give the scheme, or remove the identifier."),
        example=Text(
            fr="Bon : 73282932000074, schéma 0009. Mauvais : 73282932000074 seul.",
            en="Good: 73282932000074, scheme 0009. Bad: 73282932000074 alone.",
        ),
    )


def _distinct_rule(role: Role) -> Rule:
    name = name_of(role.identifiers)
    return rule_of(
        f"BR-FR-CO-10_{role.identifiers}-2",
        term=role.identifiers,
        statement=Text(
            fr=f"Le champ {name.fr} ne vient qu'une fois pour chaque schéma.",
            en=f"The field {name.en} comes only once for each scheme.",
        ),
        fix=Text(fr="Gardez un seul identifiant de chaque schéma.", en="Keep one identifier of each scheme."),
        example=Text(fr="Mauvais : deux SIRET.", en="Bad: two SIRETs."),
    )


PARTY_RULES = {role.path: RoleRules(role) for role in (*PARTIES, DELIVERY, LINE_DELIVERY)}
