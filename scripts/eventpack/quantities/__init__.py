"""Quantities: the numbers that a text states, in digits and in English words, and the rules that read them."""
