"""Profiles: how much of EN 16931 a document claims to use (BT-24)."""

from enum import Enum


class Profile(Enum):
    """A profile, by the identifier that BT-24 carries."""

    MINIMUM = "urn:factur-x.eu:1p0:minimum"
    BASIC_WL = "urn:factur-x.eu:1p0:basicwl"
    BASIC = "urn:cen.eu:en16931:2017#compliant#urn:factur-x.eu:1p0:basic"
    EN16931 = "urn:cen.eu:en16931:2017"
    EXTENDED = "urn:cen.eu:en16931:2017#conformant#urn:factur-x.eu:1p0:extended"
    EXTENDED_CTC_FR = "urn:cen.eu:en16931:2017#conformant#urn.cpro.gouv.fr:1p0:extended-ctc-fr"


def profile_of(specification: str | None) -> Profile:
    """The profile whose rules apply to a document that claims `specification`.

    ZUGFeRD 2 wrote the Factur-X profiles under a name of its own; XRechnung, Peppol and other users of the standard
    (CIUS) are held to EN 16931, as is a document that claims nothing.
    """
    claimed = (specification or "").strip().lower().replace("urn:zugferd.de:2p0:", "urn:factur-x.eu:1p0:")
    if claimed.startswith("urn:factur-x.eu:1p0:minimum"):
        return Profile.MINIMUM
    if claimed.startswith("urn:factur-x.eu:1p0:basicwl"):
        return Profile.BASIC_WL
    if claimed.endswith("factur-x.eu:1p0:basic"):
        return Profile.BASIC
    if claimed.endswith(":extended-ctc-fr"):
        return Profile.EXTENDED_CTC_FR
    if claimed.endswith("factur-x.eu:1p0:extended"):
        return Profile.EXTENDED
    return Profile.EN16931
