"""How the house is wired: no business here. What an operator may set stands in `env.py`."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from csp.constants import NONCE, NONE, SELF  # noqa: F401
from django.utils.translation import gettext_lazy as _

from . import env as _env
from .rooms import ROOMS

ENV = _env.read()
BASE = Path(__file__).resolve().parent.parent
CHARTERS = BASE / "charters" if (BASE / "charters").is_dir() else BASE / "hemicycle" / "_charters"
HOME = ENV.home
DEMONSTRATION = ENV.demonstration

SECRET_KEY = _env.secret_key(ENV)
DEBUG = False
ALLOWED_HOSTS = ["localhost", "127.0.0.1", ENV.host]
CSRF_TRUSTED_ORIGINS = [ENV.origin]
SECURE = ENV.origin.startswith("https://")

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "django_htmx",
    "django_cotton",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django_tasks",
    "django_tasks_db",
    *(f"hemicycle.{room}" for room in ROOMS),
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "hemicycle.web.middleware.HeadersMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "hemicycle.web.middleware.WithheldOriginMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "hemicycle.people.middleware.ActorMiddleware",
    "hemicycle.web.middleware.RefusalMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
FORM_RENDERER = "hemicycle.web.renderer.Renderer"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": False,
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django_cotton.cotton_loader.Loader",
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "builtins": ["django_cotton.templatetags.cotton"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "hemicycle.web.context.shell",
            ],
        },
    }
]
COTTON_DIR = "cotton"


def _database() -> dict[str, Any]:
    if not ENV.database_url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": HOME / "hemicycle.sqlite3",
            "CONN_MAX_AGE": 60,  # seconds; nobody puts another file there under a running server (docs/operate.md)
            "OPTIONS": {
                # IMMEDIATE: a writer queues at BEGIN instead of failing at COMMIT. FULL: an acknowledged act
                # survives a power cut. secure_delete: what is erased leaves no bytes behind. (trusted_schema stays
                # on: SQLite 3.40 calls json_valid, which Django's own constraints use, unsafe without it.)
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": (
                    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
                    "PRAGMA secure_delete=ON;"
                ),
            },
        }
    url = urlsplit(ENV.database_url)
    if url.scheme not in ("postgres", "postgresql"):
        raise _env.SettingsError("DATABASE_URL must begin with postgresql://; leave it out for SQLite.")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(url.path.lstrip("/")),
        "USER": unquote(url.username or ""),
        "PASSWORD": unquote(url.password or ""),
        "HOST": unquote(url.hostname or "")
        or dict(p.split("=", 1) for p in url.query.split("&") if "=" in p).get("host", ""),
        "PORT": url.port or "",
        "OPTIONS": {"pool": {"min_size": 1, "max_size": 8, "timeout": 20}},
    }


DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Rate limits must hold across processes, so the cache stands in the database.
# The default of 300 entries would drop limits and sign-in codes in use when many people come at once.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "web_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("fr", _("French")), ("ru", _("Russian"))]
# Named here, the rooms' own words win over those of the libraries for the same English text.
LOCALE_PATHS = [BASE / "hemicycle" / room / "locale" for room in ("rules", *ROOMS)]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Paris"  # the Assembly sits in Strasbourg

STATIC_URL = "static/"  # served from the code itself; nothing is ever collected, so there is no STATIC_ROOT
MEDIA_ROOT = HOME / "files"  # outside the web root: nothing below it is ever served by address
LOG_FOLDER = HOME / "record"  # the log as files, served as they are
LOG_KEYS = ENV.keys  # apart from the database and its backups
LOG_ORIGIN = ENV.log_origin
KEYSTORE = ENV.keystore  # in no backup of the database
KEYSTORE_BACKUP = ENV.keystore_backup
KEY_SERVICE = ENV.key_service
MASTER_KEY = _env.master_key(ENV)  # in neither
MASTER_FILE = ENV.master_file
HAS_OWN_MASTER = ENV.has_own_master
WITNESSES = ENV.witnesses
WITNESS_QUORUM = ENV.witness_quorum
TRANSLATION_PROVIDER = ENV.translation_provider  # none: no text goes to a machine
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 3600

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    }
}
SECURE_SSL_REDIRECT = False
SECURE_HSTS_SECONDS = 31536000 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE
SECURE_REFERRER_POLICY = "no-referrer"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
# No page of a neighbouring host, nor anything on an open network, can set a cookie of this name.
CSRF_COOKIE_NAME = "__Host-csrf" if SECURE else "csrftoken"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 8 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_HANDLERS = ["hemicycle.web.uploads.InMemory"]  # nothing that is sent touches a disk in the clear
FILE_UPLOAD_MAX_MEMORY_SIZE = 11 * 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o600
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

AUTH_USER_MODEL = "people.Person"
AUTH_PASSWORD_VALIDATORS: list[dict[str, Any]] = []

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(levelname)s %(name)s %(message)s"}},
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "formatter": "plain"},
        "warnings": {"class": "logging.StreamHandler", "formatter": "plain", "level": "WARNING"},
    },
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    # A page that is not there is no fault, and its address may hold a reference: it does not go into the log.
    "loggers": {
        "django.request": {"level": "ERROR"},
        # The worker says each task twice; only what goes wrong is worth a line.
        "django_tasks": {"handlers": ["warnings"], "propagate": False},
        "django_tasks_db": {"handlers": ["warnings"], "propagate": False},
    },
}

from .sign_in import *  # noqa: E402, F403
