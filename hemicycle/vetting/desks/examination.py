"""Examinations, readings, points, objections, letters and assessors at the generic pages, and what of them waits for whom."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Q
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from hemicycle.candidacy import queries as candidacies
from hemicycle.candidacy.procedure import CounterStatementState
from hemicycle.integrity.forms import OpenFileForm
from hemicycle.people.models import Person
from hemicycle.record import clock, law
from hemicycle.record.actors import Actor
from hemicycle.record.models import Matter
from hemicycle.rules import terms
from hemicycle.rules.procedure import Office
from hemicycle.web.desk import Desk, Fact, Waiting, act_url, matter_url
from hemicycle.web.views import actor_of

from .. import forms, pages, queries, sealing
from ..models import AdversePoint, Assessorship, Examination, Objection, OutcomeLetter, Reading
from ..procedure import (
    ASSESSORSHIP,
    EXAMINATION,
    LETTER,
    OBJECTION,
    POINT,
    READING,
    UNREAD,
    ExaminationState,
    ObjectionState,
    PointState,
    ReadingState,
)
from ..views.queue import after_leaving, after_saving

E, R, A = ExaminationState, ReadingState, PointState


def blank_examination(request: HttpRequest, act: str) -> Matter:
    """For the candidacy named in the address, if the clerk may see it."""
    seen = candidacies.visible_to(actor_of(request)).filter(examination__isnull=True)
    candidacy = seen.filter(reference=request.GET.get("candidacy", "")).first()
    if candidacy is None:
        raise Http404
    return Examination(candidacy=candidacy)


def blank_point(request: HttpRequest, act: str) -> Matter:
    asked = request.GET.get("examination", "")
    examination = queries.visible_to(actor_of(request)).filter(reference=asked).first()
    if examination is None:
        raise Http404
    statement = request.GET.get("statement", "")
    known = statement in queries.counter_statements(examination.candidacy)
    return AdversePoint(examination=examination, counter_statement=statement if known else "")


def blank_objection(request: HttpRequest, act: str) -> Matter:
    """The candidate objects to a reader of the own file; nobody else finds the reading by guessing."""
    own = queries.visible_to(actor_of(request)).filter(Q(candidacy__person_id=actor_of(request).person))
    rows = Reading.objects.filter(examination__in=own.values("pk"), released_at__isnull=True)
    reading = (
        rows.filter(reference=request.GET.get("reading", "")).select_related("examination__candidacy").first()
    )
    if reading is None:
        raise Http404
    return Objection(reading=reading)


def blank_assessorship(request: HttpRequest, act: str) -> Matter:
    person = Person.objects.filter(reference=request.GET.get("person", "")).first()
    if person is None or not actor_of(request).holds(Office.SECRETARIAT):
        raise Http404
    return Assessorship(person=person)


def waiting(actor: Actor) -> Iterator[Waiting]:
    """What waits for a person, in a bounded number of queries."""
    if actor.person is None:
        return
    yield from _for_candidate(actor)
    if actor.holds(Office.ASSESSOR, Office.REVIEWER):
        mine = queries.visible_readings(actor).filter(assessor_id=actor.person, state__in=UNREAD)
        for reading in mine:
            yield Waiting(
                _("Read a file: %(reference)s") % {"reference": reading.reference},
                matter_url(reading),
                reading.due_at,
            )
        seen = queries.visible_to(actor).filter(state__in=[E.AGREEING, E.UNDER_REVIEW, E.READ_AGAIN])
        given = seen.filter(
            readings__assessor_id=actor.person, readings__given_at__isnull=False, readings__voice=None
        )
        for examination in given.distinct():
            yield Waiting(
                _("Agree an opinion: %(reference)s") % {"reference": examination.reference},
                matter_url(examination),
            )
    if actor.holds(Office.INTEGRITY_OFFICER):
        for objection in queries.visible_objections(actor).filter(state=ObjectionState.RAISED):
            yield Waiting(
                _("Decide an objection: %(reference)s") % {"reference": objection.reference},
                matter_url(objection),
            )
    if actor.holds(Office.SECRETARIAT):
        yield from _for_clerk(actor)


def _for_candidate(actor: Actor) -> Iterator[Waiting]:
    yield from _may_object(actor)
    points = queries.visible_points(actor).filter(
        Q(examination__candidacy__person_id=actor.person), state=A.NOTIFIED
    )
    for point in points:
        yield Waiting(_("A point to which you may reply"), matter_url(point), point.reply_due)
    now = clock.now()
    # Whoever is told an outcome finds it here: while a review can be asked, and else as long after it was sent as one has
    # for that. It stands here, read or not: whether it was read, this room does not know.
    own = queries.visible_letters(actor).filter(Q(candidacy__person_id=actor.person), sent_at__isnull=False)
    charters = law.by_references({letter.charter for letter in own})
    for letter in own:
        days = charters[letter.charter].periods.review_request_days.value
        review = letter.review_until if letter.review_until and letter.review_until > now else None
        if review or now < terms.deadline(timezone.localtime(letter.sent_at), days=days):
            yield Waiting(_("A letter for you"), matter_url(letter), review)


def _may_object(actor: Actor) -> Iterator[Waiting]:
    """One line a file, with the first day on which a reader may open it."""
    own = queries.visible_to(actor).filter(Q(candidacy__person_id=actor.person))
    rows = Reading.objects.filter(examination__in=own.values("pk"), state__in=[R.ASSIGNED, R.DECLARED])
    rows = rows.filter(objections__isnull=True).select_related("examination__candidacy")
    ends: dict[int, tuple[Examination, datetime]] = {}
    for reading in rows:
        until = queries.objection_until(reading)
        if until is not None and until > clock.now():
            known = ends.get(reading.examination_id)
            first = min(until, known[1]) if known else until
            ends[reading.examination_id] = (reading.examination, first)
    for examination, until in ends.values():
        yield Waiting(_("You may object to those who read your file"), matter_url(examination), until)


def _for_clerk(actor: Actor) -> Iterator[Waiting]:
    yield from _statements(actor)
    for examination in queries.to_read_again(queries.not_ones_own(actor)):
        yield Waiting(
            _("Have a file read again: %(reference)s") % {"reference": examination.reference},
            act_url(examination, "read_again"),
        )
    for point in queries.visible_points(actor).filter(state=A.RAISED).prefetch_related("sources"):
        if not queries.lacks_sources(point):
            yield Waiting(
                _("Put a point to the person: %(reference)s") % {"reference": point.reference},
                matter_url(point),
            )
    asked = queries.visible_points(actor).filter(state__in=[A.NOTIFIED, A.REPLY_OVER])
    for point in asked.filter(extension_decided_at__isnull=True).exclude(extension_asked=""):
        yield Waiting(
            _("More time is asked for: %(reference)s") % {"reference": point.reference},
            matter_url(point),
            point.reply_due,
        )
    stuck = queries.visible_to(actor).filter(state=E.ASSIGNING).count()
    stuck += sum(
        queries.lacking_reviewers(e) > 0 for e in queries.not_ones_own(actor).filter(state=E.READ_AGAIN)
    )
    if stuck:
        yield Waiting(
            _("Files without enough readers: %(count)s") % {"count": stuck}, reverse("vetting-overview")
        )
    late = queries.visible_readings(actor).filter(state__in=UNREAD, due_at__lt=clock.now()).count()
    if late:
        yield Waiting(_("Readings overdue: %(count)s") % {"count": late}, reverse("vetting-overview"))


def _statements(actor: Actor) -> Iterator[Waiting]:
    """Statements of invited bodies of which nobody has made a point."""
    seen = queries.visible_to(actor).filter(state__in=[E.ASSIGNING, E.READING, E.AGREEING])
    given = candidacies.visible_counter_statements(actor).filter(
        state=CounterStatementState.GIVEN, candidacy__examination__in=seen.values("pk")
    )
    points = AdversePoint.objects.exclude(counter_statement="").values("counter_statement")
    for statement in given.exclude(reference__in=points).select_related("candidacy__examination"):
        yield Waiting(
            _("Make a point of a statement: %(reference)s") % {"reference": statement.reference},
            pages.statement_url(statement.candidacy.examination, statement),
        )


def assessorship_facts(assessorship: Assessorship, actor: Actor) -> list[Fact]:
    return [
        Fact(_("Person"), assessorship.person.shown_name),
        Fact(_("Capacity"), assessorship.capacity, assessorship.language),
        Fact(_("Organisation"), assessorship.organisation, assessorship.language),
    ]


def _file_read(reading: Reading) -> str:
    return reading.examination.candidacy.reference


DESKS = (
    Desk(
        EXAMINATION, Examination, queries.visible_to,
        title=lambda e: _("Examination of a candidacy"),
        facts=pages.examination_facts, due=pages.examination_due, context=pages.examination_context,
        kinds={E.CONCLUDED: "done", E.REVIEWED: "done", E.CLOSED: "stopped", E.REPLYING: "open", E.UNDER_REVIEW: "open",
               E.READ_AGAIN: "open"},
        template="vetting/examination.html",
        forms={
            "accept_readers": forms.AcceptForm, "draft_opinion": forms.OpinionForm, "dissent": forms.DissentForm,
            "give_opinion": forms.GiveOpinionForm, "give_review": forms.GiveOpinionForm, "ask_review": forms.ReviewForm,
            "read_again": forms.ReadAgainForm, "give_again": forms.GiveAgainForm,
        },
        blank=blank_examination, offers=queries.offers, file=sealing.of_examination,
    ),
    Desk(
        READING, Reading, queries.visible_readings, title=lambda r: _("Reading of a file"),
        facts=pages.reading_facts, due=pages.reading_due, context=pages.reading_context,
        kinds={R.GIVEN: "done", R.RELEASED: "stopped", R.OPEN: "open", R.ASSIGNED: "open", R.DECLARED: "open"},
        template="vetting/reading.html",
        forms={
            "declare_no_interest": forms.NoInterestForm, "declare_interest": forms.InterestForm,
            "open_file": forms.OpenForm, "save_reading": forms.ReadingForm, "give_reading": forms.ReadingForm,
            "release_reading": forms.ReleaseForm, "reopen_file": OpenFileForm,
        },
        file=sealing.of_reading, opens=dict.fromkeys(("open_file", "reopen_file"), _file_read),
        act_templates={
            "reopen_file": "web/open_file.html",
            "save_reading": "vetting/reading_form.html", "give_reading": "vetting/reading_form.html",
            "declare_no_interest": "vetting/head.html", "declare_interest": "vetting/head.html",
        },
        beside=dict.fromkeys(("save_reading", "give_reading"), pages.exhibits.exhibits_beside),
        unseals=frozenset({"save_reading", "give_reading"}),
        onward={"save_reading": after_saving, "declare_interest": after_leaving},
    ),
    Desk(
        POINT, AdversePoint, queries.visible_points, title=lambda p: _("Adverse point"),
        facts=pages.point_facts, due=pages.point_due, context=pages.point_context,
        kinds={A.UPHELD: "stopped", A.DROPPED: "done", A.NOTIFIED: "open", A.REPLIED: "open", A.REPLY_OVER: "open"},
        template="vetting/point.html",
        forms={
            "raise_point": forms.PointForm, "add_source": forms.SourceOfPointForm,
            "take_back_source": forms.TakeBackSourceForm, "translate_point": forms.TranslatePointForm,
            "notify_point": forms.NotifyForm, "drop_point": forms.ReasonsForm, "save_reply": forms.SaveReplyForm,
            "reply": forms.ReplyForm, "ask_extension": forms.AskTimeForm, "extend_reply": forms.ExtendForm,
            "refuse_extension": forms.RefuseTimeForm,
            "translate_reply": forms.TranslateReplyForm, "answer_point": forms.AnswerForm,
        },
        act_templates={"reply": "vetting/reply.html", "save_reply": "vetting/reply.html"},
        blank=blank_point, offers=queries.offers_point, file=sealing.of_point,
        after={"save_reply": lambda p: reverse("act", args=[p.reference, "reply"])},
    ),
    Desk(
        OBJECTION, Objection, queries.visible_objections, title=lambda o: _("Objection to an assessor"),
        facts=pages.objection_facts, kinds={ObjectionState.RAISED: "open"},
        forms={"object": forms.ObjectForm, "decide_objection": forms.DecideForm}, blank=blank_objection,
        file=sealing.of_objection,
    ),
    Desk(
        LETTER, OutcomeLetter, queries.visible_letters, title=lambda x: _("Outcome of your candidacy"),
        context=pages.letter_context, template="vetting/letter.html", file=sealing.of_letter,
    ),
    Desk(
        ASSESSORSHIP, Assessorship, queries.visible_assessorships, title=lambda a: a.person.shown_name,
        facts=assessorship_facts, blank=blank_assessorship,
        forms={"appoint": forms.AssessorshipForm, "restate": forms.AssessorshipForm},
    ),
)  # fmt: skip
