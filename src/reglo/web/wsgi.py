"""The application as WSGI: what the server calls."""

import os

from django.core.wsgi import get_wsgi_application

from reglo.web.threads import share_fairly

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "reglo.web.settings")
share_fairly()
application = get_wsgi_application()
