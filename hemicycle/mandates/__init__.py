"""Who sits, in what capacity, from when to when; vacancies and the succession list (art. 8.1-8.5, 9.4, 9.7, 10.1)."""
