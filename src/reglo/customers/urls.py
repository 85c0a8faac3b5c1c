"""Addresses of customers, below /o/<slug>/customers/."""

from django.urls import path

from reglo.customers.views import customers, merging, parts

app_name = "customers"
urlpatterns = [
    path("", customers.customers, name="list"),
    path("new/", customers.new, name="new"),
    path("fields/", customers.fields, name="fields"),
    path("live/", customers.live, name="live"),
    path("export/", customers.export, name="export"),
    path("archive/", customers.archive_many, name="archive-many"),
    path("duplicates/", merging.duplicates, name="duplicates"),
    path("merge/<int:kept>/<int:merged>/", merging.merge, name="merge"),
    path("<int:pk>/", customers.customer, name="customer"),
    path("<int:pk>/edit/", customers.edit, name="edit"),
    path("<int:pk>/archive/", customers.archive, name="archive"),
    path("<int:pk>/restore/", customers.restore, name="restore"),
    path("<int:pk>/merge/", merging.merge_with, name="merge-with"),
    path("<int:customer_pk>/contacts/new/", parts.new_contact, name="contact-new"),
    path("contacts/<int:pk>/", parts.contact, name="contact"),
    path("contacts/<int:pk>/archive/", parts.contact_archive, name="contact-archive"),
    path("contacts/<int:pk>/restore/", parts.contact_restore, name="contact-restore"),
    path("<int:customer_pk>/addresses/new/", parts.new_address, name="address-new"),
    path("addresses/<int:pk>/", parts.address, name="address"),
    path("addresses/<int:pk>/remove/", parts.address_remove, name="address-remove"),
]
