"""The demonstration: the whole story played through the same acts that people use, with invented people.

Last of all rooms: it reads and acts on all others, and nothing knows of it. Production refuses a database that a
demonstration has founded.
"""
