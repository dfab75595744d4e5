"""Catalogue metadata: a version of a dataset in the forms that catalogues read.

Each form is a pure function of what `described` takes from the descriptor.
"""
