"""The decision sheet of a round: every number that procedure 7.2 names, and nothing on people not chosen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from hemicycle.candidacy import queries as candidacies
from hemicycle.composition import queries as lists
from hemicycle.composition.models import List
from hemicycle.composition.procedure import ListState
from hemicycle.integrity.models import Contact
from hemicycle.record.models import Entry
from hemicycle.rules import quota
from hemicycle.rules.charter import Charter
from hemicycle.voting.models import Effect, RollEntry, Vote
from hemicycle.web import findings
from hemicycle.web.desk import article_url

from . import margins, released, seats, votes
from .mended import Mended, Note
from .public import language


@dataclass(frozen=True)
class Figure:
    """A number of the sheet. `article` is a number of the charter."""

    key: str
    label: str
    value: int
    article: str = ""

    @property
    def url(self) -> str:
        return article_url(self.article)

    @property
    def is_part(self) -> bool:
        """Whether the number is counted within the one above it."""
        return self.key in {
            "late",
            "overridden",
            "reserved",
            "slates_represented",
            "lot_drawn",
            "lot_sitting",
        }


@dataclass(frozen=True)
class Interests:
    """Declared interests and their effect on one vote."""

    vote: votes.Line
    number: int
    names: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Reasons:
    """The President's reasons in one language; `translator` where it is no authentic one (1.8)."""

    text: str
    language: str
    is_translation: bool = False
    translator: str = ""


@dataclass(frozen=True)
class Limit:
    """A rule of the list beside the reserve: its margins, whether the approved list kept it. `count` only where the rule
    rests on public facts; of the others the verdict, and the commitment to the certificate that the Bureau has."""

    key: str
    text: str
    verdict: str
    count: int | None
    article: str

    @property
    def is_met(self) -> bool:
        return self.verdict == "met"


@dataclass(frozen=True)
class Sheet:
    the_list: List
    charter: Charter
    figures: Sequence[Figure]
    quota: quota.QuotaResult
    votes: Sequence[votes.Line]
    interests: Sequence[Interests]
    contacts: Sequence[Mapping[str, Any]]
    withheld: Sequence[tuple[str, str]]
    reasons: Sequence[Reasons]
    margins: Sequence[margins.Margin]
    late_grounds: Sequence[tuple[str, str]]  # (ground, language) of each late admission (2.1)
    limits: Sequence[Limit] = ()
    commitment: str = ""  # SHA-256 of the certificate of the rules at the approval
    notes: Sequence[Note] = field(default_factory=tuple)

    @property
    def arithmetic(self) -> list[str]:
        return [findings.text(line) for line in self.quota.arithmetic]


def of_list(list_: List) -> Sheet:
    """The sheet of an announced list. Its numbers are those that the record kept when the list was released and
    announced, so that what comes later does not rewrite them."""
    charter = lists.charter_of(list_)
    facts = _recorded(list_)
    contacts = list(released.contacts(lists.round_subjects(list_)))
    subjects = [list_.reference, *(contact.reference for contact in contacts)]
    rows = list(_votes(list_))
    mended = Mended([*subjects, *(vote.reference for vote in rows)])
    shown = votes.lines(rows)
    by_attribute = margins.of_list(list_, charter)
    return Sheet(
        the_list=list_,
        charter=charter,
        figures=_figures(charter, facts),
        quota=_quota(list_, charter, facts),
        votes=shown,
        interests=_interests(rows, shown, mended),
        contacts=_contacts(contacts, mended),
        withheld=_withheld(list_, charter, rows, bool(by_attribute)),
        reasons=_reasons(list_, charter, mended),
        margins=by_attribute,
        late_grounds=candidacies.late_grounds(list_.call),
        limits=_limits(list_, charter, facts.get("approve", {})),
        commitment=facts.get("approve", {}).get("commitment", ""),
        notes=[*mended.notes(list_.reference, language=language()), *mended.notes(*subjects[1:])],
    )


