"""Writing agreements and conditions of sale: the only code that does."""

import hashlib
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max

from reglo.core.errors import DomainError
from reglo.core.findings import Severity, Text
from reglo.core.terms import BuyerKind, PaymentTerms, Sector, check_terms
from reglo.customers.models import Contact, Customer
from reglo.formats.data.stored import write_stored
from reglo.journal.services import Actor, record
from reglo.organisations.models import Organisation
from reglo.organisations.queries import today_of
from reglo.terms.models import AgreementAnswer, AgreementState, ConditionsOfSale, TermsAgreement
from reglo.terms.queries import terms_of
from reglo.terms.text import agreement_text

_ANSWERED = (AgreementState.ACCEPTED, AgreementState.DECLINED, AgreementState.SUPERSEDED)
_LARGEST_FILE = 5 * 1024 * 1024


class NotADraft(DomainError):
    """This version was sent, so its text stays as it is."""

    code = "not-a-draft"


class UnlawfulTerms(DomainError):
    """The law forbids these terms; the findings say which article."""

    code = "unlawful-terms"


class OtherText(DomainError):
    """What is answered is not the text that stands here."""

    code = "other-text"


class AlreadyAnswered(DomainError):
    """Another answer was given before."""

    code = "already-answered"


class BadConditions(DomainError):
    """Conditions of sale that are no text and no PDF, or too large."""

    code = "bad-conditions"


def create_agreement(
    *,
    organisation: Organisation,
    customer: Customer,
    terms: PaymentTerms,
    sector: Sector,
    conditions: ConditionsOfSale | None,
    by: Actor,
    now: datetime,
) -> TermsAgreement:
    """Begin the next version of what is agreed with a customer."""
    with transaction.atomic(durable=True):
        return begin_agreement(
            organisation=organisation,
            customer=customer,
            terms=terms,
            sector=sector,
            conditions=conditions,
            by=by,
            now=now,
        )


def begin_agreement(
    *,
    organisation: Organisation,
    customer: Customer,
    terms: PaymentTerms,
    sector: Sector,
    conditions: ConditionsOfSale | None,
    by: Actor,
    now: datetime,
) -> TermsAgreement:
    """`create_agreement` in the caller's transaction."""
    # The customer stands for its versions: locked, so that two people never begin the same number.
    Customer.objects.select_for_update().get(pk=customer.pk)
    last = customer.agreements.aggregate(last=Max("version"))["last"] or 0
    agreement = TermsAgreement.objects.create(
        organisation=organisation,
        customer=customer,
        version=last + 1,
        terms=write_stored(terms),
        sector=sector.value,
        conditions=conditions,
        created_at=now,
    )
    _journal("agreement-created", agreement, by, now)
    return agreement


def change_agreement(
    *,
    agreement_id: int,
    organisation: Organisation,
    terms: PaymentTerms,
    sector: Sector,
    conditions: ConditionsOfSale | None,
    by: Actor,
    now: datetime,
) -> TermsAgreement:
    """Change a version that was not sent yet. Raises NotADraft."""
    with transaction.atomic(durable=True):
        agreement = _locked(agreement_id, organisation)
        _require_draft(agreement)
        before = agreement.terms
        agreement.terms, agreement.sector, agreement.conditions = write_stored(terms), sector.value, conditions
        agreement.save(update_fields=["terms", "sector", "conditions"])
        _journal("agreement-changed", agreement, by, now, before={"terms": before}, after={"terms": agreement.terms})
    return agreement


def delete_agreement(*, agreement_id: int, organisation: Organisation, by: Actor, now: datetime) -> None:
    """Delete a version that was not sent. Raises NotADraft."""
    with transaction.atomic(durable=True):
        agreement = _locked(agreement_id, organisation)
        _require_draft(agreement)
        _journal("agreement-deleted", agreement, by, now, before={"terms": agreement.terms})
        agreement.delete()


def fix_agreement(
    *, agreement_id: int, organisation: Organisation, contact: Contact | None, by: Actor, now: datetime
) -> TermsAgreement:
    """Fix the text of a version, word for word, and hold it ready for an answer, in the caller's transaction.

    A version that was sent before is only sent again. Raises UnlawfulTerms for what the law forbids.
    """
    agreement = _locked(agreement_id, organisation)
    if agreement.state == AgreementState.DRAFT:
        _require_lawful(agreement, on=today_of(organisation, now))
        text = agreement_text(agreement, on=today_of(organisation, now))
        agreement.text_fr, agreement.text_en = text.fr, text.en
        agreement.sha256 = text_hash(agreement)
        agreement.state, agreement.sent_at = AgreementState.SENT, now
    agreement.sent_to = contact
    agreement.save()
    _journal("agreement-sent", agreement, by, now, after={"to": contact.email if contact else "", **_proof(agreement)})
    return agreement


