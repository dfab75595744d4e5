"""Signed places: who publishes there, and how new what they published is, by The Update Framework (TUF)."""
