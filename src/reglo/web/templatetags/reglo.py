"""Components of every page: loaded in all templates."""

from django import template

register = template.Library()
