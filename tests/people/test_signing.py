"""Signed acts: the signature holds for one act, these parameters, this form, this person, once, for a few minutes."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from pytest_django import Settings

from hemicycle.people import actions, demonstration
from hemicycle.people.models import Challenge, Holding, Recovery
from hemicycle.people.signing import MINUTES
from hemicycle.record import acts, clock, references
from hemicycle.record.models import Entry
from tests.cast import Browser, Cast, signature_asked
from tests.passkeys import Passkey
from tests.voting.balloting import hidden

from .test_offices import propose


@pytest.fixture
def recovery(cast: Cast) -> Recovery:
    """Asked for by one clerk; the second says how the person was seen, which is what is signed here."""
    asked = Recovery(person=cast.clara)
    actions.ask_recovery(asked, cast.actor("anna"), live_check="in_person")
    return asked


@pytest.fixture
def bruno(cast: Cast) -> Browser:
    """The second clerk, who reads the page before he signs."""
    client = cast.client("bruno")
    client.signs = False
    return client


def page_of(recovery: Recovery) -> str:
    return f"/matters/{recovery.reference}/confirm_recovery/"


def filled(client: Browser, recovery: Recovery, live_check: str = "video") -> dict[str, Any]:
    fields = hidden(client.get(page_of(recovery)).content.decode())
    return {**fields, "live_check": live_check}


def asked_of(client: Browser, recovery: Recovery, fields: dict[str, Any]) -> Any:
    page = client.post(page_of(recovery), fields)
    assert page.status_code == 200
    return signature_asked(page)


def refused(client: Browser, recovery: Recovery, fields: dict[str, Any]) -> str:
    """Nothing has changed, and what was written is still there to be signed."""
    answer = client.post(page_of(recovery), fields)
    assert answer.status_code == 422
    recovery.refresh_from_db()
    assert recovery.state == "asked"
    assert not Entry.objects.filter(act="confirm_recovery").exists()
    text = answer.content.decode()
    assert f'name="live_check" value="{fields["live_check"]}"' in text
    return text


def test_a_dangerous_act_is_shown_in_words_signed_and_taken_in_one_request(
    cast: Cast, bruno: Browser, recovery: Recovery
) -> None:
    key = Passkey().give_to(cast.bruno)
    fields = filled(bruno, recovery)
    page = bruno.post(page_of(recovery), fields)
    text = page.content.decode()
    assert "Confirm the recovery" in text and "by video, face compared" in text and recovery.reference in text
    assert not Entry.objects.filter(act="confirm_recovery").exists()
    answer = bruno.post(page_of(recovery), {**fields, **key.signed(signature_asked(page))})
    assert answer.status_code == 302
    assert Entry.objects.get(act="confirm_recovery").facts["signed"] == "passkey"
    assert not Challenge.objects.exists()


def test_a_signature_for_other_parameters_is_refused(cast: Cast, bruno: Browser, recovery: Recovery) -> None:
    key, fields = Passkey().give_to(cast.bruno), filled(bruno, recovery, "video")
    asked = asked_of(bruno, recovery, fields)
    text = refused(bruno, recovery, {**fields, "live_check": "in_person", **key.signed(asked)})
    assert "does not fit" in text


@pytest.mark.parametrize("changed", ["once", "seen"])
def test_a_signature_for_another_form_or_another_version_is_refused(
    cast: Cast, bruno: Browser, recovery: Recovery, changed: str
) -> None:
    key, fields = Passkey().give_to(cast.bruno), filled(bruno, recovery)
    asked = asked_of(bruno, recovery, fields)
    other = {"once": "f" * 32, "seen": ""}[changed]
    refused(bruno, recovery, {**fields, changed: other, **key.signed(asked)})


def test_a_signature_for_another_act_is_refused(cast: Cast, bruno: Browser, recovery: Recovery) -> None:
    key, holding = Passkey().give_to(cast.bruno), propose(cast, "quiet", "assessor")
    actions.grant(holding, cast.actor("anna"))
    address = f"/matters/{holding.reference}/confirm_grant/"
    grant = hidden(bruno.get(address).content.decode())
    asked = signature_asked(bruno.post(address, grant))
    refused(bruno, recovery, {**filled(bruno, recovery), "once": grant["once"], **key.signed(asked)})
    assert Holding.objects.get(pk=holding.pk).state == "proposed"


def test_a_signature_of_another_person_is_refused(cast: Cast, bruno: Browser, recovery: Recovery) -> None:
    Passkey().give_to(cast.bruno)
    key, fields = Passkey().give_to(cast.henri), filled(bruno, recovery)
    refused(bruno, recovery, {**fields, **key.signed(asked_of(bruno, recovery, fields))})


def test_what_another_person_was_asked_to_sign_is_refused(
    cast: Cast, bruno: Browser, recovery: Recovery
) -> None:
    key, own = Passkey().give_to(cast.bruno), propose(cast, "quiet", "assessor")
    actions.grant(own, cast.actor("bruno"))
    anna = cast.client("anna")
    anna.signs = False
    Passkey().give_to(cast.anna)
    address = f"/matters/{own.reference}/confirm_grant/"
    asked = signature_asked(anna.post(address, hidden(anna.get(address).content.decode())))
    text = refused(bruno, recovery, {**filled(bruno, recovery), **key.signed(asked)})
    assert "minutes for signing are over" in text
    assert Challenge.objects.filter(pk=asked["ticket"]).exists(), "hers is still there"


def test_a_challenge_that_was_used_is_refused(cast: Cast, bruno: Browser, recovery: Recovery) -> None:
    key, fields = Passkey().give_to(cast.bruno), filled(bruno, recovery)
    asked = asked_of(bruno, recovery, fields)
    refused(bruno, recovery, {**fields, "live_check": "in_person", **key.signed(asked)})
    text = refused(bruno, recovery, {**fields, **key.signed(asked)})
    assert "signed before" in text


def test_a_challenge_is_worth_nothing_after_a_few_minutes(
    cast: Cast, bruno: Browser, recovery: Recovery
) -> None:
    key, fields = Passkey().give_to(cast.bruno), filled(bruno, recovery)
    asked = asked_of(bruno, recovery, fields)
    with clock.set_to(clock.now() + timedelta(minutes=MINUTES)):
        refused(bruno, recovery, {**fields, **key.signed(asked)})
        actions.clockwork.sweep()
        assert Challenge.objects.filter(expires_at__lte=clock.now()).count() == 0


def test_a_key_that_does_not_verify_its_person_is_refused(
    cast: Cast, bruno: Browser, recovery: Recovery
) -> None:
    key, fields = Passkey(knows_its_person=False).give_to(cast.bruno), filled(bruno, recovery)
    refused(bruno, recovery, {**fields, **key.signed(asked_of(bruno, recovery, fields))})


@pytest.mark.parametrize("answer", ["", "{}", "[]", "no json", "00" * 64])
def test_what_is_no_signature_is_refused(cast: Cast, bruno: Browser, recovery: Recovery, answer: str) -> None:
    Passkey().give_to(cast.bruno)
    fields = filled(bruno, recovery)
    asked = asked_of(bruno, recovery, fields)
    refused(bruno, recovery, {**fields, "signing": asked["ticket"], "credential": answer})


def test_a_signed_form_that_is_sent_again_does_nothing_and_says_so(
    cast: Cast, bruno: Browser, recovery: Recovery
) -> None:
    key, fields = Passkey().give_to(cast.bruno), filled(bruno, recovery)
    signed = {**fields, **key.signed(asked_of(bruno, recovery, fields))}
    assert bruno.post(page_of(recovery), signed).status_code == 302
    again = bruno.post(page_of(recovery), signed, follow=True)
    assert "Nothing was done twice" in again.content.decode()
    assert Entry.objects.filter(act="confirm_recovery").count() == 1


def test_what_was_written_can_be_changed_before_it_is_signed(
    cast: Cast, bruno: Browser, recovery: Recovery
) -> None:
    Passkey().give_to(cast.bruno)
    fields = filled(bruno, recovery)
    form = bruno.post(page_of(recovery), {**fields, "change": "1"})
    assert form.status_code == 200 and signature_asked(form) is None
    assert form.context["form"]["live_check"].value() == "video"


def test_who_has_no_passkey_is_told_how_to_add_one_and_keeps_what_was_written(
    cast: Cast, bruno: Browser, recovery: Recovery
) -> None:
    fields = filled(bruno, recovery)
    text = bruno.post(page_of(recovery), fields).content.decode()
    assert "You have no passkey yet" in text and "/account/passkeys/new/" in text
    assert 'name="live_check" value="video"' in text
    key = Passkey().give_to(cast.bruno)
    asked = asked_of(bruno, recovery, fields)
    assert bruno.post(page_of(recovery), {**fields, **key.signed(asked)}).status_code == 302


def test_the_gate_itself_refuses_what_a_page_forgot_to_have_signed(cast: Cast) -> None:
    holding = propose(cast, "quiet", "assessor")
    actions.grant(holding, cast.actor("anna"))
    with pytest.raises(acts.Unsigned), acts.submission(None, None):
        actions.confirm_grant(holding, cast.actor("bruno"))
    holding.refresh_from_db()
    assert holding.state == "proposed"


# The demonstration key


@pytest.fixture
def demo(cast: Cast, settings: Settings) -> Cast:
    settings.DEMONSTRATION = True
    Entry.objects.create(
        at=clock.now(), room="assembly", act="found", matter=references.new("FOND"), office="founder",
        actor="FOUNDER", article="assembly.found", charter="pace-2025/1.0", publicity="public",
        facts={"demonstration": True},
    )  # fmt: skip
    demonstration.add_to_cast(cast.bruno, 1, "Clerk", "Greffier", "Секретарь")
    return cast


def test_the_cast_of_a_demonstration_signs_with_one_button_and_the_entry_says_so(
    demo: Cast, bruno: Browser, recovery: Recovery
) -> None:
    fields = filled(bruno, recovery)
    page = bruno.post(page_of(recovery), fields)
    assert "Sign with the demonstration key" in page.content.decode()
    signed = hidden(page.content.decode())
    assert bruno.post(page_of(recovery), {**fields, **signed}).status_code == 302
    assert Entry.objects.get(act="confirm_recovery").facts["signed"] == "demonstration"


def test_a_demonstration_key_signs_one_act_only(demo: Cast, bruno: Browser, recovery: Recovery) -> None:
    fields = filled(bruno, recovery)
    asked = asked_of(bruno, recovery, fields)
    signed = {"signing": asked["ticket"], "credential": asked["signature"]}
    refused(bruno, recovery, {**fields, "live_check": "in_person", **signed})


def test_production_refuses_a_demonstration_key_whatever_is_sent(
    demo: Cast, bruno: Browser, recovery: Recovery, settings: Settings
) -> None:
    fields = filled(bruno, recovery)
    asked = asked_of(bruno, recovery, fields)
    settings.DEMONSTRATION = False
    with pytest.raises(PermissionError):
        demonstration.sign(demo.bruno, b"0" * 32)
    refused(bruno, recovery, {**fields, "signing": asked["ticket"], "credential": asked["signature"]})
    again = signature_asked(bruno.post(page_of(recovery), fields))
    assert again["way"] == "" and "signature" not in again


def test_who_is_not_of_the_cast_has_no_demonstration_key(demo: Cast, recovery: Recovery) -> None:
    client = demo.client("anna")
    client.signs = False
    holding = propose(demo, "quiet", "assessor")
    actions.grant(holding, demo.actor("bruno"))
    address = f"/matters/{holding.reference}/confirm_grant/"
    asked = signature_asked(client.post(address, hidden(client.get(address).content.decode())))
    assert asked["way"] == "" and not Authenticator.objects.exists()
