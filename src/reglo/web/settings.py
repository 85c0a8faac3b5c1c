"""Django's settings, made from the environment that `reglo.web.environment` reads."""

from pathlib import Path

from reglo.web.environment import read_environment

ENVIRONMENT = read_environment()

SECRET_KEY = ENVIRONMENT.secret_key
DEBUG = ENVIRONMENT.debug
ALLOWED_HOSTS = ENVIRONMENT.hosts
CSRF_TRUSTED_ORIGINS = [ENVIRONMENT.url]
PUBLIC_URL = ENVIRONMENT.url
SECRETS = ENVIRONMENT.secrets  # what no log and no stored message may hold
IS_SIGNUP_OPEN = ENVIRONMENT.is_signup_open
TRUSTED_PROXIES = ENVIRONMENT.trusted_proxies
METRICS_TOKEN = ENVIRONMENT.metrics_token

_ROOMS = (
    "accounts",
    "journal",
    "jobs",
    "organisations",
    "charts",
    "lists",
    "imports",
    "customers",
    "products",
    "terms",
    "ledger",
    "billing",
    "delivery",
    "banking",
    "collection",
    "forecast",
    "negotiation",
    "reporting",
    "portal",
    "web",
)

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    *(f"reglo.{room}" for room in _ROOMS),
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    *(["django_rq"] if "url" in ENVIRONMENT.tasks["OPTIONS"] else []),
]

MIDDLEWARE = [
    "reglo.web.proxies.ProxyMiddleware",
    "reglo.web.request_log.RequestLogMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "reglo.accounts.middleware.LanguageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "reglo.accounts.middleware.SessionActivityMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "reglo.web.middleware.SecurityHeadersMiddleware",
    "reglo.web.middleware.FragmentLoginMiddleware",
    "reglo.web.middleware.DomainErrorMiddleware",
]

ROOT_URLCONF = "reglo.web.urls"
WSGI_APPLICATION = "reglo.web.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["reglo.web.templatetags.reglo"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "reglo.web.context.shell",
            ],
        },
    },
]

DATABASES = {"default": ENVIRONMENT.database}

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_REDIRECT_URL = "/"
LOGIN_URL = "account_login"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
# An address is verified before the first log-in, which also hides who has an account; but where no mail server is set,
# the founder must get in all the same.
ACCOUNT_EMAIL_VERIFICATION = "optional" if "console" in ENVIRONMENT.email.backend else "mandatory"
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = True  # in the browser that made the account
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_ADAPTER = "reglo.accounts.adapter.AccountAdapter"
MFA_TOTP_ISSUER = "Réglo"
MFA_FORMS = {
    "add_webauthn": "reglo.accounts.second_factor.AddKeyForm",
    "edit_webauthn": "reglo.accounts.second_factor.EditKeyForm",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEBUG
USERSESSIONS_TRACK_ACTIVITY = False  # `SessionActivityMiddleware` does, less often

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = ENVIRONMENT.is_secure
CSRF_COOKIE_SECURE = ENVIRONMENT.is_secure
CSRF_COOKIE_HTTPONLY = True
CSRF_USE_SESSIONS = False
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 31_536_000 if ENVIRONMENT.is_secure else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = ENVIRONMENT.is_secure
SECURE_HSTS_PRELOAD = ENVIRONMENT.is_secure
SECURE_SSL_REDIRECT = ENVIRONMENT.is_secure
SECURE_REDIRECT_EXEMPT = [r"^(healthz|readyz|metrics)$"]  # asked from within, by http
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None
X_FRAME_OPTIONS = "SAMEORIGIN"  # the editor shows the PDF of its own site beside the form

USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Paris"
LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", "Français"), ("en", "English")]

STATIC_URL = "/static/"
STATIC_ROOT = Path(__file__).parent / "static-built"  # `make pages` fills it
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "reglo.web.storage.StaticFilesStorage"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True

DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000  # an invoice of a thousand lines

EMAIL_BACKEND = ENVIRONMENT.email.backend
EMAIL_HOST = ENVIRONMENT.email.host
EMAIL_PORT = ENVIRONMENT.email.port
EMAIL_HOST_USER = ENVIRONMENT.email.user
EMAIL_HOST_PASSWORD = ENVIRONMENT.email.password
EMAIL_USE_TLS = ENVIRONMENT.email.starttls
EMAIL_USE_SSL = ENVIRONMENT.email.tls
EMAIL_FILE_PATH = ENVIRONMENT.email.folder
EMAIL_TIMEOUT = ENVIRONMENT.email.timeout
DEFAULT_FROM_EMAIL = ENVIRONMENT.sender
ANYMAIL = ENVIRONMENT.email.anymail

TASKS = {"default": {**ENVIRONMENT.tasks, "OPTIONS": {}}}
RQ_QUEUES = {"default": {"URL": ENVIRONMENT.tasks["OPTIONS"].get("url", ""), "DEFAULT_TIMEOUT": -1}}
CACHES = {"default": ENVIRONMENT.cache}

TEST_RUNNER = "django.test.runner.DiscoverRunner"
SILENCED_SYSTEM_CHECKS = ["security.W019"]  # frames of our own site: the PDF beside the editor
LOGGING_CONFIG = "reglo.web.logs.set_up_logs"
LOGGING = {"format": ENVIRONMENT.log}
