"""Pages of the site itself, outside any organisation."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def start(request: HttpRequest) -> HttpResponse:
    """What Réglo is; a member goes on to the organisation."""
    return render(request, "web/start.html")
