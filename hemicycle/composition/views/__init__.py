"""Pages of this room beside the generic ones."""

from .composer import composer_context, keep_page, look_page, marks_page
from .lists import latest_call, lists_page, people_page
from .lots import lot_json
from .paper import certificate_json, paper_page
from .proposals import addition_page, proposal_page, proposals_page
from .showing import list_context

__all__ = [
    "addition_page",
    "certificate_json",
    "composer_context",
    "keep_page",
    "latest_call",
    "list_context",
    "lists_page",
    "look_page",
    "lot_json",
    "marks_page",
    "paper_page",
    "people_page",
    "proposal_page",
    "proposals_page",
]
