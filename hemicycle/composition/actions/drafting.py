"""Composing: several drafts side by side, the seats, the succession list, the reasons (7.1, 8.5)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_noop as N_

from hemicycle.assembly import queries as assembly
from hemicycle.candidacy.models import Candidacy
from hemicycle.people import queries as people
from hemicycle.people.models import Language
from hemicycle.record.actors import Actor
from hemicycle.record.acts import Facts
from hemicycle.vetting import queries as vetting

from .. import queries
from ..models import List, Override, Seat, Successor
from ..procedure import ListState
from .gates import act, check_free, check_person, unmet


@dataclass(frozen=True)
class Chosen:
    """One seat as the President fills it."""

    number: int
    candidacy: Candidacy
    reserved: bool = False


@act
def draft(list_: List, by: Actor, *, name: str, copy_of: List | None = None) -> Facts:
    """Begin a list for a session and a call, empty or as a copy of another one. `list_` is unsaved."""
    _begin(list_, by, name)
    if copy_of is not None:
        check_free(by, queries.concerned_by(copy_of), "draft")
        _copy(copy_of, list_)
    return Facts({"session": list_.session.reference, "copy_of": copy_of.reference if copy_of else None})


@act
def adopt_amendments(list_: List, by: Actor, *, name: str) -> Facts:
    """Begin a list that is `list_.copied_from` with the Bureau's amendments in it (7.4).

    Where the charter asks for the President, nobody else may; else the Secretariat may write them in too.
    """
    source = list_.copied_from
    if source is None or source.state != ListState.REFERRED_BACK:
        raise unmet(N_("Only a list that the Bureau gave back can be amended."), "adopt_amendments")
    charter = queries.charter_of(source)
    if charter.list.amendments_need_president.value and not queries.is_proposer(by):
        raise unmet(N_("Only the President makes amendments the proposal."), "adopt_amendments")
    list_.session, list_.call = source.session, source.call
    _begin(list_, by, name)
    if not queries.is_proposer(by):
        list_.proposer = source.proposer
    _copy(source, list_)
    amendments = list(source.amendments.select_related("candidacy"))
    if not amendments:
        raise unmet(N_("The Bureau has recorded no amendment of this list."), "adopt_amendments")
    # All of them are cleared first: an amendment may move a person from a seat that another one leaves open. What they
    # break together is marked on the draft and refuses its release: the Bureau has decided them, and no rule undoes that.
    list_.seats.filter(number__in=[amendment.number for amendment in amendments]).delete()
    for amendment in amendments:
        if amendment.candidacy is not None:
            chosen = Chosen(amendment.number, amendment.candidacy, amendment.reserved)
            place(list_, chosen, by, "adopt_amendments")
    return Facts({"amends": source.reference, "amendments": len(amendments)})


def _begin(list_: List, by: Actor, name: str) -> None:
    if list_.call.session_id != list_.session_id:
        raise unmet(N_("The call belongs to another session."), "draft")
    list_.name = name
    list_.proposer = people.person_of(by)
    list_.charter = assembly.charter_of(list_.session).reference
    list_.save()  # its seats point at it; the gate saves it again with its state


def _copy(source: List, list_: List) -> None:
    """Seats, succession list, reasons. Whoever cannot be proposed any more stays out."""
    if (source.session_id, source.call_id) != (list_.session_id, list_.call_id):
        raise unmet(N_("The list to copy belongs to another session or call."), "draft")
    list_.copied_from = source
    list_.reasons_en, list_.reasons_fr, list_.reasons_ru = (
        source.reasons_en,
        source.reasons_fr,
        source.reasons_ru,
    )
    list_.reasons_translator = source.reasons_translator
    eligible = set(vetting.eligible(list_.call).values_list("pk", flat=True))
    Seat.objects.bulk_create(
        Seat(list=list_, number=seat.number, candidacy_id=seat.candidacy_id, reserved=seat.reserved)
        for seat in source.seats.filter(candidacy__in=eligible)
    )
    Successor.objects.bulk_create(
        Successor(list=list_, rank=row.rank, candidacy_id=row.candidacy_id, for_reserve=row.for_reserve)
        for row in source.successors.filter(candidacy__in=eligible)
    )
    Override.objects.bulk_create(
        Override(list=list_, candidacy_id=row.candidacy_id, reasons=row.reasons, language=row.language)
        for row in source.overrides.filter(candidacy__in=eligible)
    )


@act
def compose(list_: List, by: Actor, *, seats: Sequence[Chosen]) -> Facts:
    """Fill all seats at once; what stood there before is gone. Raises `Unmet` for a person who cannot be proposed."""
    list_.seats.all().delete()
    for chosen in sorted(seats, key=lambda one: one.number):
        place(list_, chosen, by, "compose")
    return counted(list_)


@act
def seat(list_: List, by: Actor, *, number: int, candidacy: Candidacy, reserved: bool = False) -> Facts:
    """Put a person on a seat; who sat there, and where the person sat before, becomes empty."""
    list_.seats.filter(number=number).delete()
    list_.seats.filter(candidacy=candidacy).delete()
    place(list_, Chosen(number, candidacy, reserved), by, "seat")
    return counted(list_)


@act
def unseat(list_: List, by: Actor, *, number: int) -> Facts:
    """Clear a seat."""
    if not list_.seats.filter(number=number).delete()[0]:
        raise unmet(N_("Nobody sits there."), "unseat")
    return counted(list_)


def place(list_: List, chosen: Chosen, by: Actor, act_name: str) -> None:
    """Put a person on a seat that is free. Raises `Unmet` for one who cannot be proposed, or stands there already."""
    total = queries.charter_of(list_).seats.total.value
    if not 1 <= chosen.number <= total:
        raise unmet(N_("The charter has seats 1 to %(total)s."), act_name, total=total)
    if (
        list_.seats.filter(number=chosen.number).exists()
        or list_.seats.filter(candidacy=chosen.candidacy).exists()
    ):
        raise unmet(N_("A seat is given twice, or a person has two seats."), act_name)
    check_person(chosen.candidacy, list_.call_id, reserved=chosen.reserved, act_name=act_name)
    check_free(by, queries.subjects_of(chosen.candidacy), act_name)
    list_.successors.filter(candidacy=chosen.candidacy).delete()
    Seat.objects.create(
        list=list_, number=chosen.number, candidacy=chosen.candidacy, reserved=chosen.reserved
    )


def counted(list_: List) -> Facts:
    """The entry says how many seats are taken and how the reserve stands; names stay out of it (1.3)."""
    result = queries.judge(list_)
    taken = list_.seats.count()
    return Facts(
        {"taken": taken, "reserved": result.present, "required": result.required, "short": result.short_by}
    )


@act
def order_succession(
    list_: List, by: Actor, *, general: Sequence[Candidacy] = (), reserve: Sequence[Candidacy] = ()
) -> Facts:
    """Write the two orders of the succession list, first to last; what stood there before is gone (8.5)."""
    charter = queries.charter_of(list_)
    rows = [
        *((c, rank, False) for rank, c in enumerate(general, 1)),
        *((c, rank, True) for rank, c in enumerate(reserve, 1)),
    ]
    if rows and not charter.stages.succession_list.value:
        raise unmet(N_("The charter has no succession list."), "order_succession")
    if len(rows) > charter.list.succession_length.value:
        length = charter.list.succession_length.value
        raise unmet(
            N_("The succession list holds %(length)s people at most."), "order_succession", length=length
        )
    keys = [candidacy.pk for candidacy, _, _ in rows]
    if len(keys) != len(set(keys)) or list_.seats.filter(candidacy__in=keys).exists():
        raise unmet(N_("Somebody stands there twice, or has a seat on this list."), "order_succession")
    for candidacy, _, for_reserve in rows:
        check_person(candidacy, list_.call_id, reserved=for_reserve, act_name="order_succession")
        check_free(by, queries.subjects_of(candidacy), "order_succession")
    list_.successors.all().delete()
    Successor.objects.bulk_create(
        Successor(list=list_, rank=rank, candidacy=candidacy, for_reserve=for_reserve)
        for candidacy, rank, for_reserve in rows
    )
    return Facts({"general": len(general), "reserve": len(reserve)})


@act
def override(
    list_: List, by: Actor, *, candidacy: Candidacy, reasons: str, language: str = Language.ENGLISH
) -> Facts:
    """Write the President's reasons for proposing somebody against an opinion “not met”; counted in public (3.5).

    After the release only for somebody whose opinion a review or a new reading has changed, and only once; on a seat
    before the Bureau has decided.
    """
    if not queries.not_met([candidacy.pk]):
        raise unmet(N_("The opinion on this person is not “not met”: no reasons are owed."), "override")
    if not reasons.strip():
        raise unmet(N_("Give the reasons."), "override")
    check_person(candidacy, list_.call_id, reserved=False, act_name="override")
    check_free(by, queries.subjects_of(candidacy), "override")
    if list_.state != ListState.DRAFT and candidacy.pk not in queries.owed_reasons(list_):
        raise unmet(N_("Nobody on this list needs these reasons now."), "override")
    Override.objects.update_or_create(
        list=list_, candidacy=candidacy, defaults={"reasons": reasons.strip(), "language": language}
    )
    return Facts({"overrides": list_.overrides.count()}, {"reasons": reasons})


@act
def state_reasons(
    list_: List,
    by: Actor,
    *,
    reasons_en: str = "",
    reasons_fr: str = "",
    reasons_ru: str = "",
    translator: str = "",
) -> Facts:
    """Write the President's reasons for the list as a whole; published with the decision sheet (7.2 of the procedure)."""
    texts = {"en": reasons_en.strip(), "fr": reasons_fr.strip(), "ru": reasons_ru.strip()}
    if not any(texts.values()):
        raise unmet(N_("Give the reasons."), "state_reasons")
    authentic = queries.charter_of(list_).languages.authentic.value
    if any(text for code, text in texts.items() if code not in authentic) and not translator.strip():
        raise unmet(
            N_("Only English and French are authentic: name the translator of the Russian text."),
            "state_reasons",
        )
    list_.reasons_en, list_.reasons_fr, list_.reasons_ru = texts["en"], texts["fr"], texts["ru"]
    list_.reasons_translator = translator.strip()
    return Facts(
        {"languages": [code for code, text in texts.items() if text]},
        {f"reasons_{k}": v for k, v in texts.items() if v},
    )
