"""The public's side (art. 9.7, 10.1-10.5): composition, votes, rounds, rules, the record. Reads all, changes nothing.

What may be read, and from when, is said once, in `released.py`; what reads differently after a correction, in
`mended.py`. No page here opens a session, sets a cookie or asks who reads it.
"""
