"""What the acts on payments and bank lines are called in the journal."""

from reglo.core.findings import Text
from reglo.journal.wording import tell

tell(
    {
        "payment-recorded": Text(fr="{who} a enregistré le paiement {what}", en="{who} recorded the payment {what}"),
        "refund-recorded": Text(fr="{who} a enregistré le remboursement {what}", en="{who} recorded the refund {what}"),
        "payment-undone": Text(fr="{who} a annulé le paiement {what}", en="{who} undid the payment {what}"),
        "payment-released": Text(
            fr="{who} a annulé le lettrage du paiement {what}", en="{who} undid what the payment {what} settled"
        ),
        "payment-returned": Text(
            fr="{who} a constaté le retour impayé de {what}", en="{who} noted that the payment {what} came back"
        ),
        "advance-used": Text(fr="{who} a utilisé l'avance {what}", en="{who} used the advance {what}"),
        "line-set-aside": Text(fr="{who} a écarté la ligne bancaire {what}", en="{who} set the bank line {what} aside"),
        "line-undone": Text(
            fr="{who} a annulé la décision sur la ligne {what}", en="{who} undid the decision about the line {what}"
        ),
        "bank-file-taken-in": Text(
            fr="{who} a importé le fichier bancaire {what}", en="{who} imported the bank file {what}"
        ),
        "learnt-forgotten": Text(
            fr="{who} a fait oublier le repère de paiement {what}", en="{who} made Réglo forget the payment clue {what}"
        ),
        "account-named": Text(fr="{who} a dit quel compte est {what}", en="{who} said which account {what} is"),
    },
    fields={
        "on": Text(fr="Date", en="Date"),
        "means": Text(fr="Moyen", en="Means"),
        "reference": Text(fr="Référence", en="Reference"),
        "amount_minor": Text(fr="Montant", en="Amount"),
        "currency": Text(fr="Devise", en="Currency"),
        "reason": Text(fr="Motif", en="Reason"),
        "note": Text(fr="Remarque", en="Note"),
        "value": Text(fr="Repère", en="Clue"),
        "lines": Text(fr="Lignes", en="Lines"),
        "new": Text(fr="Nouvelles", en="New"),
        "account": Text(fr="Compte", en="Account"),
        "name": Text(fr="Nom dans le fichier", en="Name in the file"),
    },
)
