"""Sign-in: allauth with passkeys first. No password, no third party, no network address kept (people/adapters.py)."""

from . import env as _env

_ENV = _env.read()

AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "/sign-in/"
LOGIN_REDIRECT_URL = "/desk/"
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend" if _ENV.smtp_url else "django.core.mail.backends.locmem.EmailBackend"
DEFAULT_FROM_EMAIL = _ENV.mail_from
