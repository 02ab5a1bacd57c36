"""Links around a candidacy as a graph: paths to listed entries with the source of each step, what files share, a drawing.

Plain Python. A path is material for a person to judge: it carries no number, no rank and no finding. Kinship is no link here,
and only a hit that a person confirmed ties anybody to an entry of a list.
"""
