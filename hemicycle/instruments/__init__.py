"""The instruments: plain Python that a room hands its facts to and that computes, explains and proves. No Django, no
database, no clock; each can be used without the rest of the house.
"""
