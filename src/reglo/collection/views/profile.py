"""The relationship with a customer: profile, contact, pauses, limits; what its habit suggests."""

from datetime import date

from django.contrib import messages as toasts
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from reglo.billing.models import Invoice
from reglo.collection.forms.relationships import RelationshipForm
from reglo.collection.models import Promise, Relationship
from reglo.collection.queries.exposure import habit_of_customers
from reglo.collection.services.relationships import save_relationship
from reglo.collection.views.rows import customer_or_404
from reglo.collection.wording import STANCES
from reglo.core.collection import Suggestion, suggest_profile
from reglo.core.errors import DomainError
from reglo.customers.models import Customer
from reglo.customers.queries import family_of, root_of
from reglo.organisations.access import MemberRequest, actor_of, needs
from reglo.organisations.forms import attach
from reglo.organisations.permissions import Permission
from reglo.organisations.queries import today_of


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.READ, to_write=Permission.COLLECT)
def profile(request: MemberRequest, customer_pk: int) -> HttpResponse:
    """How one deals with a customer."""
    customer = root_of(customer_or_404(request, customer_pk))
    known = Relationship.objects.filter(customer=customer).first() or Relationship(customer=customer)
    form = RelationshipForm(customer, known, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            save_relationship(customer=customer, facts=form.facts(), by=actor_of(request), now=timezone.now())
        except DomainError as error:
            attach(error, form)
        else:
            toasts.success(request, _("Kept. What is sent from now on goes by it."))
            return redirect("collection:profile", request.organisation.slug, customer.pk)
    suggestion = suggestion_for(customer, today_of(request.organisation, timezone.now()))
    values = {
        "customer": customer,
        "form": form,
        "known": known,
        "suggestion": suggestion,
        "suggested": STANCES[suggestion.stance],
        "differs": suggestion.stance != known.stance,
    }
    return render(request, "collection/profile.html", values, status=422 if form.errors else 200)


@require_POST
@needs(Permission.COLLECT)
def take_suggestion(request: MemberRequest, customer_pk: int) -> HttpResponse:
    """Take the profile that the habit suggests."""
    customer = root_of(customer_or_404(request, customer_pk))
    suggestion = suggestion_for(customer, today_of(request.organisation, timezone.now()))
    save_relationship(
        customer=customer, facts={"stance": suggestion.stance.value}, by=actor_of(request), now=timezone.now()
    )
    toasts.success(request, _("The suggested profile is taken."))
    return redirect("collection:profile", request.organisation.slug, customer.pk)


def suggestion_for(customer: Customer, today: date) -> Suggestion:
    """What the habit of a customer, its broken promises and the years it is known suggest."""
    family = family_of(customer)
    broken = Promise.objects.filter(customer__in=family, broken_at__isnull=False, by__year__gte=today.year - 1)
    recent = [each for each in broken.values_list("by", flat=True) if (today - each).days <= 365]
    first = Invoice.objects.filter(customer__in=family).order_by("issue_date").values_list("issue_date", flat=True)[:1]
    years = (today - first[0]).days // 365 if first else 0
    habit = habit_of_customers(customer.organisation, family)
    return suggest_profile(habit, broken_promises=len(recent), years_known=years)
