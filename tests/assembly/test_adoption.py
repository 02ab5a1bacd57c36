"""Versions of the charter: drafted, consulted on, voted, adopted."""

from __future__ import annotations

from datetime import timedelta

import pytest

from hemicycle.assembly import actions, queries
from hemicycle.assembly.models import Adoption, Body, Session
from hemicycle.record import clock, law
from hemicycle.record.acts import SamePerson
from hemicycle.record.models import CharterVersion, Entry
from hemicycle.rules.findings import Unmet
from hemicycle.rules.procedure import NotEmpowered, OutOfOrder
from hemicycle.voting import actions as voting
from hemicycle.voting.models import Vote
from tests.cast import Cast, charter


def amended(version: str = "1.1") -> str:
    text = charter().text.replace('version = "1.0"', f'version = "{version}"', 1)
    return text.replace("[seats.total]\nvalue = 15", "[seats.total]\nvalue = 18", 1)


def drafted(cast: Cast, text: str = "") -> Adoption:
    made = Adoption(
        text=text or amended(), prose={code: charter().prose(code) for code in ("en", "fr", "ru")}
    )
    actions.draft_charter(made, cast.actor("anna"))
    return made


def test_a_version_that_gives_an_act_no_article_is_refused(host: Cast) -> None:
    """It would stop every page that names the article of that act."""
    text = amended().replace('assembly.close_session = "8.1"\n', "")
    before = Adoption.objects.count(), Entry.objects.count()
    with pytest.raises(Unmet) as caught:
        drafted(host, text)
    assert [f.params["key"] for f in caught.value.findings] == ["articles.assembly.close_session"]
    assert (Adoption.objects.count(), Entry.objects.count()) == before


def test_both_are_consulted_before_the_bureau_adopts(host: Cast) -> None:
    made = drafted(host)
    with pytest.raises(OutOfOrder):
        actions.adopt_charter(made, host.actor("bruno"), source="Minutes of 8 February 2027")
    actions.consult_secretary_general(made, host.actor("jonas"), answer="No objection.")
    assert made.state == "drafted", "one of the two is not enough"
    with pytest.raises(NotEmpowered):
        actions.consult_general_rapporteur(made, host.actor("jonas"), answer="Nor here.")
    actions.consult_general_rapporteur(made, host.actor("katia"), answer="I agree.")
    assert made.state == "consulted"
    with pytest.raises(SamePerson):
        actions.adopt_charter(made, host.actor("anna"), source="Minutes of 8 February 2027")
    actions.adopt_charter(made, host.actor("bruno"), source="Minutes of 8 February 2027")
    assert law.in_force().seats.total.value == 18
    assert law.in_force().version == "1.1"


def test_the_same_answer_is_not_given_twice(host: Cast) -> None:
    made = drafted(host)
    actions.consult_secretary_general(made, host.actor("jonas"), answer="No objection.")
    with pytest.raises(Unmet, match="given already"):
        actions.consult_secretary_general(made, host.actor("jonas"), answer="Or perhaps.")
    made.refresh_from_db()
    assert made.secretary_general_text == "No objection."


def consulted(cast: Cast) -> Adoption:
    made = drafted(cast)
    actions.consult_secretary_general(made, cast.actor("jonas"), answer="No objection.")
    actions.consult_general_rapporteur(made, cast.actor("katia"), answer="I agree.")
    return made


def test_an_adoption_names_a_decision_that_the_record_knows(host: Cast) -> None:
    made = consulted(host)
    with pytest.raises(Unmet, match="Name the Bureau"):
        actions.adopt_charter(made, host.actor("greta"))
    with pytest.raises(Unmet, match="no vote VOTE-NONE of the Bureau"):
        actions.adopt_charter(made, host.actor("greta"), vote="VOTE-NONE")
    with pytest.raises(Unmet, match="in the past"):
        actions.adopt_charter(
            made, host.actor("greta"), source="Minutes", in_force_from=clock.now() - timedelta(days=1)
        )
    assert CharterVersion.objects.count() == 1 and law.in_force().version == "1.0"


