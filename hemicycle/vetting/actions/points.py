"""Adverse points: raised, put to the person, replied to, answered one by one (article 6.5)."""

from __future__ import annotations

from datetime import datetime

from hemicycle.people import queries as people
from hemicycle.record import clock
from hemicycle.record.actors import Actor
from hemicycle.record.acts import Facts
from hemicycle.rules.findings import N_

from .. import queries
from ..models import AdversePoint, Examination, Reading
from ..procedure import ExaminationState, PointState
from ._bound import in_days, on_point, said, unmet

BEFORE_OPINION = (
    ExaminationState.ASSIGNING,
    ExaminationState.READING,
    ExaminationState.AGREEING,
    ExaminationState.REPLYING,
    ExaminationState.READ_AGAIN,
)


@on_point
def raise_point(
    point: AdversePoint,
    by: Actor,
    *,
    key: str,
    substance: str,
    evidence: str,
    language: str,
    undisclosable: bool = False,
    counter_statement: str = "",
) -> Facts:
    """Put down a point against the person: substance and evidence, on one criterion or bar that is asked."""
    examination = locked(point)
    if examination.standing(clock.now()) not in BEFORE_OPINION:
        raise unmet(N_("After the opinion no point is raised."), "raise_point")
    if key not in {row.key for row in queries.asked(queries.charter_of(examination))}:
        raise unmet(N_("“%(key)s” is no criterion or bar of this call."), "raise_point", key=key)
    given = queries.counter_statements(examination.candidacy)
    if counter_statement and counter_statement not in given:
        raise unmet(N_("No such statement was given about this candidacy."), "raise_point")
    point.raised_by, point.key, point.language = people.person_of(by), key, language
    point.substance, point.evidence = said(substance, "raise_point"), said(evidence, "raise_point")
    point.undisclosable, point.counter_statement = undisclosable, counter_statement
    point.round = examination.round
    return Facts(
        {"key": key, "language": language, "undisclosable": undisclosable},
        {"substance": point.substance, "evidence": point.evidence},
    )


def locked(point: AdversePoint) -> Examination:
    """The examination as it is now. Whoever gives the opinion asks for open points under the same lock (3.4)."""
    rows = Examination.objects.select_for_update(of=("self",)).select_related("candidacy__person")
    point.examination = rows.get(pk=point.examination_id)
    return point.examination


@on_point
def translate_point(
    point: AdversePoint, by: Actor, *, substance: str, evidence: str, translator: str
) -> Facts:
    """A translation by a named translator, into the person's language, beside the original (1.8)."""
    point.substance_translated = said(substance, "notify_point")
    point.evidence_translated = said(evidence, "notify_point")
    point.translator = said(translator, "notify_point")
    point.translated_into = point.examination.candidacy.person.language
    return Facts(
        {"into": point.translated_into},
        {
            "substance": point.substance_translated,
            "evidence": point.evidence_translated,
            "translator": translator,
        },
    )


@on_point
def notify_point(point: AdversePoint, by: Actor) -> Facts:
    """Put substance and evidence to the person, in the person's language; the time to reply begins."""
    examination = locked(point)
    if examination.standing(clock.now()) not in BEFORE_OPINION:
        raise unmet(N_("After the opinion no point is put to the person."), "notify_point")
    wanted = examination.candidacy.person.language
    if point.language != wanted and point.translated_into != wanted:
        raise unmet(N_("A translation into the person's language is missing."), "notify_point")
    if queries.lacks_sources(point):
        raise unmet(
            N_(
                "Independent sources that the person may read: %(found)s. The point needs at least %(wanted)s."
            ),
            "notify_point",
            found=queries.independent_sources(point),
            wanted=queries.sources_wanted(point),
        )
    point.notified_at = clock.now()
    point.reply_due = in_days(queries.charter_of(examination).periods.reply_days.value)
    return Facts({"due": point.reply_due, "language": wanted})


@on_point
def drop_point(point: AdversePoint, by: Actor, *, reasons: str, language: str) -> Facts:
    """Drop a point that was never put to the person."""
    if by.person != point.raised_by_id:
        _blind_no_more(point, "drop_point")
    _answer(point, by, reasons, language, "drop_point")
    return Facts({"key": point.key}, {"reasons": point.answer})


@on_point
def save_reply(point: AdversePoint, by: Actor, *, text: str) -> Facts:
    """Keep a draft of the reply; nobody else sees it."""
    point.reply_draft = text
    return Facts()


@on_point
def reply(point: AdversePoint, by: Actor, *, text: str, language: str, helped: bool = False) -> Facts:
    """The person's reply. A helper may write it; nothing is stored about the helper (3.4)."""
    if helped and not queries.charter_of(point.examination).vetting.helper_allowed.value:
        raise unmet(N_("The rules of this call allow no helper."), "reply")
    point.reply_text, point.reply_language = said(text, "reply"), language
    point.reply_helped, point.replied_at, point.reply_draft = helped, clock.now(), ""
    return Facts({"language": language, "helped": helped}, {"reply": point.reply_text})


