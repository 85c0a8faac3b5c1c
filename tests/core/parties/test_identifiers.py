"""Identifiers: what can be right passes, what cannot is told with its reason and its mend."""

import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reglo.core.parties import BadIdentifier, IdentifierKind, compact, fault_of, french_vat_number, require, siren_of

GOOD = [
    (IdentifierKind.SIREN, "732 829 320"),
    (IdentifierKind.SIRET, "73282932000074"),
    (IdentifierKind.SIRET, "356 000 000 49837"),  # La Poste counts otherwise
    (IdentifierKind.IBAN, "FR76 3000 6000 0112 3456 7890 189"),
    (IdentifierKind.IBAN, "DE89370400440532013000"),
    (IdentifierKind.BIC, "AGRIFRPP"),
    (IdentifierKind.BIC, "AGRIFRPPXXX"),
    (IdentifierKind.GLN, "5412345000013"),
    (IdentifierKind.CREDITOR, "FR72ZZZ123456"),
]

GOOD_VAT = [
    "ATU13585627",
    "BE0428759497",
    "BG175074752",
    "CY10259033P",
    "CZ25123891",
    "DE136695976",
    "DK13585628",
    "EE100931558",
    "EL094259216",
    "ESB58378431",
    "FI20774740",
    "FR44732829320",
    "HR33392005961",
    "HU12892312",
    "IE6433435F",
    "IT00743110157",
    "LT119511515",
    "LU15027442",
    "LV40003521600",
    "MT11679112",
    "NL004495445B01",
    "PL8567346215",
    "PT501964843",
    "RO18547290",
    "SE556703748501",
    "SI50223054",
    "SK2022749619",
    "XI980780684",
    "GB980780684",
    "CHE-100.155.212 MWST",
    "CHE-100.155.212",
    "NO995525828MVA",
    "NO995525828",
]


@pytest.mark.parametrize(("kind", "value"), GOOD)
def test_a_good_identifier_passes_however_it_is_spaced(kind: IdentifierKind, value: str) -> None:
    assert fault_of(kind, value) is None
    assert require(kind, value, field="x") == compact(value)


@pytest.mark.parametrize("value", GOOD_VAT)
def test_the_vat_numbers_of_every_country_are_known(value: str) -> None:
    assert fault_of(IdentifierKind.VAT, value) is None


@pytest.mark.parametrize("value", GOOD_VAT)
def test_a_vat_number_with_a_character_too_many_is_faulty(value: str) -> None:
    number = compact(value).removesuffix("MWST").removesuffix("MVA")
    shortened = f"{number}7"
    assert fault_of(IdentifierKind.VAT, shortened) is not None


def test_every_member_state_is_tried_above() -> None:
    from stdnum.eu.vat import MEMBER_STATES

    tried = {value[:2].lower().replace("el", "gr") for value in GOOD_VAT}
    assert tried >= MEMBER_STATES


@pytest.mark.parametrize(
    ("kind", "value", "reason"),
    [
        (IdentifierKind.SIREN, "732829321", "control digit wrong"),
        (IdentifierKind.SIREN, "7328293", "7 characters is not the right length"),
        (IdentifierKind.SIREN, "73282932X", "right form"),
        (IdentifierKind.SIREN, "", "right"),
        (IdentifierKind.SIRET, "73282932000075", "control digit wrong"),
        (IdentifierKind.VAT, "FR45732829320", "control digit wrong"),
        (IdentifierKind.VAT, "QQ123", "does not exist"),
        (IdentifierKind.VAT, "", "does not exist"),
        (IdentifierKind.VAT, "FRé4732829320", "right form"),
        (IdentifierKind.IBAN, "FR7630006000011234567890188", "control digit wrong"),
        (IdentifierKind.IBAN, "ceci n'est pas un IBAN", "right form"),
        (IdentifierKind.BIC, "AGRIFRP", "right length"),
        (IdentifierKind.GLN, "5412345000014", "control digit wrong"),
        (IdentifierKind.GLN, "96385074", "right length"),
    ],
)
def test_a_bad_identifier_is_told_why(kind: IdentifierKind, value: str, reason: str) -> None:
    fault = fault_of(kind, value)
    assert fault is not None
    assert reason in fault.reason.en
    assert fault.mend.fr != fault.mend.en


