"""The reading order of the house: what stands later may import what stands before, never the reverse.

The same list is `INSTALLED_APPS`, the menu's order and the import contract; a test compares them.
"""

ROOMS = (
    "record",
    "web",
    "people",
    "assembly",
    "integrity",
    "voting",
    "candidacy",
    "vetting",
    "composition",
    "mandates",
    "suspension",
    "texts",
    "dialogue",
    "statements",
    "consultations",
    "followup",
    "contributions",
    "notices",
    "gallery",
    "demonstration",
)
