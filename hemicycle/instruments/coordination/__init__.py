"""Signs that files may have been prepared together: questions for a person to put, never marks.

Plain Python on numpy. Every finding says what it rests on, and what would explain it innocently. No figure here is about a
person: it is about two texts, one value that several files share, or one window of time. Of devices, sessions and network
addresses nothing is asked, since nothing of them is kept.
"""
