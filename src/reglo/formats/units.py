"""Units in words: the common ones of UN/ECE recommendations 20 and 21, in both languages."""

from decimal import Decimal

#: Code, French singular and plural, English singular and plural.
_NAMES = """
C62 unité unités unit units
H87 pièce pièces piece pieces
EA pièce pièces each each
XPP pièce pièces piece pieces
HUR heure heures hour hours
MIN minute minutes minute minutes
SEC seconde secondes second seconds
DAY jour jours day days
E49 jour_ouvré jours_ouvrés working_day working_days
WEE semaine semaines week weeks
MON mois mois month months
QAN trimestre trimestres quarter quarters
ANN an ans year years
E48 prestation prestations service_unit service_units
LS forfait forfaits lump_sum lump_sums
ACT activité activités activity activities
IE personne personnes person persons
LH heure_de_travail heures_de_travail labour_hour labour_hours
KGM kg kg kg kg
GRM g g g g
MGM mg mg mg mg
TNE t t t t
LTR l l l l
MLT ml ml ml ml
CLT cl cl cl cl
DLT dl dl dl dl
HLT hl hl hl hl
MTR m m m m
CMT cm cm cm cm
MMT mm mm mm mm
KMT km km km km
KTM km km km km
MTK m² m² m² m²
CMK cm² cm² cm² cm²
HAR ha ha ha ha
MTQ m³ m³ m³ m³
KWH kWh kWh kWh kWh
MWH MWh MWh MWh MWh
WTT W W W W
KWT kW kW kW kW
P1 % % % %
2P ko ko kB kB
4L Mo Mo MB MB
E34 Go Go GB GB
E35 To To TB TB
DZN douzaine douzaines dozen dozens
PR paire paires pair pairs
SET lot lots set sets
LO lot lots lot lots
XBX boîte boîtes box boxes
BX boîte boîtes box boxes
XCT carton cartons carton cartons
CT carton cartons carton cartons
XPK paquet paquets package packages
XPC colis colis parcel parcels
XPX palette palettes pallet pallets
XBG sac sacs bag bags
XBO bouteille bouteilles bottle bottles
XRO rouleau rouleaux roll rolls
XCR caisse caisses crate crates
XPA paquet paquets packet packets
XSA sac sacs sack sacks
XTU tube tubes tube tubes
XVL vrac vrac bulk bulk
RO rouleau rouleaux roll rolls
NPR paire paires pair pairs
D64 bloc blocs block blocks
ZP page pages page pages
E51 mission missions job jobs
5I usage usages use uses
"""

_UNITS = {
    code: tuple(word.replace("_", "\u00a0") for word in words)
    for code, *words in (row.split() for row in _NAMES.strip().splitlines())
}


def unit_name(code: str, quantity: Decimal, language: str) -> str:
    """The unit of `quantity`, or its code where we have no name for it."""
    names = _UNITS.get(code)
    if names is None:
        return code
    if language == "en":
        return names[2] if abs(quantity) == 1 else names[3]
    return names[0] if abs(quantity) < 2 else names[1]
