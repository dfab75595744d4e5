"""English words for days, and what stands around them."""

from __future__ import annotations

WEEKDAYS = {
    name: number
    for number, names in enumerate(
        "monday mon,tuesday tues tue,wednesday wed,thursday thurs thu,friday fri,saturday sat,sunday sun".split(",")
    )
    for name in names.split()
}
# "Good Friday" is a day of the calendar that is not counted back.
FEASTS = frozenset("good black ash bloody palm easter whit cyber maundy super holy shrove pancake giving".split())
DAYTIMES = frozenset("morning afternoon evening night noon midday lunchtime".split())
NIGHTS = frozenset("night evening".split())
SPAN_UNITS = {"day": 1, "week": 7, "month": 30, "year": 365, "decade": 3650, "hour": 0, "century": 36500}
LAST = frozenset("last previous past".split())
NEXT = frozenset("next coming upcoming following".split())
# Days that only what was said before can tell: the next day, two days later.
UNTOLD = (
    "the next day", "the following day", "the previous day", "the same day", "that day", "the day before",
    "the day after", "days later", "days earlier", "days before", "days after", "day later", "day earlier",
    "weeks later", "weeks earlier", "hours later", "hours earlier", "that night", "that evening", "that morning",
    "the same week", "the following week", "that week", "the same evening",
)  # fmt: skip
SAYING = frozenset(
    "said says say saying told tells reported reports reporting announced announces confirmed confirms claimed claims "
    "stated states added adds wrote writes tweeted posted warned warns declared declares denied denies insisted "
    "acknowledged noted argued spoke quoted cited testified statement interview remarks remarked according".split()
)
FUTURE = frozenset(
    "will would shall 'll due scheduled planned plans expected going upcoming set ahead tomorrow may might".split()
)
