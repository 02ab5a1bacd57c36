from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hemicycle.instruments.names.clean import cleaned
from hemicycle.instruments.names.fold import (
    MOST_READINGS,
    is_patronymic_like,
    other_gender,
    readings,
    skeleton,
    skeletons,
)

SPELLINGS = {
    "BGN": "Yevgeniy Yur'yevich Shchavlintsev",
    "passport 1997": "Yevgeniy Yuryevich Shchavlintsev",
    "ISO 9": "Evgenij Ûrʹevič Ŝavlincev",
    "GOST 7.79 B": "Evgenij Yur`evich Shhavlincev",
    "ALA-LC": "Evgeniĭ I͡Urʹevich Shchavlint͡sev",
    "German": "Jewgeni Jurjewitsch Schtschawlinzew",
    "French": "Evgueni Iourievitch Chtchavlintsev",
    "Polish": "Jewgienij Jurjewicz Szczawlincew",
    "Czech": "Jevgenij Jurjevič Ščavlincev",
    "Croatian": "Evgenij Jur'evič Ščavlincev",
    "Hungarian": "Jevgenyij Jurjevics Scsavlincev",
    "Dutch": "Jevgeni Joerjevitsj Sjtsjavlintsev",
    "Swedish": "Jevgenij Jurjevitj Sjtjavlintsev",
    "Finnish": "Jevgeni Jurjevitš Štšavlintsev",
    "Latvian": "Jevgeņijs Jurjevičs Ščavļincevs",
    "Lithuanian": "Jevgenijus Jurjevičius Ščavlincevas",
    "Spanish": "Yevgueni Yúrievich Schavlíntsev",
    "Ukrainian": "Євген Юрійович Щавлінцев",
    "Ukrainian passport": "Yevhen Yuriiovych Shchavlintsev",
}


@pytest.mark.parametrize("system", SPELLINGS)
def test_each_part_of_each_spelling_shares_a_reading_with_the_original(system: str) -> None:
    original = cleaned("Евгений Юрьевич Щавлинцев").words
    for mine, theirs in zip(cleaned(SPELLINGS[system]).words, original, strict=True):
        assert set(readings(mine)) & set(readings(theirs)), (mine, readings(mine), readings(theirs))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("володимир", "vladimir"),
        ("uladzimir", "владимир"),
        ("мікалай", "николай"),
        ("siarhei", "сергей"),
        ("ihor", "игорь"),
        ("дзмітрый", "dmitry"),
        ("олександрівна", "александровна"),
        ("аляксандраўна", "aleksandrovna"),
        ("mykolaiovych", "николаевич"),
        ("muhammad", "магомед"),
        ("джамбулат", "dzhambulat"),
        ("джамбулат", "dschambulat"),
        ("жәлил", "zhalil"),
        ("ҡәҙерғол", "kazergol"),
        ("ivanoff", "иванов"),
    ],
)
def test_one_name_in_several_languages_sounds_alike(one: str, other: str) -> None:
    assert set(readings(one)) & set(readings(other)), (readings(one), readings(other))


def test_different_names_do_not_sound_alike() -> None:
    for one, other in (("петрович", "павлович"), ("щавлинцев", "жураплинцев"), ("олег", "игорь")):
        assert not set(readings(one)) & set(readings(other))


def test_endings_of_patronymics_and_of_surnames() -> None:
    assert is_patronymic_like(readings("yurievich")[0]) and is_patronymic_like(readings("ильинична")[0])
    assert not is_patronymic_like(readings("щавлинцев")[0])
    assert other_gender("SavlinCov") == "SavlinCova"
    assert other_gender("zareska") == "zareski"
    assert other_gender("kim") is None


def test_skeletons_keep_the_consonants_and_merge_near_ones() -> None:
    assert skeleton("Savlincev") == skeleton("savlinsev")
    assert skeleton("a") == "a"
    assert skeletons("щавлинцев") & skeletons("szczawlincew")


@given(st.text(min_size=1, max_size=40))
def test_any_word_has_one_to_six_readings(word: str) -> None:
    for part in cleaned(word).words:
        found = readings(part)
        assert 1 <= len(found) <= MOST_READINGS
        assert all(found)
        assert found == readings(part)
