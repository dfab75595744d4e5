"""More schemes kept apart: ordinary news prose, of shapes that the others do not have."""

from __future__ import annotations

from synthetic import days, quantities
from synthetic.markup import clause, mark
from synthetic.telling import Telling, Told

Lines = list[str]


def _deed(t: Telling, k: int, told: Told, had: bool = False) -> str:
    """The deed with its day, without a place for a condition."""
    d = told.act.deed
    has = "had " if had else ""
    no = f"had not {d.done}" if had else f"did not {d.base}"
    words = mark(
        k, f"{has}{d.done if had else d.past}", no=no, hedge=f"{has}reportedly {d.done if had else d.past}",
        modal=f"might have {d.done}",
    )  # fmt: skip
    return f"{told.act.doer} {words} {told.act.thing}{told.when(k)}"


def spokesman(t: Telling) -> Lines:
    """A spokesman for S said that C."""
    who, told = t.actor("army", "police", "government", "group", "union"), t.deed()
    k = t.claim(told.event, who)
    start = t.pick("a spokesman for", "a spokeswoman for", "the head of", "a statement by", "the website of")
    return [f"{start} {t.name(who)} {t.pick('said', 'confirmed')} that {_deed(t, k, told)}."]


def also_said(t: Telling) -> Lines:
    """S said C. It also said C."""
    who, one, two = t.speaker(0), t.deed(), t.deed()
    k, m = t.claim(one.event, who), t.claim(two.event, who)
    short = t.name(who)
    return [f"{short} said {_deed(t, k, one)}.", f"{short} also said that {_deed(t, m, two, had=True)}."]


def has_said(t: Telling) -> Lines:
    """S has said that C, an outlet wrote."""
    who, outlet, told = t.speaker(0.2), t.outlet(), t.deed()
    k = t.claim(told.event, who, relayed_by=outlet)
    return [f"{t.name(who)} {who.has} said that {_deed(t, k, told)}, {t.name(outlet)} wrote."]


def quoted_by(t: Telling) -> Lines:
    """“C,” S was quoted as saying by an outlet."""
    who, outlet, told = t.speaker(), t.outlet(), t.deed()
    k = t.claim(told.event, who, relayed_by=outlet)
    return [f"“{_deed(t, k, told)},” {t.name(who)} {who.was} quoted as saying by {t.name(outlet)}."]


def late_report(t: Telling) -> Lines:
    """Early on a day C, leaving N dead."""
    told = t.deed(day=days.weekday(t.published, t.chance), like=("ASSAULT",))
    k = t.claim(told.event)
    d = told.act.deed
    n = t.count(told.event, "killed")
    verb = mark(k, d.past, no=f"did not {d.base}", hedge=f"reportedly {d.past}", modal=f"may have {d.done}")
    return [f"{told.when(k, before='')}, {told.act.doer} {verb} {told.act.thing}, leaving {n} people dead."]


def hospital(t: Telling) -> Lines:
    """Doctors at the hospital in T said they had treated N people after the deed."""
    town, told = t.town(), t.bare(like=("ASSAULT", "PROTEST"))
    name = f"Doctors in {town} ({t.world.fresh('X')[2:]})"
    who = t.world.add(name, "unnamed", ("doctors",), f"doctors in {town}, not named", plural=True)
    k = t.claim(told.event, who)
    n = t.number(k, quantities.count(t.chance), "patients")
    had = mark(k, "had treated", no="had not treated", hedge="had reportedly treated", modal="might have treated")
    return [f"Doctors at the hospital in {town} said they {had} {n} people after {told.act.noun()}."]


def brought(t: Telling) -> Lines:
    """That brought the number of dead to N."""
    who, told = t.speaker(0.3), t.bare(like=("ASSAULT",))
    k, m = t.claim(told.event, who), t.claim(told.event, who, note="The number of the day before.")
    n, o = t.number(k, quantities.plain(t.chance), "killed"), t.number(m, quantities.plain(t.chance), "killed")
    return [f"{t.name(who)} raised the number of people killed in {told.act.noun()} to {n} from {o}."]


