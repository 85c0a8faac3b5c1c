"""Customers as rows of a table: what is exported comes in again."""

from reglo.core.findings import Text
from reglo.customers.table.columns import FIELDS
from reglo.customers.table.plan import plan_customers
from reglo.imports.kinds import ImportKind, register

CUSTOMERS = register(
    ImportKind(
        key="customers",
        title=Text(fr="Clients", en="Customers"),
        fields=FIELDS,
        needed="name",
        plan=plan_customers,
    )
)
