"""Numbers: words, digits, ranges, percentages, amounts; two in one sentence; beside days, ages, names with numbers."""

from __future__ import annotations

from synthetic import days, quantities
from synthetic.markup import clause, mark
from synthetic.quantities import Quantity
from synthetic.telling import Telling

Lines = list[str]
HURT = (
    ("killed", "killed"),
    ("wounded", "injured"),
    ("injured", "injured"),
    ("displaced", "displaced"),
    ("arrested", "arrested"),
)


def _were(k: int, done: str) -> str:
    return mark(
        k, f"were {done}", no=f"were not {done}", modal=f"may have been {done}", hedge=f"were reportedly {done}",
        condition=f"would be {done}",
    )  # fmt: skip


def victims(t: Telling) -> Lines:
    """N people were killed in the shelling of O, S said."""
    who, told = t.speaker(), t.deed(like=("ASSAULT", "PROTEST"))
    done, measure = t.chance.choice(HURT[:4])
    k = t.claim(told.event, who)
    n = t.number(k, quantities.count(t.chance), measure)
    people = t.pick("people", "civilians", "soldiers", "children", "miners", "fishermen")
    tail = mark(k, "", condition=" if the talks failed")
    c = f"{n} {people} {_were(k, done)} in {told.act.noun()}{told.when(k)}{tail}"
    return (
        [f"{clause(k, c)}, {t.name(who)} said."] if t.chance.random() < 0.6 else [f"{t.name(who)} said {clause(k, c)}."]
    )


def effect(t: Telling) -> Lines:
    """C, killing N people: two claims."""
    told = t.deed()
    k = t.claim(told.event)
    return [f"{told.act.clause(k)}{told.when(k)}{t.effect(told)}."]


def two_numbers(t: Telling) -> Lines:
    """N were killed and M wounded when C."""
    who, told = t.speaker(), t.deed(like=("ASSAULT",))
    k, m, c = t.claim(told.event, who), t.claim(told.event, who), t.claim(told.event, who)
    n = t.number(k, quantities.count(t.chance), "killed")
    w = t.number(m, quantities.count(t.chance), "injured")
    rest = t.pick("and {w} were wounded", "and {w} others wounded").format(w=w)
    return [f"{n} people {_were(k, 'killed')} {rest} when {told.act.clause(c)}{told.when(c)}, {t.name(who)} said."]


def toll(t: Telling) -> Lines:
    """The death toll from the attack rose to N, S said."""
    who, told = t.speaker(0.2), t.bare(like=("ASSAULT",))
    k = t.claim(told.event, who)
    n = t.number(k, _countable(t), "killed")
    rose = t.pick("rose to", "has reached", "climbed to", "now stands at")
    return [f"The death toll from {told.act.noun()} {rose} {n}, {t.name(who)} said."]


def _countable(t: Telling) -> Quantity:
    """A number that can stand without what it counts."""
    return t.chance.choice((quantities.plain, quantities.qualified, quantities.ranged))(t.chance)


def share(t: Telling) -> Lines:
    """X% of the houses in T were destroyed."""
    who, town = t.speaker(), t.town()
    event = t.event("STATE-capability", f"Damage to houses in {town}", None, "ongoing")
    k = t.claim(event, who)
    n = t.number(k, quantities.percent(t.chance), "houses-destroyed-share")
    c = f"{n} of the houses in {town} {_were(k, 'destroyed')}{mark(k, '', condition=' if the talks failed')}"
    return [f"{t.name(who)} said that {clause(k, c)}."]


def decrease(t: Telling) -> Lines:
    """Exports through T fell by N%."""
    who, town = t.speaker(), t.town()
    event = t.event("STATE", f"Trade through {town}", None, "ongoing")
    k = t.claim(event, who)
    number = t.chance.randint(3, 88)
    verb = t.pick("fell", "decreased", "dropped", "declined")
    words = t.pick(f"{number}%", f"{number} percent", f"{quantities.spelled(number)} percent")
    wrong = f"{verb} by {quantities.other(number, t.chance)}%"
    quantity = Quantity(f"{verb} by {words}", "decreased-by-n-percent", (str(number),) * 3, {"digit": wrong})
    return [
        f"{t.pick('Exports', 'Shipments', 'Deliveries')} through {town} "
        f"{t.number(k, quantity, 'trade-decrease')}, {t.name(who)} said."
    ]


def amount(t: Telling) -> Lines:
    """S pledged N million dollars for T: a promise, with its amount."""
    who = t.actor("government", "state")
    event = t.event("AGREE", "Promise of money for rebuilding", days.some_day(t.published, t.chance), "occurred", who)
    k = t.claim(event)
    n = t.number(k, quantities.large(t.chance), "money-pledged")
    pledged = mark(
        k,
        "pledged",
        no="did not pledge",
        modal="may have pledged",
        hedge="reportedly pledged",
        condition="would pledge",
    )
    day = f" {mark(k, event.day.words, **event.day.wrong)}" if event.day.words else ""
    return [
        f"{t.name(who)} {pledged} {n} dollars for the rebuilding of "
        f"{t.town()}{day}{mark(k, '', condition=' if the talks failed')}."
    ]