def _recorded(list_: List) -> dict[str, Any]:
    """What the record says of the list: at its release (proposed, overridden) and at its announcement (approved)."""
    found: dict[str, Any] = {}
    rows = Entry.objects.filter(matter=list_.reference, act__in=("confirm_release", "announce", "approve"))
    for row in rows.order_by("number"):
        found[row.act] = row.facts
    later = Entry.objects.filter(matter=list_.reference, act="override").exclude(before=ListState.DRAFT)
    return {**found, "override": later.count()}


def _figures(charter: Charter, facts: Mapping[str, Any]) -> list[Figure]:
    proposed = facts.get("confirm_release", {})
    approved = facts.get("announce", {})
    counts = approved.get("round", {})
    # Reasons that a review made necessary after the release are counted too, for they were not known before (3.5).
    in_line = proposed.get("overridden_in_line", 0) + facts.get("override", 0)
    form, opinion = charter.candidacy.deciding_clerks.article, charter.vetting.readings.article
    late, slate = charter.candidacy.late_admission_people.article, charter.stages.joint_slates.article
    return [
        Figure("received", _("Candidacies received"), counts["received"], form),
        Figure("late", _("of these, admitted late for force majeure"), counts["late"], late),
        Figure("late_refused", _("Late admission asked for and refused"), counts.get("late_refused", 0), late),
        Figure("withdrawn", _("Withdrawn by the candidate"), counts["withdrawn"], charter.article("candidacy.withdraw")),
        Figure("inadmissible", _("Not admissible on form"), counts["inadmissible"], form),
        Figure("admissible", pgettext("candidacies", "Admissible"), counts["admissible"], form),
        Figure("assessed", _("Assessed, with an opinion"), counts["assessed"], opinion),
        Figure("assessor_interests", _("Readings that an assessor gave up because of a declared interest"), counts.get("assessor_interests", 0), opinion),
        Figure("accepted", _("Persons who accepted before being proposed"), counts["accepted"], charter.article("composition.accept")),
        Figure("proposed", _("Proposed by the President"), proposed.get("proposed", 0), charter.list.proposed_by.article),
        Figure("overridden", _("of these, against an opinion “not met”, with reasons"), proposed.get("overridden", 0), charter.article("composition.override")),
        Figure("overridden_in_line", _("On the succession list against an opinion “not met”, with reasons"), in_line, charter.article("composition.override")),
        Figure("approved", _("Approved"), approved.get("approved", 0), charter.list.decided_by.article),
        Figure("reserved", _("of these, on reserved seats"), approved.get("reserved", 0), charter.reserve.share.article),
        Figure("slates", _("Joint slates received"), counts["slates"], slate),
        Figure("slates_represented", _("of these, represented on the list"), counts["slates_represented"], slate),
        *_lots(charter.stages.fair_lot.article, facts.get("approve", {}).get("lots", {})),
    ]  # fmt: skip


def _lots(article: str, lots: Mapping[str, int]) -> list[Figure]:
    """Where the charter foresees a lot: how often one was prepared and drawn, and who of the last draw sits."""
    words = {
        "prepared": _("Lots prepared for the lists of this round"), "drawn": _("of these, drawn"),
        "people": _("People whom the lot of this list drew"), "sitting": _("of these, on the list"),
    }  # fmt: skip
    return [Figure(f"lot_{key}", text, lots[key], article) for key, text in words.items() if key in lots]


def _quota(list_: List, charter: Charter, facts: Mapping[str, Any]) -> quota.QuotaResult:
    """The reserve at the release of the list, reckoned anew from the recorded numbers (5.3)."""
    proposed = facts.get("confirm_release", {})
    filled = int(proposed.get("proposed", 0))
    return quota.judge_by(
        charter.reserve,
        total=max(charter.seats.total.value, filled),
        filled=filled,
        reserved=int(proposed.get("reserved", 0)),
        ended=lists.reserve_ended(list_, charter),
        article=charter.reserve.share.article,
    )


def _limits(list_: List, charter: Charter, approved: Mapping[str, Any]) -> list[Limit]:
    """The rules of the charter that the record says the approved list was asked for, in the order of the charter."""
    kept = approved.get("limits", {})
    seats = charter.seats.total.value
    found = []
    for rule in charter.list.rules or ():
        said = kept.get(rule.code)
        if said is None:
            continue
        least, most = lists.bounds_of(rule, seats)
        words = findings.text(lists.limit_words(rule.name, least, most))
        count = said.get("count") if rule.is_public else None
        found.append(Limit(rule.code, words, said["verdict"], count, rule.article))
    return found


