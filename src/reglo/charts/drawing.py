"""What every drawing has, and how one becomes SVG."""

from typing import Protocol

from django.template.loader import render_to_string
from django.utils.safestring import SafeString


class Drawing(Protocol):
    """A chart ready to be drawn; its template reads the rest."""

    @property
    def template(self) -> str:
        """Name of the template: "charts/bars.svg"."""

    @property
    def key(self) -> str:
        """Letters that tell it from the others of its page: "billed"."""

    @property
    def title(self) -> str:
        """What it shows, in a few words."""

    @property
    def about(self) -> str:
        """How to read it, for those who cannot see it."""


def svg_of(drawing: Drawing) -> SafeString:
    """The drawing as an SVG element; a file of its own, too, since it names its namespace."""
    return SafeString(render_to_string(drawing.template, {"chart": drawing}).strip())


def place(value: float) -> str:
    """A coordinate as SVG writes it, whatever the language of the page: a tenth of a unit is finer than a screen."""
    return f"{round(value, 1):g}"
