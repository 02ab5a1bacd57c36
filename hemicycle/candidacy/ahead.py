"""What a call tells before anybody applies: who decides which stage, and what is published when (norm 2.1)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hemicycle.assembly.models import Body
from hemicycle.rules import terms
from hemicycle.rules.charter import Charter
from hemicycle.web.desk import article_url
from hemicycle.web.templatetags.house import day, moment

from .models import Call
from .sheet import proposing_office


@dataclass(frozen=True)
class Line:
    """One line: a stage or a publication, who decides it or when it comes, and the article that says so."""

    what: str
    says: str
    article: str

    @property
    def url(self) -> str:
        return article_url(self.article)


def names_of_bodies() -> dict[str, str]:
    """Asked once for a page, however many calls it shows."""
    return {body.code: body.shown_name for body in Body.objects.all()}


def deciders(charter: Charter, bodies: Mapping[str, str]) -> list[Line]:
    """Who decides, stage by stage, by the names that the charter gives the offices."""
    rules, language = charter.list, get_language() or "en"
    clerks, readings = charter.candidacy.deciding_clerks, charter.vetting.readings

    def office(code: str) -> str:
        return charter.office(code).name[language]

    found = [
        Line(
            _("Form: complete, in time, the person’s own act"),
            _("%(number)s clerks: %(office)s") % {"number": clerks.value, "office": office("secretariat")},
            clerks.article,
        ),
        Line(
            _("Criteria and bars: an opinion, which is advice"),
            _("%(number)s readings, each blind to the other: %(office)s")
            % {"number": readings.value, "office": office("assessor")},
            readings.article,
        ),
        Line(_("Proposal of the list"), proposing_office(charter), rules.proposed_by.article),
        Line(
            _("Approval of the list"),
            bodies.get(rules.decided_by.value, rules.decided_by.value),
            rules.decided_by.article,
        ),
    ]
    if charter.stages.ratification.value:
        body, other = rules.ratified_by.value, rules.ratified_between_part_sessions_by.value
        who = _("%(body)s; between part-sessions: %(other)s") % {
            "body": bodies.get(body, body),
            "other": bodies.get(other, other),
        }
        found.append(Line(_("Ratification"), who, rules.ratified_by.article))
    return found


def publications(call: Call, charter: Charter) -> list[Line]:
    """What the public reads of the round, and from when; nothing on a person who is not chosen, at no time."""
    reply, rules = charter.periods.latest_reply_days_after_close, charter.list
    counted = charter.publication.candidacies_counted_after_close
    from_day = terms.latest_reply_date(timezone.localtime(call.closes_at).date(), reply.value)
    found = []
    if counted.value:
        when = _("after %(moment)s") % {"moment": moment(call.closes_at)}
        found.append(Line(_("How many candidacies came in"), when, counted.article))
    found.append(
        Line(
            _("A list may be proposed to the Bureau, which reads the names of those proposed"),
            _("from %(day)s on") % {"day": day(from_day)},
            reply.article,
        )
    )
    ratified = charter.stages.ratification.value and rules.announce_on.value != "approval"
    after = (
        _("once the list is ratified, not before") if ratified else _("once the list is approved, not before")
    )
    found.append(
        Line(
            _("The names of those on the list, the votes, the decision sheet and the contact register"),
            after,
            rules.announce_on.article,
        )
    )
    return found