def held(cast: Cast, subject: str, body: str = "bureau", for_: int = 9) -> str:
    """A vote held elsewhere and confirmed by two clerks; its reference."""
    vote = Vote(
        subject=subject, body=body, held_on=clock.today(), question_en="Adopt?", question_fr="Adopter ?",
        question_ru="Принять?",
    )  # fmt: skip
    voting.record_elsewhere(
        vote, cast.actor("anna"), form="show_of_hands", source="Minutes", for_=for_, against=1, abstentions=0
    )
    voting.confirm_elsewhere(vote, cast.actor("bruno"))
    return vote.reference


def test_only_a_vote_of_the_bureau_on_this_version_that_carried_adopts_it(host: Cast) -> None:
    made = consulted(host)
    other = held(host, "")
    of_the_assembly = held(host, made.reference, body="assembly")
    rejected = held(host, made.reference, for_=0)
    for vote in (other, of_the_assembly, rejected):
        with pytest.raises(Unmet, match="on this version that carried"):
            actions.adopt_charter(made, host.actor("greta"), vote=vote)
    assert CharterVersion.objects.count() == 1
    actions.adopt_charter(made, host.actor("greta"), vote=held(host, made.reference))
    assert law.in_force().version == "1.1"


def test_a_version_comes_into_force_on_its_day_and_old_sessions_keep_old_law(
    host: Cast, session: Session
) -> None:
    made = consulted(host)
    day = clock.now() + timedelta(days=10)
    actions.adopt_charter(made, host.actor("greta"), source="Minutes", in_force_from=day)
    assert law.in_force().version == "1.0"
    with clock.set_to(day):
        assert law.in_force().version == "1.1"
        assert queries.charter_of(session).version == "1.0"


def test_a_draft_with_errors_names_each_by_line(host: Cast) -> None:
    with pytest.raises(Unmet) as error:
        drafted(host, amended().replace("value = 18\n", 'value = "many"\n', 1))
    assert any("seats.total" in str(finding) and "Line" in str(finding) for finding in error.value.findings)
    assert not Adoption.objects.exists()


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('version = "1.1"', 'version = "1.0"', "adopted before"),
        ('key = "pace-2025"', 'key = "other"', "another charter"),
    ],
)
def test_a_draft_is_a_new_version_of_the_same_charter(host: Cast, old: str, new: str, message: str) -> None:
    with pytest.raises(Unmet, match=message):
        drafted(host, amended().replace(old, new, 1))
    assert not Adoption.objects.exists()


def test_a_draft_can_be_withdrawn_until_it_is_adopted(host: Cast) -> None:
    made = consulted(host)
    actions.withdraw_draft(made, host.actor("anna"))
    with pytest.raises(OutOfOrder):
        actions.adopt_charter(made, host.actor("greta"), source="Minutes")
    assert CharterVersion.objects.count() == 1


def test_a_committee_that_a_new_version_adds_is_formed(host: Cast) -> None:
    extra = (
        '\n[[committees]]\nkey = "observers"\narticle = "1.5"\nstatus = "placeholder"\nsource = "P1"\n\n'
        '[[committees.names]]\nname.en = "Observers"\nname.fr = "Observateurs"\nname.ru = "Наблюдатели"\n'
    )
    text = amended().replace("\n[[chapters]]", extra + "\n[[chapters]]", 1)
    made = drafted(host, text)
    actions.consult_secretary_general(made, host.actor("jonas"), answer="No objection.")
    actions.consult_general_rapporteur(made, host.actor("katia"), answer="I agree.")
    actions.adopt_charter(made, host.actor("greta"), source="Minutes")
    assert Body.objects.get(code="observers").name_fr == "Observateurs"
