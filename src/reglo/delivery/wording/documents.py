"""What goes with documents, terms and links."""

from collections.abc import Mapping

from reglo.core.findings import Text
from reglo.delivery.models import MessageKind
from reglo.delivery.wording.model import Wording

DOCUMENT_WORDINGS: Mapping[MessageKind, Wording] = {
    MessageKind.INVOICE: Wording(
        subject=Text(
            fr="Votre {document} – {organisation}",
            en="Your {document} – {organisation}",
        ),
        body=Text(
            fr="Bonjour {contact},\n\n"
            "Vous trouverez ci-joint votre {document} du {date}, d'un montant de {montant}.\n\n"
            "Échéance : {echeance}.\n\n"
            "Ce document est aussi en ligne : vous pouvez l'y consulter, le télécharger et nous poser une question, "
            "sans créer de compte.\n\n"
            "Merci de votre confiance,\n{organisation}",
            en="Hello {contact},\n\n"
            "Please find attached your {document} of {date}, for {amount}.\n\n"
            "Due date: {due_date}.\n\n"
            "You can also view it, download it and ask us a question online, without an account.\n\n"
            "Thank you for your trust,\n{organisation}",
        ),
        button=Text(fr="Voir le document", en="View the document"),
    ),
    MessageKind.QUOTE: Wording(
        subject=Text(fr="Votre devis {numero} – {organisation}", en="Your quote {number} – {organisation}"),
        body=Text(
            fr="Bonjour {contact},\n\n"
            "Comme convenu, voici notre devis {numero}, d'un montant de {montant}.\n"
            "Il est valable jusqu'au {validite}.\n\n"
            "Vous pouvez le consulter, choisir vos options et l'accepter en ligne, "
            "en une minute et sans créer de compte.\n\n"
            "Une question ? Répondez simplement à ce message.\n\n"
            "Bien à vous,\n{organisation}",
            en="Hello {contact},\n\n"
            "As agreed, here is our quote {number}, for {amount}.\n"
            "It is valid until {valid_until}.\n\n"
            "You can read it, choose your options and accept it online, in a minute and without an account.\n\n"
            "A question? Simply reply to this message.\n\n"
            "Kind regards,\n{organisation}",
        ),
        button=Text(fr="Consulter et répondre", en="Read and answer"),
    ),
    MessageKind.QUOTE_FOLLOW_UP: Wording(
        subject=Text(
            fr="Notre devis {numero} : avez-vous des questions ?", en="Our quote {number}: do you have any questions?"
        ),
        body=Text(
            fr="Bonjour {contact},\n\n"
            "Nous vous avons adressé le devis {numero} ({montant}) le {date}.\n"
            "Il reste valable jusqu'au {validite}.\n\n"
            "Avez-vous pu en prendre connaissance ? S'il manque quelque chose ou si un point doit être revu, "
            "dites-le-nous : nous l'adapterons volontiers.\n\n"
            "Bien à vous,\n{organisation}",
            en="Hello {contact},\n\n"
            "We sent you quote {number} ({amount}) on {date}.\n"
            "It remains valid until {valid_until}.\n\n"
            "Have you been able to look at it? If something is missing or should be changed, "
            "let us know: we will gladly adapt it.\n\n"
            "Kind regards,\n{organisation}",
        ),
        button=Text(fr="Consulter et répondre", en="Read and answer"),
    ),
    MessageKind.TERMS: Wording(
        subject=Text(
            fr="Nos conditions de paiement, à valider ensemble – {organisation}",
            en="Our payment terms, for your agreement – {organisation}",
        ),
        body=Text(
            fr="Bonjour {contact},\n\n"
            "Avant de commencer, mettons-nous d'accord sur les conditions de paiement : tout est écrit en clair, "
            "avec un exemple daté.\n\n"
            "Vous pouvez les accepter en ligne, ou nous proposer autre chose.\n\n"
            "Bien à vous,\n{organisation}",
            en="Hello {contact},\n\n"
            "Before we start, let us agree on the terms of payment: everything is in plain words, "
            "with a dated example.\n\n"
            "You can accept them online, or propose something else.\n\n"
            "Kind regards,\n{organisation}",
        ),
        button=Text(fr="Lire et répondre", en="Read and answer"),
    ),
    MessageKind.PORTAL_LINK: Wording(
        subject=Text(fr="Votre nouveau lien – {organisation}", en="Your new link – {organisation}"),
        body=Text(
            fr="Bonjour {contact},\n\n"
            "Voici le nouveau lien que vous avez demandé pour consulter vos documents. Il est personnel.\n\n"
            "Si vous n'avez rien demandé, vous pouvez ignorer ce message.\n\n"
            "Bien à vous,\n{organisation}",
            en="Hello {contact},\n\n"
            "Here is the new link that you asked for to see your documents. It is personal.\n\n"
            "If you did not ask for it, you may ignore this message.\n\n"
            "Kind regards,\n{organisation}",
        ),
        button=Text(fr="Ouvrir mon espace", en="Open my space"),
    ),
    MessageKind.STATEMENT: Wording(
        subject=Text(
            fr="Votre relevé de compte au {fin} – {organisation}",
            en="Your account statement at {until} – {organisation}",
        ),
        body=Text(
            fr="Bonjour {contact},\n\n"
            "Vous trouverez ci-joint le relevé de votre compte au {fin}.\n\n"
            "Reste à payer : {reste}.\n\n"
            "{paiement}\n\n"
            "Quelque chose vous paraît inexact ? Répondez simplement à ce message : nous regarderons ensemble.\n\n"
            "Bien à vous,\n{organisation}",
            en="Hello {contact},\n\n"
            "Please find attached the statement of your account at {until}.\n\n"
            "Left to pay: {to_pay}.\n\n"
            "{payment}\n\n"
            "Does something look wrong? Simply reply to this message: we will look at it together.\n\n"
            "Kind regards,\n{organisation}",
        ),
        button=Text(fr="Voir mon compte", en="See my account"),
    ),
    MessageKind.NOTICE: Wording(
        subject=Text(fr="", en=""), body=Text(fr="", en=""), button=Text(fr="Ouvrir dans Réglo", en="Open in Réglo")
    ),
}
