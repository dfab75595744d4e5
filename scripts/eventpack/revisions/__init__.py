"""What changed in published records and why: the tables `revisions` and `redirects`, read and held against the data."""

RELEASED = "releases/versions.json"
"""Where a source tree lists its releases; what reads it is imported where there is one."""
