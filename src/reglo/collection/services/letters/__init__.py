"""What goes on paper: letters, the formal notice, notes of penalties, the file for the court."""

from reglo.collection.services.letters.court_file import court_file
from reglo.collection.services.letters.formal_notice import formal_notice
from reglo.collection.services.letters.penalty_note import penalty_note
from reglo.collection.services.letters.writing import letter_pdf, write_letter

__all__ = ["court_file", "formal_notice", "letter_pdf", "penalty_note", "write_letter"]
