"""Sources of adverse points: graded, with their copy, independent of one another, and told to the person as far as they may."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from hemicycle.candidacy import actions as candidacies
from hemicycle.candidacy.models import Candidacy
from hemicycle.record import clock
from hemicycle.record.models import Entry
from hemicycle.rules.findings import Unmet
from hemicycle.rules.procedure import NotEmpowered, OutOfOrder, Refused
from hemicycle.vetting import actions, desks, queries
from hemicycle.vetting.models import AdversePoint, Examination, PointSource

from ..cast import Cast, sign_in
from . import making
from .test_pages import send

pytestmark = pytest.mark.django_db
Act = Callable[..., Any]


def bare(examination: Examination, **more: Any) -> AdversePoint:
    """A point of the first reader in the person's language, with no source yet."""
    point = AdversePoint(examination=examination)
    actions.raise_point(
        point, making.actor_of(making.readings(examination)[0]), key=making.KEY, substance="Колонка.",
        evidence="Колонка 2016 года.", language="ru", **more,
    )  # fmt: skip
    return point


def refused(act: Act, *args: Any, match: str | None = None, **given: Any) -> None:
    """The act is refused and leaves no entry and no row."""
    before = Entry.objects.count(), PointSource.objects.count()
    with pytest.raises((Unmet, Refused, ValidationError), match=match):
        act(*args, **given)
    assert (Entry.objects.count(), PointSource.objects.count()) == before


def test_the_reader_who_raised_a_point_puts_sources_under_it_and_takes_them_out(
    examination: Examination,
) -> None:
    point, first = bare(examination), making.readings(examination)[0]
    by = making.actor_of(first)
    making.source(point, by, digest="AB" * 32, link="https://example.org/column")
    kept = point.sources.get()
    assert (kept.reading, kept.reliability, kept.credibility) == (first, "B", "2")
    assert (kept.digest, kept.origin, kept.is_disclosable) == ("ab" * 32, "The newspaper", True)
    actions.take_back_source(point, by, source=kept.row)
    assert not point.sources.exists()
    refused(actions.take_back_source, point, by, source=kept.row, match="source of this point")


def test_the_record_keeps_no_word_and_no_grade_of_a_source(examination: Examination) -> None:
    point = bare(examination)
    making.source(point, making.actor_of(making.readings(examination)[0]))
    row = Entry.objects.get(matter=point.reference, act="add_source")
    assert row.publicity == "sealed" and row.facts["language"] == "en"
    told = {name: value for name, value in row.facts.items() if name != "language"}
    assert set(told) == {"grades", "title", "origin", "digest", "archived_at", "how"}
    assert all(str(value).startswith("hmac-sha256:") for value in told.values())


@pytest.mark.parametrize(
    ("wrong", "match"),
    [
        ({"title": " "}, "what the source is"),
        ({"origin": " "}, "what the source is"),
        ({"how": ""}, "how it was obtained"),
        ({"digest": "0" * 63}, "64 digits"),
        ({"digest": ""}, "Name the copy"),
        ({"archived_at": " "}, "Name the copy"),
        ({"exhibit": "0" * 32}, "not in the file"),
        ({"obtained_on": date(2093, 1, 1)}, "future"),
        ({"reliability": "G"}, "G"),
        ({"reliability": ""}, "blank"),
        ({"credibility": "7"}, "7"),
        ({"credibility": ""}, "blank"),
        ({"obtained_by": "Clara"}, "Clara"),
        ({"language": "tt"}, "tt"),
        ({"title": "x" * 10_000}, "at most 2000"),
        ({"origin": "x" * 101}, "at most 100"),
    ],
)
def test_a_source_without_grade_copy_origin_or_date_is_not_entered(
    examination: Examination, wrong: dict[str, Any], match: str
) -> None:
    by = making.actor_of(making.readings(examination)[0])
    refused(making.source, bare(examination), by, match=match, **wrong)


def test_a_piece_of_the_file_is_a_copy_and_needs_no_other(examination: Examination) -> None:
    point, by = bare(examination), making.actor_of(making.readings(examination)[0])
    piece = examination.candidacy.evidence.all()[0].name
    making.source(point, by, exhibit=piece, digest="", archived_at="", obtained_by="candidate")
    assert point.sources.get().exhibit == piece


def test_nobody_else_says_on_what_a_readers_point_rests(examination: Examination, cast: Cast) -> None:
    point = bare(examination)
    first, second = (making.actor_of(row) for row in making.readings(examination))
    making.source(point, first)
    row = point.sources.get().row
    for by in (second, cast.actor("anna")):
        refused(making.source, point, by, origin="Another", match="Whoever raised")
        refused(actions.take_back_source, point, by, source=row, match="Whoever raised")
    for key in ("nadia", "oleg", "marta", "greta"):
        with pytest.raises(NotEmpowered):
            making.source(point, cast.actor(key), origin="Another")
        with pytest.raises(NotEmpowered):
            actions.take_back_source(point, cast.actor(key), source=row)


def test_under_a_point_of_the_secretariat_readers_put_sources_too(
    examination: Examination, cast: Cast
) -> None:
    point, clerk = AdversePoint(examination=examination), cast.actor("anna")
    actions.raise_point(point, clerk, key=making.KEY, substance="Да.", evidence="Да.", language="ru")
    refused(making.source, point, clerk, match="You do not read this file")
    making.source(point, clerk, obtained_by="secretariat")
    making.source(point, making.actor_of(making.readings(examination)[1]), origin="A library")
    assert [row.reading is None for row in point.sources.all()] == [True, False]
    actions.notify_point(point, clerk)


