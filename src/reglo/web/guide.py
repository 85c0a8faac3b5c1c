"""The guide of the first run, with the steps that rooms of their own know of."""

from datetime import date

from django.urls import reverse

from reglo.core.findings import Text
from reglo.customers.models import Customer
from reglo.organisations.guide import Guide, Step, first_run_guide
from reglo.organisations.models import Organisation


def first_steps(organisation: Organisation, today: date) -> Guide:
    """What is still missing before the first invoice can be legal."""
    return first_run_guide(organisation, today=today, further=[_first_customer(organisation)])


def _first_customer(organisation: Organisation) -> Step:
    return Step(
        key="customer",
        title=Text(fr="Ajouter un premier client", en="Add a first customer"),
        why=Text(
            fr="Une facture nomme l'acheteur, son adresse et, entre professionnels, son SIREN.",
            en="An invoice names the buyer, its address and, between businesses, its SIREN.",
        ),
        source="CGI ann. II 242 nonies A, I 1° ; C. com. L441-9",
        url=reverse("customers:new", args=[organisation.slug]),
        is_done=Customer.objects.of(organisation).exists(),
    )
