from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hemicycle.instruments.names.clean import INVISIBLE, MIXED
from hemicycle.instruments.names.explain import recomputed
from hemicycle.instruments.names.screener import ListedName, Query, Screener
from hemicycle.instruments.names.weights import THRESHOLD

from .people import LISTED, SCREENER, found, hits
from .test_fold import SPELLINGS


@pytest.mark.parametrize("system", SPELLINGS)
def test_every_spelling_finds_the_person(system: str) -> None:
    assert found(SPELLINGS[system]) == ["zh"]


@pytest.mark.parametrize(
    ("text", "entity"),
    [
        ("Щавлинцев Евгений Юрьевич", "zh"),  # order
        ("SHCHAVLINTSEV, Evgeny", "zh"),  # no patronymic
        ("Щавлинцев Е. Ю.", "zh"),  # initials
        ("Евгений Ю. Щавлинцев", "zh"),
        ("Evgeny Shchavlinstev", "zh"),  # letters swapped
        ("Evgeny Shchavlintev", "zh"),  # a letter left out
        ("Yеvgеniу Shсhаvlintsеv", "zh"),  # look-alikes
        ("Евге\u200bний Щавлин\u200bцев", "zh"),  # zero width
        ("Ev\u202egeny Shchav\u200flintsev", "zh"),  # right-to-left marks
        ("Evg3ny Shchavl1ntsev", "zh"),  # digits
        ("EvgenyShchavlintsev", "zh"),  # joined
        ("Ostap Hryhorovych Chmeliushko", "os"),
        ("Остап Григорьевич Чмелюшко", "os"),
        ("Aliaksandr Mikalaevich Zhuraulishkau", "be"),
        ("Александр Николаевич Журавлишков", "be"),
        ("Aynur Chulpanbayev", "tu"),
        ("Chulpanbaev Ainur Timerbulatovich", "tu"),
        ("Zaurbi Gueshchokuev", "ca"),
        ("Иветта Пискунцова-Заречная", "iv"),
        ("Ivetta Piskuntsova Zarechnaya", "iv"),
        ("Abdel Qahtan Barzumiya", "ar"),
        ("Abdulqahtan Barzumiyeh", "ar"),
        ("Лукьян Перестукин", "br"),  # a name in brackets
    ],
)
def test_a_person_is_found(text: str, entity: str) -> None:
    assert found(text) == [entity]


@pytest.mark.parametrize(
    "text",
    [
        "Евгений Петрович Щавлинцев",  # another patronymic
        "Кондрат Юрьевич Щавлинцев",  # a brother
        "Евгений Юрьевич Хвостопляс",  # another surname
        "Щавлинцева Капитолина Саввична",  # a wife
        "Щавлинцев",
        "Е. Ю.",
        "Евгений Юрьевич",
        "Щавелёк",  # a weak alias
        "",
        "—",
        "\u202e\u202e",
    ],
)
def test_somebody_else_is_not_found(text: str) -> None:
    assert found(text) == []


def test_a_patronymic_in_another_name_of_the_entry_tells_two_people_apart() -> None:
    assert found("Милентий Саввич Трубнищев") == ["mi"]
    assert found("Милентий Львович Трубнищев") == []


def test_weak_aliases_are_matched_only_on_request() -> None:
    one = ListedName("x", "Щавелёк Кислокваскин", "weak", "Person")
    query = Query("q", "Щавелёк Кислокваскин", "Person")
    assert Screener([one]).hits(query) == []
    assert [hit.entity_id for hit in Screener([one], with_weak=True).hits(query)] == ["x"]


def test_a_date_of_birth_qualifies_the_score() -> None:
    text = "Evgeny Shchavlintsev"
    scores = {date: hits(text, date)[0].score for date in ("1961-04-05", "1961", "1961-05-04", "")}
    assert scores["1961-04-05"] > scores["1961"] > scores["1961-05-04"] > scores[""]
    assert found("Evgeny Shchavlintseu", "1937-01-01") == []
    assert hits("Aynur Chulpanbaev", "1980-03-02")[0].score > hits("Aynur Chulpanbaev")[0].score


