"""A message that goes by post: its PDF is made once, and kept with its hash."""

import hashlib
import re
from datetime import date

from reglo.collection.models import StepTaken
from reglo.collection.queries.facts import chosen_contact
from reglo.collection.services.letters.formal_notice import formal_notice
from reglo.collection.services.letters.parts import address_of, due_grid, paper
from reglo.collection.services.reminders import issue_dates, reminder_letter
from reglo.core.collection import Message, Tone, act_in_words
from reglo.customers.models import Contact, Customer
from reglo.delivery.composing import words_of
from reglo.delivery.variables import TABLE, fill
from reglo.formats.pdf import render_paper
from reglo.formats.pdf.papers import Paper

_PARAGRAPHS = re.compile(r"\n\s*\n")


def write_letter(step: StepTaken, message: Message, customer: Customer, *, today: date) -> StepTaken:
    """Make the letter of a step and keep it, in the caller's transaction; a person posts it."""
    step.letter = letter_pdf(message, customer, today=today)
    step.letter_sha256 = hashlib.sha256(step.letter).hexdigest()
    step.save(update_fields=["letter", "letter_sha256"])
    return step


def letter_pdf(message: Message, customer: Customer, *, today: date) -> bytes:
    """The letter of a message as it would be posted today."""
    written = formal_notice if message.tone is Tone.FORMAL_NOTICE else _ordinary
    return render_paper(written(message, customer, today=today), written=today)


def _ordinary(message: Message, customer: Customer, *, today: date) -> Paper:
    """The words of the e-mail, on paper."""
    contact = _somebody(customer)
    letter = reminder_letter(message, customer, contact)
    words = words_of(customer.organisation, letter.kind, message.language)
    body = fill(words.body.replace("\r\n", "\n"), letter.kind, letter.values).strip()
    grid = due_grid(message.items, issue_dates(message.items, customer), message.language)
    blocks = [grid if part.strip() == TABLE else part for part in _PARAGRAPHS.split(body)]
    if grid not in blocks:
        blocks.append(grid)
    title = act_in_words(message.tone).in_language(message.language)
    return paper(
        customer.organisation,
        language=message.language,
        title=title,
        recipient=address_of(customer, contact if contact.pk else None),
        subject=fill(words.subject, letter.kind, letter.values),
        written=today,
        blocks=blocks,
    )


def _somebody(customer: Customer) -> Contact:
    """Who is greeted; the firm itself where nobody is known."""
    return chosen_contact(customer) or Contact(customer=customer, name="")
