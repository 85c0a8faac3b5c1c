"""The text of a bank file: UTF-8 where the bytes are, else Windows-1252, which banks mean by "ANSI" and "Latin-1"."""

_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


def text_of(data: bytes, stated: str = "") -> str:
    """The text of `data`, never failing: a name spoilt by a wrong character is worth less than the payment beside it.

    stated: the encoding that the file names itself, which counts unless the bytes are UTF-8.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, errors="replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode(stated or "cp1252", errors="replace")
