"""The list: seats, the reserve, acceptance, release, the Bureau's decision, ratification (articles 4.1-4.5, 7.1-7.10)."""
