"""Organisations change by services that check, and tell the journal what changed."""

import base64
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core import mail

from reglo.accounts.models import User
from reglo.core.errors import DomainError
from reglo.core.parties import VatRegime
from reglo.formats.pdf.logo import LogoRefused
from reglo.journal.models import JournalEntry
from reglo.journal.verify import first_break
from reglo.organisations.invitations import invitation_of, token_of
from reglo.organisations.models import BankAccount, FranchiseActivity, Invitation, Membership, Organisation, Role
from reglo.organisations.queries import default_terms, payment_details
from reglo.organisations.services import (
    IdentityFacts,
    SendingFacts,
    accept_invitation,
    add_bank_account,
    archive_bank_account,
    change_accent,
    change_default_terms,
    change_identity,
    change_languages,
    change_logo,
    change_role,
    change_sending,
    change_vat_regime,
    create_organisation,
    invite,
    leave_organisation,
    make_default_account,
    remove_logo,
    remove_member,
    restore_bank_account,
    revoke_invitation,
)
from tests.site import INES, NOW, a_member, an_organisation

pytestmark = pytest.mark.django_db

PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
OTHER_IBAN = "FR1420041010050500013M02606"


def _newest(organisation: Organisation) -> JournalEntry:
    return JournalEntry.objects.filter(organisation=organisation).latest("sequence")


def _founded(**changes: object) -> Organisation:
    user = User.objects.create_user(email="founder@example.com", name="Inès Moreau")
    facts = {"user": user, "name": "Été & Fils", "siren": "812 345 676", "by": INES, "now": NOW}
    return create_organisation(**facts | changes)


def test_an_organisation_gets_its_vat_number_from_its_siren_and_its_founder_as_owner() -> None:
    organisation = _founded()
    assert (organisation.siren, organisation.vat_number) == ("812345676", "FR19812345676")
    assert organisation.slug == "ete-fils"
    assert Membership.objects.get(organisation=organisation).role == Role.OWNER
    assert _newest(organisation).act == "organisation-created"


def test_an_organisation_in_the_franchise_gets_no_vat_number() -> None:
    assert _founded(vat_regime=VatRegime.FRANCHISE).vat_number == ""


def test_a_wrong_siren_makes_no_organisation() -> None:
    with pytest.raises(DomainError) as refused:
        _founded(siren="812345677")
    assert refused.value.field == "siren"
    assert not Organisation.objects.exists()


def test_two_organisations_of_one_name_have_two_addresses() -> None:
    first = _founded()
    user = User.objects.create_user(email="other@example.com")
    second = create_organisation(user=user, name="Été & Fils", siren="732829320", by=INES, now=NOW)
    assert first.slug != second.slug


def test_a_change_of_identity_tells_the_journal_only_what_changed() -> None:
    organisation = _founded()
    facts = IdentityFacts(name="Été & Fils", siren="812345676", city="Lyon", capital_minor=100_000)
    change_identity(organisation=organisation, facts=facts, by=INES, now=NOW)
    entry = _newest(organisation)
    assert entry.act == "identity-changed"
    assert entry.after["city"] == "Lyon"
    assert entry.before["city"] == ""
    assert "name" not in entry.after


def test_a_change_of_nothing_tells_nothing() -> None:
    organisation = _founded()
    change_languages(organisation=organisation, language="fr", quote_validity_days=30, by=INES, now=NOW)
    assert _newest(organisation).act == "organisation-created"


@pytest.mark.parametrize(
    ("field", "facts"),
    [
        ("siren", {"siren": "123456789"}),
        ("siret", {"siren": "812345676", "siret": "73282932000074"}),
        ("siret", {"siren": "812345676", "siret": "81234567600018"}),
        ("vat_number", {"siren": "812345676", "vat_number": "FR44732829320"}),
        ("vat_number", {"siren": "812345676", "vat_number": "FR00812345676"}),
    ],
)
def test_identifiers_of_another_business_are_refused_beside_their_field(field: str, facts: dict[str, str]) -> None:
    organisation = _founded()
    with pytest.raises(DomainError) as refused:
        change_identity(organisation=organisation, facts=IdentityFacts(name="X", **facts), by=INES, now=NOW)
    assert refused.value.field == field
    assert _newest(organisation).act == "organisation-created"


