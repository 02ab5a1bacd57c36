"""Consultations: short statements answered agree, disagree or pass; where fragmented groups agree (R16).

Nobody's position is shown to anybody else.
"""
