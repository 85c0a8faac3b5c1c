"""Products as rows of a table: what is exported comes in again."""

from reglo.core.findings import Text
from reglo.imports.kinds import ImportKind, register
from reglo.products.table.columns import FIELDS
from reglo.products.table.plan import plan_products

PRODUCTS = register(
    ImportKind(
        key="products",
        title=Text(fr="Articles et prestations", en="Products and services"),
        fields=FIELDS,
        needed="name",
        plan=plan_products,
    )
)
