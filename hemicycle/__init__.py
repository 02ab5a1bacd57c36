"""Hemicycle: an assembly's chartered platform for dialogue with people who cannot sit in it.

Read the rooms in the order of `config.rooms.ROOMS`; `rules` before all of them is the law, plain Python.
"""
