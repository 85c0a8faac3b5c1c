"""A reader has a document before its eyes."""

from django.http import HttpResponse
from django.views.decorators.http import require_POST

from reglo.portal.access import PortalRequest, visited
from reglo.portal.subjects import document_of, note_seen


@require_POST
@visited
def seen(request: PortalRequest, kind: str, pk: int) -> HttpResponse:
    """What an open page tells after a second. Programs that only fetch links from mails never come here."""
    note_seen(request, document_of(request.visitor, kind, pk))
    return HttpResponse(status=204)
