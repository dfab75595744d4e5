"""Depots: services that keep a release as a record with files (Zenodo, GitHub), asked through their documented APIs."""
