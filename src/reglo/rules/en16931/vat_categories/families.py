"""What each VAT category asks of an invoice."""

from dataclasses import dataclass
from enum import Enum, auto

from reglo.core.findings import Text


class Rate(Enum):
    """Which rates a category bears."""

    POSITIVE = auto()
    ZERO = auto()
    NONE = auto()  #: no rate at all, not even zero
    POSITIVE_BUT_IN_UBL = auto()  #: UBL admits zero, Factur-X does not
    FROM_ZERO = auto()


class Parties(Enum):
    """Which tax numbers a category asks of the parties. Any of those named on a side will do."""

    SELLER_TAXED = auto()  #: seller VAT or other tax number, or representative's VAT number
    SELLER_AND_BUYER_KNOWN = auto()  #: the same, and buyer VAT or legal number
    SELLER_VAT = auto()  #: seller or representative VAT number
    SELLER_AND_BUYER_VAT = auto()  #: the same, and buyer VAT number
    NO_VAT_NUMBER = auto()  #: nobody has one


class Entries(Enum):
    """How many entries of the VAT breakdown a category has."""

    ONE = auto()
    ONE_A_RATE = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """A VAT category and the demands of its rules BR-…-01 to BR-…-10."""

    key: str  #: as its rules are numbered: BR-IC-01
    code: str  #: UNTDID 5305
    name: Text
    entries: Entries
    parties: Parties
    rate: Rate
    reason: str | None = None  #: an exemption reason in the words of the law, where one must be there; else none may

    @property
    def needs_reason(self) -> bool:
        """Whether an exemption reason must be there."""
        return self.reason is not None


S = Family(
    key="S",
    code="S",
    name=Text(fr="S (TVA au taux normal ou réduit)", en="S (standard or reduced rate)"),
    entries=Entries.ONE_A_RATE,
    parties=Parties.SELLER_TAXED,
    rate=Rate.POSITIVE,
)
Z = Family(
    key="Z",
    code="Z",
    name=Text(fr="Z (taux zéro)", en="Z (zero rate)"),
    entries=Entries.ONE,
    parties=Parties.SELLER_TAXED,
    rate=Rate.ZERO,
)
E = Family(
    key="E",
    code="E",
    name=Text(fr="E (exonération)", en="E (exempt)"),
    entries=Entries.ONE,
    parties=Parties.SELLER_TAXED,
    rate=Rate.ZERO,
    reason="TVA non applicable, article 293 B du CGI",
)
AE = Family(
    key="AE",
    code="AE",
    name=Text(fr="AE (autoliquidation)", en="AE (reverse charge)"),
    entries=Entries.ONE,
    parties=Parties.SELLER_AND_BUYER_KNOWN,
    rate=Rate.ZERO,
    reason="Autoliquidation",
)
IC = Family(
    key="IC",
    code="K",
    name=Text(fr="K (livraison intracommunautaire)", en="K (intra-community supply)"),
    entries=Entries.ONE,
    parties=Parties.SELLER_AND_BUYER_VAT,
    rate=Rate.ZERO,
    reason="Exonération de TVA, article 262 ter, I du CGI",
)
G = Family(
    key="G",
    code="G",
    name=Text(fr="G (exportation)", en="G (export)"),
    entries=Entries.ONE,
    parties=Parties.SELLER_VAT,
    rate=Rate.ZERO,
    reason="Exonération de TVA, article 262, I du CGI",
)
O = Family(  # noqa: E741  # the code of the category
    key="O",
    code="O",
    name=Text(fr="O (hors du champ de la TVA)", en="O (out of scope of VAT)"),
    entries=Entries.ONE,
    parties=Parties.NO_VAT_NUMBER,
    rate=Rate.NONE,
    reason="TVA non applicable, article 259, 1° du CGI",
)
AF = Family(
    key="AF",
    code="L",
    name=Text(fr="L (IGIC des Canaries)", en="L (IGIC of the Canary Islands)"),
    entries=Entries.ONE_A_RATE,
    parties=Parties.SELLER_TAXED,
    rate=Rate.POSITIVE_BUT_IN_UBL,
)
AG = Family(
    key="AG",
    code="M",
    name=Text(fr="M (IPSI de Ceuta et Melilla)", en="M (IPSI of Ceuta and Melilla)"),
    entries=Entries.ONE_A_RATE,
    parties=Parties.SELLER_TAXED,
    rate=Rate.FROM_ZERO,
)

FAMILIES = (S, Z, E, AE, IC, G, O, AF, AG)
