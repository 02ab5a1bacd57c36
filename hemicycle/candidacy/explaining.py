"""What is happening with a candidacy, in one sentence: for the candidate, and for others who look at it."""

from __future__ import annotations

from django.utils.translation import gettext as _

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
            S.INADMISSIBLE: _(
                "You were not admitted late, for the reasons given here. You can ask for review."
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
        S.INADMISSIBILITY_PROPOSED: _("The Secretariat has a doubt about the form. A second person decides."),
        S.INADMISSIBLE: _("The candidacy is inadmissible, for a reason of form. You can ask for review."),
        S.REVIEW_ASKED: _("Somebody who took no part in the decision now looks at it again."),
        S.LATE_ASKED: _("One person of the Secretariat proposes to admit you late; a second one decides."),
        S.LAPSED: _(
            "The deadline has passed and the candidacy was not sent. If force majeure kept you from it, say so; "
            "otherwise the draft is erased."
        ),
        S.WITHDRAWN: _("You withdrew. Nobody reads this file any more."),
    }.get(CandidacyState(state), "")


def for_others(candidacy: Candidacy, state: str) -> str:
    """What is happening, in one sentence, for whoever looks at the file of another."""
    if candidacy.submitted_at is None and state in (S.INADMISSIBILITY_PROPOSED, S.INADMISSIBLE):
        if state == S.INADMISSIBLE:
            return _("Late admission was refused. The candidate can ask for review.")
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
        S.INADMISSIBILITY_PROPOSED: _("The Secretariat has a doubt about the form. A second person decides."),
        S.INADMISSIBLE: _(
            "The candidacy is inadmissible, for a reason of form. The candidate can ask for review."
        ),
        S.REVIEW_ASKED: _("Somebody who took no part in the decision now looks at it again."),
        S.LATE_ASKED: _("One person of the Secretariat proposes late admission; a second one decides."),
        S.LAPSED: _("The deadline has passed and the candidacy was not sent."),
        S.WITHDRAWN: _("The candidate withdrew. Nobody reads this file any more."),
    }.get(CandidacyState(state), "")
