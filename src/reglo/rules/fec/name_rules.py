"""How the file is called: SirenFECAAAAMMJJ."""

from collections.abc import Iterator
from datetime import date

from reglo.core.findings import Text
from reglo.core.parties import IdentifierKind, fault_of
from reglo.core.rule import Rule
from reglo.formats.fec import FecName, read_day, read_fec_name
from reglo.rules.fec.fault import Fault

NAME = Rule(
    identifier="FEC-NAME",
    statement=Text(
        fr="Le fichier s'appelle SirenFECAAAAMMJJ : SIREN, puis FEC, puis date de clôture.",
        en="The file is called SirenFECAAAAMMJJ: SIREN, then FEC, then the end of the fiscal year.",
    ),
    fix=Text(
        fr="Renommez le fichier ; s'il est en plusieurs parties, ajoutez _1, _2 à la fin.",
        en="Rename the file; where it comes in parts, add _1, _2 at the end.",
    ),
    source="LPF A47 A-1 IX",
    example=Text(
        fr="Bon : 123456782FEC20261231.txt. Mauvais : fec-2026.csv.",
        en="Good: 123456782FEC20261231.txt. Bad: fec-2026.csv.",
    ),
)
SIREN = Rule(
    identifier="FEC-SIREN",
    statement=Text(
        fr="Le SIREN du nom est celui du contribuable, et sa clé est juste.",
        en="The SIREN in the name is that of the taxpayer, and its control digit is right.",
    ),
    fix=Text(fr="Corrigez le SIREN dans le nom du fichier.", en="Mend the SIREN in the file name."),
    source="LPF A47 A-1 IX",
    example=Text(
        fr="Bon : 123456782. Mauvais : 123456789.",
        en="Good: 123456782. Bad: 123456789.",
    ),
)
CLOSING = Rule(
    identifier="FEC-CLOSING",
    statement=Text(
        fr="La date du nom est celle de la clôture de l'exercice.",
        en="The date in the name is the last day of the fiscal year.",
    ),
    fix=Text(fr="Corrigez la date dans le nom du fichier.", en="Mend the date in the file name."),
    source="LPF A47 A-1 IX",
    example=Text(fr="Bon : 20261231. Mauvais : 20261331.", en="Good: 20261231. Bad: 20261331."),
)

NAME_RULES = (NAME, SIREN, CLOSING)


def look_at_name(name: str, *, siren: str | None, closing: date | None) -> Iterator[Fault]:
    """The faults of a file name, given what it should say where that is known."""
    read = read_fec_name(name)
    if read is None:
        yield Fault(NAME, value=name)
        return
    if (siren is not None and read.siren != siren) or fault_of(IdentifierKind.SIREN, read.siren) is not None:
        yield Fault(SIREN, value=read.siren)
    said = read_day(read.closing)
    if said is None or (closing is not None and said != closing):
        yield Fault(CLOSING, value=read.closing)


def closing_of(name: FecName | None) -> date | None:
    """The last day of the fiscal year that a name tells."""
    return None if name is None else read_day(name.closing)
