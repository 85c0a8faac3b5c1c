"""Disputes: opened by the customer or told by phone, spoken about in a thread, ended by credit, reasons or word."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from reglo.billing.models import Invoice
from reglo.billing.queries.follow_ups import quantities_left, room_on
from reglo.billing.services.drafts import delete_draft
from reglo.billing.services.follow_ups import AmountsCredit, LinesCredit, WholeCredit, draft_credit
from reglo.billing.services.follow_ups.corrections import Wanted
from reglo.billing.services.issue import issue_draft
from reglo.collection.addresses import within
from reglo.collection.attachments import MOST_FILES, BadFile, CheckedFile
from reglo.collection.models import Dispute, DisputeFile, DisputeScope, DisputeState, ThreadMessage
from reglo.collection.queries.disputes import line_of, lines_of, open_of_invoice
from reglo.collection.services.messages import write_to_customer
from reglo.core.composition import DocumentKind
from reglo.core.errors import DomainError
from reglo.core.findings import Text
from reglo.core.money import minor_units, round_half_up
from reglo.delivery.services import send_notice
from reglo.delivery.services.values import amount_text
from reglo.journal.services import Actor, record
from reglo.organisations.models import Organisation

LONGEST_WORDS = 4000
Shares = dict[tuple[str | None, Decimal | None], Decimal]
"""Amounts without tax by category and rate of VAT."""

_NBSP = "\N{NO-BREAK SPACE}"


class BadDispute(DomainError):
    """Nothing is open of the invoice, the line is not there, or the amount is more than is owed."""

    code = "bad-dispute"


class DisputeClosed(DomainError):
    """The dispute has ended; a new one can be opened."""

    code = "dispute-closed"


class EmptyWords(DomainError):
    """Nothing was said."""

    code = "empty-words"


@dataclass(frozen=True, slots=True, kw_only=True)
class Objection:
    """What a customer says is wrong."""

    scope: DisputeScope
    reason: str
    line: str = ""  #: number of the line
    amount_minor: int | None = None  #: for a part


def open_dispute(
    *,
    organisation: Organisation,
    invoice_id: int,
    objection: Objection,
    opened_by: str,
    on_portal: bool,
    by: Actor,
    now: datetime,
    files: Sequence[CheckedFile] = (),
) -> Dispute:
    """Write down that a customer disputes an invoice; nothing of it is chased from now on.

    Where one is open already it is that one, and what is said goes into its thread. The owners are told of what comes
    from the portal. Raises BadDispute, EmptyWords, BadFile.
    """
    reason = _words(objection.reason, "reason")
    with transaction.atomic(durable=True):
        rows = Invoice.objects.of(organisation).select_related("customer", "organisation")
        invoice = rows.select_for_update(of=("self",)).get(pk=invoice_id)
        standing = Dispute.objects.filter(invoice=invoice, state=DisputeState.OPEN).first()
        if standing is not None:
            _say_once(standing, reason, is_ours=not on_portal, by=by, name=opened_by, now=now)
            _keep_files(standing, files, now=now)
            return standing
        dispute = Dispute.objects.create(
            organisation=organisation,
            customer=invoice.customer,
            invoice=invoice,
            scope=objection.scope,
            line=objection.line if objection.scope == DisputeScope.LINE else "",
            amount_minor=require_objection(invoice, objection),
            reason=reason,
            opened_by=opened_by[:100],
            opened_at=now,
            opened_from=by.address if on_portal else None,
            on_portal=on_portal,
        )
        _keep_files(dispute, files, now=now)
        if on_portal:
            _tell(dispute, _opened(dispute), reason, key=f"dispute:{dispute.pk}", by=by, now=now)
        _record("dispute-opened", dispute, by=by, now=now, text=reason)
    return dispute


def say_in_dispute(
    *,
    dispute_id: int,
    organisation: Organisation,
    text: str,
    is_ours: bool,
    name: str,
    by: Actor,
    now: datetime,
    files: Sequence[CheckedFile] = (),
) -> ThreadMessage | None:
    """Go on with the thread of a dispute, open or ended; the other side is told by e-mail. None for files alone.

    The same words at once are a double click. Raises EmptyWords, BadFile.
    """
    with transaction.atomic(durable=True):
        dispute = _locked(dispute_id, organisation)
        kept = _keep_files(dispute, files, now=now)
        if not text.strip() and kept:
            _record("dispute-files-added", dispute, by=by, now=now, text=", ".join(each.name for each in kept))
            return None
        words = _words(text, "text")
        return _say_once(dispute, words, is_ours=is_ours, by=by, name=name, now=now)


def settle_dispute(
    *,
    dispute_id: int,
    organisation: Organisation,
    answer: str,
    credit: DisputeScope | None,
    amount_minor: int | None,
    by: Actor,
    now: datetime,
) -> Dispute:
    """Agree with the customer: make and issue the credit note, then end the dispute with it and tell the customer.

    credit: how much is given back: the whole rest, the disputed line, an amount with tax (`amount_minor`); None where
    nothing is. Cut short between, it goes on with the same credit note when called again. Raises DisputeClosed,
    EmptyWords, BadDispute, and what billing refuses (NothingLeftToCredit, CannotBeCorrected, NotLegal).
    """
    words = _words(answer, "answer")
    done = Dispute.objects.of(organisation).filter(pk=dispute_id, state=DisputeState.SETTLED)
    if (settled := done.select_related("credit_note").first()) is not None:
        return settled
    credit_note = None
    if credit is not None:
        draft_id = _credit_draft(dispute_id, organisation, credit, amount_minor, reason=words, by=by, now=now)
        credit_note = issue_draft(draft_id=draft_id, organisation=organisation, by=by, now=now)
    return _end(
        dispute_id,
        organisation,
        DisputeState.SETTLED,
        answer=words,
        credit_note=credit_note,
        is_ours=True,
        by=by,
        now=now,
    )


def reject_dispute(*, dispute_id: int, organisation: Organisation, answer: str, by: Actor, now: datetime) -> Dispute:
    """Answer with reasons why the invoice is right: it is due again, and the ladder goes on where it was left.

    Raises DisputeClosed, EmptyWords.
    """
    words = _words(answer, "answer")
    return _end(dispute_id, organisation, DisputeState.REJECTED, answer=words, is_ours=True, by=by, now=now)


def withdraw_dispute(*, dispute_id: int, organisation: Organisation, by: Actor, now: datetime) -> Dispute:
    """Let a dispute be, on the customer's own word. A second time changes nothing. Raises DisputeClosed."""
    return _end(dispute_id, organisation, DisputeState.WITHDRAWN, answer="", is_ours=False, by=by, now=now)


