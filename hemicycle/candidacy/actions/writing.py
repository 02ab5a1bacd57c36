"""Acts by which a person writes and sends the own candidacy (articles 5.2, 5.5, 5.9)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import get_language

from hemicycle.people.models import Language
from hemicycle.record import clock, law
from hemicycle.record.actors import Actor
from hemicycle.record.acts import Facts, gate
from hemicycle.rules.findings import N_, Finding, Unmet

from .. import answers, envelopes, files, queries
from ..models import Call, Candidacy, Evidence, FactCorrection
from ..models.contents import ORIGINAL
from ..procedure import CANDIDACY, CallState

act = gate(CANDIDACY, queries.offices)


def own(candidacy: Candidacy, by: Actor, article: str) -> None:
    """Nobody begins a candidacy for somebody else, nor one who holds an office that judges or pays (3.1)."""
    if candidacy.person_id != by.person:
        raise Unmet(Finding(N_("A candidacy is begun by the person, and by nobody else."), {}, article))
    charter = law.in_force()
    barred = {o.code for o in charter.offices if "candidate" in o.incompatible_with}
    barred.update(charter.office("candidate").incompatible_with)
    language = get_language() or "en"
    held = [o.name[language] for o in charter.offices if o.code in barred & by.offices]
    if held:
        message = N_("Who holds the office “%(office)s” cannot be a candidate.")
        raise Unmet(*(Finding(message, {"office": name}, article) for name in held))
    if Candidacy.objects.filter(call=candidacy.call, person_id=by.person).exists():
        raise Unmet(Finding(N_("You have already begun a candidacy for this call."), {}, article))


@act
def start(candidacy: Candidacy, by: Actor, *, notice_read: bool = False) -> Facts:
    """Begin a draft. The notice of the risk comes before the first field (procedure 1.2)."""
    if not notice_read:
        raise Unmet(
            Finding(
                N_("Read the notice of the risk first, and say that you have read it."), {}, "candidacy.start"
            )
        )
    call = Call.objects.select_for_update().get(pk=candidacy.call_id)
    if call.standing(clock.now()) != CallState.OPEN:
        raise Unmet(Finding(N_("This call is not open."), {}, "candidacy.start"))
    own(candidacy, by, "candidacy.start")
    candidacy.notice_read_at = clock.now()
    return Facts({"call": call.reference})


@act
def save(candidacy: Candidacy, by: Actor, *, parts: Mapping[str, Mapping[str, Any]]) -> Facts:
    """Save parts of the form: `{"residence": {"residence": "LT", "origin": ["journalism"]}, ...}`
    (answers.py).
    """
    for part, values in parts.items():
        answers.write(candidacy, part, values)
    return Facts({"parts": sorted(parts)})


@act
def add_evidence(
    candidacy: Candidacy,
    by: Actor,
    *,
    title: str,
    language: str,
    criterion: str = "",
    link: str = "",
    file: files.Kept | None = None,
) -> Facts:
    """Add a link, or a file that `files.keep` has already cleaned. One of the two."""
    charter = queries.charter_of(candidacy.call)
    article = "candidacy.add_evidence"
    if bool(link) == (file is not None):
        raise Unmet(Finding(N_("Give a link or a file: one of the two."), {}, article))
    if criterion and criterion not in {c.key for c in charter.criteria if c.asked}:
        raise Unmet(Finding(N_("Choose a criterion that is asked."), {}, article))
    most = charter.candidacy.evidence_files_at_most.value
    if file is not None and candidacy.evidence.exclude(kind="link").count() >= most:
        raise Unmet(Finding(N_("At most %(most)s files fit; remove one first."), {"most": most}, article))
    if not file and candidacy.evidence.filter(kind="link").count() >= 4 * most:
        raise Unmet(Finding(N_("At most %(most)s links fit; remove one first."), {"most": 4 * most}, article))
    evidence = Evidence(
        candidacy=candidacy,
        criterion=criterion,
        title=title,
        language=language,
        link=link,
        kind=file.kind if file else "link",
        pages=list(file.pages) if file else [],
        digest=file.digest if file else "",
        original=file.original if file else "",
        metadata=files.keyed(file, candidacy.call) if file else [],
        added_at=clock.now(),
    )
    evidence.full_clean()
    evidence.save()
    envelopes.keep_boxes(evidence, file.boxes if file else ())
    return Facts({"kind": evidence.kind}, {"digest": evidence.digest} if evidence.digest else {})


def _evidence(candidacy: Candidacy, name: str, article: str) -> Evidence:
    found = candidacy.evidence.filter(name=name).first()
    if found is None:
        raise Unmet(Finding(N_("This evidence is not there any more."), {}, article))
    return found


@act
def black_out(candidacy: Candidacy, by: Actor, *, evidence: str, page: int, blackened: str) -> Facts:
    """Put a page, of which `files.blacken` has covered an area for good, in the place of the one held."""
    held = _evidence(candidacy, evidence, "candidacy.black_out")
    if not (held.kind in ("pdf", "image") and 1 <= page <= len(held.pages)):
        raise Unmet(Finding(N_("There is no such page."), {}, "candidacy.black_out"))
    pages = list(held.pages)
    before, pages[page - 1] = pages[page - 1], blackened
    held.pages, gone = pages, [before]
    if held.original:
        # What was sent still shows what is now covered: it goes, for the candidate and the custodian too.
        gone.append(held.original)
        held.original = ""
        held.keys.filter(part=ORIGINAL).delete()
    held.save(update_fields=["pages", "original"])
    files.forget(gone)
    return Facts({"page": page})


@act
def remove_evidence(candidacy: Candidacy, by: Actor, *, evidence: str) -> Facts:
    held = _evidence(candidacy, evidence, "candidacy.remove_evidence")
    files.forget(held.file_names)
    held.delete()
    return Facts()


@act
def submit(candidacy: Candidacy, by: Actor) -> Facts:
    """Send the candidacy: complete, before the deadline. The date is kept, whatever is completed later."""
    lacking = answers.missing(candidacy)
    if lacking:
        raise Unmet(*lacking)
    candidacy.submitted_at = clock.now()
    return Facts({"call": candidacy.call.reference, "late": candidacy.is_late_admission})


@act
def complete(candidacy: Candidacy, by: Actor) -> Facts:
    """Send what was returned; the first date stands (procedure 2.4)."""
    lacking = answers.missing(candidacy)
    if lacking:
        raise Unmet(*lacking)
    candidacy.return_due = None
    return Facts({"first_date": candidacy.submitted_at})


def spoken(language: str, act_name: str) -> str:
    """The language of a free text, which every free text carries (procedure 1.8)."""
    if language not in Language.values:
        message = N_("Say in which language the text is written.")
        raise Unmet(Finding(message, {}, f"candidacy.{act_name}"))
    return language


@act
def correct_facts(
    candidacy: Candidacy, by: Actor, *, part: str, values: Mapping[str, Any], reasons: str, language: str
) -> Facts:
    """Correct one part after sending, until the opinion; the old text stays beside the new (procedure 2.5).

    What was complete stays complete: a yes to a bar comes with its dates, here as before sending.
    """
    if candidacy.corrections_closed_at is not None:
        raise Unmet(
            Finding(
                N_("The opinion has been given; facts can no longer be corrected here."),
                {},
                "candidacy.correct_facts",
            )
        )
    before, lacked = answers.read(candidacy, part), answers.missing(candidacy)
    answers.write(candidacy, part, values)
    lacking = [finding for finding in answers.missing(candidacy) if finding not in lacked]
    if lacking:
        raise Unmet(*lacking)
    FactCorrection.objects.create(
        candidacy=candidacy,
        part=part,
        before=_plain(before),
        reasons=reasons,
        language=spoken(language, "correct_facts"),
        corrected_at=clock.now(),
    )
    return Facts({"part": part, "language": language}, {"reasons": reasons})


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    """The same values as JSON can hold them: dates as ISO text."""

    def plain(value: Any) -> Any:
        if isinstance(value, list):
            return [plain(v) for v in value]
        if isinstance(value, Mapping):
            return {str(k): plain(v) for k, v in value.items()}
        return value.isoformat() if hasattr(value, "isoformat") else value

    return {name: plain(value) for name, value in values.items()}


@act
def close_corrections(candidacy: Candidacy, by: Actor) -> Facts:
    """The opinion is given: from now on the file stands as it was read. The vetting room calls this."""
    candidacy.corrections_closed_at = clock.now()
    return Facts()
