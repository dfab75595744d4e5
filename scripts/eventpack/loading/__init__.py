"""A data package in the researcher's hands: tables as frames, typed by the schema, filtered in the codebook's words."""
