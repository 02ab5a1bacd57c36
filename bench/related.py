"""How well related questions are found across English, French and Russian: invented questions, each group with one meaning.

    .venv/bin/python bench/related.py

Prints, for the encoder and for words alone, how often the nearest text of another language has the same meaning, and how many of what
would be suggested at each threshold is related. Weights are in the package; nothing is fetched.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from hemicycle.instruments import nearness
from hemicycle.instruments.coordination import encoder, sentences

LANGUAGES = ("en", "fr", "ru")

# One meaning a row, in the order of LANGUAGES; neighbours in the list are near in subject and not the same.
QUESTIONS: tuple[tuple[str, str, str], ...] = (
    ("Which states issue visas to people who fled the war?",
     "Quels États délivrent des visas à ceux qui ont fui la guerre ?",
     "Какие государства выдают визы тем, кто бежал от войны?"),
    ("How can somebody whose passport has expired in exile get a travel document?",
     "Comment obtenir un titre de voyage quand le passeport a expiré en exil ?",
     "Как получить проездной документ, если паспорт истёк в эмиграции?"),
    ("Why do banks close the accounts of exiled opponents?",
     "Pourquoi les banques ferment-elles les comptes des opposants en exil ?",
     "Почему банки закрывают счета оппозиционеров, живущих в эмиграции?"),
    ("How can children in exile go on with school in their own language?",
     "Comment les enfants en exil peuvent-ils continuer l’école dans leur langue ?",
     "Как детям в изгнании продолжать учиться в школе на родном языке?"),
    ("Will diplomas of universities in Russia be recognised?",
     "Les diplômes des universités de Russie seront-ils reconnus ?",
     "Будут ли признаваться дипломы университетов России?"),
    ("Who keeps the evidence of war crimes, and for which court?",
     "Qui conserve les preuves de crimes de guerre, et pour quel tribunal ?",
     "Кто хранит доказательства военных преступлений и для какого суда?"),
    ("When will the special tribunal for the crime of aggression begin its work?",
     "Quand le tribunal spécial pour le crime d’agression commencera-t-il ses travaux ?",
     "Когда начнёт работу специальный трибунал по преступлению агрессии?"),
    ("What does the Assembly do for political prisoners who are ill?",
     "Que fait l’Assemblée pour les prisonniers politiques malades ?",
     "Что делает Ассамблея для больных политических заключённых?"),
    ("Should journalists in exile receive protection from surveillance?",
     "Faut-il protéger les journalistes en exil contre la surveillance ?",
     "Следует ли защищать журналистов в эмиграции от слежки?"),
    ("Which languages of indigenous peoples are taught no longer?",
     "Quelles langues de peuples autochtones ne sont plus enseignées ?",
     "Какие языки коренных народов больше не преподают?"),
    ("Are men of indigenous peoples drafted more often than others?",
     "Les hommes des peuples autochtones sont-ils plus souvent mobilisés que les autres ?",
     "Чаще ли других мобилизуют мужчин из коренных народов?"),
    ("How are deserters who ask for asylum treated?",
     "Comment sont traités les déserteurs qui demandent l’asile ?",
     "Как обращаются с дезертирами, которые просят убежища?"),
    ("Can frozen assets be used to rebuild Ukraine?",
     "Les avoirs gelés peuvent-ils servir à reconstruire l’Ukraine ?",
     "Можно ли использовать замороженные активы для восстановления Украины?"),
    ("How do sanctions reach those who go round them through third countries?",
     "Comment les sanctions atteignent-elles ceux qui les contournent par des pays tiers ?",
     "Как санкции действуют против тех, кто обходит их через третьи страны?"),
    ("How many deported children have come home?",
     "Combien d’enfants déportés sont rentrés chez eux ?",
     "Сколько депортированных детей вернулось домой?"),
    ("Does Interpol still act on requests against opponents?",
     "Interpol donne-t-il encore suite à des demandes visant des opposants ?",
     "Исполняет ли Интерпол по-прежнему запросы против оппозиционеров?"),
)  # fmt: skip


def words(pieces: list[str]) -> nearness.Vectors:
    """Words alone, as a search without meaning has them: what the encoder is held against."""
    counted = [Counter(piece.lower().split()) for piece in pieces]
    known = {word: at for at, word in enumerate(sorted({word for count in counted for word in count}))}
    rows = np.zeros((len(pieces), len(known)), np.float32)
    for at, count in enumerate(counted):
        for word, times in count.items():
            rows[at, known[word]] = times
    return rows


def judge(name: str, rows: nearness.Vectors) -> None:
    group = [at // len(LANGUAGES) for at in range(len(rows))]
    unit = rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)
    cosines = unit @ unit.T
    first = 0
    for at in range(len(rows)):
        others = [row for row in range(len(rows)) if row % len(LANGUAGES) != at % len(LANGUAGES)]
        first += group[max(others, key=lambda row, own=at: cosines[own, row])] == group[at]
    say(f"{name}: the nearest text of another language has the same meaning: {first} of {len(rows)}")
    for least in (0.3, 0.35, 0.4, 0.45, 0.5, 0.55):
        right = wrong = 0
        for at in range(len(rows)):
            rest = np.delete(np.arange(len(rows)), at)
            for row, _score in nearness.nearest(rows[at], rows[rest], at_most=5, at_least=least):
                right, wrong = (
                    right + (group[rest[row]] == group[at]),
                    wrong + (group[rest[row]] != group[at]),
                )
        told = right / (right + wrong) if right + wrong else 0.0
        say(
            f"  from {least:.2f} on: precision {told:.2f}, recall {right / (2 * len(rows)):.2f}, unrelated per question {wrong / len(rows):.2f}"
        )


def say(line: str) -> None:
    print(line)


def main() -> int:
    flat = [said for row in QUESTIONS for said in row]
    began = time.perf_counter()
    embed = encoder.installed()
    if embed is None:
        say("The encoder is not installed.")
        return 1
    loaded = time.perf_counter()
    rows = np.stack(
        [nearness.mean(embed([one.text for one in sentences.sentences(said)] or [said])) for said in flat]
    )
    done = time.perf_counter()
    judge("words alone", words(flat))
    judge("encoder", rows)
    say(f"loaded in {loaded - began:.1f} s, {len(flat)} questions in {done - loaded:.2f} s")
    many = np.random.default_rng(1).normal(size=(10_000, rows.shape[1])).astype(np.float32)
    began = time.perf_counter()
    nearness.nearest(rows[0], many, at_most=5)
    say(f"nearest of 10,000: {1000 * (time.perf_counter() - began):.0f} ms")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