@on_point
def ask_extension(point: AdversePoint, by: Actor, *, reasons: str, language: str) -> Facts:
    """Ask for more time; the Secretariat decides, and until then nobody answers the point (3.4)."""
    if point.waits_for_more_time:
        raise unmet(N_("You have asked for more time; the decision is not given yet."), "ask_extension")
    if point.extension_refused and point.standing(clock.now()) == PointState.REPLY_OVER:
        raise unmet(N_("More time was refused, and the time to reply is over."), "ask_extension")
    point.extension_asked, point.extension_language = said(reasons, "ask_extension"), language
    point.extension_decided_at, point.extension_refused, point.extension_refused_language = None, "", ""
    return Facts({"language": language}, {"reasons": point.extension_asked})


@on_point
def extend_reply(point: AdversePoint, by: Actor, *, ground: str) -> Facts:
    """More time in danger or detention, also when the time was over before anybody knew.

    The extended period runs from the notice; if that has passed too, from today.
    """
    charter = queries.charter_of(point.examination)
    if ground not in charter.vetting.reply_extended_on.value:
        raise unmet(N_("The rules do not name this ground for more time."), "extend_reply")
    days = charter.periods.reply_extended_days.value
    due = in_days(days, point.notified_at)
    if due <= max(clock.now(), point.reply_due or clock.now()):
        due = in_days(days)
    point.reply_due, point.extended_on = due, ground
    if point.waits_for_more_time:
        point.extension_decided_at = clock.now()
    return Facts({"ground": ground, "due": due})


@on_point
def refuse_extension(point: AdversePoint, by: Actor, *, reasons: str, language: str) -> Facts:
    """Refuse more time that was asked for, with reasons that the person reads."""
    if not point.waits_for_more_time:
        raise unmet(N_("No request for more time waits for a decision."), "refuse_extension")
    point.extension_refused, point.extension_refused_language = said(reasons, "refuse_extension"), language
    point.extension_decided_at = clock.now()
    return Facts({"language": language}, {"reasons": point.extension_refused})


@on_point
def close_reply(point: AdversePoint, by: Actor) -> Facts:
    """The time is over. Silence is no admission: the point must be answered with reasons all the same."""
    if point.standing(clock.now()) != PointState.REPLY_OVER:
        raise unmet(N_("The time to reply still runs."), "close_reply")
    return Facts({"due": point.reply_due})


@on_point
def translate_reply(point: AdversePoint, by: Actor, *, text: str, translator: str, language: str) -> Facts:
    """A translation of the reply by a named translator, beside the original."""
    point.reply_translated, point.reply_translator = said(text, "reply"), said(translator, "reply")
    point.reply_translated_into = language
    return Facts({"into": language}, {"text": point.reply_translated, "translator": translator})


@on_point
def answer_point(point: AdversePoint, by: Actor, *, upheld: bool, reasons: str, language: str) -> Facts:
    """Uphold or drop the point, with reasons that deal with the reply."""
    reading = Reading.objects.get(
        examination=point.examination, assessor_id=by.person, released_at__isnull=True
    )
    if reading.given_at is None:
        raise unmet(N_("Give your reading first."), "answer_point")
    _blind_no_more(point, "answer_point")
    if point.waits_for_more_time and point.replied_at is None:
        raise unmet(
            N_("The person has asked for more time. The decision on that comes first."), "answer_point"
        )
    _answer(point, by, reasons, language, "answer_point")
    to = PointState.UPHELD if upheld else PointState.DROPPED
    return Facts(
        {"key": point.key, "upheld": upheld, "replied": point.replied_at is not None},
        {"reasons": reasons},
        to=to,
    )


def _blind_no_more(point: AdversePoint, act: str) -> None:
    """Whoever still reads would learn from an answer what another thinks (3.2)."""
    examination = point.examination
    if queries.live_readings(examination).filter(round=examination.round, given_at__isnull=True).exists():
        raise unmet(N_("A reading is still missing. Nobody knows the other's before it is given."), act)


def _answer(point: AdversePoint, by: Actor, reasons: str, language: str, act: str) -> None:
    point.answer, point.answer_language = said(reasons, act), language
    point.answered_by, point.answered_at = people.person_of(by), clock.now()


def due_now(at: datetime) -> list[AdversePoint]:
    """Points whose time to reply is over and not yet written down."""
    rows = AdversePoint.objects.filter(state=PointState.NOTIFIED, reply_due__lte=at)
    rows = rows.select_related("examination__candidacy")
    return [point for point in rows if point.standing(at) == PointState.REPLY_OVER]
