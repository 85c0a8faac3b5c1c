"""What a seller is in law, as its invoices must say it."""

from dataclasses import replace
from decimal import Decimal

import pytest

from reglo.core.parties import (
    Insurance,
    LegalIdentity,
    Register,
    legal_sentence,
    name_in_law,
    scheme_name,
    spaced_siren,
    vat_scheme,
)
from reglo.core.parties.legal_identity import euros, insurance_sentence

COMPANY = LegalIdentity(siren="732829320", legal_form="SAS", capital=Decimal("10000"), register_town="Lyon")


def _plain(text: str) -> str:
    return text.replace("\u202f", " ").replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("identity", "sentence"),
    [
        (COMPANY, "SAS au capital de 10 000 €, RCS Lyon 732 829 320"),
        (replace(COMPANY, variable_capital=True), "SAS au capital variable minimum de 10 000 €, RCS Lyon 732 829 320"),
        (replace(COMPANY, in_liquidation=True), "SAS au capital de 10 000 €, RCS Lyon 732 829 320, en liquidation"),
        (replace(COMPANY, capital=Decimal("1234.5")), "SAS au capital de 1 234,50 €, RCS Lyon 732 829 320"),
        (replace(COMPANY, capital=None, legal_form="SNC"), "SNC, RCS Lyon 732 829 320"),
        (replace(COMPANY, register_town=None), "SAS au capital de 10 000 €, RCS 732 829 320"),
        (
            LegalIdentity(siren="732829320", sole_trader=True, register=Register.RNE),
            "Entrepreneur individuel (EI), RNE 732 829 320",
        ),
        (
            LegalIdentity(siren="732829320", legal_form="Association loi 1901", register=Register.NONE),
            "Association loi 1901, SIREN 732 829 320",
        ),
        (LegalIdentity(siren="732829320", register=Register.NONE), "SIREN 732 829 320"),
    ],
)
def test_the_sentence_names_form_capital_register_and_number(identity: LegalIdentity, sentence: str) -> None:
    assert _plain(legal_sentence(identity)) == sentence


@pytest.mark.parametrize(
    ("name", "sole_trader", "written"),
    [
        ("Jeanne Martin", True, "Jeanne Martin EI"),
        ("EI Jeanne Martin", True, "EI Jeanne Martin"),
        ("Jeanne Martin, entrepreneur individuel", True, "Jeanne Martin, entrepreneur individuel"),
        ("Jeanne Martin E.I.", True, "Jeanne Martin E.I."),
        ("Jeanne Martin, entrepreneuse individuelle", True, "Jeanne Martin, entrepreneuse individuelle"),
        ("Reine des Neiges", True, "Reine des Neiges EI"),
        ("Atelier Lumière", False, "Atelier Lumière"),
    ],
)
def test_a_sole_trader_is_named_as_such_once(name: str, sole_trader: bool, written: str) -> None:
    identity = LegalIdentity(siren="732829320", sole_trader=sole_trader)
    assert name_in_law(name, identity) == written


def test_the_insurance_names_insurer_contract_and_territory() -> None:
    insurance = Insurance(insurer="Assurances du Rhône", contact="5 quai Rambaud, Lyon", contract="AR-1")
    assert insurance_sentence(insurance) == (
        "Assurance décennale : Assurances du Rhône, 5 quai Rambaud, Lyon, contrat n° AR-1 ; "
        "couverture géographique : France métropolitaine."
    )


def test_euros_are_written_the_french_way() -> None:
    assert _plain(euros(Decimal("1234567.8"))) == "1 234 567,80 €"
    assert _plain(euros(Decimal("1E+4"))) == "10 000 €"


def test_numbers_are_spaced_for_reading() -> None:
    assert spaced_siren("732829320") == "732 829 320"
    assert spaced_siren("73282932000074") == "732 829 320 00074"


def test_schemes_have_names_that_people_know() -> None:
    assert scheme_name("0002") == "SIREN"
    assert scheme_name("0225", "en") == "French e-invoicing address"
    assert scheme_name("9999") == "9999"
    assert scheme_name(None) == ""
    assert vat_scheme("de") == "9930"
    assert vat_scheme("US") is None
