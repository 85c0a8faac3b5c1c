"""What can be refused in this room."""

from reglo.core.errors import DomainError


class AlreadyDecided(DomainError):
    """Somebody decided about the line meanwhile, or it is not there to be decided."""

    code = "line-already-decided"


class CannotSettle(DomainError):
    """The parts of a payment do not fit its amount, its customer or what is open."""

    code = "cannot-settle"


class CannotUndo(DomainError):
    """This cannot be taken back, or was already."""

    code = "cannot-undo-payment"


class PaymentRefused(DomainError):
    """A payment that cannot be: no amount, a day to come, another's account."""

    code = "payment-refused"


class FileRefused(DomainError):
    """A bank file that cannot be taken in as it is."""

    code = "bank-file-refused"
