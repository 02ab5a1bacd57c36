"""Load the replay up to the opinions, as of today: everybody else has accepted a seat, the President has no list yet."""

from __future__ import annotations

import os

import django


def main() -> None:
    from hemicycle.demonstration import replay
    from hemicycle.demonstration.replay import followup, proposal, waiting
    from hemicycle.demonstration.replay.stage import only

    plays = [play for _what, play, _weight in replay.CHAPTERS]
    before = replay.CHAPTERS[: plays.index(proposal.play)]
    stage = replay.load(lambda *_told: None, [each for each in before if each[1] is not followup.play])
    stage.planned.clear()  # what the story would do later
    with stage.at(-1, 9):
        proposal.declare_interest(stage)
        asked = proposal.ask(stage)
    participant = stage.candidacies[only("participant")]
    with stage.at(-1, 12):
        proposal.accept(stage, [one for one in asked if one.candidacy_id != participant.pk])
        waiting.fill_the_cast(stage)
    for part in ("reserved", "general"):
        for row in proposal.of(stage, part):
            print(part, row.person.shown_name, sep="\t")


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    os.environ["HEMICYCLE_DEMO"] = "1"
    django.setup()
    main()
