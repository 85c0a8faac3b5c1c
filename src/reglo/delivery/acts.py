"""What the acts on messages and portal links are called in the journal."""

from reglo.core.findings import Text
from reglo.journal.wording import tell

tell(
    {
        "message-queued": Text(fr="{who} a mis en envoi le message {what}", en="{who} queued the message {what}"),
        "message-sent": Text(fr="Le message {what} est parti", en="The message {what} was sent"),
        "message-failed": Text(fr="Le message {what} n'a pas pu partir", en="The message {what} could not be sent"),
        "message-bounced": Text(fr="Le message {what} est revenu", en="The message {what} bounced"),
        "message-retried": Text(
            fr="{who} a relancé l'envoi du message {what}", en="{who} had the message {what} sent again"
        ),
        "message-cancelled": Text(fr="{who} a annulé le message {what}", en="{who} cancelled the message {what}"),
        "template-changed": Text(
            fr="{who} a modifié le modèle de message {what}", en="{who} changed the message template {what}"
        ),
        "template-reset": Text(
            fr="{who} est revenu au modèle de message d'origine {what}",
            en="{who} went back to the original message template {what}",
        ),
        "portal-link-revoked": Text(
            fr="{who} a révoqué les liens du portail de {what}", en="{who} revoked the portal links of {what}"
        ),
        "invoice-opened": Text(fr="{who} a ouvert la facture {what}", en="{who} opened the invoice {what}"),
        "quote-opened": Text(fr="{who} a ouvert le devis {what}", en="{who} opened the quote {what}"),
        "agreement-opened": Text(fr="{who} a ouvert les conditions {what}", en="{who} opened the terms {what}"),
        "question-asked": Text(fr="{who} a posé une question sur {what}", en="{who} asked a question about {what}"),
    },
    fields={
        "subject": Text(fr="Objet", en="Subject"),
        "body": Text(fr="Message", en="Message"),
        "to": Text(fr="Destinataire", en="Recipient"),
        "text": Text(fr="Question", en="Question"),
        "links": Text(fr="Liens révoqués", en="Links revoked"),
        "language": Text(fr="Langue", en="Language"),
    },
)
