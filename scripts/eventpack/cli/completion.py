"""What the shell offers on TAB for the arguments whose values the tool knows.

Each function takes what is typed so far and returns pairs of a value and its meaning; bash shows only the values.
"""

from __future__ import annotations

Offers = list[tuple[str, str]]


def finding_codes(incomplete: str) -> Offers:
    """Families of codes; the codes themselves as soon as one family is left, since there are about a hundred."""
    from eventpack.codes import families, read_codes

    start = incomplete.partition("/")[0]
    left = [family for family in families() if family.startswith(start)]
    offers = [(family, f"all of {family}/…") for family in left]
    if len(left) == 1 or start in left:
        offers += [(code.name, code.what) for code in read_codes(start if start in left else left[0]).values()]
    return [(code, meaning) for code, meaning in offers if code.startswith(incomplete)]


def exclusions(incomplete: str) -> Offers:
    """Finding codes for `--exclude`, with the sign after which the reason follows."""
    if "=" in incomplete:
        return []
    return [(f"{code}=", meaning) for code, meaning in finding_codes(incomplete)]


def report_formats(incomplete: str) -> Offers:
    """Formats for `--report`, with the sign after which the file follows."""
    from eventpack.formats import FORMATS

    if "=" in incomplete:
        return []
    return [(f"{name}=", "then the name of the file") for name in FORMATS if name.startswith(incomplete)]


def reasons(incomplete: str) -> Offers:
    """The codes of a reason in the package here; none when there is none."""
    from eventpack.curate.settling import reason_codes
    from eventpack.errors import EventpackError
    from eventpack.opening import open_package

    try:
        codes = reason_codes(open_package())
    except EventpackError:
        return []
    return [(code, meaning) for code, meaning in codes.items() if code.startswith(incomplete)]
