"""What the house says to a mail server, and what it makes of each answer: a server on a socket, spoken to by Django's own."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from typing import Any

import pytest

from hemicycle.notices import outbox
from hemicycle.notices.models import Dispatch, Stage
from hemicycle.people.models import Person
from hemicycle.record import clock

from ..cast import Cast
from .test_outbox import MINUTE, SOON, addressed, after, mail_to, stage

Say = Callable[[str], str]
OK = {
    "EHLO": "250 here",
    "RSET": "250 ok",
    "MAIL": "250 ok",
    "RCPT": "250 ok",
    "DATA": "354 go on",
    ".": "250 taken",
    "QUIT": "221 bye",
}


class Server:
    """Answers each word of a session as `says` has it; an empty answer breaks off. `heard` keeps what was sent."""

    def __init__(self, **says: str) -> None:
        self.says = {**OK, **says}
        self.heard: list[str] = []
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self) -> None:
        connected, _address = self.socket.accept()
        with connected, connected.makefile("rw", newline="\r\n") as line:
            self.answer(line, "220 ready")
            is_text = False
            for said in line:
                self.heard.append(said.rstrip())
                word = "." if is_text else said[:4].strip().upper()
                if is_text and said.rstrip() != ".":
                    continue
                is_text = word == "DATA" and self.says["DATA"].startswith("354")
                if not self.says[word]:
                    return
                self.answer(line, self.says[word])

    def answer(self, line: Any, text: str) -> None:
        line.write(f"{text}\r\n")
        line.flush()


@pytest.fixture
def nadia(cast: Cast, settings: Any) -> Iterator[Person]:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_TIMEOUT = "127.0.0.1", 5
    yield addressed(cast.nadia)


def given(settings: Any, server: Server) -> None:
    settings.EMAIL_PORT = server.port
    with closing(server.socket), after():
        outbox.deliver_due.call()


def test_a_mail_is_given_over_with_nothing_in_its_head_but_what_must_be(nadia: Person, settings: Any) -> None:
    mail, server = mail_to(nadia), Server()
    given(settings, server)
    assert stage(mail) is Stage.SENT
    text = "\n".join(server.heard)
    assert (
        f"RCPT TO:<{nadia.email}>".lower() in text.lower()
        and f"Message-ID: <{mail.message}@localhost>" in text
    )
    head = text[text.index("\ndata\n") + 1 : text.index("\n\n")]
    names = {line.split(":")[0] for line in head.splitlines()[1:] if ":" in line and line[0] != " "}
    assert names == {
        "Content-Type", "MIME-Version", "Content-Transfer-Encoding", "Subject", "From", "To", "Date", "Message-ID",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("says", "is_now"),
    [
        ({"RCPT": "550 nobody"}, Stage.REFUSED),
        ({"MAIL": "554 no"}, Stage.REFUSED),
        ({".": "554 spam"}, Stage.REFUSED),
        ({"RCPT": "450 later"}, Stage.WAITING),
        ({".": "451 later"}, Stage.WAITING),
        ({"EHLO": ""}, Stage.UNKNOWN),  # too careful: Django says it together with the mail
        ({"DATA": ""}, Stage.UNKNOWN),
        ({".": ""}, Stage.UNKNOWN),
        ({"QUIT": ""}, Stage.SENT),
    ],
    ids=str,
)
def test_each_answer_leads_where_it_must(
    nadia: Person, settings: Any, says: dict[str, str], is_now: Stage
) -> None:
    mail = mail_to(nadia)
    given(settings, Server(**says))
    assert stage(mail) is is_now
    assert str(nadia.email) not in str(Dispatch.objects.values().get())


def test_where_nobody_listens_the_mail_waits(nadia: Person, settings: Any) -> None:
    mail = mail_to(nadia)
    with closing(socket.create_server(("127.0.0.1", 0))) as gone:
        settings.EMAIL_PORT = gone.getsockname()[1]
    with after():
        outbox.deliver_due.call()
        assert Dispatch.objects.get().due_at == clock.now() + MINUTE
    assert stage(mail, SOON) is Stage.WAITING
