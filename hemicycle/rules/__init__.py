"""The law: plain Python, no Django, no database, no clock.

Everything here can be read, run and tested by a jurist with nothing but Python: procedure tables, the
charter, quotas, majorities, terms, eligibility, and what may be disclosed.
"""
