"""What kinds of customer, uses of addresses and languages are called."""

from collections.abc import Mapping

from reglo.core.findings import Text
from reglo.core.terms import BuyerKind
from reglo.customers.models import AddressUse

KINDS: Mapping[BuyerKind, Text] = {
    BuyerKind.BUSINESS: Text(fr="Entreprise", en="Company"),
    BuyerKind.CONSUMER: Text(fr="Particulier", en="Consumer"),
    BuyerKind.PUBLIC: Text(fr="Administration, collectivité", en="Public body"),
    BuyerKind.PUBLIC_HEALTH: Text(fr="Hôpital public", en="Public hospital"),
    BuyerKind.PUBLIC_COMPANY: Text(fr="Entreprise publique", en="Public company"),
}

USES: Mapping[AddressUse, Text] = {
    AddressUse.DELIVERY: Text(fr="Livraison", en="Delivery"),
    AddressUse.BILLING: Text(fr="Facturation", en="Billing"),
}

LANGUAGES: Mapping[str, Text] = {
    "fr": Text(fr="Français", en="French"),
    "en": Text(fr="Anglais", en="English"),
}

YES = Text(fr="oui", en="yes")
NO = Text(fr="non", en="no")
