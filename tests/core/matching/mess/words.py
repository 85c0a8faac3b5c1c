"""The words of which firms are named."""

SURNAMES = (
    "Martin", "Bernard", "Thomas", "Petit", "Robert", "Richard", "Durand", "Dubois", "Moreau", "Laurent", "Simon",
    "Michel", "Lefebvre", "Leroy", "Roux", "David", "Bertrand", "Morel", "Fournier", "Girard", "Bonnet", "Dupont",
    "Lambert", "Fontaine", "Rousseau", "Vincent", "Muller", "Lefevre", "Faure", "André", "Mercier", "Blanc",
    "Guérin", "Boyer", "Garnier", "Chevalier", "François", "Legrand", "Gauthier", "Garcia", "Perrin", "Robin",
    "Clément", "Morin", "Nicolas", "Henry", "Roussel", "Mathieu", "Gautier", "Masson", "Marchand", "Duval", "Denis",
    "Dumont", "Marie", "Lemaire", "Noël", "Meyer", "Dufour", "Meunier", "Brun", "Blanchard",
)  # fmt: skip

TRADES = (
    "Bâtiment", "Conseil", "Électricité", "Plomberie", "Menuiserie", "Services", "Informatique", "Formation",
    "Transports", "Logistique", "Textile", "Boulangerie", "Architecture", "Immobilier", "Paysages", "Énergie",
    "Ingénierie", "Médical", "Optique", "Imprimerie", "Communication", "Design", "Automobile", "Mécanique",
    "Nettoyage", "Sécurité", "Hôtellerie", "Traiteur", "Distribution", "Agencement", "Rénovation", "Couverture",
    "Études",
)  # fmt: skip

TOWNS = (
    "Lyon", "Paris", "Nantes", "Lille", "Bordeaux", "Rennes", "Grenoble", "Dijon", "Angers", "Nîmes", "Tours",
    "Brest", "Metz", "Pau", "Annecy", "Vannes",
)  # fmt: skip

FORMS = (
    "SAS", "SARL", "EURL", "SA", "SASU", "SCOP", "SNC",
)  # fmt: skip
