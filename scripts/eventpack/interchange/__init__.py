"""Event data in the formats of others: exports with an account of what is lost, and comparison with their files."""
