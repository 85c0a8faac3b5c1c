"""The organisation's logo and colour."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from reglo.formats.pdf.logo import LogoRefused, prepared_logo
from reglo.formats.pdf.look import accent_of
from reglo.portal.access import PortalRequest, visited


@require_safe
@visited
def stylesheet(request: PortalRequest) -> HttpResponse:
    """The colour of the organisation, made readable; a file, since the pages allow no style of their own."""
    accent = accent_of(request.visitor.organisation.accent)
    return render(
        request, "portal/look.css", {"fill": accent.fill, "ink": accent.ink}, content_type="text/css; charset=utf-8"
    )


@require_safe
@visited
def logo(request: PortalRequest) -> HttpResponse:
    """The logo as a drawing that can do nothing."""
    given = request.visitor.organisation.logo
    if not given:
        raise Http404
    try:
        drawing = prepared_logo(bytes(given)).svg
    except LogoRefused as refused:
        raise Http404 from refused
    return HttpResponse(
        drawing,
        content_type="image/svg+xml",
        headers={"Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox"},
    )
