"""Keeping filters."""

from django.db import transaction

from reglo.accounts.models import User
from reglo.core.errors import DomainError
from reglo.core.findings import Text
from reglo.lists.models import SavedFilter
from reglo.organisations.models import Organisation

_MOST = 50


class TooManyFilters(DomainError):
    """A person keeps more filters of a list than anybody finds again."""

    code = "too-many-filters"


def save_filter(*, organisation: Organisation, user: User, list_name: str, label: str, query: str) -> SavedFilter:
    """Keep a list's filter under a name; the same name is replaced. Raises TooManyFilters."""
    with transaction.atomic(durable=True):
        kept = SavedFilter.objects.of(organisation).filter(user=user, list_name=list_name)
        if kept.exclude(label=label).count() >= _MOST:
            raise TooManyFilters(
                Text(
                    fr=f"Vous avez déjà {_MOST} filtres ici. Supprimez-en un.",
                    en=f"You have {_MOST} filters here already. Delete one.",
                ),
                field="label",
            )
        return kept.update_or_create(
            label=label, defaults={"query": query, "organisation": organisation, "user": user, "list_name": list_name}
        )[0]


def delete_filter(*, organisation: Organisation, user: User, filter_id: int) -> None:
    """Forget a filter of this person."""
    SavedFilter.objects.of(organisation).filter(user=user, pk=filter_id).delete()
