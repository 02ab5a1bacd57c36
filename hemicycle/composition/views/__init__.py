"""Pages of this room beside the generic ones."""

from .lists import latest_call, lists_page, marks_page, people_page
from .proposals import addition_page, proposal_page, proposals_page
from .showing import list_context

__all__ = [
    "addition_page",
    "latest_call",
    "list_context",
    "lists_page",
    "marks_page",
    "people_page",
    "proposal_page",
    "proposals_page",
]