def require_objection(invoice: Invoice, objection: Objection) -> int:
    """How much is disputed, no more than is open. Raises BadDispute."""
    open_minor = open_of_invoice(invoice)
    if open_minor <= 0 or invoice.kind == DocumentKind.CREDIT_NOTE:
        raise BadDispute(
            Text(
                fr=f"Rien n'est à payer sur {invoice.number}{_NBSP}: posez-nous plutôt une question.",
                en=f"Nothing is to be paid on {invoice.number}: ask us a question instead.",
            )
        )
    if objection.scope == DisputeScope.WHOLE:
        return open_minor
    if objection.scope == DisputeScope.LINE:
        line = next((each for each in lines_of(invoice) if each.number == objection.line), None)
        if line is None:
            raise BadDispute(
                Text(fr="Choisissez une ligne de la facture.", en="Choose a line of the invoice."), field="line"
            )
        return min(line.gross_minor, open_minor)
    amount = objection.amount_minor or 0
    if not 0 < amount <= open_minor:
        shown = {each: amount_text(open_minor, invoice.currency, each) for each in ("fr", "en")}
        raise BadDispute(
            Text(
                fr=f"Indiquez un montant jusqu'à {shown['fr']}, ce qui reste à payer.",
                en=f"Give an amount up to {shown['en']}, which is left to pay.",
            ),
            field="amount",
        )
    return amount


def _keep_files(dispute: Dispute, files: Sequence[CheckedFile], *, now: datetime) -> list[DisputeFile]:
    """What of `files` is new; the same file again is the one that is there."""
    known = set(dispute.files.values_list("sha256", flat=True))
    fresh = {each.sha256: each for each in files if each.sha256 not in known}
    if len(known) + len(fresh) > MOST_FILES:
        raise BadFile(
            Text(
                fr=f"{MOST_FILES} fichiers au plus par litige{_NBSP}: regroupez-les en un PDF.",
                en=f"{MOST_FILES} files at most for a dispute: put them together into a PDF.",
            ),
            field="attached",
        )
    return [
        DisputeFile.objects.create(
            organisation=dispute.organisation,
            dispute=dispute,
            name=each.name,
            media_type=each.media_type,
            content=each.content,
            sha256=digest,
            sent_at=now,
        )
        for digest, each in fresh.items()
    ]


