"""The guide says what is missing before the first invoice can be legal."""

import pytest

from reglo.core.findings import Text
from reglo.core.terms import parse_terms
from reglo.formats.data.stored import write_stored
from reglo.organisations.guide import Step, first_run_guide
from reglo.organisations.models import BankAccount, Organisation
from tests.site import NOW, TODAY, an_organisation

pytestmark = pytest.mark.django_db


def _to_do(organisation: Organisation) -> set[str]:
    return {each.key for each in first_run_guide(organisation, today=TODAY).steps if not each.is_done}


def test_a_complete_organisation_lacks_only_what_is_optional() -> None:
    organisation = an_organisation(vat_number="FR19812345676")
    guide = first_run_guide(organisation, today=TODAY)
    assert _to_do(organisation) == {"logo"}
    assert guide.is_ready
    assert not guide.is_complete


def test_a_new_organisation_lacks_much_and_is_told_where() -> None:
    organisation = Organisation.objects.create(slug="new", name="Neuf", created_at=NOW)
    guide = first_run_guide(organisation, today=TODAY)
    assert _to_do(organisation) == {
        "siren", "address", "legal-form", "register-town", "vat", "bank-account", "contact", "logo",
    }  # fmt: skip
    assert not guide.is_ready
    assert guide.next_step is not None
    assert guide.next_step.key == "siren"
    assert guide.next_step.url == "/o/new/settings/identity/#id_siren"


@pytest.mark.parametrize(
    ("changes", "missing"),
    [
        ({"sole_trader": True, "legal_form": "", "capital_minor": None}, set()),
        ({"register": "RNE", "register_town": "", "capital_minor": None}, set()),
        ({"register_town": ""}, {"register-town"}),
        ({"capital_minor": None}, {"legal-form"}),
        ({"capital_minor": 0}, set()),
        ({"vat_number": "", "vat_regime": "franchise"}, set()),
        ({"vat_number": ""}, {"vat"}),
        ({"default_terms": write_stored(parse_terms("90 jours"))}, {"terms"}),
    ],
)
def test_what_must_be_said_depends_on_what_one_is(changes: dict[str, object], missing: set[str]) -> None:
    assert _to_do(an_organisation(**{"vat_number": "FR19812345676"} | changes)) == {"logo"} | missing


def test_an_account_that_is_archived_is_none() -> None:
    organisation = an_organisation()
    BankAccount.objects.filter(organisation=organisation).update(archived_at=NOW, is_default=False)
    assert "bank-account" in _to_do(organisation)


def test_rooms_above_add_their_steps() -> None:
    title = Text(fr="Ajouter un client", en="Add a customer")
    step = Step(key="customer", title=title, why=title, source="", url="/x", is_done=False)
    guide = first_run_guide(an_organisation(vat_number="FR19812345676"), today=TODAY, further=[step])
    assert not guide.is_ready
    assert guide.next_step == step
