"""The rules of a list from the first draft to a vacancy: refused, mended, amended, mended again (issue 4)."""

from __future__ import annotations

from uuid import uuid4

from hemicycle.candidacy import actions as candidacies
from hemicycle.candidacy.models import Candidacy
from hemicycle.composition import actions, queries
from hemicycle.composition.models import List
from hemicycle.mandates import actions as mandates
from hemicycle.mandates import queries as seats
from hemicycle.people import queries as people
from hemicycle.rules.findings import Unmet

from ..composition import making
from ..composition.making import Round
from ..composition.refusing import refused
from ..composition.test_selection import first_names, on_slate
from .making import fill


def page(found: Round, key: str, address: str) -> str:
    return found.cast.client(key).get(address).content.decode()


def amended(found: Round, key: str, list_: List, **data: object) -> tuple[int, str]:
    """A member sends the form of an amendment; (status, what the page says)."""
    list_.refresh_from_db()
    sent = {"once": uuid4().hex, "seen": list_.version, "language": "en", "reasons": "Balance.", **data}
    answer = found.cast.client(key).post(f"/matters/{list_.reference}/propose_amendment/", sent)
    return answer.status_code, answer.content.decode()


def test_from_a_list_that_is_short_by_one_to_a_vacancy_that_is_mended(found: Round) -> None:
    # A list of fifteen with four reserved seats is refused, and says by how many and under which article.
    list_ = making.composed(found, reserved=4)
    on_slate(found, *first_names([*found.others[:3], found.others[12]]))
    assert "short by 1, article 4.2" in page(found, "greta", f"/matters/{list_.reference}/")
    assert "short by 1, article 4.2" in refused(Unmet, actions.ask_release, list_, found.by("greta"))

    # One exchange mends it.
    mend = found.declared[4]
    making.accepted(found, mend, reserved=True)
    actions.seat(list_, found.by("greta"), number=15, candidacy=mend, reserved=True)
    making.succeed(found, list_, general=found.others[11:13], reserve=found.declared[5:7])
    assert "short by" not in page(found, "greta", f"/matters/{list_.reference}/")
    making.released(found, list_)

    # In the Bureau an amendment that breaks the cap is refused by the page; one that keeps it is taken down.
    fourth, other = found.others[12], found.others[11]
    status, said = amended(found, "henri", list_, number=14, candidacy=fourth.reference)
    assert status == 422 and "over by 1, article 4.6" in said
    status, said = amended(found, "henri", list_, number=1, candidacy=other.reference)
    assert status == 422 and "short by 1, article 4.2" in said
    status, _said = amended(found, "henri", list_, number=14, candidacy=other.reference)
    assert status == 302 and queries.member_amendments(list_).count() == 1
    assert other.person.shown_name in page(found, "ilse", f"/lists/{list_.reference}/paper/")

    # The Bureau leaves the list as it is; somebody on a reserved seat withdraws after the approval.
    making.announced(found, making.approved(found, list_))
    mandates.begin_all(list_, found.by("anna"))
    gone = Candidacy.objects.get(pk=list_.seats.get(number=2).candidacy_id)
    candidacies.withdraw(gone, people.actor(gone.person))
    address = f"/matters/new/mandates/fill_vacancy/?list={list_.reference}&seat=2"
    assert "short by 1, article 4.2" in page(found, "anna", address)
    taken = fill(found, list_, 2)
    assert taken.candidacy == found.declared[5] and taken.reserved
    assert seats.judge(list_, seats.seats_at()).met
