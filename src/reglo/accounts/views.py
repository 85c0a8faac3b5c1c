"""One's own account: profile, and the end of a session. The other pages are allauth's pages."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from reglo.accounts.forms import ProfileForm
from reglo.accounts.models import Theme, User
from reglo.accounts.services import change_profile, end_session


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def profile(request: HttpRequest) -> HttpResponse:
    """Name, language, theme."""
    user = _user(request)
    form = ProfileForm(request.POST or None, instance=user)
    if request.method == "POST" and form.is_valid():
        facts = form.cleaned_data
        change_profile(user=user, name=facts["name"], language=facts["language"], theme=Theme(facts["theme"]))
        with translation.override(user.language):
            messages.success(request, _("Your profile is saved."))
        return redirect("accounts:profile")
    return render(request, "accounts/profile.html", {"form": form})


@require_POST
@login_required
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """End one session."""
    end_session(user=_user(request), session_id=pk)
    messages.success(request, _("The session has ended."))
    return redirect("usersessions_list")


def _user(request: HttpRequest) -> User:
    """The user of a request that `login_required` has let through."""
    user = request.user
    if not isinstance(user, User):
        raise TypeError("this view needs a login")
    return user
