"""Writing messages, delivering them, following them; links to the portal: the only code that writes these rows."""

from reglo.delivery.services.answers import tell_of_quote_answer, tell_of_recent_answers, tell_of_terms_answer
from reglo.delivery.services.delivering import deliver_message
from reglo.delivery.services.links import link_for, revoke_links, see_link, send_new_link
from reglo.delivery.services.outbox import UNDO_TIME, cancel_message, retry_message
from reglo.delivery.services.sending import (
    send_invoice,
    send_notice,
    send_quote,
    send_quote_follow_up,
    send_terms,
)
from reglo.delivery.services.templates import reset_template, save_template
from reglo.delivery.services.tracking import note_bounced, note_delivered, note_opened

__all__ = [
    "UNDO_TIME",
    "cancel_message",
    "deliver_message",
    "link_for",
    "note_bounced",
    "note_delivered",
    "note_opened",
    "reset_template",
    "retry_message",
    "revoke_links",
    "save_template",
    "see_link",
    "send_invoice",
    "send_new_link",
    "send_notice",
    "send_quote",
    "send_quote_follow_up",
    "send_terms",
    "tell_of_quote_answer",
    "tell_of_recent_answers",
    "tell_of_terms_answer",
]
