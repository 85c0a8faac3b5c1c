"""The structured creditor reference: ISO 11649."""

_LONGEST = 21


def creditor_reference(number: str) -> str | None:
    """The RF reference that stands for an invoice number: "F2026-0001" gives RF, two check digits, F20260001.

    Letters and digits only; None where fewer than 1 or more than 21 remain, so that two invoices never share one by
    being cut. Check digits by ISO 7064 mod 97-10, as for an IBAN.
    """
    body = "".join(each for each in number.upper() if each.isascii() and each.isalnum())
    if not 1 <= len(body) <= _LONGEST:
        return None
    digits = "".join(str(int(each, 36)) for each in f"{body}RF00")
    return f"RF{98 - int(digits) % 97:02d}{body}"
