"""Addresses of products, below /o/<slug>/products/."""

from django.urls import path

from reglo.products import views

app_name = "products"
urlpatterns = [
    path("", views.products, name="list"),
    path("new/", views.new, name="new"),
    path("search/", views.search, name="search"),
    path("export/", views.export, name="export"),
    path("archive/", views.archive_many, name="archive-many"),
    path("<int:pk>/", views.product, name="product"),
    path("<int:pk>/cost/", views.cost, name="cost"),
    path("<int:pk>/edit/", views.edit, name="edit"),
    path("<int:pk>/archive/", views.archive, name="archive"),
    path("<int:pk>/restore/", views.restore, name="restore"),
]