def _say_once(dispute: Dispute, words: str, *, is_ours: bool, by: Actor, name: str, now: datetime) -> ThreadMessage:
    last = dispute.thread.order_by("-at", "-pk").first()
    if last is not None and last.text == words and last.is_ours is is_ours:
        return last
    if last is None and words == dispute.reason and not is_ours:
        return ThreadMessage(dispute=dispute, text=words)  # the very words it was opened with: a double click
    said = ThreadMessage.objects.create(
        organisation=dispute.organisation, dispute=dispute, at=now, by=name[:100], is_ours=is_ours, text=words
    )
    if is_ours:
        _write(
            dispute,
            Text(fr=f"Au sujet de {dispute.invoice.number}", en=f"About {dispute.invoice.number}"),
            words,
            key=f"said:{said.pk}",
            by=by,
            now=now,
        )
    else:
        name, number = dispute.customer.name, dispute.invoice.number
        subject = Text(fr=f"{name} vous répond sur {number}", en=f"{name} answers you about {number}")
        _tell(dispute, subject, words, key=f"dispute-said:{said.pk}", by=by, now=now)
    _record("dispute-said", dispute, by=by, now=now, text=words)
    return said


def _credit_draft(
    dispute_id: int,
    organisation: Organisation,
    credit: DisputeScope,
    amount_minor: int | None,
    *,
    reason: str,
    by: Actor,
    now: datetime,
) -> int:
    """The draft of the credit note: the one that was issued before a crash, else a new one."""
    dispute = Dispute.objects.of(organisation).select_related("invoice__draft", "credit_draft").get(pk=dispute_id)
    _require_open(dispute)
    known = dispute.credit_draft
    if known is not None and known.issued_at is not None:
        return known.pk
    wanted = _wanted(dispute, credit, amount_minor)
    draft = draft_credit(
        invoice_id=dispute.invoice_id, organisation=organisation, wanted=wanted, reason=reason, by=by, now=now
    )
    with transaction.atomic(durable=True):
        held = _locked(dispute_id, organisation)
        if held.credit_draft_id != (known.pk if known else None):
            raise DisputeClosed(
                Text(
                    fr="Quelqu'un d'autre règle ce litige en ce moment. Rechargez la page.",
                    en="Somebody else is settling this dispute right now. Load the page again.",
                )
            )
        held.credit_draft = draft
        held.save(update_fields=["credit_draft"])
    if known is not None:
        delete_draft(draft_id=known.pk, organisation=organisation, by=by, now=now)
    return draft.pk


def _wanted(dispute: Dispute, credit: DisputeScope, amount_minor: int | None) -> Wanted:
    if credit == DisputeScope.WHOLE:
        return WholeCredit()
    if credit == DisputeScope.LINE:
        line = line_of(dispute)
        if line is None:
            raise BadDispute(
                Text(fr="Ce litige ne vise aucune ligne.", en="This dispute is about no line."), field="credit"
            )
        return LinesCredit(quantities={line.place: quantities_left(dispute.invoice)[line.place]})
    return AmountsCredit(amounts=net_shares(dispute.invoice, amount_minor or 0))


def net_shares(invoice: Invoice, gross_minor: int) -> Shares:
    """An amount with tax as amounts without, in the proportions of what is left to credit at each rate of VAT."""
    places = minor_units(invoice.currency)
    gross, room = Decimal(gross_minor).scaleb(-places), room_on(invoice)
    left = {key: each for key, each in room.by_vat.items() if each.gross > 0}
    whole = sum((each.gross for each in left.values()), Decimal(0))
    if gross <= 0 or gross > whole:
        raise BadDispute(
            Text(
                fr=f"Indiquez un montant TTC jusqu'à {whole}, ce qui reste à créditer.",
                en=f"Give an amount with tax up to {whole}, which is left to credit.",
            ),
            field="amount",
        )
    shares = {key: round_half_up(gross * each.net / whole, places) for key, each in left.items()}
    return _to_the_cent(shares, gross, places)


def _to_the_cent(shares: Shares, gross: Decimal, places: int) -> Shares:
    """`shares` changed by a cent or two at one rate, where rounding the tax would miss `gross` otherwise."""
    cent = Decimal(1).scaleb(-places)
    for cents in (0, 1, -1, 2, -2):
        for key in shares:
            tried = {**shares, key: shares[key] + cents * cent}
            if _with_tax(tried, places) == gross:
                return tried
    return shares


