"""What curators do to a package: format its files, start new rows, point claims to their passages."""
