"""Addresses of this room, below /o/<slug>/forecast/."""

from django.urls import path

from reglo.forecast.views import forecast, outgoings

app_name = "forecast"

urlpatterns = [
    path("", forecast.forecast, name="forecast"),
    path("past/", forecast.past, name="past"),
    path("past/replay/", forecast.replay, name="replay"),
    path("outgoings/", outgoings.outgoings, name="outgoings"),
    path("outgoings/new/", outgoings.outgoing_new, name="outgoing-new"),
    path("outgoings/<int:pk>/", outgoings.outgoing, name="outgoing"),
    path("outgoings/<int:pk>/stop/", outgoings.outgoing_stop, name="outgoing-stop"),
    path("outgoings/<int:pk>/resume/", outgoings.outgoing_resume, name="outgoing-resume"),
]