def of_which(t: Telling) -> Lines:
    """N people were detained in T, M of them women."""
    town, who = t.town(), t.actor("police", "army")
    day = days.some_day(t.published, t.chance)
    event = t.event("COERCE-arrest", f"Detentions in {town}", day, "occurred", who)
    k, m = t.claim(event), t.claim(event)
    n = t.number(k, t.chance.choice((quantities.plain, quantities.qualified, quantities.vague))(t.chance), "arrested")
    w = t.number(m, quantities.plain(t.chance), "women-arrested")
    when = f" {mark(k, day.words, **day.wrong)}" if day.words else ""
    return [
        f"{n} people {_were(k, 'detained')} by {t.name(who)} in {town}{when}"
        f"{mark(k, '', condition=' if the talks failed')}, {w} of them women."
    ]


def two_counts(t: Telling) -> Lines:
    """S put the number of dead at N; S put it at M."""
    one, two, told = t.speaker(0), t.speaker(1), t.bare(like=("ASSAULT",))
    k, m = t.claim(told.event, one), t.claim(told.event, two)
    first, second = t.number(k, _countable(t), "killed"), t.number(m, _countable(t), "killed")
    return [f"{t.name(one)} put the number of dead in {told.act.noun()} at {first}; {t.name(two)} put it at {second}."]


def nobody(t: Telling) -> Lines:
    """No one was hurt in the attack: a count of none."""
    who, told = t.speaker(), t.bare(like=("ASSAULT", "PROTEST"))
    k = t.claim(told.event, who, says="that nobody was hurt")
    words = t.pick("no one", "nobody", "none of the guards")
    number = Quantity(
        words, "none", ("0", "0", "0"), {"digit": "everyone" if words != "none of the guards" else "all of the guards"}
    )
    return [
        f"{t.name(who)} said that {t.number(k, number, 'injured', 'none' if words.startswith('none') else words)} "
        f"was hurt in {told.act.noun()}."
    ]


def fraction(t: Telling) -> Lines:
    """Half of the city, all of its boats, most of its shops."""
    who, town = t.speaker(), t.town()
    event = t.event("STATE-capability", f"Supply of {town}", None, "ongoing")
    k = t.claim(event, who)
    rule, words, bounds, wrong = t.chance.choice((
        ("half", "half", ("50", "50", "50"), "all"), ("all", "all", ("100", "100", "100"), "half"),
        ("most", "most", ("51", "", "99"), "all"),
    ))  # fmt: skip
    n = t.number(k, Quantity(words, rule, bounds, {"digit": wrong}), "households-share")
    state = mark(k, "are", no="are not", modal="may be", hedge="are reportedly")
    return [f"{t.name(who)} said that {clause(k, f'{n} of the households in {town} {state} without power')}."]


def beside_names(t: Telling) -> Lines:
    """Numbers that count nothing: years, ages, brigades, roads, times of day."""
    told = t.deed()
    k = t.claim(told.event)
    n = t.effect(told)
    extra = t.pick("Brigade 14, formed in 2011, took part", "it was seen from Highway 7", "the order had come at 06:30",
                   "Resolution 1182 forbids it", "a 34-year-old captain led the column",
                   "Article 5 of the accord allows it",
                   "the 3rd Battalion stood by")  # fmt: skip
    e = t.claim(told.event, note="A detail of the same deed.")
    return [f"{told.act.clause(k)}{told.when(k)}{n}; {mark(e, extra)}."]


def total(t: Telling) -> Lines:
    """Since the start of the year the fighting has driven N from their homes: a running total."""
    who = t.speaker()
    event = t.event("STATE", f"Flight from fighting in {t.state.name}", None, "ongoing")
    k = t.claim(event, who, note="A running total.")
    n = t.number(k, quantities.count(t.chance), "displaced")
    has = mark(k, "has driven", no="has not driven", modal="may have driven", hedge="has reportedly driven")
    frame = t.pick(
        "Since the start of the year, fighting {h} {n} people from their homes, {s} said",
        "{s} said that fighting {h} {n} people from their homes so far",
    )
    return [frame.format(h=has, n=n, s=t.name(who)) + "."]


def up_from(t: Telling) -> Lines:
    """N people were treated, up from M a week before: two days, two claims."""
    town, who = t.town(), t.speaker(0.7)
    event = t.event("STATE", f"Patients of the hospital in {town}", None, "ongoing")
    k, m = t.claim(event, who), t.claim(event, who, note="The number of the week before.")
    n, o = t.number(k, quantities.plain(t.chance), "patients"), t.number(m, quantities.plain(t.chance), "patients")
    return [f"The hospital in {town} is treating {n} people, up from {o} the week before, {t.name(who)} said."]


SCHEMES = (
    victims, effect, two_numbers, toll, share, decrease, amount, of_which, two_counts, nobody, fraction, beside_names,
    total, up_from,
)  # fmt: skip
