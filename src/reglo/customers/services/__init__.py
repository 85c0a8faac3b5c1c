"""What one does with customers."""

from reglo.customers.services.addresses import add_address, change_address, remove_address
from reglo.customers.services.contacts import add_contact, archive_contact, change_contact, restore_contact
from reglo.customers.services.customers import (
    AlreadyThere,
    StaleCustomer,
    archive_customer,
    change_customer,
    create_customer,
    restore_customer,
)
from reglo.customers.services.merge import CannotMerge, Merge, merge_customers, preview_merge

__all__ = [
    "AlreadyThere",
    "CannotMerge",
    "Merge",
    "StaleCustomer",
    "add_address",
    "add_contact",
    "archive_contact",
    "archive_customer",
    "change_address",
    "change_contact",
    "change_customer",
    "create_customer",
    "merge_customers",
    "preview_merge",
    "remove_address",
    "restore_contact",
    "restore_customer",
]