def _with_tax(shares: Shares, places: int) -> Decimal:
    taxed = (net + round_half_up(net * (rate or 0) / 100, places) for (_, rate), net in shares.items())
    return sum(taxed, Decimal(0))


def _end(
    dispute_id: int,
    organisation: Organisation,
    state: DisputeState,
    *,
    answer: str,
    is_ours: bool,
    by: Actor,
    now: datetime,
    credit_note: Invoice | None = None,
) -> Dispute:
    with transaction.atomic(durable=True):
        dispute = _locked(dispute_id, organisation)
        if dispute.state == state:
            return dispute
        _require_open(dispute)
        dispute.state, dispute.answer, dispute.closed_at, dispute.credit_note = state, answer, now, credit_note
        dispute.save(update_fields=["state", "answer", "closed_at", "credit_note"])
        if is_ours:
            _write(dispute, _ended(dispute), _ending_words(dispute), key=f"ended:{dispute.pk}", by=by, now=now)
        else:
            name, number = dispute.customer.name, dispute.invoice.number
            subject = Text(fr=f"{name} ne conteste plus {number}", en=f"{name} does not dispute {number} any more")
            _tell(dispute, subject, "", key=f"dispute-withdrawn:{dispute.pk}", by=by, now=now)
        _record(f"dispute-{state.value}", dispute, by=by, now=now, text=answer)
    return dispute


def _locked(dispute_id: int, organisation: Organisation) -> Dispute:
    rows = Dispute.objects.of(organisation).select_for_update(of=("self",))
    return rows.select_related("customer__organisation", "invoice", "organisation").get(pk=dispute_id)


def _require_open(dispute: Dispute) -> None:
    if dispute.state != DisputeState.OPEN:
        raise DisputeClosed(
            Text(
                fr="Ce litige est clos. S'il reste quelque chose, ouvrez-en un autre.",
                en="This dispute has ended. If something is left, open another.",
            )
        )


def _words(text: str, field: str) -> str:
    words = text.replace("\x00", "").strip()[:LONGEST_WORDS]
    if not words:
        raise EmptyWords(Text(fr="Écrivez quelques mots.", en="Write a few words."), field=field)
    return words


def _opened(dispute: Dispute) -> Text:
    name, number = dispute.customer.name, dispute.invoice.number
    shown = {each: amount_text(dispute.amount_minor, dispute.invoice.currency, each) for each in ("fr", "en")}
    return Text(fr=f"{name} conteste {number} ({shown['fr']})", en=f"{name} disputes {number} ({shown['en']})")


def _ended(dispute: Dispute) -> Text:
    return Text(fr=f"Notre réponse sur {dispute.invoice.number}", en=f"Our answer about {dispute.invoice.number}")


def _ending_words(dispute: Dispute) -> str:
    note = dispute.credit_note
    if note is None:
        return dispute.answer
    language = dispute.customer.language
    amount = amount_text(note.gross_minor, note.currency, language)
    said = Text(
        fr=f"L'avoir {note.number} de {amount} est dans votre espace.",
        en=f"The credit note {note.number} of {amount} is in your space.",
    )
    return f"{dispute.answer}\n\n{said.in_language(language)}"


def _write(dispute: Dispute, subject: Text, words: str, *, key: str, by: Actor, now: datetime) -> None:
    write_to_customer(
        dispute.customer,
        subject=subject,
        words=words,
        path=f"disputes/{dispute.pk}/",
        key=f"dispute:{key}",
        by=by,
        now=now,
    )


def _tell(dispute: Dispute, subject: Text, words: str, *, key: str, by: Actor, now: datetime) -> None:
    organisation = dispute.organisation
    send_notice(
        organisation=organisation,
        subject=subject.in_language(organisation.language),
        body=words or subject.in_language(organisation.language),
        path=within("collection:dispute", pk=dispute.pk),
        key=key,
        by=by,
        now=now,
    )


def _record(act: str, dispute: Dispute, *, by: Actor, now: datetime, text: str = "") -> None:
    record(
        act,
        organisation_id=dispute.organisation_id,
        subject=dispute,
        by=by,
        at=now,
        customer_id=dispute.customer_id,
        after={"amount_minor": dispute.amount_minor, "currency": dispute.invoice.currency, "text": text},
    )
