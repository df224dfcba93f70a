"""Settings. Everything an operator may change comes from `config.env`; everything else is the same everywhere."""

from pathlib import Path

from django.utils.translation import gettext_lazy as _

from simpul.config.env import Environment, database_from_url, file_limits, mail_from_url
from simpul.config.keyfile import development_secret
from simpul.config.logs import logging_settings

# A value that can't be read stops here (WrongSetting); a value that mustn't be is a system check (config.checks).
ENV = Environment()

PRODUCTION = ENV.choice("SIMPUL_ENVIRONMENT", "development", "production") == "production"
DEBUG = False  # the debug page shows local variables: never, not even in development
PACKAGE = Path(__file__).resolve().parent.parent
DATA = ENV.path("SIMPUL_DATA")
ERASURES = ENV.path("SIMPUL_ERASURES") if ENV.text("SIMPUL_ERASURES") else None
METRICS_TOKEN = ENV.text("SIMPUL_METRICS_TOKEN")
NODE = ENV.text("SIMPUL_NODE")
DEMO = ENV.flag("SIMPUL_DEMO")
KEY_RING = ENV.text("SIMPUL_KEY_RING")
KEY_RING_FILE = DATA / "key-ring.json"

# Weak or missing in production is a system check (config.checks), so that `simpul check` can say so in words.
SECRET_KEY = ENV.text("SIMPUL_SECRET_KEY") or ("" if PRODUCTION else development_secret(DATA / "secret-key"))
ALLOWED_HOSTS = ENV.words("SIMPUL_HOSTS") or ([] if PRODUCTION else ["127.0.0.1", "localhost", "[::1]", "testserver"])
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ENV.words("SIMPUL_HOSTS")]

INSTALLED_APPS = [
    "simpul.records",
    "simpul.audit",
    "simpul.vault",
    "simpul.accounts",
    "simpul.territory",
    "simpul.search",
    "simpul.threads",
    "simpul.notices",
    "simpul.documents",
    "simpul.interop",
    "simpul.organisations",
    "simpul.people",
    "simpul.access",
    "simpul.deadlines",
    "simpul.cases",
    "simpul.activities",
    "simpul.releases",
    "simpul.results",
    "simpul.offline",
    "simpul.demo",
    "simpul.api",
    "simpul.web",
    "simpul.config",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_tasks",
    "django_tasks_db",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "simpul.config.watching.Watching",
    "simpul.config.access_log.AccessLog",
    "django.middleware.security.SecurityMiddleware",
    "simpul.web.middleware.csp.ContentSecurityPolicy",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "simpul.api.middleware.ApiRequests",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "simpul.web.middleware.language.Language",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "simpul.web.middleware.idle.IdleSessions",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "simpul.web.middleware.actor.CurrentActor",
    "simpul.web.middleware.errors.DomainErrors",
]

ROOT_URLCONF = "simpul.config.urls"
WSGI_APPLICATION = "simpul.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "web" / "templates", *sorted((PACKAGE / "web").glob("*/templates"))],
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    ["django.template.loaders.filesystem.Loader", "django.template.loaders.app_directories.Loader"],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "simpul.web.context.page",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.l10n",
                "django.templatetags.static",
                "simpul.web.templatetags.formats",
                "simpul.web.templatetags.simpul",
            ],
        },
    }
]

if ENV.text("SIMPUL_DATABASE_URL"):
    DATABASES = {"default": database_from_url(ENV.text("SIMPUL_DATABASE_URL"))}
else:
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": DATA / "simpul.sqlite3",
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-32000;",
            },
        }
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["simpul.accounts.backends.ActiveUsers"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "/masuk/"
LOGIN_REDIRECT_URL = "/"
# allauth keeps authenticators and recovery codes; the pages and the order of steps are web.accounts' own.
ACCOUNT_USER_MODEL_USERNAME_FIELD = "handle"
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
MFA_ADAPTER = "simpul.accounts.adapters.SealedSecrets"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]

SESSION_ENGINE = "simpul.accounts.session_store"
SESSION_COOKIE_NAME = "simpul"
SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "simpul.web.errors.forged"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = PRODUCTION
SECURE_HSTS_SECONDS = 31_536_000 if PRODUCTION else 0
BEHIND_PROXY = ENV.flag("SIMPUL_PROXY")
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
X_FRAME_OPTIONS = "DENY"

API_REQUESTS_PER_MINUTE = {"token": 600, "public": 300}  # of the public by address: a village may share one

LANGUAGE_CODE = "id"
LANGUAGES = [("id", _("Bahasa Indonesia")), ("en", _("English"))]
LANGUAGE_COOKIE_NAME = "bahasa"
LOCALE_PATHS = sorted(PACKAGE.glob("**/locale"))
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATICFILES_DIRS = [PACKAGE / "web" / "static"]
STATIC_ROOT = DATA / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": DATA / "files"}},
    "staticfiles": {"BACKEND": "simpul.web.assets.Assets"},
}
# Nothing sent is ever spooled: logos are held in memory, documents sealed as they arrive (web.documents.uploads).
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
FILE_LIMITS = file_limits(ENV.words("SIMPUL_FILE_MB"))
PICTURE_PIXELS = 40_000_000

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
MAIL_LEAVES = bool(ENV.text("SIMPUL_EMAIL_URL"))
if MAIL_LEAVES:
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    mail = mail_from_url(ENV.text("SIMPUL_EMAIL_URL"))
    EMAIL_HOST, EMAIL_PORT, EMAIL_USE_TLS, EMAIL_USE_SSL = mail.host, mail.port, mail.starttls, mail.tls
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = mail.user, mail.password
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = DATA / "mail"
EMAIL_TIMEOUT = 20
# Where mail that nobody asked for a minute ago leads to, and whom it is from.
SITE = f"https://{ENV.words('SIMPUL_HOSTS')[0]}" if ENV.words("SIMPUL_HOSTS") else "http://127.0.0.1:8000"
DEFAULT_FROM_EMAIL = ENV.text("SIMPUL_EMAIL_FROM") or f"simpul@{SITE.partition('://')[2].partition(':')[0]}"
MESSAGE_GATEWAY_URL = ENV.text("SIMPUL_MESSAGE_GATEWAY_URL")
MESSAGE_GATEWAY_TOKEN = ENV.text("SIMPUL_MESSAGE_GATEWAY_TOKEN")

LOGGING = logging_settings(pages=PRODUCTION)
