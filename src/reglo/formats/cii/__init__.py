"""UN/CEFACT Cross Industry Invoice (CII), alone or inside Factur-X, ZUGFeRD and XRechnung."""

from reglo.formats.cii.locate import CiiLocator, locate_cii
from reglo.formats.cii.profile import ProfileTooSmall, lacking_terms, profile_needed
from reglo.formats.cii.read import read_cii
from reglo.formats.cii.texts import UnwritableCharacter
from reglo.formats.cii.write import write_cii

__all__ = [
    "CiiLocator",
    "ProfileTooSmall",
    "UnwritableCharacter",
    "lacking_terms",
    "locate_cii",
    "profile_needed",
    "read_cii",
    "write_cii",
]
