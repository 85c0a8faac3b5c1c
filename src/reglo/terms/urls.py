"""Addresses of terms."""

from django.urls import path

from reglo.terms import views

app_name = "terms"
urlpatterns = [
    path("", views.agreements, name="list"),
    path("<int:pk>/", views.agreement, name="agreement"),
    path("<int:pk>/edit/", views.edit_agreement, name="edit"),
    path("<int:pk>/delete/", views.delete, name="delete"),
    path("<int:pk>/answer/", views.answer_on_paper, name="answer-on-paper"),
    path("customer/<int:customer_pk>/", views.of_customer, name="of-customer"),
    path("customer/<int:customer_pk>/new/", views.new_agreement, name="new"),
    path("customer/<int:customer_pk>/preview/", views.preview, name="preview"),
    path("conditions/", views.conditions, name="conditions"),
    path("conditions/<int:pk>/", views.conditions_file, name="conditions-file"),
]
