"""Pages of settings: what is typed is saved, what is wrong stands beside its field."""

import base64
from collections.abc import Callable

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from reglo.accounts.models import User
from reglo.organisations.invitations import token_of
from reglo.organisations.models import BankAccount, Invitation, Membership, Organisation, Role
from tests.organisations.test_services import PIXEL
from tests.site import a_member, an_organisation, logged_in

pytestmark = pytest.mark.django_db

SVG = b"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10" onload="alert(1)">
<script>alert(1)</script><rect width="10" height="10"/></svg>"""


def _owner() -> tuple[Client, Organisation, str]:
    organisation = an_organisation()
    user = a_member(organisation)
    return logged_in(user), organisation, f"/o/{organisation.slug}/settings/"


@pytest.mark.parametrize(
    "page",
    ["", "identity/", "vat/", "accounts/", "look/", "terms/", "documents/", "sending/", "people/"],
)
@pytest.mark.parametrize("role", [Role.OWNER, Role.READER])
def test_each_page_of_settings_shows(page: str, role: Role) -> None:
    organisation = an_organisation()
    answer = logged_in(a_member(organisation, role)).get(f"/o/{organisation.slug}/settings/{page}")
    assert answer.status_code == 200
    assert "#missing" not in answer.content.decode()


def test_an_organisation_is_made_from_a_siren() -> None:
    user = User.objects.create_user(email="founder@example.com", name="Inès")
    browser = logged_in(user)
    assert browser.get("/organisations/new/").status_code == 200
    typed = {"siren": "812 345 676", "name": "Atelier", "vat_regime": "receipts"}
    answer = browser.post("/organisations/new/", typed)
    made = Organisation.objects.get()
    assert answer["Location"] == f"/o/{made.slug}/settings/identity/"
    assert made.vat_number == "FR19812345676"


def test_a_wrong_siren_is_told_beside_its_field_with_a_guess() -> None:
    browser = logged_in(User.objects.create_user(email="founder@example.com"))
    typed = {"siren": "8l2345676", "name": "Atelier", "vat_regime": "receipts"}
    answer = browser.post("/organisations/new/", typed)
    assert answer.status_code == 200
    assert "812345676" in answer.context["form"].errors["siren"][0]


def test_what_follows_from_a_siren_shows_while_it_is_typed() -> None:
    browser = logged_in(User.objects.create_user(email="founder@example.com"))
    answer = browser.get("/organisations/new/preview/", {"siren": "812345676", "name": "Zoé", "sole_trader": "on"})
    shown = answer.content.decode()
    assert "Zoé EI" in shown
    assert "812 345 676" in shown
    assert "FR19812345676" in shown


def test_the_identity_is_saved_and_its_faults_stand_beside_their_fields() -> None:
    browser, organisation, settings = _owner()
    typed = {
        "name": "Atelier Lumière",
        "siren": "812345676",
        "siret": "812 345 676 00017",
        "capital": "50 000,50",
        "register": "RCS",
        "register_town": "Lyon",
        "size": "micro",
        "line_1": "1 rue X",
        "post_code": "69001",
        "city": "Lyon",
        "country": "fr",
    }
    answer = browser.post(f"{settings}identity/", typed)
    assert answer.status_code == 302, answer.context["form"].errors
    organisation.refresh_from_db()
    assert (organisation.capital_minor, organisation.country) == (5_000_050, "FR")
    answer = browser.post(f"{settings}identity/", typed | {"siret": "73282932000074"})
    assert "siret" in answer.context["form"].errors


def test_the_preview_shows_the_sentence_as_it_will_stand() -> None:
    browser, _, settings = _owner()
    typed = {"name": "Zoé", "siren": "812345676", "register": "RNE", "size": "micro", "country": "FR",
             "sole_trader": "on", "insurer": "MAAF"}  # fmt: skip
    shown = browser.get(f"{settings}identity/preview/", typed).content.decode()
    assert "Entrepreneur individuel (EI), RNE 812" in shown
    assert "MAAF" in shown
    assert Organisation.objects.get().name == "Atelier Lumière SAS"


def test_a_page_that_is_previewed_with_rubbish_still_answers() -> None:
    browser, _, settings = _owner()
    answer = browser.get(f"{settings}identity/preview/", {"register": "<b>", "capital": "x", "size": "?", "siren": "é"})
    assert answer.status_code == 200


def test_the_end_of_the_fiscal_year_is_saved_apart_from_the_regime_of_vat() -> None:
    browser, organisation, settings = _owner()
    browser.post(f"{settings}vat/", {"closing_day": "30", "closing_month": "6", "save_year": "1"})
    organisation.refresh_from_db()
    assert (organisation.closing_day, organisation.closing_month) == (30, 6)
    assert organisation.vat_regime == "debits"
    page = browser.post(f"{settings}vat/", {"closing_day": "32", "closing_month": "13", "save_year": "1"})
    assert page.status_code == 200
    organisation.refresh_from_db()
    assert organisation.closing_day == 30


def test_the_regime_of_vat_is_saved() -> None:
    browser, organisation, settings = _owner()
    browser.post(f"{settings}vat/", {"vat_regime": "franchise", "franchise_activity": "goods"})
    organisation.refresh_from_db()
    assert (organisation.vat_regime, organisation.franchise_activity) == ("franchise", "goods")


def test_a_logo_is_served_sifted_and_can_do_nothing() -> None:
    browser, _, settings = _owner()
    logo = SimpleUploadedFile("../../etc/logo.svg", SVG, content_type="image/svg+xml")
    assert browser.post(f"{settings}look/", {"logo": logo, "save_logo": "1"}).status_code == 302
    answer = browser.get(f"{settings}look/logo.svg")
    assert answer["Content-Type"] == "image/svg+xml"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert b"script" not in answer.content
    assert b"onload" not in answer.content


@pytest.mark.parametrize("data", [PIXEL + b"\x00" * 2_100_000, b"x" * 50_000_000, b"<html>", b""])
def test_a_file_that_is_no_logo_is_told_beside_the_field(data: bytes) -> None:
    browser, organisation, settings = _owner()
    answer = browser.post(f"{settings}look/", {"logo": SimpleUploadedFile("a.png", data), "save_logo": "1"})
    assert answer.status_code == 200
    assert answer.context["logo_form"].errors["logo"]
    organisation.refresh_from_db()
    assert organisation.logo is None


def test_a_picture_of_very_many_pixels_is_refused() -> None:
    bomb = base64.b64decode(
        "iVBORw0KGgoAAAANSUhEUgAA//8AAP//CAYAAAB4Z3rKAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
    )
    browser, _, settings = _owner()
    answer = browser.post(f"{settings}look/", {"logo": SimpleUploadedFile("a.png", bomb), "save_logo": "1"})
    assert answer.context["logo_form"].errors["logo"]


def test_without_a_logo_there_is_no_picture() -> None:
    browser, _, settings = _owner()
    assert browser.get(f"{settings}look/logo.svg").status_code == 404


def test_the_colour_is_saved_or_told_to_be_none() -> None:
    browser, organisation, settings = _owner()
    assert browser.post(f"{settings}look/", {"accent": "#123abc"}).status_code == 302
    organisation.refresh_from_db()
    assert organisation.accent == "#123abc"
    answer = browser.post(f"{settings}look/", {"accent": "red;}"})
    assert answer.context["accent_form"].errors["accent"]


def test_typed_terms_are_read_aloud_with_an_example_and_the_law() -> None:
    browser, _, settings = _owner()
    shown = browser.get(f"{settings}terms/preview/", {"terms": "90 jours"}).content.decode()
    assert "90 jours" in shown
    assert "L441-10" in shown
    shown = browser.get(f"{settings}terms/preview/", {"terms": "quand il pleut"}).content.decode()
    assert "Je ne comprends pas" in shown


def test_terms_are_saved_from_the_words_that_the_page_shows() -> None:
    browser, organisation, settings = _owner()
    assert browser.post(f"{settings}terms/", {"terms": "45 jours fin de mois"}).status_code == 302
    organisation.refresh_from_db()
    before = organisation.default_terms
    words = browser.get(f"{settings}terms/").context["form"].initial["terms"]
    browser.post(f"{settings}terms/", {"terms": words})
    organisation.refresh_from_db()
    assert organisation.default_terms == before


def test_a_bank_account_is_added_changed_and_archived() -> None:
    browser, organisation, settings = _owner()
    typed = {"label": "Livret", "iban": "FR1420041010050500013M02606", "bic": ""}
    assert browser.post(f"{settings}accounts/", typed).status_code == 302
    added = BankAccount.objects.get(organisation=organisation, label="Livret")
    assert browser.get(f"{settings}accounts/{added.pk}/").status_code == 200
    browser.post(f"{settings}accounts/{added.pk}/", {"label": "Épargne", "bic": "AGRIFRPP"})
    browser.post(f"{settings}accounts/{added.pk}/default/")
    added.refresh_from_db()
    assert (added.label, added.bic, added.is_default) == ("Épargne", "AGRIFRPP", True)
    answer = browser.post(f"{settings}accounts/", typed | {"iban": "FR00"})
    assert answer.context["form"].errors["iban"]


def test_settings_of_e_mails_and_documents_are_saved() -> None:
    browser, organisation, settings = _owner()
    browser.post(f"{settings}sending/", {"sender_name": "Inès", "reply_to": "ines@example.com"})
    browser.post(f"{settings}documents/", {"language": "en", "quote_validity_days": "15"})
    organisation.refresh_from_db()
    assert (organisation.sender_name, organisation.reply_to) == ("Inès", "ines@example.com")
    assert (organisation.language, organisation.quote_validity_days) == ("en", 15)
    answer = browser.post(f"{settings}sending/", {"sender_name": "I\r\nBcc: x"})
    assert answer.context["form"].errors["sender_name"]


def test_somebody_is_invited_makes_an_account_and_joins(django_capture_on_commit_callbacks: Callable) -> None:
    browser, organisation, settings = _owner()
    with django_capture_on_commit_callbacks(execute=True):
        browser.post(f"{settings}people/", {"email": "new@example.com", "role": "sales"})
    assert len(mail.outbox) == 1
    link = f"/organisations/join/{token_of(Invitation.objects.get())}/"
    visitor = Client()
    assert link in visitor.get(link).content.decode()
    user = User.objects.create_user(email="new@example.com")
    guest = logged_in(user)
    assert guest.get(link).status_code == 200
    assert guest.post(link)["Location"] == f"/o/{organisation.slug}/"
    assert Membership.objects.get(user=user).role == Role.SALES
    assert guest.post(link).status_code == 409


def test_a_forged_invitation_is_not_found() -> None:
    assert Client().get("/organisations/join/forged/").status_code == 404


def test_roles_change_and_people_go_by_the_page() -> None:
    browser, organisation, settings = _owner()
    other = Membership.objects.get(user=a_member(organisation, Role.SALES))
    browser.post(f"{settings}people/{other.pk}/role/", {"role": "reader"})
    other.refresh_from_db()
    assert other.role == Role.READER
    browser.post(f"{settings}people/{other.pk}/role/", {"role": "king"})
    browser.post(f"{settings}people/{other.pk}/remove/")
    assert not Membership.objects.filter(pk=other.pk).exists()


def test_the_last_owner_is_told_why_leaving_is_refused() -> None:
    browser, _, settings = _owner()
    answer = browser.post(f"{settings}people/leave/", follow=True)
    assert "propriétaire" in answer.content.decode()


def test_an_invitation_is_taken_back() -> None:
    browser, organisation, settings = _owner()
    browser.post(f"{settings}people/", {"email": "new@example.com", "role": "sales"})
    invitation = Invitation.objects.get(organisation=organisation)
    browser.post(f"{settings}people/invitations/{invitation.pk}/revoke/")
    invitation.refresh_from_db()
    assert invitation.revoked_at is not None
