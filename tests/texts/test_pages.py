"""The pages: a text with what stands beside it or in its place, the glossary, the rules of speech, and the forms."""

from __future__ import annotations

import re
import uuid
from datetime import timedelta
from html import unescape
from typing import Any

from django.template import Context, Template
from django.test import Client, RequestFactory

from hemicycle.record import clock
from hemicycle.record.actors import PUBLIC, Actor
from hemicycle.texts import actions, queries
from hemicycle.texts.models import Moderation, Term, Translation
from hemicycle.texts.sources import Written

from ..cast import Cast
from .making import BODY, FRENCH, Shelf, aside, ministers, text, translated
from .test_machine import Invented

LANGUAGES = ("", "/fr", "/ru")


def shown(of: Written, actor: Actor = PUBLIC) -> str:
    request: Any = RequestFactory().get("/")
    request.actor = actor
    template = Template("{% load texts %}{% written text %}")
    return unescape(" ".join(template.render(Context({"text": of, "request": request})).split()))


def page(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, answer.content.decode()[:2000]
    return unescape(answer.content.decode())


def form(**fields: object) -> dict[str, object]:
    return {"once": uuid.uuid4().hex, **fields}


def begin(act: str, of: Written) -> str:
    return f"/matters/new/texts/{act}/?of={of.reference}&part={of.part}"


# --- a text with what stands beside it -------------------------------------------------------------------------------


def test_the_original_stands_first_and_each_translation_beside_it_with_who_and_how_far(
    cast: Cast, shelf: Shelf
) -> None:
    of = shelf.put(text(cast))
    french = translated(cast, of, translator="Ylva Interpreter-Holm")
    russian = translated(cast, of, language="ru", words="О **визах**.", by="nadia")
    assert "Ylva" not in shown(of) and "визах" not in shown(of), "a draft is not public"
    assert "not public" in shown(of, cast.actor("nadia")) and "not public" in shown(of, cast.actor("bruno"))
    for row in (french, russian):
        actions.review_translation(row, cast.actor("bruno"))
    actions.declare_authentic(french, cast.actor("anna"))
    said = shown(of)
    assert said.index('lang="en"') < said.index('lang="fr"') < said.index('lang="ru"')
    assert "Authentic text: French" in said and "Translator: Ylva Interpreter-Holm" in said
    assert "Translation: Russian" in said and "Translated by the author" in said
    assert "<strong>визах</strong>" in said and "/matters/" not in said


def test_a_translation_of_an_older_wording_says_so(cast: Cast, shelf: Shelf) -> None:
    of = shelf.put(text(cast))
    actions.review_translation(translated(cast, of), cast.actor("bruno"))
    assert "older wording" not in shown(of)
    assert "older wording" in shown(shelf.correct(of, BODY + " And in June."))


def test_a_text_set_aside_gives_its_ground_and_never_who_did_it(cast: Cast, shelf: Shelf) -> None:
    of = shelf.put(text(cast))
    actions.review_translation(translated(cast, of), cast.actor("bruno"))
    row = aside(cast, of)
    for actor in (PUBLIC, cast.actor("oleg"), cast.actor("luca")):
        said = shown(of, actor)
        assert "Attacks a person instead of what was said" in said and "may appeal" in said
        assert (
            "Visas" not in said
            and "visas" not in said
            and "Lindqvist" not in said
            and row.reference not in said
        )
    own = shown(of, cast.actor("nadia"))
    assert row.reference in own and "Visas" in own and "the public cannot" in own
    actions.appeal(row, cast.actor("nadia"), words="Речь не о человеке.", language="ru")
    assert "has appealed" in shown(of)
    with clock.set_to(clock.now() + timedelta(days=10, minutes=1)):
        assert "Visas" in shown(of) and "set aside" not in shown(of)


def test_only_who_may_is_offered_to_translate_or_set_aside(cast: Cast, shelf: Shelf, settings: Any) -> None:
    of = shelf.put(text(cast))
    assert "/matters/new/" not in shown(of) + shown(of, cast.actor("luca"))
    clerk, author = shown(of, cast.actor("anna")), shown(of, cast.actor("nadia"))
    assert "texts/translate" in clerk and "texts/set_aside" in clerk and "ask_machine" not in clerk
    assert "texts/translate" in author and "texts/set_aside" not in author
    settings.TRANSLATION_PROVIDER = f"{Invented.__module__}.Invented"
    kept = shelf.put(text(cast, "EXMP-2"), released=False)
    clerk = shown(kept, cast.actor("anna"))
    assert "texts/translate" in clerk and "texts/set_aside" not in clerk and "ask_machine" not in clerk
    del shelf.texts["EXMP-2"]  # its room gives it to nobody yet, as an answer that is not released
    assert "/matters/new/" not in shown(kept, cast.actor("anna")) + shown(kept, cast.actor("nadia"))


# --- translating -----------------------------------------------------------------------------------------------------


def test_a_clerk_translates_beside_the_original_and_is_warned_of_a_missing_name(
    cast: Cast, shelf: Shelf
) -> None:
    of, clerk = shelf.put(text(cast)), cast.client("anna")
    ministers(cast)
    asked = page(clerk, begin("translate", of))
    assert (
        "which state issues them" in asked
        and "Comité des Ministres" in asked
        and "Комитет министров" in asked
    )
    answer = clerk.post(
        begin("translate", of), form(language="fr", text="Des visas : le Cabinet.", translator="")
    )
    assert answer.status_code == 302
    said = page(clerk, answer["Location"])
    assert "Look at them again" in said and "Comité des Ministres" in said
    assert Translation.objects.get().made_by == "secretariat"
    second = cast.client("bruno")
    assert answer["Location"] in page(second, "/desk/") and answer["Location"] not in page(clerk, "/desk/")
    assert "A second person is needed" in page(clerk, answer["Location"])
    sent = second.post(
        f"{answer['Location']}review_translation/", form(seen=Translation.objects.get().version)
    )
    assert sent.status_code == 302 and Translation.objects.get().state == "reviewed"


def test_a_translation_without_words_is_answered_with_what_to_do_and_what_was_typed_stays(
    cast: Cast, shelf: Shelf
) -> None:
    of, clerk = shelf.put(text(cast)), cast.client("anna")
    answer = clerk.post(begin("translate", of), form(language="ru", text=" ", translator="Typed Name"))
    assert answer.status_code == 422 and "Typed Name" in answer.content.decode()
    assert "which state issues them" in answer.content.decode() and not Translation.objects.exists()


def test_texts_that_are_not_there_or_not_for_this_person_cannot_be_translated(
    cast: Cast, shelf: Shelf
) -> None:
    of = shelf.put(text(cast), released=False)
    page(cast.client("luca"), begin("translate", of), 404)
    page(cast.client("anna"), "/matters/new/texts/translate/?of=EXMP-9&part=text", 404)
    page(cast.client("anna"), "/matters/new/texts/translate/", 404)
    page(cast.client("luca"), begin("translate", shelf.put(text(cast))), 403)


def test_who_receives_the_text_stands_on_the_page_before_a_machine_is_asked(
    cast: Cast, shelf: Shelf, settings: Any
) -> None:
    of, clerk = shelf.put(text(cast)), cast.client("anna")
    assert "no text leaves the platform" in page(clerk, "/texts/")
    settings.TRANSLATION_PROVIDER = f"{Invented.__module__}.Invented"
    assert "It is sent to Invented Ltd, Nowhere" in page(clerk, begin("ask_machine", of))
    assert "is sent to Invented Ltd, Nowhere" in page(clerk, "/texts/") and "ask_machine" in shown(
        of, cast.actor("anna")
    )


# --- speech ----------------------------------------------------------------------------------------------------------


def test_the_way_of_a_text_set_aside_and_restored_on_appeal(cast: Cast, shelf: Shelf) -> None:
    of, clerk, author = shelf.put(text(cast)), cast.client("anna"), cast.client("nadia")
    fields = {"reason": "person", "days": 10, "words": "The second line.", "language": "en"}
    asked = page(clerk, begin("set_aside", of))
    assert "never reads your name" in asked and "which state issues them" in asked
    assert clerk.post(begin("set_aside", of), form(**{**fields, "days": 31})).status_code == 422
    place = clerk.post(begin("set_aside", of), form(**fields))["Location"]
    row = Moderation.objects.get()
    assert place in page(author, "/desk/")
    own = page(author, place)
    for told in ("Anna Lindqvist", "The second line.", "another person decides", "Attacks a person"):
        assert told in own, told
    page(cast.client("oleg"), place, 404)
    appeal = {"words": "Речь не о человеке.", "language": "ru"}
    assert author.post(f"{place}appeal/", form(seen=row.version, **appeal)).status_code == 302
    judge = cast.client("marta")
    assert place in page(judge, "/desk/") and "Речь не о человеке." in page(judge, place)
    row.refresh_from_db()
    asked = page(judge, f"{place}decide_appeal/")
    assert (
        "which state issues them" in asked and "Речь не о человеке." in asked and "The second line." in asked
    )
    decision = {"restored": "yes", "reasons": "It is about a deed.", "language": "en"}
    assert clerk.post(f"{place}decide_appeal/", form(seen=row.version, **decision)).status_code == 403
    assert judge.post(f"{place}decide_appeal/", form(seen=row.version, **decision)).status_code == 302
    assert "It is about a deed." in page(author, place) and "Visas" in shown(of)


def test_how_often_is_public_by_ground_and_without_names(cast: Cast, shelf: Shelf) -> None:
    for reference, reason in (("EXMP-1", "person"), ("EXMP-2", "topic")):
        aside(cast, shelf.put(text(cast, reference)), reason=reason)
    actions.restore(Moderation.objects.latest("pk"), cast.actor("bruno"))
    aside(cast, shelf.texts["EXMP-2"], days=1)  # the second time, on another ground
    for prefix in LANGUAGES:
        said = page(Client(), f"{prefix}/speech/")
        assert "Lindqvist" not in said and "SPCH-" not in said
    said = " ".join(page(Client(), "/speech/").split())
    assert "30 days at most" in said and "set aside, so far</dt><dd>3</dd>" in said
    numbers = re.findall(r"<td[^>]*>(?:\s|<[^>]+>)*(\d+)", said)
    assert numbers == [str(number) for _, number in queries.counts()[0]] and {"1", "2"} < set(numbers)


# --- the glossary ----------------------------------------------------------------------------------------------------


def test_everybody_reads_the_glossary_in_each_language(cast: Cast) -> None:
    assert "No name has been entered" in page(Client(), "/glossary/")
    ministers(cast)
    for prefix, name in zip(
        LANGUAGES, ("Committee of Ministers", "Comité des Ministres", "Комитет министров"), strict=True
    ):
        said = page(Client(), f"{prefix}/glossary/")
        assert f"<dt>{name}" in said and all(f'lang="{code}"' in said for code in ("en", "fr", "ru"))


def test_a_clerk_enters_a_name_that_the_software_proposes_and_changes_it(cast: Cast) -> None:
    clerk = cast.client("anna")
    keeping = page(clerk, "/texts/")
    assert "/matters/new/texts/enter_term/?name=council-of-europe" in keeping
    asked = page(clerk, "/matters/new/texts/enter_term/?name=council-of-europe")
    given = {f"{part}_{code}": "" for part in ("note", "never") for code in ("en", "fr", "ru")}
    names = {
        f"name_{code}": re.search(rf'name="name_{code}" value="([^"]*)"', asked)
        for code in ("en", "fr", "ru")
    }
    given |= {key: found[1] for key, found in names.items() if found}
    answer = clerk.post("/matters/new/texts/enter_term/", form(kind="institution", own_name="", **given))
    assert answer.status_code == 302 and Term.objects.get().name_ru == "Совет Европы"
    assert "council-of-europe" not in page(clerk, "/texts/")
    given["name_en"] = ""
    sent = clerk.post(
        f"{answer['Location']}change_term/", form(kind="institution", own_name="", seen=1, **given)
    )
    assert sent.status_code == 422 and Term.objects.get().name_en == "Council of Europe"


def test_what_the_house_keeps_is_for_the_house(cast: Cast, shelf: Shelf) -> None:
    of = shelf.put(text(cast), released=False)
    row = translated(cast, of)
    place = f"/matters/{row.reference}/"
    assert f"{place}review_translation/" not in page(cast.client("bruno"), place), "it would be refused"
    shelf.put(of)
    assert f"{place}review_translation/" in page(cast.client("bruno"), place)
    assert row.reference in page(cast.client("bruno"), "/texts/")
    assert row.reference not in page(cast.client("marta"), "/texts/")
    page(cast.client("luca"), "/texts/", 404)
    assert Client().get("/texts/").status_code == 302
    page(Client(), f"/matters/{row.reference}/", 302)
    page(cast.client("luca"), f"/matters/{row.reference}/", 404)
    assert FRENCH.split("\n")[0] in page(cast.client("nadia"), f"/matters/{row.reference}/")
