"""Addresses of the filters that people keep."""

from django.urls import path

from reglo.lists import views

app_name = "lists"
urlpatterns = [
    path("filters/", views.keep_filter, name="keep-filter"),
    path("filters/<int:pk>/delete/", views.forget_filter, name="forget-filter"),
]
