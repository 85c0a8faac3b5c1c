"""Addresses of this room, below /o/<slug>/negotiation/."""

from django.urls import path

from reglo.negotiation.views import begin, rounds, steps, table

app_name = "negotiation"

urlpatterns = [
    path("", begin.negotiations, name="list"),
    path("new/", begin.new, name="new"),
    path("<int:pk>/", table.negotiation, name="negotiation"),
    path("<int:pk>/facts/", steps.facts, name="facts"),
    path("<int:pk>/limits/", steps.limits, name="limits"),
    path("<int:pk>/levers/", steps.levers, name="levers"),
    path("<int:pk>/keep/", table.keep, name="keep"),
    path("<int:pk>/rounds/", table.note_round, name="round-new"),
    path("<int:pk>/customer/", begin.customer, name="customer"),
    path("<int:pk>/abandon/", begin.abandon, name="abandon"),
    path("<int:pk>/reopen/", begin.reopen, name="reopen"),
    path("<int:pk>/archive/", begin.archive, name="archive"),
    path("<int:pk>/restore/", begin.restore, name="restore"),
    path("<int:pk>/delete/", begin.delete, name="delete"),
    path("rounds/<int:pk>/", rounds.round_, name="round"),
    path("rounds/<int:pk>/letter.pdf", rounds.pdf, name="letter"),
    path("rounds/<int:pk>/agreement/", rounds.agreement, name="agreement"),
    path("rounds/<int:pk>/agree/", begin.agree, name="agree"),
    path("rounds/<int:pk>/withdraw/", rounds.withdraw, name="round-withdraw"),
    path("rounds/<int:pk>/restore/", rounds.restore, name="round-restore"),
]