def test_the_error_names_field_value_reason_and_mend() -> None:
    with pytest.raises(BadIdentifier) as caught:
        require(IdentifierKind.SIREN, "732829321", field="seller.siren")
    assert caught.value.field == "seller.siren"
    assert caught.value.code == "bad-identifier"
    assert "732829321" in caught.value.message.fr
    assert "clé de contrôle" in caught.value.message.fr
    assert "9 chiffres" in caught.value.message.fr


@pytest.mark.parametrize(
    ("kind", "typed", "meant"),
    [
        (IdentifierKind.SIREN, "73282932O", "732829320"),
        (IdentifierKind.SIREN, "732B29320", "732829320"),
        (IdentifierKind.SIRET, "73282932OOOO74", "73282932000074"),
        (IdentifierKind.VAT, "FR4473282932O", "FR44732829320"),
        (IdentifierKind.IBAN, "FR7630006000O11234567890189", "FR7630006000011234567890189"),
        (IdentifierKind.IBAN, "FR7630006000011234567890819", "FR7630006000011234567890189"),
    ],
)
def test_a_likely_slip_is_guessed(kind: IdentifierKind, typed: str, meant: str) -> None:
    fault = fault_of(kind, typed)
    assert fault is not None
    assert "Did you mean " in fault.mend.en
    assert "Vouliez-vous dire " in fault.mend.fr
    assert meant in fault.mend.en
    assert meant in fault.mend.fr


def test_when_nothing_likely_explains_the_fault_nothing_is_guessed() -> None:
    fault = fault_of(IdentifierKind.SIREN, "732829321")
    assert fault is not None
    assert "Did you mean" not in fault.mend.en


def _siren(body: int) -> str:
    from stdnum import luhn

    digits = f"{body:08d}"
    return digits + str(luhn.calc_check_digit(digits))


sirens = st.integers(1_000_000, 99_999_999).map(_siren)


@settings(max_examples=60, deadline=None)
@given(sirens, st.integers(0, 8), st.integers(1, 9))
def test_one_wrong_digit_is_always_seen(siren: str, place: int, shift: int) -> None:
    wrong = siren[:place] + str((int(siren[place]) + shift) % 10) + siren[place + 1 :]
    assert fault_of(IdentifierKind.SIREN, siren) is None
    assert fault_of(IdentifierKind.SIREN, wrong) is not None


@settings(max_examples=60, deadline=None)
@given(sirens)
def test_the_vat_number_made_from_a_siren_is_a_good_one(siren: str) -> None:
    number = french_vat_number(siren)
    assert fault_of(IdentifierKind.VAT, number) is None
    assert siren_of(number) == siren
    assert siren_of(siren + "00012") == siren


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(IdentifierKind), st.text(max_size=40))
def test_no_text_makes_the_check_fail_otherwise(kind: IdentifierKind, text: str) -> None:
    fault = fault_of(kind, text)
    assert fault is None or fault.reason.en


def test_importing_parties_loads_no_validator() -> None:
    code = "import sys, reglo.core.parties; print([name for name in sys.modules if name.startswith('stdnum')])"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert loaded.stdout.strip() == "[]"


@pytest.mark.parametrize(
    "typed", ["７３２８２９３２０", "732\u2011829\u2011320", "732\u2009829\u2009320", "732–829–320"]
)
def test_digits_and_spaces_of_every_width_become_the_plain_ones(typed: str) -> None:
    assert require(IdentifierKind.SIREN, typed, field="siren") == "732829320"
