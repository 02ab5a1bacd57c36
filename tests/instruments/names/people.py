"""Invented people and an invented company; nobody of these names is known to exist."""

from __future__ import annotations

from hemicycle.instruments.names.screener import Hit, ListedName, Query, Screener

LISTED = [
    ListedName("zh", "Евгений Юрьевич Щавлинцев", "primary", "Person", "1961-04-05"),
    ListedName("zh", "Щавелёк", "weak", "Person", "1961-04-05"),
    ListedName("os", "Остап Григорович Чмелюшко", "primary", "Person", "1970"),
    ListedName("be", "Аляксандр Мікалаевіч Жураўлішкаў", "primary", "Person"),
    ListedName("tu", "Айнур Тимербулатович Чулпанбаев", "primary", "Person", "1980-02-03;1980-03-02"),
    ListedName("ca", "Заурби Хаджимуратович Гъуэщокъуэв", "primary", "Person"),
    ListedName("iv", "PISKUNTSOVA-ZARECHNAYA, Ivetta", "primary", "Person"),
    ListedName("mi", "Milentiy TRUBNISHCHEV", "primary", "Person"),
    ListedName("mi", "Милентий Саввич Трубнищев", "alias", "Person"),
    ListedName("ar", "Abd al-Qahtan BARZUMIYEH", "primary", "Person"),
    ListedName("br", "VOSKRETNIKOV, Savva (Lukyan Perestukin)", "primary", "Person"),
    ListedName("or", "Общество с ограниченной ответственностью «Синий Дельфинарий»", "primary", "Company"),
    ListedName("nu", "Завод № 17 «Медный Всадникстрой»", "primary", "Organization"),
]
SCREENER = Screener(LISTED)


def hits(text: str, birth_date: str = "", schema: str = "Person") -> list[Hit]:
    return SCREENER.hits(Query("q", text, schema, birth_date))


def found(text: str, birth_date: str = "", schema: str = "Person") -> list[str]:
    return [hit.entity_id for hit in hits(text, birth_date, schema)]
