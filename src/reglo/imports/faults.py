"""What is wrong with facts that somebody typed into a form or brought in a table: the same sentences for both."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import models

from reglo.core.errors import DomainError
from reglo.core.findings import Text
from reglo.core.parties import IdentifierKind, fault_of
from reglo.formats.data.faults import Fault, at, shown
from reglo.formats.data.scalars import BadValue, read_text
from reglo.organisations.forms import attach


class FaultyFacts(DomainError):
    """Several facts that cannot be right, told together. The `where` of each fault is the field."""

    code = "faulty-facts"

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        first = self.faults[0]
        super().__init__(first.sentence(), field=first.where.en)


class _OfField(DomainError):
    """One fault as an error of its field."""

    code = "faulty-fact"


def attach_all(error: DomainError, form: forms.BaseForm) -> None:
    """Put a refused act on the fields of `form` that it names, each fault on its own."""
    if not isinstance(error, FaultyFacts):
        attach(error, form)
        return
    for fault in error.faults:
        sentence = replace(fault, where=at("")).sentence()
        attach(_OfField(_capital(sentence), field=fault.where.en), form)


def _capital(text: Text) -> Text:
    return Text(fr=text.fr[:1].upper() + text.fr[1:], en=text.en[:1].upper() + text.en[1:])


def a_fault(field: str, reason: Text, fix: Text) -> Fault:
    """A fault of a field."""
    return Fault(where=at(field), reason=reason, fix=fix)


def text_faults(model: type[models.Model], values: Mapping[str, str]) -> Iterable[Fault]:
    """Texts that no document can carry, or that are longer than their column."""
    for field, value in values.items():
        try:
            read_text(value)
        except BadValue as bad:
            yield a_fault(field, bad.reason, bad.fix)
            continue
        longest = getattr(model._meta.get_field(field), "max_length", None)
        if longest is not None and len(value) > longest:
            yield a_fault(
                field,
                Text(fr=f"{len(value)} caractères, c'est trop long.", en=f"{len(value)} characters are too many."),
                Text(fr=f"Gardez-en {longest} au plus.", en=f"Keep {longest} at most."),
            )


def identifier_faults(kind: IdentifierKind, field: str, value: str) -> Iterable[Fault]:
    """What is wrong with an identifier, if one is given."""
    if not value:
        return
    fault = fault_of(kind, value)
    if fault is not None:
        reason = Text(fr=f"« {shown(value)} » : {fault.reason.fr}.", en=f'"{shown(value)}": {fault.reason.en}.')
        yield a_fault(field, reason, fault.mend)


def email_faults(field: str, value: str) -> Iterable[Fault]:
    """What is wrong with an e-mail address, if one is given."""
    if not value:
        return
    try:
        validate_email(value)
    except ValidationError:
        yield a_fault(
            field,
            Text(fr=f"« {shown(value)} » n'est pas une adresse e-mail.", en=f'"{shown(value)}" is no e-mail address.'),
            Text(fr="Écrivez-la comme nom@exemple.fr.", en="Write it like name@example.com."),
        )


def is_missing(field: str, value: str) -> Iterable[Fault]:
    """A fault where a field that must be given is not."""
    if not value:
        yield a_fault(
            field,
            Text(fr="Ce champ est vide.", en="This field is empty."),
            Text(fr="Il est nécessaire.", en="It is needed."),
        )
