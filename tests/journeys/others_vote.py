"""The members of the Bureau who stand on nobody's sign-in page vote for a question: `others_vote.py VOTE-…`."""

from __future__ import annotations

import os
import sys

import django


def main(reference: str) -> None:
    from hemicycle.people import queries as people
    from hemicycle.people.models import CastMember
    from hemicycle.voting import actions
    from hemicycle.voting.models import Vote

    vote = Vote.objects.get(reference=reference)
    offered = set(CastMember.objects.exclude(person=None).values_list("person", flat=True))
    for line in vote.roll.filter(right="always").exclude(person__in=offered).select_related("person"):
        if line.person is not None and not line.is_out:
            actions.cast(vote, people.actor(line.person), choice="for")


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    os.environ["HEMICYCLE_DEMO"] = "1"
    django.setup()
    main(sys.argv[1])
