"""Settings that cannot be used."""

from reglo.core.errors import DomainError
from reglo.core.findings import Text


class BadSetting(DomainError):
    """A variable of the environment that cannot be used: which, why, and how to mend it."""

    code = "bad-setting"
    is_lasting = True

    def __init__(self, variable: str, *, reason: Text, mend: Text) -> None:
        super().__init__(
            Text(fr=f"{variable} : {reason.fr} {mend.fr}", en=f"{variable}: {reason.en} {mend.en}"), field=variable
        )
