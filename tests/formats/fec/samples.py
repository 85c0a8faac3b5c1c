"""FEC to try things on: a good one as text, rows, and random rows."""

import io
from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from reglo.formats.fec import FecLayout, FecRow, write_fec

NAME = "123456782FEC20261231.txt"
HEADER = (
    "JournalCode|JournalLib|EcritureNum|EcritureDate|CompteNum|CompteLib|CompAuxNum|CompAuxLib|PieceRef|PieceDate|"
    "EcritureLib|Debit|Credit|EcritureLet|DateLet|ValidDate|Montantdevise|Idevise"
)
#: Two entries, allocated to each other, and one in a foreign currency. Nothing is wrong with it.
GOOD = "".join(
    f"{line}\n"
    for line in (
        HEADER,
        "VE|Ventes|1|20260115|411000|Clients|C00012|Dupont SAS"
        "|F2026-0001|20260115|Facture F2026-0001|120,00|0,00|AA|20260220|20260131||",
        "VE|Ventes|1|20260115|706000|Prestations de services||"
        "|F2026-0001|20260115|Facture F2026-0001|0,00|100,00|||20260131||",
        "VE|Ventes|1|20260115|445710|TVA collectée|||F2026-0001|20260115|Facture F2026-0001|0,00|20,00|||20260131||",
        "BQ|Banque|2|20260220|512000|Banque|||R2026-0007|20260220|Virement Dupont|120,00|0,00|||20260228||",
        "BQ|Banque|2|20260220|411000|Clients|C00012|Dupont SAS"
        "|R2026-0007|20260220|Virement Dupont|0,00|120,00|AA|20260220|20260228||",
        "VE|Ventes|3|20260301|411000|Clients|C00040|Acme Inc."
        "|F2026-0002|20260301|Facture F2026-0002|92,00|0,00|||20260331|100,00|USD",
        "VE|Ventes|3|20260301|706000|Prestations de services||"
        "|F2026-0002|20260301|Facture F2026-0002|0,00|92,00|||20260331||",
    )
)


def good_lines() -> list[str]:
    """The good file as lines, the names first."""
    return GOOD.splitlines()


def stream(text: str, encoding: str = "utf-8") -> io.BytesIO:
    """A file of this text."""
    return io.BytesIO(text.encode(encoding))


def a_row(**changes: Any) -> FecRow:
    """A row, with what a test wants to be different."""
    values: dict[str, Any] = {
        "journal": "VE",
        "journal_label": "Ventes",
        "number": "1",
        "booked_on": date(2026, 1, 15),
        "account": "411000",
        "account_label": "Clients",
        "reference": "F2026-0001",
        "reference_date": date(2026, 1, 15),
        "label": "Facture F2026-0001",
        "debit": Decimal("120.00"),
        "validated_on": date(2026, 1, 31),
    }
    return FecRow(**(values | changes))


def written(*rows: FecRow, layout: FecLayout | None = None) -> bytes:
    """The file of these rows."""
    file = io.BytesIO()
    write_fec(rows, file, layout=layout)
    return file.getvalue()


_DAYS = st.dates(date(2000, 1, 1), date(2099, 12, 31))
_TEXTS = st.text(st.characters(categories=["Lu", "Ll", "Nd", "Pd", "Po", "Sc"], exclude_characters="|ÃÂâ"), max_size=12)
_AMOUNTS = st.integers(-(10**12), 10**12).map(lambda cents: Decimal(cents).scaleb(-2))


@st.composite
def rows(draw: st.DrawFn) -> FecRow:
    """Any row of commercial books that a file can hold as it is."""
    amount = draw(_AMOUNTS)
    is_debit = draw(st.booleans())
    return FecRow(
        journal=draw(_TEXTS),
        journal_label=draw(_TEXTS),
        number=draw(_TEXTS),
        booked_on=draw(_DAYS),
        account=draw(_TEXTS),
        account_label=draw(_TEXTS),
        auxiliary=draw(_TEXTS),
        auxiliary_label=draw(_TEXTS),
        reference=draw(_TEXTS),
        reference_date=draw(_DAYS),
        label=draw(_TEXTS),
        debit=amount if is_debit else Decimal("0.00"),
        credit=Decimal("0.00") if is_debit else amount,
        allocation=draw(_TEXTS),
        allocated_on=draw(st.none() | _DAYS),
        validated_on=draw(st.none() | _DAYS),
        currency_amount=draw(st.none() | _AMOUNTS),
        currency=draw(_TEXTS),
    )
