"""A translation stands beside its original, by one person and found right by another; never over it, and never unmarked."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from hemicycle.record import clock
from hemicycle.record.actors import PUBLIC
from hemicycle.record.acts import SamePerson
from hemicycle.record.models import Entry
from hemicycle.rules.findings import Unmet
from hemicycle.rules.procedure import NotEmpowered, OutOfOrder
from hemicycle.texts import actions, queries
from hemicycle.texts.models import Translation, Vector
from hemicycle.texts.procedure import TranslationState as S

from ..cast import Cast
from .making import BODY, FRENCH, Shelf, aside, text, translated


def test_a_draft_is_read_by_the_author_and_the_secretariat_until_another_person_has_found_it_right(
    cast: Cast, shelf: Shelf
) -> None:
    of = shelf.put(text(cast))
    row = translated(cast, of)
    assert (row.state, row.made_by, row.text) == (S.DRAFT, "secretariat", FRENCH)
    assert queries.beside(of, cast.actor("nadia")) == queries.beside(of, cast.actor("bruno")) == [row]
    assert queries.beside(of, PUBLIC) == queries.beside(of, cast.actor("oleg")) == []
    with pytest.raises(SamePerson):
        actions.review_translation(row, cast.actor("anna"))
    assert queries.beside(of, PUBLIC) == []
    actions.review_translation(row, cast.actor("bruno"))
    assert row.state == S.REVIEWED and queries.beside(of, PUBLIC) == [row]


def test_the_author_translates_the_own_text_and_a_clerk_finds_it_right(cast: Cast, shelf: Shelf) -> None:
    of = shelf.put(text(cast))
    row = translated(cast, of, by="nadia")
    assert row.made_by == "author"
    actions.review_translation(row, cast.actor("anna"))
    assert row.state == S.REVIEWED


def test_a_translation_is_found_right_when_everybody_reads_the_original_and_not_before(
    cast: Cast, shelf: Shelf
) -> None:
    of = shelf.put(text(cast), released=False)
    row = translated(cast, of, by="nadia")
    with pytest.raises(Unmet, match="once everybody reads"):
        actions.review_translation(row, cast.actor("anna"))
    assert not queries.to_review(cast.actor("anna"))
    assert not Entry.objects.filter(act="review_translation").exists(), "a public entry would name it"
    shelf.put(of)
    assert queries.to_review(cast.actor("anna")) == [row]
    actions.review_translation(row, cast.actor("anna"))


@pytest.mark.parametrize("who", ["luca", "oleg", "clara"])
def test_nobody_else_translates_or_reviews(cast: Cast, shelf: Shelf, who: str) -> None:
    of = shelf.put(text(cast))
    with pytest.raises(NotEmpowered):
        translated(cast, of, by=who)
    row = translated(cast, of)
    with pytest.raises(NotEmpowered):
        actions.review_translation(row, cast.actor(who))
    assert row.state == S.DRAFT and not Entry.objects.filter(act="review_translation").exists()


def test_what_is_no_translation_is_refused_and_nothing_is_kept(cast: Cast, shelf: Shelf) -> None:
    of = shelf.put(text(cast))
    for words, language in (("  ", "fr"), (FRENCH, "en"), (FRENCH, "de"), (FRENCH, ""), ("x" * 20_001, "fr")):
        with pytest.raises(Unmet):
            translated(cast, of, words=words, language=language)
    shelf.texts.clear()
    with pytest.raises(Unmet, match="not there"):
        translated(cast, of)
    assert not Translation.objects.exists()


def test_a_new_draft_replaces_a_draft_and_the_public_one_only_when_it_was_found_right(
    cast: Cast, shelf: Shelf
) -> None:
    of = shelf.put(text(cast))
    first = translated(cast, of)
    actions.review_translation(first, cast.actor("bruno"))
    second, third = translated(cast, of, words="Autre."), translated(cast, of, words="Encore.", by="bruno")
    second.refresh_from_db()
    assert (second.state, third.state) == (S.REPLACED, S.DRAFT) and queries.beside(of, PUBLIC) == [first]
    actions.review_translation(third, cast.actor("anna"))
    first.refresh_from_db()
    assert first.state == S.REPLACED and first.text == FRENCH, "the old one is kept"
    assert queries.beside(of, PUBLIC) == [third]
    with pytest.raises(NotEmpowered):
        actions.replace_translation(third, cast.actor("anna"))


def test_the_author_neither_replaces_nor_withdraws_what_the_secretariat_wrote(
    cast: Cast, shelf: Shelf
) -> None:
    of = shelf.put(text(cast))
    row = translated(cast, of)
    with pytest.raises(Unmet):
        translated(cast, of, by="nadia")
    with pytest.raises(Unmet):
        actions.withdraw_translation(row, cast.actor("nadia"))
    row.refresh_from_db()
    assert row.state == S.DRAFT
    actions.withdraw_translation(row, cast.actor("anna"))
    own = translated(cast, of, by="nadia")
    actions.withdraw_translation(own, cast.actor("nadia"))
    assert own.state == S.WITHDRAWN and own.ended_at is not None


def test_authentic_is_only_what_the_charter_makes_authentic(cast: Cast, shelf: Shelf) -> None:
    of = shelf.put(text(cast))
    french, russian = translated(cast, of), translated(cast, of, language="ru", words="О визах.")
    with pytest.raises(OutOfOrder):
        actions.declare_authentic(french, cast.actor("bruno"))
    for row in (french, russian):
        actions.review_translation(row, cast.actor("bruno"))
    actions.declare_authentic(french, cast.actor("anna"))
    assert french.state == S.AUTHENTIC
    with pytest.raises(Unmet, match="authentic"):
        actions.declare_authentic(russian, cast.actor("anna"))
    with pytest.raises(NotEmpowered):
        actions.declare_authentic(russian, cast.actor("nadia"))


def test_a_translation_of_an_older_wording_is_neither_found_right_nor_authentic(
    cast: Cast, shelf: Shelf
) -> None:
    of = shelf.put(text(cast))
    draft, reviewed = translated(cast, of, language="ru", words="О визах."), translated(cast, of)
    actions.review_translation(reviewed, cast.actor("bruno"))
    shelf.correct(of, BODY + " And in June.")
    with pytest.raises(Unmet, match="changed since"):
        actions.review_translation(draft, cast.actor("bruno"))
    with pytest.raises(Unmet, match="changed since"):
        actions.declare_authentic(reviewed, cast.actor("anna"))


def test_two_drafts_into_one_language_cannot_stand_in_the_database(cast: Cast, shelf: Shelf) -> None:
    row = translated(cast, shelf.put(text(cast)))
    row.pk, row.reference = None, "TRSL-OTHER"
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)


def test_what_was_withdrawn_is_erased_after_the_charters_days_and_what_stands_is_not(
    cast: Cast, shelf: Shelf
) -> None:
    of = shelf.put(text(cast))
    gone, stands = translated(cast, of), translated(cast, of, language="ru", words="О визах.")
    actions.withdraw_translation(gone, cast.actor("anna"))
    with pytest.raises(NotEmpowered):
        actions.erase_translation(stands, cast.actor("anna"))
    actions.tick()
    gone.refresh_from_db()
    assert gone.text
    with clock.set_to(clock.now() + timedelta(days=366)):
        actions.tick()
    gone.refresh_from_db()
    stands.refresh_from_db()
    assert (gone.text, gone.digest) == ("", "") and gone.erased_at and stands.text


def test_a_translation_goes_with_its_original(cast: Cast, shelf: Shelf) -> None:
    of = shelf.put(text(cast))
    row = translated(cast, of)
    with transaction.atomic():
        actions.forget(of.reference)
    row.refresh_from_db()
    assert row.text == "" and queries.beside(of, cast.actor("anna")) == []


def test_what_was_made_of_a_wording_that_had_to_disappear_goes_and_of_this_one_stays(
    cast: Cast, shelf: Shelf
) -> None:
    before = shelf.put(text(cast))
    old, moderation = translated(cast, before), aside(cast, before)
    actions.restore(moderation, cast.actor("anna"))
    running = aside(cast, before, reason="repeat")
    now = shelf.correct(before, "A shorter text.")
    new = translated(cast, now, language="ru", words="Короче.")
    vectors = [
        Vector.objects.create(reference=now.reference, part=part, digest=digest, data=b"")
        for part, digest in ((now.part, before.digest), ("other", before.digest))
    ]
    with transaction.atomic():
        actions.forget_wordings(now.reference, now.part, now.digest)
    for row in (old, new, moderation, running):
        row.refresh_from_db()
    assert (old.text, old.digest, new.text) == ("", "", "Короче.")
    assert (moderation.words, moderation.digest, moderation.reason) == ("", "", "person")
    assert running.words, "who wrote the text may still read why, and appeal"
    assert list(Vector.objects.all()) == vectors[1:]
    Translation.objects.filter(pk=old.pk).update(state=S.MACHINE)  # as a machine left it
    with pytest.raises(OutOfOrder):
        actions.translate(old, cast.actor("anna"), text="Un texte.", language="fr")
    with clock.set_to(clock.now() + timedelta(days=500)):
        actions.tick()
        actions.tick()
    running.refresh_from_db()
    assert (running.words, running.digest) == ("", ""), "of a wording that is gone nothing is kept"


def test_the_record_holds_no_word_of_a_translation(cast: Cast, shelf: Shelf) -> None:
    row = translated(cast, shelf.put(text(cast)), translator="Ylva Interpreter-Holm")
    facts = str([entry.facts for entry in Entry.objects.filter(matter=row.reference)])
    assert "visas" not in facts.lower() and "Ylva" not in facts and "hmac-sha256" in facts
