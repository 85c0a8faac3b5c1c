"""The small firm of the demonstration: what it is, what it sells, to whom, on which terms. All of it is invented."""

from dataclasses import dataclass
from decimal import Decimal

from reglo.core.mentions import IssuerSize
from reglo.core.terms import BuyerKind
from reglo.organisations.services.identity import IdentityFacts

SELLER = IdentityFacts(
    name="Atelier Lumière SAS",
    siren="812345676",
    siret="81234567600017",
    vat_number="FR19812345676",
    legal_form="SAS",
    capital_minor=4_000_000,
    register_town="Lyon",
    size=IssuerSize.SMALL,
    line_1="12 rue de la République",
    post_code="69002",
    city="Lyon",
    email="facturation@atelier-lumiere.example",
    phone="+33 4 78 00 00 00",
    contact_name="Inès Moreau",
)
ACCENT = "#b4540a"
IBAN = "FR7630006000011234567890189"
BIC = "AGRIFRPP"

CONDITIONS_2024 = """Conditions générales de vente de l'Atelier Lumière SAS (2024)

1. Les devis sont valables 30 jours. La commande est ferme à la signature du devis.
2. Les prix s'entendent hors taxes. Les délais de règlement sont ceux de l'accord de règlement, à défaut 30 jours.
3. Le matériel reste la propriété du vendeur jusqu'au paiement complet (C. civ. 2367).
"""
CONDITIONS_2026 = (
    CONDITIONS_2024.replace("2024", "2026")
    + """4. Toute contestation se dit dans les quinze jours de la réception ; la partie non contestée reste due.
"""
)


@dataclass(frozen=True, slots=True)
class Product:
    """Something the firm sells."""

    reference: str
    name: str
    price: str  #: EUR without tax
    unit: str
    nature: str  #: "B" goods, "S" services
    vat: str = "20"

    @property
    def cost(self) -> Decimal | None:
        """What goods are bought for, without tax; of a service nobody keeps account."""
        return (Decimal(self.price) * _BOUGHT_AT).quantize(Decimal("0.01")) if self.nature == "B" else None


_BOUGHT_AT = Decimal("0.58")  # of the price

PRODUCTS = (
    Product("ETU-01", "Étude d'éclairage", "650.00", "DAY", "S"),
    Product("ETU-02", "Simulation photométrique", "480.00", "C62", "S"),
    Product("ETU-03", "Relevé sur site", "390.00", "C62", "S"),
    Product("POS-01", "Pose par un électricien", "58.00", "HUR", "S"),
    Product("POS-02", "Mise en service et réglages", "420.00", "C62", "S"),
    Product("MNT-01", "Maintenance du parc lumineux", "180.00", "MON", "S"),
    Product("MNT-02", "Intervention sous 24 heures", "145.00", "C62", "S"),
    Product("FOR-01", "Formation à la conduite de l'éclairage", "890.00", "DAY", "S"),
    Product("SUS-01", "Suspension laiton, 60 cm", "189.00", "H87", "B"),
    Product("SUS-02", "Suspension verre soufflé", "264.00", "H87", "B"),
    Product("APP-01", "Applique murale orientable", "96.50", "H87", "B"),
    Product("APP-02", "Applique extérieure IP65", "118.00", "H87", "B"),
    Product("RAI-01", "Rail triphasé, 2 m", "74.90", "H87", "B"),
    Product("SPO-01", "Projecteur sur rail, 15 W", "132.00", "H87", "B"),
    Product("SPO-02", "Projecteur cadreur, 30 W", "298.00", "H87", "B"),
    Product("LED-01", "Ruban LED 24 V, 2 700 K", "21.35", "MTR", "B"),
    Product("LED-02", "Profilé aluminium avec diffuseur", "17.80", "MTR", "B"),
    Product("DRV-01", "Alimentation gradable DALI", "64.00", "H87", "B"),
    Product("COM-01", "Passerelle de commande", "410.00", "H87", "B"),
    Product("COM-02", "Détecteur de présence", "79.00", "H87", "B"),
    Product("LIV-01", "Livraison et mise à l'étage", "85.00", "C62", "S"),
    Product("DEP-01", "Déplacement en Rhône-Alpes", "60.00", "C62", "S"),
)


@dataclass(frozen=True, slots=True)
class Buyer:
    """Somebody who buys."""

    name: str
    city: str
    post_code: str
    street: str
    contact: str
    terms: str = ""  #: in words, as agreed; "" where nothing is
    kind: BuyerKind = BuyerKind.BUSINESS
    country: str = "FR"
    vat_number: str | None = None
    language: str = "fr"
    buyer_reference: str = ""
    weight: int = 3  #: how often it buys
    maintained: bool = False  #: pays for maintenance each month


