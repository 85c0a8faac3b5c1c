"""The European Union."""

#: Member states (ISO 3166-1), with Northern Ireland, which counts as one for goods.
MEMBER_STATES = frozenset(
    "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK XI".split()  # noqa: SIM905
)
