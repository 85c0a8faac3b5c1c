"""A process that books payments: `python -m tests.ledger.booking ITEM FIRST COUNT`, for tests that kill it.

Each payment of 1.00 is allocated to the item in the same transaction, and its number printed once it is through.
"""

import os
import subprocess
import sys

import django


def start(database: str, *arguments: object) -> subprocess.Popen[str]:
    """Run this module in a process of its own on `database`."""
    environment = {**os.environ, "REGLO_DATABASE": database, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    command = [sys.executable, "-m", "tests.ledger.booking", *map(str, arguments)]
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)


def book(item_id: int, number: int) -> None:
    """Book and allocate a payment, told by its number."""
    from django.db import transaction

    from reglo.ledger.models import OpenItem
    from reglo.ledger.services import Source
    from tests.ledger.facts import a_payment
    from tests.ledger.moves import allocated

    item = OpenItem.objects.select_related("customer__organisation").get(pk=item_id)
    with transaction.atomic():
        payment = a_payment(item.customer, 1_00, source=Source("payment", number))
        allocated(item, payment, 1_00, key=f"payment:{number}")


if __name__ == "__main__":
    django.setup()
    item, first, count = map(int, sys.argv[1:])
    for number in range(first, first + count):
        book(item, number)
        print(number, flush=True)
