"""Work outside the request. A task carries references only, never a text: it asks for the text itself, as its actor may read it."""

from __future__ import annotations

from django_tasks import task

from hemicycle.people import queries as people
from hemicycle.people.models import Person
from hemicycle.record.actors import PUBLIC

from . import related
from .sources import text_of


@task()  # type: ignore[untyped-decorator]
def embed(reference: str, part: str) -> None:
    """Where a public text lies among others."""
    related.keep(reference, part)


@task()  # type: ignore[untyped-decorator]
def suggest(reference: str, part: str, author: int) -> None:
    """What is near to a draft that its author may read."""
    person = Person.objects.filter(pk=author).first()
    actor = people.actor(person) if person is not None else PUBLIC
    related.answer(reference, part, text_of(reference, part, actor))


@task()  # type: ignore[untyped-decorator]
def write_by_machine(reference: str) -> None:
    """A draft by the provider that the operator has set up."""
    from .actions.translations import let_machine_write

    let_machine_write(reference)
