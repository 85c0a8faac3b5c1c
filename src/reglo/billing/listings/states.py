"""Kinds and states of documents in words and colours."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from reglo.billing.forms.choices import KINDS
from reglo.core.composition import DocumentKind

KIND_COLOURS: Mapping[DocumentKind, str] = {
    DocumentKind.INVOICE: "blue",
    DocumentKind.DEPOSIT: "purple",
    DocumentKind.CREDIT_NOTE: "orange",
    DocumentKind.CORRECTIVE: "yellow",
}


def kind_badge(kind: str) -> tuple[str | Promise, str]:
    """The kind of a document in a word, and its colour."""
    known = DocumentKind(kind)
    return KINDS[known], KIND_COLOURS[known]


DELETED: tuple[str | Promise, str] = (_("Deleted"), "secondary")
