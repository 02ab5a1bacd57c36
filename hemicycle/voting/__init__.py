"""Voting: the question, the roll, the ballots, the outcome. Administers articles 7.5 to 7.8 and, for the
effect of a declared interest on a vote, article 3.5. It knows nothing of what is voted on: a later room asks
`queries.carried`.
"""
