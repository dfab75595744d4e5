"""The checks: plain functions from a `Subject` to findings, run in this order."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from eventpack.checks.cells import check_cells
from eventpack.checks.events import (
    check_after_published,
    check_measures,
    check_places,
    check_realis,
    check_said_dates,
    check_stated_days,
    check_withdrawn_ids,
)
from eventpack.checks.files import check_files
from eventpack.checks.formulas import check_formulas
from eventpack.checks.hygiene import check_hygiene
from eventpack.checks.keys import check_foreign_keys, check_parent_chains, check_primary_keys, check_unique_keys
from eventpack.checks.lookalikes import check_near_duplicates
from eventpack.checks.profile import check_profile
from eventpack.checks.references import check_named_records
from eventpack.checks.releases import check_releases
from eventpack.checks.rules import check_expectations, check_rules
from eventpack.checks.wordings import check_wording_rules
from eventpack.finding import Finding
from eventpack.subject import Subject

Check = Callable[[Subject], Iterator[Finding]]

# Checks of rows and of their keys: they look at `judged` tables, which a filter may have reduced.
ROW_CHECKS: tuple[Check, ...] = (
    check_cells,
    check_hygiene,
    check_formulas,
    check_primary_keys,
    check_unique_keys,
    check_near_duplicates,
    check_foreign_keys,
    check_rules,
)
# Checks that need whole tables.
TABLE_CHECKS: tuple[Check, ...] = (
    check_profile,
    check_files,
    check_parent_chains,
    check_expectations,
    check_realis,
    check_said_dates,
    check_after_published,
    check_stated_days,
    check_measures,
    check_wording_rules,
    check_places,
    check_withdrawn_ids,
    check_named_records,
    check_releases,
)
