"""Addresses of the dialogue, and what this room tells the generic pages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.http import Http404, HttpRequest
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from hemicycle.record import clock
from hemicycle.record.actors import Actor
from hemicycle.texts import sources
from hemicycle.web import desk, entrances
from hemicycle.web.desk import Desk, Due, Fact, MenuItem
from hemicycle.web.entrances import Door

from . import actions, deadlines, forms, marks, names, near, own, queries, views, waiting, written
from .forms import return_reasons
from .models import Exchange, Question, Side, Topic
from .parts import parts
from .procedure import EXCHANGE, QUESTION, RUNNING, TOPIC, QuestionState

urlpatterns = [
    path("dialogue/", entrances.page, {"key": "dialogue"}, name="dialogue"),
    path("dialogue/desk/", own.desk, name="dialogue-desk"),
    path("topics/", views.topics, name="dialogue-topics"),
    path("topics/<str:reference>/", views.topic, name="dialogue-topic"),
    path("questions/", views.questions, name="dialogue-questions"),
    path("questions/<str:reference>/", views.question, name="dialogue-question"),
    path("committees/<str:code>/questions/", views.committee_questions, name="dialogue-committee"),
    path("exchanges/<str:reference>/write/", own.write_message, name="dialogue-write"),
]


def _topic_facts(topic: Topic, actor: Actor) -> Sequence[Fact]:
    found = [Fact(_("Name in English"), topic.name_en, "en"), Fact(_("Name in French"), topic.name_fr, "fr"),
             Fact(_("Name in Russian"), topic.name_ru, "ru")]  # fmt: skip
    return [*found, Fact(_("What everybody reads"), topic.shown_name, url=marks.topic_url(topic))]


def _question_facts(question: Question, actor: Actor) -> Sequence[Fact]:
    found = [
        Fact(_("Who asks"), names.asker(question)),
        Fact(_("Who is asked"), names.addressee(question)),
        Fact(_("Topic"), question.topic.shown_name, url=marks.topic_url(question.topic)),
        Fact(_("Kind of question"), dict(forms.kinds(question)).get(question.kind, question.kind)),
    ]
    if question.follows is not None:
        found.append(
            Fact(
                _("Follows the answer to"),
                question.follows.question.reference,
                url=marks.question_url(question.follows.question),
            )
        )
    if question.return_text:
        reason = dict(return_reasons(question)).get(question.return_reason, question.return_reason)
        found += [
            Fact(pgettext("question", "Returned because of"), reason),
            Fact(_("What is to be mended"), question.return_text, question.return_language),
        ]
    has_part = queries.has_part(question, actor)
    writers = ", ".join(names.author(row) for row in queries.authors(question))
    if writers and (has_part or any(row.round == question.round for row in queries.released(question))):
        found.append(Fact(_("Who writes the answer"), writers))
    if question.review_reasons and has_part:
        found.append(Fact(_("Why a review is asked for"), question.review_reasons, question.review_language))
    if question.is_public:
        found.append(Fact(_("What everybody reads"), question.reference, url=marks.question_url(question)))
    return found


def _due(question: Question) -> Due | None:
    if question.state in RUNNING and question.due_at is not None:
        return Due(_("An answer is due by"), question.due_at, _("The reckoning stands below."))
    decided_by = deadlines.decided_by(question)
    if decided_by is not None and question.state == QuestionState.TABLED:
        return Due(_("The Secretariat is to decide by"), decided_by, _("Silence decides nothing."))
    if decided_by is not None:
        return Due(_("A decision on the review is due by"), decided_by, _("Silence decides nothing."))
    if question.state in (QuestionState.DRAFTED, QuestionState.RETURNED) and question.lapses_at is not None:
        return Due(_("It lapses, if it is not tabled by"), question.lapses_at)
    if (
        question.state in (QuestionState.ANSWERED, QuestionState.FOLLOWED_UP)
        and question.review_until is not None
    ):
        return Due(_("Whoever asked may ask for a review until"), question.review_until)
    return None


def _context(question: Question, actor: Actor) -> dict[str, Any]:
    if question.pk is None:
        return {"topic": question.topic}
    draft = queries.draft_for(question, actor)
    return {
        **views.shown(question),
        "near_to": near.draft_for(question, actor),
        "draft": written.of_answer(draft) if draft is not None else None,
        "signatures": [(names.author(row), row.signed_at) for row in queries.authors(question)]
        if draft
        else [],
        "signed_by_chair": draft is not None and draft.signed_by_chair,
    }


def _related(request: HttpRequest, form: Any) -> dict[str, Any]:
    """What was asked on the same topic of late, for whoever writes or reads a draft."""
    question: Question = form.matter
    rows = queries.public_questions().filter(topic=question.topic).exclude(pk=question.pk)[:5]
    return {
        "related": [
            (marks.question_url(row), f"{names.asker(row)} → {names.addressee(row)}", marks.state_of(row)[0])
            for row in rows
        ]
    }


def _is_in_time(question: Question) -> bool:
    return not deadlines.is_overdue(question)


def _is_to_seat(question: Question) -> bool:
    return not queries.is_signed_off(question) or bool(queries.unable(question))


def _is_to_follow(question: Question) -> bool:
    answers = queries.released(question)
    return bool(answers) and not answers[-1].follow_ups.exists()


def _is_to_review(question: Question) -> bool:
    until = question.review_until
    return question.review_asked_at is None and until is not None and clock.now() < until


# No button where the act would only be refused.
OFFERED: dict[str, Callable[[Question], bool]] = {
    "stop_clock": lambda question: _is_in_time(question) and deadlines.stands(question) is None,
    "resume_clock": lambda question: deadlines.stands(question) is not None,
    "assign_answer": _is_to_seat,
    "appoint_authors": lambda question: question.to_side == Side.PARTICIPANTS and _is_to_seat(question),
    "extend_time": _is_in_time,
    "give_holding_answer": _is_in_time,
    "sign_off": lambda question: queries.draft_of(question) is not None,
    "release_answer": queries.is_signed_off,
    "follow_up": _is_to_follow,
    "ask_review": _is_to_review,
}


def _blank_topic(request: HttpRequest, act: str) -> Topic:
    return Topic()


def _blank_question(request: HttpRequest, act: str) -> Question:
    topic = Topic.objects.filter(reference=request.GET.get("topic", "")).first()
    if topic is None:
        raise Http404
    return Question(topic=topic)


def _blank_exchange(request: HttpRequest, act: str) -> Exchange:
    return Exchange()


BEFORE = ("draft_question", "change_question", "table_question", "admit_question", "return_question")
desk.register(
    Desk(
        table=TOPIC,
        model=Topic,
        visible=queries.topics,
        forms={
            "open_topic": forms.TopicForm,
            "correct_topic": forms.CorrectTopicForm,
            "release_answers": forms.ReleaseAnswersForm,
        },
        title=lambda topic: topic.shown_name,
        facts=_topic_facts,
        kinds=marks.TOPIC_KINDS,
        blank=_blank_topic,
    ),
    Desk(
        table=QUESTION,
        model=Question,
        visible=queries.visible_to,
        forms={
            "draft_question": forms.DraftForm,
            "change_question": forms.TextForm,
            "table_question": forms.TableForm,
            "admit_question": forms.AdmitForm,
            "return_question": forms.ReturnForm,
            "assign_answer": forms.AssignForm,
            "appoint_authors": forms.AppointForm,
            "draft_answer": forms.AnswerForm,
            "sign_off": forms.SignForm,
            "release_answer": forms.ReleaseForm,
            "give_holding_answer": forms.HoldingForm,
            "stop_clock": forms.StopForm,
            "extend_time": forms.ExtendForm,
            "follow_up": forms.FollowUpForm,
            "ask_review": forms.AskReviewForm,
            "decide_review": forms.DecideReviewForm,
            "correct_question": forms.CorrectQuestionForm,
            "correct_answer": forms.CorrectAnswerForm,
        },
        title=lambda question: names.title(question) if question.pk else QUESTION.title,
        facts=_question_facts,
        due=_due,
        context=_context,
        kinds=marks.KINDS,
        template="dialogue/question.html",
        act_templates={
            **dict.fromkeys(BEFORE, "dialogue/write.html"),
            **dict.fromkeys(
                ["draft_answer", "sign_off", "release_answer", "decide_review", "ask_review", "follow_up"],
                "dialogue/sign.html",
            ),
        },
        beside=dict.fromkeys(BEFORE, _related),
        blank=_blank_question,
        offers=lambda question, act: act not in OFFERED or OFFERED[act](question),
        after={"follow_up": own.after_follow_up},
    ),
    Desk(
        table=EXCHANGE,
        model=Exchange,
        visible=queries.exchanges,
        forms={"invite": forms.InviteForm, "begin_exchange": forms.BeginForm, "end_exchange": forms.EndForm},
        title=lambda exchange: EXCHANGE.title,
        context=own.exchange_context,
        kinds=marks.EXCHANGE_KINDS,
        template="dialogue/exchange.html",
        blank=_blank_exchange,
    ),
)
desk.register_menu(
    "dialogue",
    waiting.Item(gettext_lazy("Questions and exchanges"), "dialogue-desk"),
    title=gettext_lazy("Dialogue"),
)
desk.public_menu.insert(0, MenuItem(gettext_lazy("Dialogue"), "dialogue"))
desk.waiting_lists.append(waiting.waiting)
entrances.register(
    "dialogue",
    Door(
        gettext_lazy("Topics"),
        gettext_lazy("Issues of common concern, and what is said and done on each."),
        "dialogue-topics",
    ),
    Door(
        gettext_lazy("Questions and answers"),
        gettext_lazy("Who asks whom, until when an answer is due, and what was answered."),
        "dialogue-questions",
    ),
    title=gettext_lazy("Dialogue"),
    lead=gettext_lazy("What participants and members of the Assembly ask one another, say and bring about."),
)
sources.register(Question.PREFIX, written.find)
parts.insert(0, views.QUESTIONS)

__all__ = ["actions", "urlpatterns"]