def test_too_few_sources_keep_a_point_from_the_person_and_one_origin_counts_once(
    examination: Examination, cast: Cast
) -> None:
    point, clerk = bare(examination), cast.actor("anna")
    by = making.actor_of(making.readings(examination)[0])
    refused(actions.notify_point, point, clerk, match=r"may read: 0\. The point needs at least 2")
    making.source(point, by, origin="The newspaper")
    making.source(point, by, origin=" the  NEWSPAPER ")
    making.source(point, by, origin="A neighbour", undisclosable=True)
    refused(actions.notify_point, point, clerk, match=r"may read: 1\.")
    assert not [w for w in desks.waiting(clerk) if point.reference in str(w.title)]
    point.refresh_from_db()
    assert (point.state, point.notified_at) == ("raised", None)
    making.source(point, by, origin="A library")
    assert [w for w in desks.waiting(clerk) if point.reference in str(w.title)]
    actions.notify_point(point, clerk)
    assert point.state == "notified"


def test_after_the_point_is_put_no_source_comes_or_goes(examination: Examination, cast: Cast) -> None:
    point = making.put(making.raised(examination), cast)
    by = making.actor_of(making.readings(examination)[0])
    with pytest.raises(OutOfOrder):
        making.source(point, by, origin="Another")
    with pytest.raises(OutOfOrder):
        actions.take_back_source(point, by, source=point.sources.all()[0].row)
    assert point.sources.count() == 2


def test_a_point_whose_sources_cannot_be_disclosed_is_put_without_them_and_excludes_nobody(
    examination: Examination, cast: Cast
) -> None:
    point = bare(examination, undisclosable=True)
    making.source(point, making.actor_of(making.readings(examination)[0]), undisclosable=True)
    actions.notify_point(point, cast.actor("anna"))
    assert queries.point_sources(point, cast.actor("nadia")) == []
    assert len(queries.point_sources(point, cast.actor("anna"))) == 1


def shown(examination: Examination, cast: Cast) -> AdversePoint:
    point, by = bare(examination), making.actor_of(making.readings(examination)[0])
    making.rest_on(point, by)
    making.source(point, by, title="A letter of a neighbour", origin="A neighbour", undisclosable=True)
    actions.notify_point(point, cast.actor("anna"))
    return point


def test_the_person_reads_each_disclosable_source_with_its_grades_in_words_and_not_who(
    examination: Examination, cast: Cast
) -> None:
    point, first = shown(examination, cast), making.readings(examination)[0]
    for address in (f"/matters/{point.reference}/", f"/matters/{point.reference}/reply/"):
        page = cast.client("nadia").get(address).content.decode()
        for told in (
            "The newspaper",
            "B – usually reliable",
            "2 – probably true",
            "Saved from the newspaper",
            "0" * 64,
        ):
            assert told in page, (address, told)
        assert "neighbour" not in page and "Reader 1" not in page and "Add a source" not in page
        assert first.assessor.shown_name not in page
    for client in (sign_in(making.readings(examination)[1].assessor), cast.client("anna")):
        page = client.get(f"/matters/{point.reference}/").content.decode()
        assert "A letter of a neighbour" in page and "Reader 1" in page and "Cannot be disclosed" in page
        assert first.assessor.shown_name not in page


@pytest.mark.parametrize(
    ("language", "words"),
    [("fr", ("Sources du point", "généralement fiable")), ("ru", ("Источники довода", "обычно надёжный"))],
)
def test_grades_are_told_in_the_language_of_the_page(
    examination: Examination, cast: Cast, language: str, words: tuple[str, ...]
) -> None:
    point = shown(examination, cast)
    page = cast.client("nadia").get(f"/{language}/matters/{point.reference}/").content.decode()
    assert all(word in page for word in words)


def test_a_reader_enters_a_source_by_page_and_reads_what_is_missing(candidacy: Candidacy, cast: Cast) -> None:
    examination = making.read(candidacy, cast)
    point, first = bare(examination), making.readings(examination)[0]
    client, page = sign_in(first.assessor), f"/matters/{point.reference}/"
    assert "0 of 2 independent sources" in client.get(page).content.decode()
    form = {**making.SOURCE, "obtained_on": clock.today().isoformat()}
    assert send(client, f"{page}add_source/", **form).status_code == 302
    assert send(client, f"{page}add_source/", **{**form, "digest": "1"}).status_code == 422
    text = client.get(page).content.decode()
    assert "1 of 2 independent sources" in text and "B – usually reliable" in text
    assert "Независимых источников: 1 из 2" in client.get(f"/ru{page}").content.decode()
    assert send(client, f"{page}take_back_source/", source=point.sources.get().row).status_code == 302
    assert not point.sources.exists()


def test_sources_go_with_the_file(examination: Examination, cast: Cast) -> None:
    point = shown(examination, cast)
    by = making.actor_of(making.readings(examination)[0])
    candidacies.withdraw(examination.candidacy, cast.actor("nadia"))
    refused(making.source, AdversePoint.objects.get(pk=point.pk), by)
    assert not queries.visible_points(by).exists()
    actions.tick()
    with clock.set_to(clock.now() + timedelta(days=60)):
        candidacies.tick()
        actions.tick()
    assert not PointSource.objects.exists()


def test_the_database_keeps_no_source_without_a_copy(examination: Examination) -> None:
    making.source(bare(examination), making.actor_of(making.readings(examination)[0]))
    with pytest.raises(IntegrityError), transaction.atomic():
        PointSource.objects.update(digest="")
    with pytest.raises(IntegrityError), transaction.atomic():
        PointSource.objects.update(reliability="Z")
