"""Templates: variables, headers, HTML."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reglo.delivery.composing import PORTAL, BadWording, Words, compose, one_line, standard_words
from reglo.delivery.models import MessageKind
from reglo.delivery.variables import VARIABLES, UnknownVariable, fill, samples
from reglo.organisations.models import Organisation

ATELIER = Organisation(name="Atelier Lumière SAS", slug="atelier", siren="812345676", city="Lyon", post_code="69002")


def composed(subject: str = "Objet", body: str = "Bonjour {contact}", **values: str):
    """A message of an invoice made of these words."""
    facts = samples(MessageKind.INVOICE, "fr") | values
    return compose(
        Words(subject=subject, body=body), kind=MessageKind.INVOICE, organisation=ATELIER, language="fr", values=facts
    )


def test_a_variable_is_understood_in_both_languages() -> None:
    text = "{numero} {number} {montant} {amount} { contact }"
    assert fill(text, MessageKind.INVOICE, {"number": "F1", "amount": "2 €", "contact": "Claire"}) == (
        "F1 F1 2 € 2 € Claire"
    )


@pytest.mark.parametrize(
    "name", ["contact.__class__", "0", "", "contact!r", "contact:>10", "organisation.siren", "settings", "numéro"]
)
def test_what_is_no_variable_is_told_with_those_there_are(name: str) -> None:
    with pytest.raises(UnknownVariable) as caught:
        fill(f"a {{{name}}} b", MessageKind.INVOICE, {})
    assert "{numero}" in caught.value.message.fr
    assert "{number}" in caught.value.message.en


def test_a_value_is_never_looked_at_again() -> None:
    assert fill("{contact}", MessageKind.TERMS, {"contact": "{organisation}", "organisation": "x"}) == "{organisation}"


def test_a_line_whose_variables_are_all_empty_is_left_out() -> None:
    assert fill("a\nÉchéance : {echeance}.\nb", MessageKind.INVOICE, {}) == "a\nb"


@given(st.text(st.characters(exclude_categories=("Cc", "Cs")), max_size=60))
def test_no_value_adds_an_element_to_the_html(value: str) -> None:
    def elements(html: str) -> int:
        return html.count("<")

    assert elements(composed(contact=value).html) == elements(composed(contact="x").html)


def test_script_in_a_name_stays_text() -> None:
    html = composed(body="{client}", customer='<script>alert(1)</script><img src=x onerror="y">').html
    assert "<script" not in html
    assert "<img" not in html
    assert "&lt;script&gt;" in html


@pytest.mark.parametrize("subject", ["a\nBcc: x@example.com", "a\r\nBcc: x@example.com", "a\u2028b", "a\x00b"])
def test_a_subject_of_several_lines_is_refused(subject: str) -> None:
    with pytest.raises(BadWording):
        composed(subject=subject)


def test_a_value_of_several_lines_stays_on_one_in_the_subject() -> None:
    assert composed(subject="Facture {client}", customer="A\r\nBcc: x@example.com").subject == (
        "Facture A Bcc: x@example.com"
    )


@pytest.mark.parametrize("words", [Words(subject=" ", body="x"), Words(subject="x", body="\n \n")])
def test_an_empty_subject_or_body_is_refused(words: Words) -> None:
    with pytest.raises(BadWording):
        composed(subject=words.subject, body=words.body)


@given(st.text())
def test_one_line_is_one_line(text: str) -> None:
    assert len(one_line(text).splitlines()) <= 1


@pytest.mark.parametrize("kind", [kind for kind in MessageKind if kind is not MessageKind.NOTICE])
@pytest.mark.parametrize("language", ["fr", "en"])
def test_our_own_words_use_only_variables_there_are(kind: MessageKind, language: str) -> None:
    words = standard_words(kind, language)
    message = compose(words, kind=kind, organisation=ATELIER, language=language, values=samples(kind, language))
    assert "{" not in message.subject + message.text
    assert PORTAL in message.text
    assert f'href="{PORTAL}"' in message.html
    assert f'lang="{language}"' in message.html


def test_every_variable_has_a_name_a_meaning_and_a_sample_in_both_languages() -> None:
    for variables in VARIABLES.values():
        for each in variables:
            for text in (each.name, each.meaning, each.sample):
                assert text.fr
                assert text.en


def test_a_colour_that_is_none_does_not_reach_the_style() -> None:
    hostile = Organisation(name="x", accent="red;}")
    html = compose(
        Words(subject="a", body="b"), kind=MessageKind.TERMS, organisation=hostile, language="fr", values={}
    ).html
    assert "red;}" not in html
