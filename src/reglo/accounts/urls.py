"""Addresses of this room: one's own account, then allauth's (without a name of this room before theirs)."""

from django.urls import include, path

from reglo.accounts import views

_own = (
    [
        path("profile/", views.profile, name="profile"),
        path("sessions/<int:pk>/end/", views.end, name="end-session"),
    ],
    "accounts",
)

urlpatterns = [
    path("", include(_own)),
    path("", include("allauth.urls")),
]