def _votes(list_: List) -> QuerySet[Vote]:
    """Public votes on the lists of this round, oldest first."""
    of_round = Q(subject__in=lists.round_subjects(list_)) | Q(subject__startswith=f"{list_.reference}/")
    return released.votes().filter(of_round).order_by("closed_at", "pk")


def _interests(rows: Sequence[Vote], shown: Sequence[votes.Line], mended: Mended) -> list[Interests]:
    """Who was out of a vote, or voted with an interest disclosed. Whom the interest concerns is not said (7.2)."""
    tied: dict[int, list[RollEntry]] = {}
    lines = RollEntry.objects.filter(vote__in=[vote.pk for vote in rows])
    for row in lines.exclude(effect=Effect.NONE, late_effect=Effect.NONE):
        tied.setdefault(row.vote_id, []).append(row)
    found = []
    for vote, line in zip(rows, shown, strict=True):
        renamed = mended.of_roll(vote.reference, "name")
        names = [(renamed.get(row.position, row.name), row.interest) for row in tied.get(vote.pk, ())]
        if names:
            named = vote.is_individual_public and not vote.is_secret
            found.append(Interests(line, len(names), names if named else []))
    return found


def _contacts(rows: Sequence[Contact], mended: Mended) -> list[dict[str, Any]]:
    """The public register on the call and its lists, as it reads after corrections."""
    return [
        {
            "met_on": row.met_on,
            "participants": mended.text(row.reference, "participants", row.participants_public),
            "place": mended.text(row.reference, "place", row.place),
            "hospitality": mended.text(row.reference, "hospitality", row.hospitality),
            "begun": row.get_initiated_by_display(),
            "language": row.language,
        }
        for row in rows
    ]


def _reasons(list_: List, charter: Charter, mended: Mended) -> list[Reasons]:
    """In the language of the page where it is authentic; else in every authentic language, and beside them the
    translation into that of the page, marked as one."""
    texts = {
        code: mended.text(list_.reference, "reasons", getattr(list_, f"reasons_{code}"), code).strip()
        for code in ("en", "fr", "ru")
    }
    own, authentic = texts.get(language(), ""), charter.languages.authentic.value
    if own and language() in authentic:
        return [Reasons(own, language())]
    found = [Reasons(texts[code], code) for code in authentic if texts.get(code)]
    return [Reasons(own, language(), True, list_.reasons_translator), *found] if own else found


def _withheld(
    list_: List, charter: Charter, rows: Sequence[Vote], has_margins: bool
) -> list[tuple[str, str]]:
    """What is not on this sheet, and the article that keeps it off."""
    found = [
        (_("Everything on people who were not chosen."), charter.publication.candidacies_counted_after_close.article),
        (_("Files, readings, opinions and replies, each of them."), charter.article("vetting.open_file")),
        (_("Who declared which interest in whom, and the text of a declaration."), charter.interests.base_floor.article),
    ]  # fmt: skip
    hidden = seats.withheld(list_)
    if hidden:
        found.insert(
            0,
            (
                _("Names of participants withheld for their safety: %(number)s.") % {"number": hidden},
                charter.publication.names_may_be_withheld.article,
            ),
        )
    if any(vote.is_secret for vote in rows):
        found.append(
            (_("Who voted how in a secret vote: nobody can know it."), charter.article("voting.cast"))
        )
    on_seats = released.seat_votes_withheld(list_)
    if on_seats:
        found.append(
            (
                _("Separate votes on seats of a list that did not pass: %(number)s.") % {"number": on_seats},
                charter.publication.candidacies_counted_after_close.article,
            )
        )
    small = charter.publication.small_number
    text = _("Numbers under %(number)s on people who are not named, and those that would give them away.")
    found.append((text % {"number": small.value}, small.article))
    if not has_margins:
        found.append((_("Figures by origin and residence: the files have begun to be erased, or too few people are left in them."), small.article))  # fmt: skip
    return found