def rest(t: Telling) -> Lines:
    """Of the N people on board, M survived."""
    town, who = t.town(), t.speaker()
    event = t.event("STATE", f"Ferry accident near {town}", None, "occurred")
    k, m = t.claim(event, who), t.claim(event, who)
    n, w = t.number(k, quantities.plain(t.chance), "aboard"), t.number(m, quantities.plain(t.chance), "survivors")
    return [f"Of the {n} people on board the ferry that sank near {town}, {w} survived, {t.name(who)} said."]


def no_comment(t: Telling) -> Lines:
    """C. S declined to comment."""
    told, other = t.deed(), t.speaker(0)
    k = t.claim(told.event)
    aside = t.pick("gave no reason", "made no comment", "could not be reached", "did not answer questions")
    return [f"{_deed(t, k, told)}.", f"{t.name(other)} {aside}."]


def insisted(t: Telling) -> Lines:
    """S insisted that D had never done it."""
    who, told = t.speaker(0.1), t.bare()
    k = t.claim(told.event, who, "denies")
    d = told.act.deed
    verb = t.pick("insisted", "stressed", "said again")
    words = mark(k, t.pick(f"had never {d.done}", f"had not {d.done}"), no=f"had {d.done}")
    return [f"{t.name(who)} {verb} that {told.act.doer} {words} {told.act.thing}."]


def no_truth(t: Telling) -> Lines:
    """There is no truth in the report that C, S said."""
    who, told = t.speaker(0.1), t.bare()
    k = t.claim(told.event, who, "denies")
    d = told.act.deed
    start = mark(k, "there is no truth in", no="there is some truth in")
    return [f"{start} the report that {told.act.doer} {d.past} {told.act.thing}, {t.name(who)} said."]


def stopped_short(t: Telling) -> Lines:
    """D did one thing but did not do another."""
    doer = t.actor("army", "group", "police")
    one, two = t.deed(doer=doer), t.bare(doer=doer)
    k, m = t.claim(one.event), t.claim(two.event, None, "denies")
    d = two.act.deed
    return [f"{_deed(t, k, one)} but {mark(m, f'did not {d.base}', no=f'also {d.past}')} {two.act.thing}."]


def if_quoted(t: Telling) -> Lines:
    """“If X, they will do it,” S said."""
    who, told = t.speaker(), t.open()
    k = t.claim(told.event, who, "supposes", condition="if the road is not reopened")
    start = mark(k, "if the road is not reopened, ", fact="")
    return [f"“{start}{told.act.would(k, 'will')},” {t.name(who)} said."]


def once(t: Telling) -> Lines:
    """D could do it once X, S said."""
    who, told = t.speaker(), t.open()
    k = t.claim(told.event, who, "supposes", condition="if the snow melts")
    tail = mark(k, t.pick(" once the snow melts", " if the snow melts", " as long as nobody objects"), fact="")
    return [f"{t.name(who)} said {told.act.would(k, t.pick('could', 'might'))}{tail}."]


def likely(t: Telling) -> Lines:
    """D is likely to do it on a day to come, S said."""
    who, told = t.speaker(), t.deed(ahead=True)
    k = t.claim(told.event, who, "predicts")
    is_, d = ("are" if told.doer.plural else "is"), told.act.deed
    verb = mark(k, f"{is_} likely to {d.base}", no=f"{is_} not likely to {d.base}", fact=d.past)
    return [f"{t.name(who)} said {told.act.doer} {verb} {told.act.thing}{told.when(k)}."]


def scheduled(t: Telling) -> Lines:
    """S and S will meet on a day to come: a plan."""
    one, two, town = t.actor("government"), t.actor("group", "union"), t.town()
    event = t.event("CONSULT", f"Planned talks in {town}", days.coming(t.published, t.chance), "planned", one, two)
    k = t.claim(event)
    plan = mark(k, "plan to meet", no="do not plan to meet", hedge="reportedly plan to meet", fact="met")
    day = f" {mark(k, event.day.words, **event.day.wrong)}" if event.day.words else ""
    return [f"{t.name(one)} and {t.name(two)} {plan} in {town}{day}."]


