"""The list: seats, the reserve, acceptance, release, the Bureau's vote, ratification (art. 4.1-4.5, 7.1-7.10)."""