def test_organisations_are_found_without_their_legal_form() -> None:
    for text in (
        "OOO Siniy Delfinariy",
        "ООО Синий Дельфинарий",
        "Siny Delfinary LLC",
        "Дельфинарий Синий, АО",
    ):
        assert found(text, schema="Company") == ["or"], text
    assert found("Завод № 18 «Медный Всадникстрой»", schema="Organization") == []
    assert found("Ассоциация «Зелёный Осьминожник»", schema="Organization") == []


def test_without_a_schema_both_are_asked() -> None:
    assert found("Evgeny Shchavlintsev", schema="") == ["zh"]
    assert found("ООО Синий Дельфинарий", schema="") == ["or"]


def test_oddities_of_typing_are_reported() -> None:
    assert MIXED in hits("Yеvgеniу Shсhаvlintsеv")[0].explanation["signals"]
    assert INVISIBLE in hits("Евге\u200bний Щавлин\u200bцев")[0].explanation["signals"]


def test_an_explanation_reads_and_adds_up() -> None:
    hit = hits("SHCHAVLINTSEVA, Evgeny P.", "1961-04-05")[0]
    told = hit.explanation
    assert recomputed(told) == hit.score == told["score"] >= THRESHOLD
    assert {pair["agreement"] for pair in told["pairs"]} >= {"sounds alike"}
    assert "Евгений Юрьевич Щавлинцев" in told["sentence"] and told["sentence"].endswith(
        "birth date is the same."
    )


def test_every_feature_is_about_spelling_parts_or_dates() -> None:
    from hemicycle.instruments.names import dates, organisations, persons

    names = " ".join((*persons.FEATURES, *organisations.FEATURES, *dates.FEATURES))
    for word in ("gender", "nation", "ethnic", "relig", "kin", "famil", "country"):
        assert word not in names


def test_hits_stand_best_first_and_do_not_depend_on_what_was_asked_before() -> None:
    fresh = Screener(LISTED)
    for text in reversed(list(SPELLINGS.values())):
        query = Query("q", text, "Person")
        assert fresh.hits(query) == SCREENER.hits(query)
        scores = [hit.score for hit in fresh.hits(query)]
        assert scores == sorted(scores, reverse=True)


def test_an_empty_list_gives_no_hits() -> None:
    assert Screener([]).hits(Query("q", "Евгений Щавлинцев")) == []
    assert Screener([ListedName("x", "", schema="Person")]).hits(Query("q", "Евгений Щавлинцев")) == []


def test_hostile_names_cost_little() -> None:
    start = time.process_time()
    for text in (
        "Щ" * 10_000,
        "щав " * 3_000,
        "a" * 10_000,
        "\u202e" * 10_000,
        "(" * 10_000,
        "a,b c;" * 2_000,
    ):
        hits(text)
        hits(text, schema="")
    assert time.process_time() - start < 2


LETTERS = st.text("абвгдежзийклмнопрстуфхцчшщыэюяabcdefghijklmnoprstuvwyzéšžčł' -.,()\u200b1", max_size=40)


@settings(max_examples=150, deadline=None)
@given(
    LETTERS,
    st.sampled_from([one.name for one in LISTED]),
    st.integers(0, 30),
    st.sampled_from(["", "1961", "1961-04-05"]),
)
def test_the_score_recomputes_for_any_query(noise: str, name: str, cut: int, date: str) -> None:
    for schema in ("", "Person", "Company"):
        for hit in SCREENER.hits(Query("q", name[:cut] + noise + name[cut:], schema, date), threshold=0.0):
            assert recomputed(hit.explanation) == hit.score
            assert hit.explanation["sentence"]


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=60))
def test_any_text_can_be_asked_about(text: str) -> None:
    for hit in SCREENER.hits(Query("q", text), threshold=0.0):
        assert 0 <= hit.score <= 1
