"""The tag that shows a drawing: `{% load charts %}{% drawing chart %}`."""

from django import template
from django.utils.safestring import SafeString

from reglo.charts.drawing import Drawing, svg_of

register = template.Library()


@register.simple_tag
def drawing(chart: Drawing) -> SafeString:
    """A chart of `reglo.charts` as SVG in the page."""
    return svg_of(chart)
