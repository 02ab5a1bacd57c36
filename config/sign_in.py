"""Sign-in: passkeys first. No password, no third party, no network address kept (people/adapters.py)."""

from django.urls import reverse_lazy

from . import env as _env

_ENV = _env.read()

AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = reverse_lazy("sign-in")
LOGIN_REDIRECT_URL = reverse_lazy("home")
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if _ENV.smtp_url else 'locmem'}.EmailBackend"
globals().update(_env.mail_server(_ENV))  # EMAIL_HOST and what belongs to it
DEFAULT_FROM_EMAIL = _ENV.mail_from
EMAIL_TIMEOUT = 30  # seconds; a mail that was begun is called lost after ten minutes (notices)
MAIL_GOES = bool(_ENV.smtp_url) or _ENV.demonstration  # else letters are read after sign-in only

WRAP_ROUNDS = (
    1_000 if _ENV.demonstration else 600_000
)  # of PBKDF2, between a receipt phrase and the key that it opens
# Passkeys are bound to this host name, whatever name a request says it came for.
SIGN_IN_HOST = _ENV.host

ACCOUNT_ADAPTER = "hemicycle.people.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
# Counted per daily pseudonym of a network address, or per keyed digest; kept in the database, so that they hold for
# all processes, and forgotten when the period is over. A whole hall may sign in behind one address, so that nobody
# in it must be able to shut the others out: the limits per address are wide (phrases and codes hold 60 bits and
# more), and passkeys, which cannot be guessed, are not counted at all.
ACCOUNT_RATE_LIMITS = {
    "people_failed": "120/10m/ip",
    "people_mail": "5/15m/key,600/15m/ip",
    "statements_check": "300/15m/ip",
    "people_second": "10/10m/key",
    "people_begin": "200/h/ip",
}

MFA_ADAPTER = "hemicycle.people.adapters.MFAAdapter"
MFA_SUPPORTED_TYPES = ["webauthn", "totp", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"  # a passkey is both factors only if it knows its person
MFA_TOTP_TOLERANCE = 1
MFA_TOTP_ISSUER = "Account"  # what a telephone shows names no institution (procedure 1.4)

USERSESSIONS_TRACK_ACTIVITY = False  # no last-seen times
