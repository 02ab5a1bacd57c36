"""Notices: reads new entries of the record and tells people that something waits. Nobody calls it.

Administers the articles on correspondence (procedure 1.5): a message has a neutral sender and subject and no content.
The record is the outbox: a letter that was not written yet can always be written from it.
"""
