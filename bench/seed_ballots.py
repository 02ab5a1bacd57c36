"""Run by ballots.py in the environment of its server: `seed NUMBER` founds and opens two votes, `close REFERENCE` counts it.

Both print one line of JSON. Sessions are written as rows: 400 sign-ins with passkeys are another measurement.
"""

from __future__ import annotations

import json
import os
import sys
import time
import uuid
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.test import RequestFactory  # noqa: E402

from bench import bare  # noqa: E402
from hemicycle.assembly import founding  # noqa: E402
from hemicycle.assembly.queries import RollMember  # noqa: E402
from hemicycle.people import queries as people  # noqa: E402
from hemicycle.people.models import Person  # noqa: E402
from hemicycle.people.signing import PeopleSigner  # noqa: E402
from hemicycle.record import clock  # noqa: E402
from hemicycle.record.models import Entry  # noqa: E402
from hemicycle.rules.findings import Unmet  # noqa: E402
from hemicycle.rules.procedure import Office  # noqa: E402
from hemicycle.voting import actions, queries  # noqa: E402
from hemicycle.voting.models import Vote  # noqa: E402
from hemicycle.web import signing  # noqa: E402
from tests.passkeys import Passkey  # noqa: E402

CHOICES = ("for", "for", "against", "abstention")
CHARTER = Path(__file__).resolve().parent.parent / "charters" / "pace-2025" / "1.0.toml"


def seed(number: int) -> dict[str, object]:
    clerks = [founding.Clerk("Anna Lindqvist"), founding.Clerk("Bruno Castellane")]
    made = founding.found(CHARTER, clerks)
    clerk = people.actor(made.clerks[0].person)
    with transaction.atomic():
        voters = [
            Person.objects.create_person(name=f"Invented Member {i}", created_at=clock.now())
            for i in range(number)
        ]
        sessions = [session(person) for person in voters]
        question = {f"question_{code}": "Is the list ratified?" for code in ("en", "fr", "ru")}
        roll = [RollMember(person.pk, person.name, "representative", "XX", "") for person in voters]
        votes = [Vote(body="assembly", **question) for _ in range(2)]
        for vote in votes:
            actions.call_vote(vote, clerk, roll=roll)
            actions.open_vote(vote, clerk)
        with connection.cursor() as cursor:
            cursor.execute(bare.CREATE[connection.vendor])
        forms = [
            [form(person, vote, CHOICES[i % len(CHOICES)]) for i, person in enumerate(voters)]
            for vote in votes
        ]
    return {"votes": [vote.reference for vote in votes], "sessions": sessions, "forms": forms}


def form(person: Person, vote: Vote, choice: str) -> dict[str, str]:
    """The form of a ballot as the page "check your vote" leaves it, signed with a passkey in software."""
    request = RequestFactory().get("/")
    request.user = person
    once = uuid.uuid4().hex
    key = Passkey().give_to(person)
    given = {"issue": vote.issue, "choice": choice}
    said = signing.statement(actions.cast, vote, given, seen=None, once=once)
    return {
        "once": once,
        **{k: str(v) for k, v in given.items()},
        "act": "cast",
        **key.signed(PeopleSigner().ask(request, said)),
    }


def session(person: Person) -> str:
    """A session as a sign-in with a passkey leaves it."""
    store = SessionStore()
    store["_auth_user_id"] = str(person.pk)
    store["_auth_user_backend"] = "allauth.account.auth_backends.AuthenticationBackend"
    store["_auth_user_hash"] = person.get_session_auth_hash()
    store["account_authentication_methods"] = [
        {"method": "mfa", "type": "webauthn", "at": time.time(), "passwordless": True}
    ]
    store["people.renewed"] = time.time()
    store.save()
    return str(store.session_key)


def close(reference: str) -> dict[str, object]:
    vote = Vote.objects.get(reference=reference)
    holder = people.holders(Office.SECRETARIAT).first()
    assert holder is not None
    try:
        actions.close(vote, people.actor(holder))
    except Unmet as error:
        # A ballot was lost, and before the charter's least time only a full roll is closed (7.5): the tables tell.
        print(error, file=sys.stderr)
    outcome = queries.outcome_of(vote)
    return {
        "ballots": vote.ballots.count(),
        "lines": vote.roll.filter(has_voted=True).count(),
        "entries": Entry.objects.filter(matter=reference, act="cast").count(),
        "outcome": outcome and [outcome.votes_for, outcome.votes_against, outcome.abstentions],
        "carried": outcome and outcome.carried,
    }


if __name__ == "__main__":
    answer = seed(int(sys.argv[2])) if sys.argv[1] == "seed" else close(sys.argv[2])
    print(json.dumps(answer))
