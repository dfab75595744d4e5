"""News-like texts that a seeded grammar writes, with the true coding of each claim; all that they tell is invented."""
