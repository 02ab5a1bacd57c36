"""Work outside the request: sending a sign-in code takes as long whether or not the address is known."""

from __future__ import annotations

from smtplib import SMTPException

from django.conf import settings
from django.core.cache import cache
from django.core.mail import EmailMessage
from django.utils import translation
from django.utils.translation import gettext as _
from django_tasks import task

from . import keeping, phrases, queries
from .models import Person, address_digest

MAIL_CODE_SECONDS = 15 * 60
TRIES = 5


class Undelivered(Exception):
    """The mail server did not take a message."""


@task()  # type: ignore[untyped-decorator]
def send_sign_in_code(process: str, sealed_address: str) -> None:
    """Mail a code to a known address that may use one; for any other address, do nothing."""
    address = keeping.unseal("address", sealed_address)
    person = Person.objects.filter(email_digest=address_digest(address)).first()
    if person is None or not queries.may_use_mail_code(person):
        return
    code = phrases.code(phrases.MAIL_CODE_LENGTH)
    remember(process, person, code)
    send(person.email or "", person.language, code)


@task()  # type: ignore[untyped-decorator]
def send_address_code(process: str, sealed_address: str, reference: str) -> None:
    """Mail a code to a new address of a signed-in person, who proves with it that the address is the own
    one."""
    person = Person.objects.get(reference=reference)
    code = phrases.code(phrases.MAIL_CODE_LENGTH)
    remember(process, person, code)
    send(keeping.unseal("address", sealed_address), person.language, code)


def remember(process: str, person: Person, code: str) -> None:
    """Keep whose code it is, under a digest of the process that asked for it, for a quarter of an hour."""
    kept = {"person": person.pk, "digest": keeping.digest("mail", phrases.plain_code(code)), "tries": TRIES}
    cache.set(_place(process), kept, MAIL_CODE_SECONDS)


def redeem(process: str, typed: str) -> Person | None:
    """The person who was sent this code in this process. A code counts once; five wrong tries end it."""
    kept = cache.get(_place(process))
    if kept is None:
        return None
    if kept["digest"] == keeping.digest("mail", phrases.plain_code(typed)):
        cache.delete(_place(process))
        return Person.objects.filter(pk=kept["person"]).first()
    kept["tries"] -= 1
    if kept["tries"] > 0:
        cache.set(_place(process), kept, MAIL_CODE_SECONDS)
    else:
        cache.delete(_place(process))
    return None


def send(address: str, language: str, code: str) -> None:
    """The only mail with content: a code. Sender and subject are neutral (procedure 1.5)."""
    with translation.override(language):
        message = EmailMessage(
            _("Your code"),
            _(
                "Your code: %(code)s\n\nIt is good for 15 minutes. If you did not ask for it, you need do nothing."
            )
            % {"code": code},
            settings.DEFAULT_FROM_EMAIL,
            [address],
        )
        try:
            message.send()
        except SMTPException as error:
            # The failure is kept beside the task, and the server's words may repeat the address: keep neither.
            raise Undelivered(type(error).__name__) from None


def _place(process: str) -> str:
    return f"people.mail.{keeping.digest('process', process)}"
