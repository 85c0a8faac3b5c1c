"""Pages of the site itself, outside any organisation."""

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import check_for_language
from django.views.decorators.http import require_POST, require_safe

from reglo.accounts.models import Theme, User
from reglo.accounts.services import change_profile


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """What Réglo is; who has logged in goes on to the only organisation, or to choose one."""
    user = request.user
    if not isinstance(user, User):
        pages = {"login_url": reverse("account_login"), "signup_url": reverse("account_signup")}
        return render(request, "web/start.html", pages)
    slugs = list(user.memberships.values_list("organisation__slug", flat=True)[:2])
    return redirect("home:dashboard", slug=slugs[0]) if len(slugs) == 1 else redirect("web:organisations")


@require_safe
@login_required
def organisations(request: HttpRequest) -> HttpResponse:
    """The organisations that a user is in."""
    memberships = _user(request).memberships.select_related("organisation").order_by("organisation__name")
    return render(
        request, "web/organisations.html", {"memberships": memberships, "new_url": reverse("memberships:new")}
    )


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Speak another language: to a user from now on, to a visitor while the cookie lasts."""
    answer = HttpResponseRedirect(_next(request))
    chosen = request.POST.get("language", "")
    if chosen not in dict(settings.LANGUAGES) or not check_for_language(chosen):
        return answer
    if isinstance(request.user, User):
        _change(request.user, language=chosen)
    answer.set_cookie(
        settings.LANGUAGE_COOKIE_NAME, chosen, max_age=31_536_000, samesite="Lax", secure=request.is_secure()
    )
    return answer


@require_POST
@login_required
def theme(request: HttpRequest) -> HttpResponse:
    """Show the pages brighter or darker from now on."""
    chosen = request.POST.get("theme", "")
    if chosen in Theme.values:
        _change(_user(request), theme=chosen)
    return HttpResponseRedirect(_next(request))


def _change(user: User, *, language: str | None = None, theme: str | None = None) -> None:
    change_profile(user=user, name=user.name, language=language or user.language, theme=Theme(theme or user.theme))


def _next(request: HttpRequest) -> str:
    """The page to come back to: one of this site."""
    page = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(page, allowed_hosts={request.get_host()})
    return page if is_ours else reverse("web:start")


def _user(request: HttpRequest) -> User:
    """The user of a request that `login_required` has let through."""
    user = request.user
    if not isinstance(user, User):
        raise TypeError("this view needs a login")
    return user
