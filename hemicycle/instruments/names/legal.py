"""Words that organisations share: legal forms, and common words in Russian, in transliteration and in English."""

from __future__ import annotations

import re

_FORMS = (
    "общество с ограниченной ответственностью|товариство з обмеженою відповідальністю|limited liability company|"
    "limited liability partnership|company limited|co limited|co ltd|private limited|pvt ltd|pte ltd|pty ltd|"
    "sdn bhd|gesellschaft mit beschränkter haftung|gmbh and co kg|gmbh co kg|s de r l de c v|s de rl de cv|"
    "obshchestvo s ogranichennoi otvetstvennostyu|obshchestvo s ogranichennoy otvetstvennostyu|"
    "obshchestvo s ogranichennoj otvetstvennostyu|ltd liability co|ooo|ооо|тов|tov|llc|l l c|ltd|limited|gmbh|sarl|"
    "s a r l|srl|sro|s r o|doo|d o o|ltda|lda|kft|oü|ou|uab|sia|bv|b v|fzco|fze|fz llc|fzc|dmcc|llp|pvt|ltd sti|"
    "limited sirketi|ltd şti|limited şirketi|plc|kg|pte|pty|sas|s a s|mchj|тоо|too|чп|ип",
    "публичное акционерное общество|открытое акционерное общество|закрытое акционерное общество|"
    "непубличное акционерное общество|акционерное общество|публічне акціонерне товариство|акціонерне товариство|"
    "public joint stock company|open joint stock company|closed joint stock company|joint stock company|"
    "private joint stock company|open joint stock society|closed stock company|joint stock co|"
    "otkrytoe aktsionernoe obshchestvo|zakrytoe aktsionernoe obshchestvo|publichnoe aktsionernoe obshchestvo|"
    "aktsionernoe obshchestvo|sa de cv|s a de c v|anonim sirketi|anonim şirketi|пао|оао|зао|нао|ао|pao|oao|zao|ao|"
    "pjsc|ojsc|cjsc|jsc|pjs|pjsco|s a|sa|sal|s a l|saoc|spa|s p a|ag|oy|oyj|ab|as|a s|nv|n v|sae|ead|ad|inc|"
    "incorporated|corp|corporation|as ltd|holding as",
    "федеральное государственное унитарное предприятие|государственное унитарное предприятие|"
    "федеральное казенное предприятие|федеральное казённое предприятие|"
    "федеральное государственное бюджетное учреждение|федеральное государственное автономное учреждение|"
    "федеральное государственное бюджетное образовательное учреждение высшего образования|"
    "federal state unitary enterprise|state unitary enterprise|federal state budgetary institution|"
    "federal state enterprise|republican unitary enterprise|federal state budgetary educational institution|"
    "federal treasury enterprise|federal state autonomous institution|"
    "federalnoe gosudarstvennoe unitarnoe predpriyatie|фгуп|гуп|фкп|фгбу|фгау|fgup|gup|fsue|fkp|fgbu|sue|fsbi|rup|rue|руп",
    "company|co|companies|cie|compania|compañia|sirketi|şirketi|kompaniya|компания|firma|фирма|sherkat",
)
_SMALL_WORDS = (
    "of the and for de la el al du des le les und der y e im named after in imeni imena имени им и по в на для с на i "
    "do da of to by a an at o po v na s"
)
_SMALL = frozenset(_SMALL_WORDS.split())

