"""A closed site: the first person comes in by themselves, the others by invitation."""

import pytest
from django.test import Client, override_settings

from reglo.accounts.models import User
from tests.site import a_member, an_organisation

_FACTS = {"email": "first@example.fr", "password1": "long-enough-words", "password2": "long-enough-words"}


@pytest.mark.django_db
@override_settings(IS_SIGNUP_OPEN=False)
def test_the_first_person_of_a_closed_site_may_sign_up_and_nobody_after() -> None:
    Client().post("/accounts/signup/", _FACTS)
    assert User.objects.filter(email="first@example.fr").exists()
    Client().post("/accounts/signup/", _FACTS | {"email": "second@example.fr"})
    assert not User.objects.filter(email="second@example.fr").exists()


@pytest.mark.django_db
@override_settings(IS_SIGNUP_OPEN=True)
def test_an_open_site_lets_everybody_sign_up() -> None:
    a_member(an_organisation())
    Client().post("/accounts/signup/", _FACTS)
    assert User.objects.filter(email="first@example.fr").exists()
