"""Addresses of the site that are there for the portal's sake."""

from django.urls import path

from reglo.portal.views.robots import robots

urlpatterns = [path("robots.txt", robots, name="robots")]