_CONCEPTS = """
plant zavod завод zavodu factory works fabrika фабрика usine
research issledovatelskii исследовательский nauchno научно scientific исследований nauchnoissledovatelskiy
institute institut институт
design конструкторское konstruktorskoe konstruktorskoye constructor konstruktorskiy проектный opytnokonstruktorskoe
bureau buro byuro бюро
production производственное proizvodstvennoe proizvodstvennoye manufacturing производство proizvodstvo
association obedinenie obyedinenie объединение assotsiatsiya ассоциация asociacion sdruzhenie
enterprise predpriyatie предприятие enterprises
state gosudarstvennoe gosudarstvenny государственный государственное государственная gosudarstvennaya
machine mashinostroitelnyy машиностроительный mashinostroitelny machinebuilding mashinostroitelnoe машиностроительное
bank банк banka banque
center centre tsentr центр centro centr
foundation fund fond фонд fondo fonds
group gruppa группа groupe grup grupo
trade trading torgovyi торговый torgovyy commerce commercial commerical ticaret tejarat bazargani
house dom дом
technology tekhnologii технологии technologies tehnologii technological tech tecnologia
industry industries promyshlennost промышленность industrial sanayi sanat promyshlennyy industria
services service servis сервис servicios uslugi
international mezhdunarodnyi международный mezhdunarodnaya международная internationale intl mejdunarodny
shipping sudokhodnaya судоходная
system sistemy системы systems sistema система sistem
electronic elektronika электроника electronics elektronnye elektron elektronik electronica
aviation aviatsionnyi авиационный aviatsiya авиация aviatsionnaya aviatsionny aviacion havacilik
transport transportation transportnaya транспортная транспорт transportation
republic respublika республика republique
russian rossiiskii российский русский russkii российская rossiyskiy rossiyskaya rossii russia россии rf
national natsionalnyi национальный nationale nacional natsionalnaya национальная
movement dvizhenie движение mouvement
party partiya партия parti
army armiya армия armee
front фронт frente
organization organisation organizatsiya организация organisations organizations
union soyuz союз syndicate
ministry ministerstvo министерство
university universitet университет universidad universite
academy akademiya академия
investment investments invest инвест investitsionnaya инвестиционная inversiones
construction stroi stroitelnaya строительная stroitelstvo insaat building
holding kholding холдинг holdings
oil neft нефть neftyanaya
gas gaz газ
military voennyi военный voenno
general generalnyi obshchii
engineering inzhiniring инжиниринг engineers muhendislik инженерный inzhenernyy mohandesi
airlines avialinii авиалинии airline airways
new novyi новый nouveau
export eksport экспорт exports exporting
import импорт imports importing
chemical khimicheskii химический chemicals kimya khimicheskiy
medical meditsinskii медицинский
special spetsialnyi специальный spetsialnoe special
project proekt проект
logistics logistika логистика logistik
exchange exchangers sarafi
metallurgical metallurgicheskii металлургический metallurgicheskiy
"""

_SHORT_FOR = {
    word: tuple(long.split())
    for words, long in {
        "nii нии": "research institute",
        "npo нпо": "research production association",
        "npp нпп": "research production enterprise",
        "okb окб kb кб skb скб": "design bureau",
    }.items()
    for word in words.split()
}
_DROPPED = str.maketrans("", "", "ьъ")  # as `cleaned` does
_PHRASES = sorted(
    {phrase.strip().translate(_DROPPED) for phrase in "|".join(_FORMS).split("|")},
    key=lambda phrase: (-len(phrase), phrase),
)
_PATTERN = re.compile(r"(?<!\S)(?:" + "|".join(map(re.escape, _PHRASES)) + r")(?!\S)")
_LETTERS_APART = re.compile(r"(?<!\S)(?:\w )+\w(?!\S)")
_CONCEPT_OF = {
    word: line.split()[0]
    for line in _CONCEPTS.translate(_DROPPED).split("\n")
    if line
    for word in line.split()
}


def telling(words: tuple[str, ...]) -> tuple[str, ...]:
    """The telling words of an organisation, without its legal form, common ones in one language, none twice."""
    text = _PATTERN.sub(" ", " ".join(words))
    text = _LETTERS_APART.sub(lambda found: found.group().replace(" ", ""), text)
    kept = [
        concept
        for word in text.split()
        if word not in _SMALL
        for concept in _SHORT_FOR.get(word) or (_CONCEPT_OF.get(word, word),)
    ]
    return tuple(dict.fromkeys(kept)) or words


def is_marked(words: tuple[str, ...]) -> bool:
    """Whether a name says itself that it is an organisation's: a legal form or a common word stands in it."""
    return bool(_PATTERN.search(" ".join(words))) or any(
        word in _CONCEPT_OF or word in _SHORT_FOR for word in words
    )
