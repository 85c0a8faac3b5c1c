"""The pages of the forecast."""

import pytest
from django.test import Client
from django.urls import reverse

from reglo.forecast.models import KnownOutgoing, Replay
from reglo.organisations.models import Organisation
from reglo.organisations.permissions import Role
from tests.forecast.world import a_payer, billed
from tests.site import a_customer, a_member, an_organisation, logged_in

pytestmark = pytest.mark.django_db

TYPED = {"kind": "rent", "label": "Atelier", "amount": "2 400,50", "frequency": "month", "first_on": "2026-01-05"}


def _url(organisation: Organisation, name: str, **parts: int) -> str:
    return reverse(f"forecast:{name}", kwargs={"slug": organisation.slug, **parts})


def _owner(organisation: Organisation) -> Client:
    return logged_in(a_member(organisation, Role.OWNER))


def test_the_page_says_when_nothing_is_waited_for() -> None:
    organisation = an_organisation()
    html = _owner(organisation).get(_url(organisation, "forecast")).content.decode()
    assert "Aucune facture n’est ouverte" in html
    assert "Importez un relevé bancaire" in html
    assert "nan" not in html.lower().replace("finan", "")


def test_the_page_says_what_should_come_in_and_each_invoice_with_its_reason() -> None:
    organisation = an_organisation()
    customer = a_customer(organisation)
    a_payer(customer, late=5)
    item = billed(customer, 10)
    client = _owner(organisation)
    html = client.get(_url(organisation, "forecast")).content.decode()
    assert "Dans les trente jours" in html
    assert item.reference in html
    assert "Ce client paie" in html
    csv = client.get(_url(organisation, "forecast"), {"format": "csv"}).content.decode("utf-8-sig")
    assert csv.splitlines()[1].startswith(f"{item.reference};{customer.name};1200,00;")
    assert client.get(_url(organisation, "forecast"), {"format": "xlsx"}).status_code == 200


def test_an_outgoing_is_typed_with_a_decimal_comma_changed_stopped_and_taken_up() -> None:
    organisation = an_organisation()
    client = _owner(organisation)
    client.post(_url(organisation, "outgoing-new"), TYPED)
    outgoing = KnownOutgoing.objects.get()
    assert outgoing.amount_minor == 2_400_50
    client.post(_url(organisation, "outgoing", pk=outgoing.pk), TYPED | {"amount": "2500"})
    client.post(_url(organisation, "outgoing-stop", pk=outgoing.pk))
    assert "Reprendre" in client.get(_url(organisation, "outgoings")).content.decode()
    client.post(_url(organisation, "outgoing-resume", pk=outgoing.pk))
    outgoing.refresh_from_db()
    assert (outgoing.amount_minor, outgoing.stopped_at) == (2_500_00, None)


@pytest.mark.parametrize(
    "typed", [{"amount": "-5"}, {"amount": "NaN"}, {"last_on": "2025-01-01"}, {"frequency": "hourly"}, {"first_on": ""}]
)
def test_an_outgoing_that_cannot_be_is_refused_beside_its_field(typed: dict[str, str]) -> None:
    organisation = an_organisation()
    page = _owner(organisation).post(_url(organisation, "outgoing-new"), TYPED | typed)
    assert page.status_code == 200
    assert "is-invalid" in page.content.decode()
    assert not KnownOutgoing.objects.exists()


def test_the_past_is_asked_for_and_its_page_says_that_it_is_under_way() -> None:
    organisation = an_organisation()
    client = _owner(organisation)
    assert "Pas encore essayée" in client.get(_url(organisation, "past")).content.decode()
    client.post(_url(organisation, "replay"))
    assert "en train d’être rejoué" in client.get(_url(organisation, "past")).content.decode()
    assert Replay.objects.count() == 1
