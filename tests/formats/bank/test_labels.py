"""Kinds of movement from labels: the bank's words count, those of the payer do not."""

import pytest

from reglo.core.bank import LineKind
from reglo.formats.bank.labels import kind_of_label


@pytest.mark.parametrize(
    ("label", "kind"),
    [
        ("VIR SEPA RECU DUPONT", LineKind.TRANSFER),
        ("VIR ACME CHARGES ET FRAIS DE PORT", LineKind.TRANSFER),
        ("Virement de Martin, intérêts de retard", LineKind.TRANSFER),
        ("VIR ACME FACTURE 12 CHEQUE ANNULE RETOUR", LineKind.TRANSFER),
        ("F FRAIS PRLV IMP 97 49EUR", LineKind.FEE),
        ("Commission d'intervention", LineKind.FEE),
        ("PRLV SEPA REJETÉ ACME", LineKind.RETURN),
        ("CHQ IMPAYE 123", LineKind.RETURN),
        ("PRÉLÈVEMENT EDF", LineKind.DIRECT_DEBIT),
        ("REMISE CHEQUE 42", LineKind.CHEQUE),
        ("CARTE X1234 AMAZON.COM", LineKind.CARD),
        ("RETRAIT DAB PARIS", LineKind.CASH),
        ("INTERETS CREDITEURS", LineKind.INTEREST),
        ("ACME SAS", LineKind.OTHER),
        ("", LineKind.OTHER),
    ],
)
def test_the_first_telling_word_names_the_kind(label: str, kind: LineKind) -> None:
    assert kind_of_label(label) is kind