def apparently(t: Telling) -> Lines:
    """D allegedly did it, S said in court; reports of it."""
    told = t.deed()
    k = t.claim(told.event, None, hedge="reported")
    d = told.act.deed
    start = mark(k, t.pick("according to media reports,", "reportedly,", "as reported,"), bold="as is now certain,")
    return [f"{start} {told.act.doer} {d.past} {told.act.thing}{told.when(k)}."]


def officials_believe(t: Telling) -> Lines:
    """Officials of D believe that C."""
    who, told = t.speaker(0), t.bare()
    k = t.claim(told.event, who, hedge="assessed")
    d = told.act.deed
    start = mark(k, t.pick("in the view of", "in the judgement of"), bold="as confirmed by")
    return [f"{start} {t.name(who)}, {told.act.doer} {d.past} {told.act.thing}."]


def asked_for(t: Telling) -> Lines:
    """S appealed to D to do it, and thanked D for something."""
    who, doer = t.speaker(0), t.actor("army", "group", "government")
    told = t.open(doer=doer)
    event = t.event("REQUEST", f"Appeal for {told.act.noun()}", days.some_day(t.published, t.chance), "occurred", who)
    event.about.append(told.event.id)
    a, k = t.claim(event), t.claim(told.event, who, "supposes", condition="if the appeal is heard")
    verb = mark(a, "appealed to", no="did not appeal to", hedge="reportedly appealed to", modal="may have appealed to")
    day = f" {mark(a, event.day.words, **event.day.wrong)}" if event.day.words else ""
    return [f"{t.name(who)} {verb} {told.act.doer}{day} {mark(k, told.act.to())}."]


def praised(t: Telling) -> Lines:
    """S thanked D for doing it."""
    who, doer = t.speaker(0), t.actor("army", "group", "government")
    told = t.bare(doer=doer)
    event = t.event("SUPPORT", f"Thanks for {told.act.noun()}", None, "occurred", who)
    event.about.append(told.event.id)
    a = t.claim(event)
    k = t.claim(told.event, note="Taken for granted by the thanks.")
    verb = mark(a, "thanked", no="did not thank", hedge="reportedly thanked", modal="may have thanked")
    return [f"{t.name(who)} {verb} {told.act.doer} for {mark(k, told.act.doing())}."]


def began(t: Telling) -> Lines:
    """The deed began on a day, S said, and is going on."""
    who, told = t.speaker(), t.deed(day=days.weekday(t.published, t.chance))
    told.event.kind = "ongoing"
    k = t.claim(told.event, who)
    verb = mark(k, "began", no="did not begin", hedge="reportedly began", modal="may have begun")
    return [f"{clause(k, f'{told.act.noun()} {verb}{told.when(k)} and is still going on')}, {t.name(who)} said."]


def history(t: Telling) -> Lines:
    """T has changed hands N times since a year."""
    town = t.town()
    event = t.event("STATE", f"Changing control of {town}", None, "ongoing")
    k = t.claim(event)
    n = t.number(k, quantities.plain(t.chance), "times")
    has = mark(k, "has changed", no="has not changed", hedge="has reportedly changed", modal="may have changed")
    return [f"{town} {has} hands {n} times in the war between {t.state.name} and {t.other.name}."]


def scene(t: Telling) -> Lines:
    """People went about their business; background."""
    town = t.town()
    k = t.claim(t.event("STATE", f"Life in {town}", None, "ongoing"))
    words = t.pick("people queued for bread", "buses were running again", "few people were in the streets")
    return [f"On the main square of {town}, {mark(k, words)}."]


SCHEMES = (
    spokesman, also_said, has_said, quoted_by, late_report, hospital, brought, rest, no_comment, insisted, no_truth,
    stopped_short, if_quoted, once, likely, scheduled, apparently, officials_believe, asked_for, praised, began,
    history, scene,
)  # fmt: skip
