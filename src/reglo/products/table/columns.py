"""The columns of a table of products, by the headers of our files and of other tools."""

from reglo.core.findings import Text
from reglo.imports.kinds import Field, Holds


def _field(key: str, fr: str, en: str, *names: str, holds: Holds = Holds.TEXT, example: str = "") -> Field:
    return Field(key=key, label=Text(fr=fr, en=en), names=names, holds=holds, example=example)


FIELDS: tuple[Field, ...] = (
    _field("reference", "Référence", "Reference", "Réf.", "Réf", "Code", "Code article", "Référence article",
           "Code produit", "SKU", "Product code", "Item code", "Internal reference", "ID", example="CONS-H"),
    _field("name", "Nom", "Name", "Désignation", "Libellé", "Article", "Produit", "Prestation", "Service",
           "Nom du produit", "Intitulé", "Item", "Product", "Product name", "Item name",
           example="Conseil en énergie"),
    _field("description", "Description", "Description", "Détail", "Détails", "Descriptif", "Commentaire", "Details",
           example="Audit sur place et rapport"),
    _field("price", "Prix HT", "Price", "Prix unitaire HT", "Prix unitaire", "Prix", "PU HT", "PU", "Prix de vente",
           "Prix de vente HT", "Tarif", "Tarif HT", "Unit price", "Sales price", "Net price", "Rate",
           holds=Holds.NUMBER, example="90,00"),
    _field("cost", "Coût HT", "Cost", "Coût", "Coût unitaire", "Prix de revient", "Prix d'achat", "Prix d'achat HT",
           "Prix de revient HT", "Unit cost", "Cost price", "Purchase price", holds=Holds.NUMBER, example="41,50"),
    _field("unit", "Unité", "Unit", "Unité de vente", "Unit of measure", "UOM", example="heure"),
    _field("vat", "TVA", "VAT", "Taux de TVA", "Taux TVA", "TVA %", "VAT rate", "VAT %", "Tax", "Tax rate",
           example="20"),
    _field("nature", "Bien ou service", "Goods or service", "Type", "Nature", "Catégorie", "Product type",
           example="service"),
)  # fmt: skip