BUYERS = (
    Buyer(
        "Galerie Perrache SARL",
        "Lyon",
        "69002",
        "9 cours de Verdun",
        "Hélène Faure",
        "45 jours fin de mois",
        weight=9,
        maintained=True,
    ),
    Buyer("Librairie du Port SARL", "Marseille", "13002", "3 quai du Port", "Claire Petit", "30 jours", weight=6),
    Buyer(
        "Hôtel des Quais SAS",
        "Lyon",
        "69005",
        "22 quai Pierre-Scize",
        "Marc Aubert",
        "30 % à la commande, solde à 30 jours",
        weight=9,
        maintained=True,
    ),
    Buyer("Boulangerie Martin SARL", "Villeurbanne", "69100", "5 rue Anatole-France", "Sophie Martin", "comptant"),
    Buyer(
        "Cabinet Roche et associés",
        "Grenoble",
        "38000",
        "14 rue de la Liberté",
        "Julien Roche",
        "2 % à 10 jours, net à 30 jours",
        weight=5,
    ),
    Buyer(
        "Théâtre de la Presqu'île",
        "Lyon",
        "69001",
        "1 place des Célestins",
        "Anaïs Girard",
        "60 jours",
        weight=7,
        maintained=True,
    ),
    Buyer("Pharmacie de l'Hôtel de Ville", "Bron", "69500", "31 avenue Camille-Rousset", "Nadia Benali", "30 jours"),
    Buyer("Menuiserie Alpes Bois SAS", "Annecy", "74000", "8 avenue de Genève", "Pierre Blanc", "45 jours", weight=6),
    Buyer(
        "Restaurant Le Passage",
        "Lyon",
        "69001",
        "8 rue du Plâtre",
        "Louis Chevalier",
        "30 % à la commande, solde à 30 jours",
    ),
    Buyer("Clinique vétérinaire des Monts", "Tarare", "69170", "2 rue de la République", "Émilie Vidal"),
    Buyer(
        "Architectes Nord-Sud SELARL",
        "Paris",
        "75011",
        "44 rue Oberkampf",
        "Thomas Leroy",
        "45 jours fin de mois",
        weight=8,
    ),
    Buyer("Maison Delorme SAS", "Dijon", "21000", "17 rue de la Liberté", "Isabelle Delorme", "30 jours fin de mois"),
    Buyer(
        "Coopérative des Halles",
        "Lyon",
        "69003",
        "102 cours Lafayette",
        "Karim Haddad",
        "30 jours",
        weight=5,
        maintained=True,
    ),
    Buyer("Imprimerie du Rhône SAS", "Vienne", "38200", "6 quai Jean-Jaurès", "Denis Morel", "60 jours", weight=4),
    Buyer("Studio Fauvette SARL", "Saint-Étienne", "42000", "12 rue des Martyrs", "Léa Fontaine", "à réception"),
    Buyer("Groupe Scolaire Montplaisir", "Lyon", "69008", "77 avenue des Frères-Lumière", "Bruno Caron", "30 jours"),
    Buyer("Caves Saint-Vincent SAS", "Beaune", "21200", "3 place Carnot", "Agathe Perrin", "30 jours fin de mois"),
    Buyer("Fleuriste Jasmin et Cie", "Lyon", "69006", "58 cours Vitton", "Jasmine Roux"),
    Buyer("Opticiens Bellecour SARL", "Lyon", "69002", "5 place Bellecour", "Victor Lemaire", "30 jours", weight=4),
    Buyer("Transports Gonnet SAS", "Mâcon", "71000", "ZI Sud, lot 14", "Michel Gonnet", "30 jours"),
    Buyer("Espace Santé du Parc", "Lyon", "69006", "20 boulevard des Belges", "Camille Noël", "45 jours"),
    Buyer("Ferme des Collines EARL", "Mornant", "69440", "Chemin des Vignes", "Paul Brun"),
    Buyer(
        "Salle Victor-Hugo SCOP",
        "Lyon",
        "69006",
        "33 rue Bossuet",
        "Irène Masson",
        "60 jours",
        weight=4,
        maintained=True,
    ),
    Buyer("Agence Colline Immobilier", "Lyon", "69004", "12 boulevard de la Croix-Rousse", "Xavier Collin", "30 jours"),
    Buyer("Garage Mercier SARL", "Givors", "69700", "41 route Nationale", "Alain Mercier"),
    Buyer("Atelier Textile Croix-Rousse", "Lyon", "69004", "10 rue d'Ivry", "Manon Gautier", "30 jours"),
    Buyer(
        "Brasserie des Docks SAS",
        "Lyon",
        "69002",
        "Quai Rambaud",
        "Hugo Marchand",
        "30 % à la commande, solde à 30 jours",
        weight=5,
    ),
    Buyer(
        "Centre d'affaires Part-Dieu",
        "Lyon",
        "69003",
        "129 rue Servient",
        "Valérie Simon",
        "45 jours fin de mois",
        weight=6,
    ),
    Buyer("Éditions du Canal SARL", "Paris", "75010", "18 quai de Valmy", "Gaspard Renaud", "30 jours"),
    Buyer("Spa des Brotteaux", "Lyon", "69006", "7 place Jules-Ferry", "Diane Olivier", "30 jours"),
    Buyer(
        "Mairie de Caluire",
        "Caluire-et-Cuire",
        "69300",
        "Place du Docteur-Dugoujon",
        "Service des marchés",
        kind=BuyerKind.PUBLIC,
        buyer_reference="SERVICE-TECH",
        weight=5,
    ),
    Buyer(
        "Musée des Confluences",
        "Lyon",
        "69002",
        "86 quai Perrache",
        "Régie technique",
        kind=BuyerKind.PUBLIC,
        buyer_reference="REGIE-01",
        weight=5,
    ),
    Buyer(
        "Centre hospitalier Saint-Luc",
        "Lyon",
        "69007",
        "20 quai Claude-Bernard",
        "Cellule achats",
        kind=BuyerKind.PUBLIC_HEALTH,
        buyer_reference="ACHATS",
        weight=3,
    ),
    Buyer(
        "Régie des transports lyonnais",
        "Lyon",
        "69003",
        "19 boulevard Vivier-Merle",
        "Comptabilité fournisseurs",
        kind=BuyerKind.PUBLIC_COMPANY,
        buyer_reference="CPT-4",
        weight=3,
    ),
    Buyer(
        "Lichthaus Berlin GmbH",
        "Berlin",
        "10115",
        "Invalidenstraße 41",
        "Anna Schäfer",
        "30 jours",
        country="DE",
        vat_number="DE136695976",
        language="en",
    ),
    Buyer(
        "Studio Lumen BV",
        "Bruxelles",
        "1000",
        "Rue Antoine-Dansaert 90",
        "Jan Peeters",
        "45 jours",
        country="BE",
        vat_number="BE0428759497",
        language="en",
        weight=4,
    ),
    Buyer("Hélène Lacroix", "Lyon", "69005", "4 montée du Gourguillon", "Hélène Lacroix", kind=BuyerKind.CONSUMER),
    Buyer("Paul et Rose Vernier", "Écully", "69130", "18 chemin du Moulin", "Rose Vernier", kind=BuyerKind.CONSUMER),
    Buyer(
        "Jean Tissot", "Oullins", "69600", "27 rue Narcisse-Bertholey", "Jean Tissot", kind=BuyerKind.CONSUMER, weight=2
    ),
    Buyer(
        "Association Lumières du Soir",
        "Lyon",
        "69007",
        "3 rue de l'Université",
        "Lucie Garnier",
        "à réception",
        weight=2,
    ),
)


