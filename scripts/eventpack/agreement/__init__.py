"""Two codings of the same texts: what they share, field by field, and how those who made them settled the rest."""
