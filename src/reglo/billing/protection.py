"""What the database itself refuses to change of documents, seals and answers: see `journal.protection`."""

from reglo.journal.protection import FixedOnce, Protection, WrittenOnce

_WRITTEN_ONCE = (
    WrittenOnce(
        "billing_invoice",
        "an issued invoice never changes: correct it by a credit note",
        (("organisation_id", "number"), ("series_id", "sequence_year", "sequence"), ("draft_id",)),
    ),
    WrittenOnce("billing_invoicefile", "the files of an invoice never change", (("invoice_id", "kind"),)),
    WrittenOnce("billing_seal", "seals never change", (("organisation_id", "sequence"), ("invoice_id", "kind"))),
    WrittenOnce("billing_pagelook", "the look of issued invoices never changes", (("organisation_id", "sha256"),)),
    WrittenOnce("billing_quoteanswer", "the answer to a quote never changes", (("quote_id",),)),
    WrittenOnce("terms_agreementanswer", "the answer to an agreement never changes", ()),
)
_FIXED_ONCE = (
    FixedOnce(
        "billing_quote",
        "a quote that was sent never changes: make a copy of it",
        "OLD.document IS NOT NULL",
        (
            "organisation_id",
            "customer_id",
            "number",
            "title",
            "content",
            "valid_until",
            "quote_date",
            "agreement_id",
            "currency",
            "net_minor",
            "gross_minor",
            "document",
            "document_sha256",
        ),
    ),
    FixedOnce(
        "terms_termsagreement",
        "an agreement that was sent never changes: make a new version of it",
        "OLD.sha256 <> ''",
        (
            "organisation_id",
            "customer_id",
            "version",
            "terms",
            "sector",
            "text_fr",
            "text_en",
            "sha256",
            "conditions_id",
            "created_at",
        ),
    ),
)

PROTECTION = Protection(function="billing_refuse", written_once=_WRITTEN_ONCE, fixed_once=_FIXED_ONCE)

missing_triggers = PROTECTION.missing
"""The triggers of these that the database has lost."""