def siren(place: int) -> str:
    """An invented SIREN, right by its check digit (Luhn), for the buyer at `place`."""
    head = f"{40_250_000 + place * 13_579:08}"
    doubled = (int(sign) * (2 if position % 2 else 1) for position, sign in enumerate(head))
    total = sum(each - 9 if each > 9 else each for each in doubled)
    return f"{head}{-total % 10}"


def siret(place: int) -> str:
    """The first establishment of that buyer."""
    head = f"{siren(place)}0001"
    doubled = (int(sign) * (1 if position % 2 else 2) for position, sign in enumerate(head))
    total = sum(each - 9 if each > 9 else each for each in doubled)
    return f"{head}{-total % 10}"


def price(product: Product) -> Decimal:
    """What a unit costs without tax."""
    return Decimal(product.price)


PEOPLE = (
    ("samir@atelier-lumiere.example", "Samir Haddou", "bookkeeper"),
    ("lou@atelier-lumiere.example", "Lou Marchal", "sales"),
    ("cabinet@expertise-rhone.example", "Cabinet Expertise Rhône", "reader"),
)


def iban(place: int) -> str:
    """An invented French account, right by both its checks (RIB key, ISO 7064 mod 97-10)."""
    bank, branch, account = 30004, 823, 10_000_000 + place * 7_919
    key = 97 - (89 * bank + 15 * branch + 3 * account) % 97
    rest = f"{bank:05}{branch:05}{account:011}{key:02}"
    return f"FR{98 - int(rest + '152700') % 97:02}{rest}"