def test_who_leaves_the_franchise_gets_a_vat_number() -> None:
    organisation = _founded(vat_regime=VatRegime.FRANCHISE)
    changed = change_vat_regime(
        organisation=organisation,
        regime=VatRegime.DEBITS,
        activity=FranchiseActivity.SERVICES,
        by=INES,
        now=NOW,
    )
    assert changed.vat_number == "FR19812345676"


def test_a_logo_is_kept_and_the_journal_gets_no_bytes_of_it() -> None:
    organisation = an_organisation()
    changed = change_logo(organisation=organisation, logo=PIXEL, by=INES, now=NOW)
    assert bytes(changed.logo or b"") == PIXEL
    assert _newest(organisation).after["logo"].startswith("SHA-256 ")
    removed = remove_logo(organisation=organisation, by=INES, now=NOW)
    assert removed.logo is None
    assert _newest(organisation).act == "logo-removed"


@pytest.mark.parametrize(
    "logo",
    [
        b"",
        b"GIF89a",
        b"<!DOCTYPE html><html></html>",
        b"\x89PNG\r\n\x1a\n broken",
        b'<svg xmlns="http://www.w3.org/2000/svg"><text>x</text></svg>',
        b'<!DOCTYPE svg [<!ENTITY a "aaaa">]><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1">&a;</svg>',
        PIXEL + b"\x00" * (2 * 1024 * 1024),
    ],
)
def test_a_file_that_is_no_harmless_picture_is_refused(logo: bytes) -> None:
    organisation = an_organisation()
    with pytest.raises(LogoRefused) as refused:
        change_logo(organisation=organisation, logo=logo, by=INES, now=NOW)
    assert refused.value.message.fr
    organisation.refresh_from_db()
    assert organisation.logo is None


def test_terms_in_words_are_kept_as_terms() -> None:
    organisation = an_organisation()
    changed = change_default_terms(organisation=organisation, text="45 jours fin de mois", by=INES, now=NOW)
    assert default_terms(changed).delay.days == 45
    with pytest.raises(DomainError) as refused:
        change_default_terms(organisation=organisation, text="quand il pleut", by=INES, now=NOW)
    assert refused.value.field == "terms"


def test_a_sender_name_cannot_write_headers() -> None:
    organisation = an_organisation()
    for name in ("Inès\r\nBcc: all@example.com", "Inès <x@example.com>", 'In"ès'):
        with pytest.raises(DomainError) as refused:
            change_sending(organisation=organisation, facts=SendingFacts(sender_name=name), by=INES, now=NOW)
        assert refused.value.field == "sender_name"


def test_a_colour_is_kept() -> None:
    assert change_accent(organisation=an_organisation(), accent="#aa0000", by=INES, now=NOW).accent == "#aa0000"


def test_one_bank_account_is_the_default_whatever_is_done() -> None:
    organisation = an_organisation()
    first = BankAccount.objects.get(organisation=organisation)
    second = add_bank_account(
        organisation=organisation, label="Livret", holder="", iban="FR14 2004 1010 0505 0001 3M02 606", bic="",
        by=INES, now=NOW,
    )  # fmt: skip
    assert not second.is_default
    act = {"organisation": organisation, "by": INES, "now": NOW}
    with pytest.raises(DomainError):
        archive_bank_account(account_id=first.pk, **act)
    make_default_account(account_id=second.pk, **act)
    assert payment_details(organisation).iban == OTHER_IBAN
    archive_bank_account(account_id=first.pk, **act)
    archive_bank_account(account_id=second.pk, **act)
    assert payment_details(organisation).iban is None
    with pytest.raises(DomainError):
        make_default_account(account_id=first.pk, **act)
    restore_bank_account(account_id=first.pk, **act)
    assert payment_details(organisation).iban == first.iban
    assert first_break(organisation.pk) is None


@pytest.mark.parametrize(
    ("field", "facts"),
    [
        ("iban", {"iban": "FR1420041010050500013M02607", "bic": ""}),
        ("bic", {"iban": OTHER_IBAN, "bic": "AGRI"}),
        ("iban", {"iban": "FR7630006000011234567890189", "bic": ""}),
    ],
)
def test_a_bank_account_that_cannot_be_or_is_there_is_refused(field: str, facts: dict[str, str]) -> None:
    with pytest.raises(DomainError) as refused:
        add_bank_account(organisation=an_organisation(), label="x", holder="", by=INES, now=NOW, **facts)
    assert refused.value.field == field


