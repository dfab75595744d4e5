"""The meter: mistakes made on purpose, one in one claim at a time, and how many of them the checks find."""
