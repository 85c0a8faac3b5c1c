"""Names that banks give the columns of their tables, folded to small letters and digits; the surest first.

From the exports of BNP Paribas, Crédit Agricole, Société Générale, LCL, Crédit Mutuel and CIC, Banque Populaire and
Caisse d'Épargne, La Banque Postale, BoursoBank, Qonto, Shine, N26, Revolut, Wise.
"""

#: One column for each.
NAMES: dict[str, tuple[str, ...]] = {
    "booked": (
        "datedecomptabilisation", "datecomptable", "datecompta", "dateoperation", "datedoperation", "datedeloperation",
        "dateop", "datedeloperationlocal", "datedeloperationutc", "operationdatelocal", "operationdateutc",
        "bookingdate", "dateofbooking", "datecompletedutc", "completeddate", "datedefin", "transactiondate",
        "datetransaction", "datedelatransaction", "datedetransaction", "posteddate", "settlementdatelocal",
        "settlementdateutc", "date",
    ),
    "valued": (
        "datedevaleur", "datevaleur", "dateval", "valuedate", "datedelavaleurlocal", "datedelavaleurutc",
        "datedevaleurlocal", "datedevaleurutc", "settlementdatelocal", "settlementdateutc",
    ),
    "amount": (
        "totalamount", "montant", "montanteur", "montanteuros", "montanteneuros", "montantoperation",
        "montantdeloperation", "montanttotalttc", "montantttc", "montantnet", "amount", "amounteur", "amountgbp",
        "amountusd", "totalamountinclvat", "transactionamount", "somme", "mouvement",
    ),
    "debit": (
        "debit", "debiteuros", "debiteur", "debits", "montantdebit", "debitamount", "paidout", "moneyout", "sortie",
        "retraits",
    ),
    "credit": (
        "credit", "crediteuros", "crediteur", "credits", "montantcredit", "creditamount", "paidin", "moneyin",
        "entree", "depots",
    ),
    "fee": ("fee",),
    "currency": ("devise", "currency", "monnaie", "paymentcurrency", "codedevise"),
    "balance": (
        "solde", "soldeeur", "soldeeuros", "soldeapresoperation", "balance", "runningbalance", "soldecourant",
        "balanceeur", "soldecomptable",
    ),
    "payer": (
        "nomdelacontrepartie", "contrepartie", "counterpartyname", "counterparty", "partnername", "payername", "payee",
        "beneficiaire", "tiers", "nomdutiers", "emetteur", "donneurdordre", "beneficiaryname",
    ),
    "payer_iban": (
        "ibandelacontrepartie", "counterpartyiban", "partneriban", "ibantiers", "ibandutiers", "payeraccountnumber",
        "contrepartieiban", "accountnumberofcounterparty",
    ),
    "reference": ("reference", "paymentreference", "referencedepaiement", "referencedupaiement"),
    "bank_reference": (
        "transactionid", "identifiantdetransaction", "iddetransaction", "idtransaction", "transferwiseid", "id",
        "numerodoperation", "nooperation", "numerooperation", "referencebanque", "bankreference",
    ),
    "account": (
        "compte", "account", "accountnum", "numerodecompte", "numcompte", "ibanducompte", "accountiban",
        "accountnumber",
    ),
    "state": ("state", "status", "statut", "etat"),
}  # fmt: skip

#: Columns of text: all that are there, in this order.
SEVERAL: tuple[str, ...] = (
    "libelle", "libelleoperation", "libelledeloperation", "libellesimplifie", "label", "description", "detail",
    "detaildelecriture", "details", "intitule", "nature", "natureoperation", "designation", "motif", "communication",
    "informationscomplementaires", "complement", "memo", "narrative", "note", "comment", "commentaire",
    "type", "typeoperation", "typedoperation", "methodedepaiement", "paymentmethod",
)  # fmt: skip

#: Beginnings of names by which a header is French: its dates are then written day first.
FRENCH = ("libelle", "montant", "solde", "devise", "compte", "dateop", "datedop", "datedeval", "datecompt", "intitule")

#: What a state says of its line.
PENDING = frozenset({"pending", "enattente", "encours", "authorised", "authorized", "avenir"})
UNDONE = frozenset(
    {"declined", "reverted", "failed", "cancelled", "canceled", "refusee", "refuse", "annulee", "annule", "rejetee"}
)
