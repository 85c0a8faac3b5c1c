import pytest

from reglo.formats.fec import AmountStyle, FecEncoding, FecLayout, Regime, Separator, describe_fec
from tests.formats.fec.samples import NAME


def test_the_note_says_what_the_article_asks() -> None:
    note = describe_fec(NAME, FecLayout(), {"VE": "Ventes", "BQ": "Banque"})
    for said in (
        NAME,
        "  4. EcritureDate (date) : date de comptabilisation",
        " 12. Debit (numérique) : montant au débit, en euros",
        "JournalCode VE : Ventes",
        "Jeu de caractères : UTF-8",
        "Séparateur de zones : tabulation",
        "Séparateur d'enregistrements : retour chariot et fin de ligne",
        "Longueur des enregistrements : variable",
    ):
        assert said in note


@pytest.mark.parametrize("regime", Regime)
@pytest.mark.parametrize("style", AmountStyle)
def test_every_column_of_every_layout_is_described_in_its_order(regime: Regime, style: AmountStyle) -> None:
    layout = FecLayout(regime=regime, style=style, separator=Separator.PIPE, encoding=FecEncoding.ISO_8859_15)
    lines = describe_fec(NAME, layout, {}).splitlines()
    described = [line.split(". ", 1)[1].split(" ")[0] for line in lines if line.lstrip()[:1].isdigit()]
    assert described == list(layout.columns)
    assert ("     Sens D : débit ; C : crédit" in lines) == (style is AmountStyle.AMOUNT_SIGN)
    assert "     Séparateur de zones : |" in lines
