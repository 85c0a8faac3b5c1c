"""Addresses of imports, below /o/<slug>/imports/."""

from django.urls import path

from reglo.imports import views

app_name = "imports"
urlpatterns = [
    path("new/", views.new, name="new"),
    path("new/<slug:kind>/", views.new, name="new"),
    path("new/<slug:kind>/template/", views.template, name="template"),
    path("<int:pk>/", views.preview, name="preview"),
    path("<int:pk>/errors/", views.errors, name="errors"),
    path("<int:pk>/take/", views.take_in, name="take"),
    path("<int:pk>/progress/", views.progress, name="progress"),
    path("<int:pk>/drop/", views.drop, name="drop"),
]
