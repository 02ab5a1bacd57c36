"""Documents of two files whose hidden data agree: one question for each pair, with what explains it, and never the data."""

from __future__ import annotations

import pytest

from hemicycle.candidacy.models import Call, Evidence, MetadataKind
from hemicycle.record import clock
from hemicycle.vetting import actions
from hemicycle.vetting.models import AdversePoint, CoordinationQuestion, Examination
from hemicycle.vetting.procedure.coordination import QuestionState
from hemicycle.vetting.queries import resembling

from ..cast import Cast
from . import coordinating as made
from . import making

pytestmark = pytest.mark.django_db
AUTHOR, NUMBER, SECOND = (["author", "a" * 64], ["document_id", "b" * 64], ["made_at", "c" * 64])


def sent(row: Examination, title: str, *metadata: list[str], digest: str = "") -> None:
    Evidence.objects.create(
        candidacy=row.candidacy, title=title, language="en", kind="pdf", added_at=clock.now(),
        digest=digest or f"{row.pk} {title}", metadata=list(metadata),
    )  # fmt: skip


def files(call: Call, cast: Cast, *keys: str) -> list[Examination]:
    return [made.examined(call, cast, key, made.OWN[key]) for key in keys]


def rows(examination: Examination) -> list[dict[str, str]]:
    return list(made.only(examination, "hidden_data").evidence["shared"])


def test_what_agrees_raises_one_question_in_each_of_the_two_files(call: Call, cast: Cast) -> None:
    nadia, oleg, pavel = files(call, cast, "nadia", "oleg", "pavel")
    sent(nadia, "Letter", AUTHOR, NUMBER)
    sent(nadia, "Article", SECOND, ["author", "e" * 64])
    sent(oleg, "Certificate", AUTHOR, NUMBER, SECOND)
    sent(
        pavel, "Photograph", ["document_id", AUTHOR[1]], ["author", "d" * 64]
    )  # the same digest of another kind
    with made.after(call):
        made.compared(call, cast)
        made.compared(call, cast)
    assert [made.kinds(one) for one in (nadia, oleg, pavel)] == [["hidden_data"], ["hidden_data"], []]
    told = {"part": "author", "mine": "Letter", "other": ""}
    assert rows(nadia) == [
        told,
        {**told, "part": "document_id"},
        {**told, "part": "made_at", "mine": "Article"},
    ]
    assert {row["mine"] for row in rows(oleg)} == {"Certificate"}
    for mine, other in ((nadia, oleg), (oleg, nadia)):
        evidence = made.only(mine, "hidden_data").evidence
        assert (evidence["others"], evidence["innocent"]) == ([other.reference], "hidden_data")
        assert not any(digest in str(evidence) for _kind, digest in (AUTHOR, NUMBER, SECOND))


def test_the_very_same_document_is_one_question_and_not_two(call: Call, cast: Cast) -> None:
    nadia, oleg, pavel = files(call, cast, "nadia", "oleg", "pavel")
    for row in (nadia, oleg):
        sent(row, "Report", AUTHOR, NUMBER, digest="f" * 64)
    sent(oleg, "Letter", AUTHOR)
    sent(pavel, "Letter", AUTHOR)
    with made.after(call):
        made.compared(call, cast)
    assert [sorted(made.kinds(one)) for one in (nadia, oleg, pavel)] == [
        ["hidden_data", "metadata"], ["hidden_data", "metadata"], ["hidden_data", "hidden_data"],
    ]  # fmt: skip
    for row in (nadia, oleg):
        assert made.only(row, "hidden_data").evidence["others"] == [pavel.reference]


def test_documents_of_one_file_and_what_nobody_shares_are_no_question(call: Call, cast: Cast) -> None:
    nadia, oleg = files(call, cast, "nadia", "oleg")
    sent(nadia, "Letter", AUTHOR)
    sent(nadia, "Article", AUTHOR)
    sent(oleg, "Letter")
    with made.after(call):
        made.compared(call, cast)
    assert not CoordinationQuestion.objects.exists()


def test_what_many_files_have_is_told_once_as_an_office_and_not_pair_by_pair(
    call: Call, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert resembling.MANY == 5
    monkeypatch.setattr(resembling, "MANY", 2)
    every = files(call, cast, "nadia", "oleg", "pavel")
    for row in every:
        sent(row, "Certificate", AUTHOR)
    with made.after(call):
        made.compared(call, cast)
    for row in every:
        evidence = made.only(row, "hidden_data").evidence
        assert evidence["others"] == sorted({one.reference for one in every} - {row.reference})
        assert evidence["innocent"] == "shared_office"
    section = made.page(making.opened(every[0])[0])
    assert (
        "2 other files of this call have the same, of 2." in section
        and "a template that all of them used" in section
    )


def test_stopped_taken_up_and_answered_it_is_asked_once(call: Call, cast: Cast) -> None:
    nadia, oleg = files(call, cast, "nadia", "oleg")
    for row in (nadia, oleg):
        sent(row, "Letter", AUTHOR)
    with made.after(call):
        comparison = made.under_way(call, cast)
        assert actions.compare_some_files(comparison, 1)
        actions.stop_comparison(comparison, cast.actor("anna"))
        actions.resume_comparison(comparison, cast.actor("anna"))
        actions.compare_files.func(comparison.pk)
        reader, question = making.opened(nadia)[0], made.only(nadia, "hidden_data")
        actions.note_question(
            question, making.actor_of(reader), outcome="explained", reasons="One lawyer.", language="en"
        )
        Evidence.objects.filter(candidacy=nadia.candidacy, kind="pdf").delete()
        made.compared(call, cast)
    question.refresh_from_db()
    assert question.state == QuestionState.NOTED, "what was answered stays as it was"
    assert made.only(oleg, "hidden_data").state == QuestionState.LAPSED
    assert CoordinationQuestion.objects.count() == 2
    nadia.refresh_from_db()
    assert nadia.state == "reading" and not AdversePoint.objects.exists(), "never a mark"


WORDS = {
    "": (
        "the name of its author, or of the owner of the camera · the second in which it was made",
        "Another file of this call has them too",
        "what it says",
        "a shared computer",
    ),
    "/fr": ("le nom de l’auteur", "un ordinateur partagé, par exemple dans un foyer"),
    "/ru": ("имя автора", "общий компьютер, например в приюте"),
}


def test_the_reader_is_told_what_agrees_and_what_explains_it_and_no_digest(call: Call, cast: Cast) -> None:
    nadia, oleg = files(call, cast, "nadia", "oleg")
    sent(nadia, "Letter", AUTHOR, SECOND)
    sent(oleg, "Certificate of Oleg", AUTHOR, SECOND)
    with made.after(call):
        made.compared(call, cast)
    reading = making.opened(nadia)[0]
    for language, said in WORDS.items():
        section = made.page(reading, language)
        assert all(words in section for words in said), section
        assert (
            AUTHOR[1] not in section
            and "Certificate of Oleg" not in section
            and oleg.reference not in section
        )


def test_every_kind_has_words() -> None:
    assert all(str(kind.label) != kind.value for kind in MetadataKind)
