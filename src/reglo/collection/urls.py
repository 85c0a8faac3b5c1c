"""Addresses of this room, below /o/<slug>/collection/."""

from django.urls import path

from reglo.collection.views import disputes, leeway, notes, promises, proposals, story

app_name = "collection"

urlpatterns = [
    # The customer's side and story: what is owed, promises, disputes, proposals, plans, notes.
    path("of-customer/<int:customer_pk>/", story.of_customer, name="of-customer"),
    path("story/<int:customer_pk>/", story.story, name="story"),
    path("story/<int:customer_pk>/notes/", notes.new, name="note-new"),
    path("story/<int:customer_pk>/emails/", notes.email, name="email-file"),
    path("notes/<int:pk>/delete/", notes.delete, name="note-delete"),
    path("notes/<int:pk>/restore/", notes.restore, name="note-restore"),
    path("notes/<int:pk>/original/", notes.original, name="note-original"),
    path("promises/", promises.promises, name="promises"),
    path("promises/of/<int:customer_pk>/new/", promises.new, name="promise-new"),
    path("promises/<int:pk>/withdraw/", promises.withdraw, name="promise-withdraw"),
    path("disputes/", disputes.disputes, name="disputes"),
    path("disputes/on/<int:invoice_pk>/new/", disputes.new, name="dispute-new"),
    path("disputes/<int:pk>/", disputes.dispute, name="dispute"),
    path("disputes/<int:pk>/say/", disputes.say, name="dispute-say"),
    path("disputes/<int:pk>/settle/", disputes.settle, name="dispute-settle"),
    path("disputes/<int:pk>/reject/", disputes.reject, name="dispute-reject"),
    path("disputes/<int:pk>/withdraw/", disputes.withdraw, name="dispute-withdraw"),
    path("disputes/files/<int:pk>/", disputes.file, name="dispute-file"),
    path("proposals/", proposals.proposals, name="proposals"),
    path("proposals/of/<int:customer_pk>/new/", proposals.new, name="proposal-new"),
    path("proposals/<int:pk>/", proposals.proposal, name="proposal"),
    path("proposals/<int:pk>/send/", proposals.send, name="proposal-send"),
    path("proposals/<int:pk>/withdraw/", proposals.withdraw, name="proposal-withdraw"),
    path("proposals/<int:pk>/grant/", proposals.grant, name="proposal-grant"),
    path("proposals/<int:pk>/refuse/", proposals.refuse, name="proposal-refuse"),
    path("proposals/<int:pk>/told/", proposals.told, name="proposal-told"),
    path("proposals/<int:pk>/say/", proposals.say, name="proposal-say"),
    path("plans/", proposals.plans, name="plans"),
    path("plans/<int:pk>/", proposals.plan, name="plan"),
    path("plans/<int:pk>/end/", proposals.end, name="plan-end"),
    path("leeway/", leeway.leeway, name="leeway"),
    # End of the customer's side.
]