def answer_agreement(
    *,
    agreement_id: int,
    organisation: Organisation,
    accepted: bool,
    name: str,
    remark: str,
    text_sha256: str,
    by: Actor,
    now: datetime,
    address: str | None = None,
    user_agent: str = "",
) -> AgreementAnswer:
    """Take the customer's answer to a version, with its proof; accepted, it binds in place of the one before.

    text_sha256: of the text that was shown. The same answer again is the first one. Raises OtherText, AlreadyAnswered,
    NotADraft for a version that was never sent.
    """
    with transaction.atomic(durable=True):
        agreement = _locked(agreement_id, organisation)
        if (given := agreement.answers.first()) is not None:
            return _same_answer(given, accepted)
        _require_open(agreement, text_sha256)
        if accepted:
            agreement.customer.agreements.filter(state=AgreementState.ACCEPTED).update(state=AgreementState.SUPERSEDED)
        agreement.state = AgreementState.ACCEPTED if accepted else AgreementState.DECLINED
        agreement.save(update_fields=["state"])
        answer = AgreementAnswer.objects.create(
            organisation=organisation,
            agreement=agreement,
            accepted=accepted,
            name=name,
            remark=remark,
            at=now,
            address=address,
            user_agent=user_agent[:300],
            text_sha256=text_sha256,
        )
        act = "agreement-accepted" if accepted else "agreement-declined"
        _journal(act, agreement, by, now, after={"name": name, "remark": remark, **_proof(agreement)})
    return answer


def add_conditions(
    *, organisation: Organisation, title: str, text: str, file: bytes | None, by: Actor, now: datetime
) -> ConditionsOfSale:
    """A new version of the general conditions of sale. The same content as the last version is that version."""
    _require_readable(text, file)
    digest = hashlib.sha256(file if file else text.encode()).hexdigest()
    with transaction.atomic(durable=True):
        Organisation.objects.select_for_update().get(pk=organisation.pk)
        last = ConditionsOfSale.objects.of(organisation).order_by("-version").first()
        if last is not None and last.sha256 == digest and last.title == title:
            return last
        conditions = ConditionsOfSale.objects.create(
            organisation=organisation,
            version=last.version + 1 if last else 1,
            title=title,
            text="" if file else text,
            file=file,
            sha256=digest,
            created_at=now,
        )
        record(
            "conditions-added",
            organisation_id=organisation.pk,
            subject=conditions,
            by=by,
            at=now,
            after={"title": title, "version": conditions.version, "sha256": digest},
        )
    return conditions


def text_hash(agreement: TermsAgreement) -> str:
    """SHA-256 of what a version says in both languages and of the conditions that go with it."""
    conditions = agreement.conditions.sha256 if agreement.conditions else ""
    return hashlib.sha256("\0".join((agreement.text_fr, agreement.text_en, conditions)).encode()).hexdigest()


def _locked(agreement_id: int, organisation: Organisation) -> TermsAgreement:
    rows = TermsAgreement.objects.of(organisation).select_for_update(of=("self",))
    return rows.select_related("customer", "conditions", "organisation").get(pk=agreement_id)


def _require_draft(agreement: TermsAgreement) -> None:
    if agreement.state != AgreementState.DRAFT:
        raise NotADraft(
            Text(
                fr="Cette version a été envoyée : son texte ne change plus. Préparez une nouvelle version.",
                en="This version was sent, so its text stays as it is. Prepare a new version.",
            )
        )


def _require_lawful(agreement: TermsAgreement, *, on: date) -> None:
    kind = BuyerKind(agreement.customer.kind)
    findings = check_terms(terms_of(agreement), sector=Sector(agreement.sector), buyer_kind=kind, on=on)
    fatal = [each for each in findings if each.severity is Severity.FATAL]
    if fatal:
        raise UnlawfulTerms(
            Text(
                fr=" ".join(f"{each.message.fr} {each.fix.fr}" for each in fatal),
                en=" ".join(f"{each.message.en} {each.fix.en}" for each in fatal),
            )
        )


def _require_open(agreement: TermsAgreement, text_sha256: str) -> None:
    if agreement.state == AgreementState.DRAFT:
        raise NotADraft(
            Text(
                fr="Cette version n'a pas encore été proposée au client.",
                en="This version was not proposed to the customer yet.",
            )
        )
    if text_sha256 != agreement.sha256:
        raise OtherText(
            Text(
                fr="Le texte a changé entre-temps : relisez-le avant de répondre.",
                en="The text has changed meanwhile: read it again before you answer.",
            )
        )


def _same_answer(given: AgreementAnswer, accepted: bool) -> AgreementAnswer:
    if given.accepted is accepted:
        return given
    raise AlreadyAnswered(
        Text(
            fr=f"{given.name} a déjà répondu à cette version. Demandez-en une nouvelle.",
            en=f"{given.name} has answered this version already. Ask for a new one.",
        )
    )


def _require_readable(text: str, file: bytes | None) -> None:
    if file is not None and (not file.startswith(b"%PDF-") or len(file) > _LARGEST_FILE):
        raise BadConditions(
            Text(fr="Le fichier doit être un PDF de 5 Mo au plus.", en="The file must be a PDF of 5 MB at most."),
            field="file",
        )
    if file is None and not text.strip():
        raise BadConditions(
            Text(fr="Donnez un texte ou un fichier PDF.", en="Give a text or a PDF file."),
            field="text",
        )


def _proof(agreement: TermsAgreement) -> dict[str, str]:
    return {"version": str(agreement.version), "sha256": agreement.sha256}


def _journal(
    act: str,
    agreement: TermsAgreement,
    by: Actor,
    now: datetime,
    *,
    before: dict[str, object] | None = None,
    after: dict[str, object] | None = None,
) -> None:
    record(
        act,
        organisation_id=agreement.organisation_id,
        subject=agreement,
        by=by,
        at=now,
        customer_id=agreement.customer_id,
        before=before,
        after=after if after is not None else {"terms": agreement.terms},
    )
