"""From the French account number (*RIB*: bank, branch, account) to its IBAN."""

import re
from functools import lru_cache

_ACCOUNT = re.compile("[0-9]{5} [0-9]{5} [0-9A-Z]{11}")
#: Letters count as the digit below which they stand: A and J are 1, B, K and S are 2 …
_LETTERS = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "12345678912345678923456789")


@lru_cache(maxsize=256)
def french_iban(bank: str, branch: str, account: str) -> str:
    """The IBAN of a French account, with RIB key and check digits; "" where a part is missing or has another length.

    An account in Monaco has the same parts and another country: its IBAN is not told by a file of CFONB.
    """
    if not _ACCOUNT.fullmatch(f"{bank} {branch} {account}") or branch == "00000":
        return ""
    number = int(account.translate(_LETTERS))
    key = 97 - (89 * int(bank) + 15 * int(branch) + 3 * number) % 97
    bban = f"{bank}{branch}{account}{key:02d}"
    digits = "".join(str(int(each, 36)) for each in f"{bban}FR00")
    return f"FR{98 - int(digits) % 97:02d}{bban}"
