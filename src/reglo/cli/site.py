"""What the commands of the site share: Django is loaded when one of them is called, and not before."""

import os
from importlib.util import find_spec
from typing import TYPE_CHECKING

from reglo.core.errors import DomainError
from reglo.core.findings import Text

if TYPE_CHECKING:
    from reglo.web.environment import Environment


class ServerMissing(DomainError):
    """The library is installed, the application is not."""

    code = "server-missing"


def open_site() -> "Environment":
    """Set Django up from the environment. Raises ServerMissing without it, BadSetting for a wrong variable."""
    if find_spec("django") is None:
        raise ServerMissing(
            Text(
                fr="Cette commande fait partie de l'application, qui n'est pas installée : "
                'pip install "reglo[server]" (et reglo[server,postgres] pour PostgreSQL).',
                en="This command belongs to the application, which is not installed: "
                'pip install "reglo[server]" (and reglo[server,postgres] for PostgreSQL).',
            )
        )
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "reglo.web.settings")
    import django
    from django.conf import settings

    django.setup()
    environment: Environment = settings.ENVIRONMENT
    return environment
