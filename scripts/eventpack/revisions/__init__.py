"""What changed in published records and why: the tables `revisions` and `redirects`, read and held against the data."""
