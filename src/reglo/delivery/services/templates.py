"""The organisation's own wording of messages."""

from datetime import datetime

from django.db import transaction

from reglo.delivery.composing import Words, compose
from reglo.delivery.models import MessageKind, MessageTemplate
from reglo.delivery.variables import samples
from reglo.journal.services import Actor, record
from reglo.organisations.models import Organisation


def save_template(
    *, organisation: Organisation, kind: MessageKind, language: str, words: Words, by: Actor, now: datetime
) -> MessageTemplate:
    """Keep the words of a kind of message in a language. Raises BadWording, UnknownVariable."""
    compose(
        words, kind=kind, organisation=organisation, language=language, values=samples(kind, language)
    )  # what cannot be tried is refused
    with transaction.atomic(durable=True):
        before = MessageTemplate.objects.of(organisation).filter(kind=kind, language=language).first()
        template, _ = MessageTemplate.objects.update_or_create(
            organisation=organisation,
            kind=kind,
            language=language,
            defaults={"subject": words.subject, "body": words.body},
        )
        record(
            "template-changed",
            organisation_id=organisation.pk,
            subject=template,
            by=by,
            at=now,
            before={"subject": before.subject, "body": before.body} if before else {},
            after={"kind": kind, "language": language, "subject": words.subject, "body": words.body},
        )
    return template


def reset_template(*, organisation: Organisation, kind: MessageKind, language: str, by: Actor, now: datetime) -> None:
    """Go back to the words of Réglo; where they are used already, nothing changes."""
    with transaction.atomic(durable=True):
        template = MessageTemplate.objects.of(organisation).filter(kind=kind, language=language).first()
        if template is None:
            return
        record(
            "template-reset",
            organisation_id=organisation.pk,
            subject=template,
            by=by,
            at=now,
            before={"kind": kind, "language": language, "subject": template.subject, "body": template.body},
        )
        template.delete()
