"""Words of a passage that turn, weaken, condition or attribute what it says, against how its claims are coded.

Cues, not understanding: a phrase list per language, clauses told apart by punctuation and conjunctions, and words that
a claim shares with a clause. `docs/guide/evidence-checks.md` says what is looked at and what cannot be seen.
"""
