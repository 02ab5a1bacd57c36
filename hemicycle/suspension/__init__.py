"""Suspension pending review: allegation, notice, reply, prima facie finding, interim measure, review, outcome.

Administers the chapter on suspension (R9, procedure 6.2-6.3). Its effect on seats, passes and the public register is
immediate because those ask the mandate; it lapses by itself at the review date.
"""
