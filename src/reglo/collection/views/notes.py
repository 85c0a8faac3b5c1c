"""Writing notes, calls and e-mails down, and taking them back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from reglo.collection.forms.notes import EmailForm, NoteForm
from reglo.collection.models import Note, NoteKind
from reglo.collection.services.notes import delete_note, file_email, restore_note, write_note
from reglo.collection.views.rows import customer_or_404
from reglo.core.errors import DomainError
from reglo.organisations.access import MemberRequest, actor_of, needs
from reglo.organisations.permissions import Permission
from reglo.organisations.toasts import say_refusal


@require_POST
@needs(Permission.COLLECT)
def new(request: MemberRequest, customer_pk: int) -> HttpResponse:
    """Write a note or a call down."""
    customer = customer_or_404(request, customer_pk)
    form = NoteForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Write in a few words what happened."))
        return _to_story(request, customer_pk)
    note = write_note(
        organisation=request.organisation,
        customer=customer,
        kind=NoteKind(form.cleaned_data["kind"]),
        text=form.cleaned_data["text"],
        with_whom=form.cleaned_data["with_whom"],
        by=actor_of(request),
        now=timezone.now(),
    )
    _say_undo(request, note, _("Noted."))
    return _to_story(request, customer_pk)


@require_POST
@needs(Permission.COLLECT)
def email(request: MemberRequest, customer_pk: int) -> HttpResponse:
    """File an .eml."""
    customer = customer_or_404(request, customer_pk)
    form = EmailForm(request.POST, request.FILES)
    if not form.is_valid():
        messages.error(request, _("Choose an e-mail that you saved as a file (.eml)."))
        return _to_story(request, customer_pk)
    try:
        note = file_email(
            organisation=request.organisation,
            customer=customer,
            content=form.content(),
            by=actor_of(request),
            now=timezone.now(),
        )
    except DomainError as error:
        say_refusal(request, error)
    else:
        _say_undo(request, note, _("The e-mail is filed."))
    return _to_story(request, customer_pk)


@require_POST
@needs(Permission.COLLECT)
def delete(request: MemberRequest, pk: int) -> HttpResponse:
    """Take a note back."""
    note = _note(request, pk)
    delete_note(note_id=pk, organisation=request.organisation, by=actor_of(request), now=timezone.now())
    undo = reverse("collection:note-restore", kwargs={"slug": request.organisation.slug, "pk": pk})
    messages.success(request, _("The note is gone."), extra_tags=f"undo:{undo}")
    return _to_story(request, note.customer_id)


@require_POST
@needs(Permission.COLLECT)
def restore(request: MemberRequest, pk: int) -> HttpResponse:
    """Put a note back."""
    note = _note(request, pk)
    restore_note(note_id=pk, organisation=request.organisation, by=actor_of(request), now=timezone.now())
    return _to_story(request, note.customer_id)


@require_GET
@needs(Permission.READ)
def original(request: MemberRequest, pk: int) -> HttpResponse:
    """The e-mail as it came, to keep as a file."""
    note = _note(request, pk)
    if not note.original:
        return _to_story(request, note.customer_id)
    return HttpResponse(
        bytes(note.original),
        content_type="message/rfc822",
        headers={
            "Content-Disposition": f'attachment; filename="e-mail-{note.pk}.eml"',
            "Content-Security-Policy": "default-src 'none'; sandbox",
        },
    )


def _note(request: MemberRequest, pk: int) -> Note:
    return get_object_or_404(Note.objects.of(request.organisation), pk=pk)


def _say_undo(request: MemberRequest, note: Note, said: str) -> None:
    undo = reverse("collection:note-delete", kwargs={"slug": request.organisation.slug, "pk": note.pk})
    messages.success(request, said, extra_tags=f"undo:{undo}")


def _to_story(request: MemberRequest, customer_pk: int) -> HttpResponse:
    return redirect("collection:story", slug=request.organisation.slug, customer_pk=customer_pk)
