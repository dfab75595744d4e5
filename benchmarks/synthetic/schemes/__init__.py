"""Sentence schemes: each is a function that writes one or more sentences and notes their claims.

Those of `heldout` are written apart: whoever tunes a check by this meter's misses does not look at them.
"""
