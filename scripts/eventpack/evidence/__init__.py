"""Evidence: passages in source texts, given as offsets and a digest, so that the texts need not be published."""
