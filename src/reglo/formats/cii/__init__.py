"""UN/CEFACT Cross Industry Invoice (CII), alone or inside Factur-X, ZUGFeRD and XRechnung."""

from reglo.formats.cii.read import read_cii

__all__ = ["read_cii"]
