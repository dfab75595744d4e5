"""The life of one record over all versions: what it was in each, what became of it, and why."""
