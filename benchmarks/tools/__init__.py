"""One module per library: each checks the tables of a package as a competent user of that library would.

All derive what they check from `datapackage.json`. Each runs alone: `python -m benchmarks.tools.sql_duckdb FOLDER`.
"""
