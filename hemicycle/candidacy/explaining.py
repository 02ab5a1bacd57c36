"""What a candidacy tells in words: what is happening, for the candidate and for others, and the texts written on it."""

from __future__ import annotations

from django.utils.translation import gettext as _

from hemicycle.people.spoken import language_name
from hemicycle.record.actors import Actor
from hemicycle.web.desk import Fact

from . import queries
from .models import Candidacy
from .procedure import CallState, CandidacyState

S = CandidacyState


def explanation(candidacy: Candidacy, state: str) -> str:
    """The sentence for this state, as a candidate reads it; empty where the state says enough."""
    if candidacy.submitted_at is None and (state != S.LAPSED or candidacy.late_plea):
        late = {
            S.LAPSED: _(
                "You have said what kept you from the deadline. Two people of the Secretariat decide on it."
            ),
            S.INADMISSIBILITY_PROPOSED: _(
                "One person of the Secretariat proposes not to admit you late; a second one decides."
            ),
        }.get(CandidacyState(state))
        if late:
            return late
    if state == S.LAPSED and candidacy.call.state == CallState.WITHDRAWN:
        return _("The call was withdrawn. What you wrote is erased.")
    return {
        S.DRAFT: _("Nobody but you sees this draft. It is sent only when you send it."),
        S.SUBMITTED: _("Your candidacy has been received. The Secretariat now looks at its form only."),
        S.ADMISSIBILITY_PROPOSED: _(
            "Your candidacy has been received. One person of the Secretariat finds its form in order; a second one "
            "looks at it too. You can still correct facts and withdraw."
        ),
        S.RETURNED: _(
            "Something is missing. Complete it and send it again; the date of your first sending is kept."
        ),
        S.ADMISSIBLE: _(
            "The form is in order. Assessors now read the file; you can answer before anything is decided."
        ),
        S.LATE_ASKED: _("One person of the Secretariat proposes to admit you late; a second one decides."),
        S.LAPSED: _(
            "The deadline has passed and the candidacy was not sent. If force majeure kept you from it, say so; "
            "otherwise the draft is erased."
        ),
        S.WITHDRAWN: _("You withdrew. Nobody reads this file any more."),
    }.get(CandidacyState(state), "") or _for_everybody(candidacy, state, is_own=True)


def _for_everybody(candidacy: Candidacy, state: str, *, is_own: bool) -> str:
    """What is said in the same words to the candidate and to others, or nearly so."""
    if state == S.INADMISSIBLE:
        return f"{_refused(candidacy, is_own)} {_review(candidacy, is_own)}"
    return {
        S.INADMISSIBILITY_PROPOSED: _("The Secretariat has a doubt about the form. A second person decides."),
        S.REVIEW_ASKED: _("Somebody who took no part in the decision now looks at it again."),
    }.get(CandidacyState(state), "")


def _refused(candidacy: Candidacy, is_own: bool) -> str:
    if candidacy.submitted_at is not None:
        return _("The candidacy is inadmissible, for a reason of form.")
    if is_own:
        return _("You were not admitted late, for the reasons given here.")
    return _("Late admission was refused.")


def _review(candidacy: Candidacy, is_own: bool) -> str:
    """Whether the refusal can still be reviewed. Until when stands in the box of the date."""
    if queries.may_ask_review(candidacy):
        return _("You can ask for review.") if is_own else _("The candidate can ask for review.")
    if candidacy.review_decided_at is not None:
        return _("A review has confirmed this.")
    return _("The time to ask for review is over.")


def for_others(candidacy: Candidacy, state: str) -> str:
    """What is happening, in one sentence, for whoever looks at the file of another."""
    if candidacy.submitted_at is None and state == S.INADMISSIBILITY_PROPOSED:
        return _("One person of the Secretariat proposes not to admit late; a second one decides.")
    return {
        S.DRAFT: _("A draft that was admitted late. Only the candidate sees it, until it is sent."),
        S.SUBMITTED: _("Received. The Secretariat looks at the form only."),
        S.ADMISSIBILITY_PROPOSED: _(
            "One person of the Secretariat finds the form in order; a second one looks at it too."
        ),
        S.RETURNED: _(
            "Something is missing. The candidate may complete it; the date of the first sending is kept."
        ),
        S.ADMISSIBLE: _("The form is in order. Assessors read the file."),
        S.LATE_ASKED: _("One person of the Secretariat proposes late admission; a second one decides."),
        S.LAPSED: _("The deadline has passed and the candidacy was not sent."),
        S.WITHDRAWN: _("The candidate withdrew. Nobody reads this file any more."),
    }.get(CandidacyState(state), "") or _for_everybody(candidacy, state, is_own=False)


def not_in_own(language: str, candidacy: Candidacy, actor: Actor) -> str:
    """For the candidate, beside a text in another language than that of the correspondence: which it is, and whom to ask."""
    if not language or candidacy.person_id != actor.person or language == candidacy.person.language:
        return ""
    return _("Written in %(language)s; ask the Secretariat for a translation.") % {
        "language": language_name(language)
    }


def texts(candidacy: Candidacy, actor: Actor) -> list[Fact]:
    """What was written on the candidacy, in the order in which it may happen; each in its own language."""
    titles = {
        "return_reasons": _("Returned because"),
        "not_confirmed_reasons": _("Why the second clerk did not confirm"),
        "inadmissible_reasons": _("Reasons"),
        "review_reasons": _("Reasons for asking review"),
        "review_decision": _("Decision on review"),
        "late_plea": _("What kept the person from the deadline"),
        "late_ground": _("Ground of late admission"),
    }
    by_candidate = ("review_reasons", "late_plea")
    facts = []
    for name, title in titles.items():
        if name == "inadmissible_reasons" and candidacy.inadmissible_ground:
            facts.append(Fact(_("Ground"), candidacy.get_inadmissible_ground_display()))
        if not (text := getattr(candidacy, name)):
            continue
        language = candidacy.late_ground_language if name == "late_ground" else candidacy.language_of(name)
        note = "" if name in by_candidate else not_in_own(language, candidacy, actor)
        facts.append(Fact(title, text, language, note=note))
    return facts
