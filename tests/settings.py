"""Settings of the tests: those of the site, with what must be quick and quiet."""

import os

os.environ.setdefault("REGLO_SECRET_KEY", "of-the-tests-only-and-long-enough-to-be-one")
os.environ.setdefault("REGLO_DATABASE", "sqlite::memory:")
os.environ.setdefault("REGLO_DEBUG", "")

from reglo.web.settings import *  # noqa: F403
from reglo.web.settings import DATABASES

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
if "postgresql" in DATABASES["default"]["ENGINE"]:  # no test pulls the plug of the server
    DATABASES["default"]["OPTIONS"]["options"] += " -c synchronous_commit=off"
