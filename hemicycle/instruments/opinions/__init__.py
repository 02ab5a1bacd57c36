"""Opinions on statements: groups of people who vote alike, common ground between them, and how sure both are.

Plain Python, numpy and scipy. The kernel (`sums`, `axes.placed`, `tallies.tallied`) takes arrays and gives sums that add up over
participants: in one process, in several, or under an engine of one's own. Coordinates and groups are of people and for nobody's
eyes; what may be shown passes `cells`.
"""
