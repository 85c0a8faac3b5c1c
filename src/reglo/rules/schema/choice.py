"""Which schema a document is held to."""

from reglo.formats.profiles import Profile
from reglo.rules.schema.types import Type, above_root

_OF_PROFILE = {
    Profile.MINIMUM: "cii-minimum",
    Profile.BASIC_WL: "cii-basic-wl",
    Profile.BASIC: "cii-basic",
    Profile.EN16931: "cii-en16931",
    Profile.EXTENDED: "cii-extended",
}
_WHOLE = "cii-whole"


def schema_of_cii(profile: Profile, specification: str | None) -> Type:
    """The type above the root of a CII document.

    Users of the standard other than Factur-X (XRechnung, …) and EXTENDED-CTC-FR are held to CII as a whole.
    """
    is_other_user = profile is Profile.EN16931 and (specification or "").strip() != profile.value
    return above_root(_WHOLE if is_other_user else _OF_PROFILE.get(profile, _WHOLE))


def schema_of_ubl() -> Type:
    """The type above the root of a UBL invoice or credit note."""
    return above_root("ubl")
