"""Every address of the site, with its parameters filled from sample rows: new pages join by themselves."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver

_PARAMETER = re.compile(r"<(?:(\w+):)?(\w+)>")
#: Where programs, not people, are the visitors; what ends a session; what needs a key that no seed can hold.
NOT_PAGES = re.compile(r"^(api/|healthz|readyz|metrics|accounts/logout|accounts/2fa/webauthn/keys|organisations/join)")


class NoSample(Exception):
    """An address has a parameter for which the seed has no row."""


@dataclass(frozen=True, slots=True)
class Address:
    """An address of the URL conf."""

    name: str  #: "billing:invoice"
    route: str  #: "o/<slug:slug>/invoices/<int:pk>/"

    @property
    def is_for_members(self) -> bool:
        """Whether it stands within an organisation."""
        return self.route.startswith("o/")

    def filled(self, samples: Mapping[str, object]) -> str:
        """The address of a sample row: <…> after "invoices/" is replaced with what `samples` has for "invoices"."""
        parts: list[str] = []
        for part in self.route.split("/"):
            parameter = _PARAMETER.search(part)
            if parameter is None:
                parts.append(part)
                continue
            kind = next((each for each in reversed(parts) if not each.isdigit()), "")
            sample = samples.get(f"{kind}/{parameter[2]}", samples.get(kind))
            if sample is None:
                raise NoSample(f"tests/browser/seed.py has no sample of “{kind}/{parameter[2]}” for {self.name}")
            parts.append(part.replace(parameter[0], str(sample)))
        return "/" + "/".join(parts)


def all_addresses() -> list[Address]:
    """The addresses of the site that people visit."""
    return [each for each in _walk(get_resolver(), "", "") if not NOT_PAGES.match(each.route)]


def _walk(resolver: URLResolver, route: str, namespace: str) -> Iterator[Address]:
    for each in resolver.url_patterns:
        longer = route + str(each.pattern)
        if isinstance(each, URLResolver):
            yield from _walk(each, longer, each.namespace or namespace)
        elif isinstance(each, URLPattern) and each.name and "(?P" not in longer:
            yield Address(f"{namespace}:{each.name}" if namespace else each.name, longer)