def _invited(organisation: Organisation, callbacks: Callable) -> Invitation:
    owner = a_member(organisation)
    with callbacks(execute=True):
        return invite(
            organisation=organisation, email="new@example.com", role=Role.SALES, inviter=owner, by=INES, now=NOW
        )


def test_an_invitation_goes_out_in_text_and_html_and_its_link_leads_in_once(
    django_capture_on_commit_callbacks: Callable,
) -> None:
    organisation = an_organisation()
    invitation = _invited(organisation, django_capture_on_commit_callbacks)
    message = mail.outbox[-1]
    assert message.to == ["new@example.com"]
    assert token_of(invitation) in message.body
    assert token_of(invitation) in message.alternatives[0][0]
    found = invitation_of(token_of(invitation))
    assert found == invitation
    user = User.objects.create_user(email="NEW@example.com")
    membership = accept_invitation(invitation_id=invitation.pk, user=user, by=INES, now=NOW)
    assert membership.role == Role.SALES
    with pytest.raises(DomainError):
        accept_invitation(invitation_id=invitation.pk, user=user, by=INES, now=NOW)


def test_the_name_of_an_organisation_cannot_write_headers_of_an_invitation(
    django_capture_on_commit_callbacks: Callable,
) -> None:
    _invited(an_organisation(name="Atelier\r\nBcc: x@example.com"), django_capture_on_commit_callbacks)
    assert "\n" not in mail.outbox[-1].subject


def test_a_link_that_was_not_made_here_leads_nowhere() -> None:
    assert invitation_of("1:forged") is None


def test_an_invitation_too_old_taken_back_or_for_somebody_else_is_refused(
    django_capture_on_commit_callbacks: Callable,
) -> None:
    organisation = an_organisation()
    invitation = _invited(organisation, django_capture_on_commit_callbacks)
    user, other = (User.objects.create_user(email=f"{name}@example.com") for name in ("new", "other"))
    with pytest.raises(DomainError):
        accept_invitation(invitation_id=invitation.pk, user=other, by=INES, now=NOW)
    with pytest.raises(DomainError):
        accept_invitation(invitation_id=invitation.pk, user=user, by=INES, now=NOW + timedelta(days=7))
    revoke_invitation(organisation=organisation, invitation_id=invitation.pk, by=INES, now=NOW)
    with pytest.raises(DomainError):
        accept_invitation(invitation_id=invitation.pk, user=user, by=INES, now=NOW)
    assert not Membership.objects.filter(user__in=[user, other]).exists()


def test_a_second_invitation_replaces_the_first(django_capture_on_commit_callbacks: Callable) -> None:
    organisation = an_organisation()
    first = _invited(organisation, django_capture_on_commit_callbacks)
    _invited(organisation, django_capture_on_commit_callbacks)
    first.refresh_from_db()
    assert first.revoked_at == NOW


def test_a_member_is_not_invited() -> None:
    organisation = an_organisation()
    owner = a_member(organisation)
    with pytest.raises(DomainError) as refused:
        invite(organisation=organisation, email=owner.email.upper(), role=Role.SALES, inviter=owner, by=INES, now=NOW)
    assert refused.value.field == "email"


def test_the_last_owner_stays_owner_and_stays() -> None:
    organisation = an_organisation()
    owner = a_member(organisation)
    membership = Membership.objects.get(user=owner)
    act = {"organisation": organisation, "by": INES, "now": NOW}
    with pytest.raises(DomainError):
        change_role(membership_id=membership.pk, role=Role.READER, **act)
    with pytest.raises(DomainError):
        remove_member(membership_id=membership.pk, **act)
    with pytest.raises(DomainError):
        leave_organisation(user=owner, **act)
    second = a_member(organisation, Role.BOOKKEEPER)
    change_role(membership_id=Membership.objects.get(user=second).pk, role=Role.OWNER, **act)
    leave_organisation(user=owner, **act)
    assert list(Membership.objects.filter(organisation=organisation)) == [Membership.objects.get(user=second)]
    assert _newest(organisation).act == "member-left"
