"""Calls for candidates, candidacies, evidence, slates, endorsements and counter-statements; admissibility on
form.

Administers the chapter on candidacies (articles 5.1 to 5.9 of the first charter) and, for files that are
over, the
articles on erasure (11.3, 11.4). Everything on one candidacy is sealed; in public only counts, after the
call.
"""
