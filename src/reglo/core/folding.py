"""Text as one searches for it: without accents, in lower case."""

import unicodedata

_SPELT_OUT = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l", "đ": "d", "’": "'"})


def folded(text: str) -> str:
    """`text` without accents, in lower case, with single spaces: "Société Œuvrière" is "societe oeuvriere"."""
    lower = unicodedata.normalize("NFKC", text).casefold().translate(_SPELT_OUT)
    bare = "".join(sign for sign in unicodedata.normalize("NFKD", lower) if not unicodedata.combining(sign))
    return " ".join(bare.split())
