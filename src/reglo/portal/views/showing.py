"""How all pages of the portal are shown."""

from collections.abc import Mapping

from django.http import HttpResponse
from django.shortcuts import render

from reglo.organisations.queries import today_of
from reglo.portal.access import PortalRequest


def show(request: PortalRequest, template: str, context: Mapping[str, object], status: int = 200) -> HttpResponse:
    """Render a page of the portal with what its frame needs."""
    visitor = request.visitor
    frame = {
        "token": visitor.token,
        "visitor": visitor,
        "seller": visitor.organisation,
        "seller_name": visitor.organisation.trading_name or visitor.organisation.name,
        "has_logo": bool(visitor.organisation.logo),
        "today": today_of(visitor.organisation, visitor.now),
    }
    return render(request, template, {**frame, **context}, status=status)


def file_answer(content: bytes, *, name: str, media_type: str, shown: bool = False) -> HttpResponse:
    """A file to keep, or to see in the browser."""
    how = "inline" if shown else "attachment"
    return HttpResponse(
        content,
        content_type=media_type,
        headers={
            "Content-Disposition": f'{how}; filename="{name}"',
            "Content-Security-Policy": "default-src 'none'; sandbox",
        },
    )
