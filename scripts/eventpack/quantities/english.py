"""English words for numbers, and the words around them that say how they are meant."""

from __future__ import annotations

UNITS = {
    word: value
    for value, word in enumerate(
        (
            "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
            "seventeen eighteen nineteen"
        ).split()
    )
}
SHARED = ("of", "majority")  # behind 2/3
COLLECTIVES = {
    "both": 2, "pair": 2, "duo": 2, "twins": 2, "trio": 3, "triplets": 3, "quartet": 4,
    "single": 1, "sole": 1, "lone": 1,
}  # fmt: skip
TENS = {
    word: 10 * value
    for value, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2)
}
HUNDRED = "hundred"
SCALES = {
    "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12, "quadrillion": 10**15,
    "quintillion": 10**18, "lakh": 10**5, "crore": 10**7,
}  # fmt: skip
GROUPS = {"dozen": 12, **SCALES, HUNDRED: 100}  # what stands behind a number and multiplies it
SUFFIXES = {  # glued to digits; `m` could be metres
    "k": 10**3, "m": 10**6, "mn": 10**6, "mln": 10**6, "bn": 10**9, "b": 10**9, "tn": 10**12, "trn": 10**12,
}  # fmt: skip
ORDINALS = frozenset(
    (
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
        "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth thirtieth fortieth fiftieth sixtieth "
        "seventieth eightieth ninetieth hundredth thousandth millionth billionth"
    ).split()
)
PARTS = {  # the noun of a fraction and what it divides by; the plural only after more than one
    "half": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9,
    "tenth": 10, "hundredth": 100, "thousandth": 1000,
}  # fmt: skip
PLURAL_PARTS = {"halves": 2, **{f"{word}s": value for word, value in PARTS.items() if word != "half"}}

# Plurals and words without a number. The name is what a wording rule calls it.
PLURALS = frozenset("tens dozens scores hundreds thousands millions billions trillions lakhs crores".split())
FEW = frozenset("several few many some couple".split())  # before hundred, dozen …: more than one of them
WITHOUT = {
    "several": "several", "few": "a few", "handful": "a few", "many": "many", "numerous": "many", "most": "most",
    "majority": "most", "all": "all", "every": "all", "each": "all", "entire": "all", "whole": "all",
    "everyone": "all", "everybody": "all", "everything": "all", "no": "none", "none": "none", "nobody": "none",
    "nothing": "none", "neither": "none", "couple": "a couple",
}  # fmt: skip
NO_ZERO = frozenset("longer doubt matter sooner wonder way".split())  # "no longer" counts nothing
IDLE_ALL = frozenset("at after above".split())  # "at all", "after all"

PERCENT = ("%", "٪", "percent", "pct", "percentage")
CURRENCIES = frozenset("$ € £ ¥ ₹ ₽ ₺ ₪ ₴ usd eur gbp jpy rs inr cny rmb chf".split())
MONEY = frozenset(
    "dollar dollars euro euros cent cents pence yen yuan rupee rupees ruble rubles rouble roubles franc francs lira "
    "dinar dinars rial rials riyal riyals dirham dirhams shekel shekels peso pesos krona kroner zloty won".split()
)
MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan,february feb,march mar,april apr,may,june jun,july jul,august aug,september sep sept,"
            "october oct,november nov,december dec"
        ).split(","),
        start=1,
    )
    for name in names.split()
}
DURATIONS = frozenset(
    "second seconds minute minutes hour hours day days night nights week weeks weekend weekends month months year "
    "years decade decades century centuries".split()
)
YEAR_BEFORE = frozenset(
    "in since by from until till to during before after of for circa early late mid year fiscal spring summer autumn "
    "fall winter and or through between".split()
)
HEADS = frozenset("people persons men women children civilians soldiers troops fighters".split())
# What a number behind them numbers, rather than counts; the second row only when written with a capital.
DESIGNATORS = frozenset(
    "flight highway route interstate boeing airbus article resolution chapter section page channel apollo version "
    "phase stage level grade day episode volume paragraph amendment windows iphone figure protocol covid".split()
)
NAMES = frozenset(
    "unit number room category type model line gate platform act item case file order bill law rule zone sector "
    "district ward precinct station exit season part step table schedule title formula division round agenda base "
    "camp block bus train tram pier terminal hall brigade battalion regiment squadron group team class operation "
    "convention security storm area pillar squad studio world".split()
)
STRENGTH = frozenset("strong member person man woman people seat odd plus".split())  # "a 12-member crew" says how many

# How a number is meant, by the words directly before it; the longest wins.
BEFORE: dict[str, str] = {
    **dict.fromkeys(
        ("over", "more than", "above", "exceeding", "in excess of", "greater than", "upwards of", "beyond", "north of",
         "excess of", "higher than", "topped", "exceeded", "surpassed", "passed"), "more"),
    **dict.fromkeys(
        ("at least", "no fewer than", "no less than", "not fewer than", "not less than", "a minimum of", "minimum of",
         "as few as", "at the least", "at a minimum"), "at least"),
    **dict.fromkeys(
        ("up to", "at most", "no more than", "not more than", "a maximum of", "maximum of", "as many as",
         "as much as", "at the most"), "at most"),
    **dict.fromkeys(("under", "fewer than", "less than", "below", "lower than"), "less"),
    **dict.fromkeys(
        ("nearly", "almost", "close to", "just under", "just short of", "short of", "approaching", "not quite",
         "nearing", "just below"), "nearly"),
    **dict.fromkeys(
        ("about", "around", "approximately", "approx", "approx.", "some", "roughly", "an estimated", "estimated",
         "circa", "~", "≈",
         "in the region of", "on the order of", "in the order of", "something like", "more or less", "estimated at",
         "an average of", "in the vicinity of", "an approximate"), "about"),
    **dict.fromkeys(("exactly", "precisely", "only", "just", "exact"), "exactly"),
    "between": "range",
}  # fmt: skip
AFTER: dict[str, str] = {
    "or more": "at least", "or greater": "at least", "at least": "at least", "+": "at least", "- plus": "at least",
    "plus": "at least", "or fewer": "at most", "or less": "at most", "at most": "at most", "or so": "about",
    "- odd": "about", "odd": "about", "approximately": "about", "more or less": "about", "or over": "at least",
    "and more": "at least", "or thereabouts": "about", "exactly": "exactly",
}  # fmt: skip
BETWEEN_THEM = frozenset("a an another further additional us total of as nearly new".split()) | CURRENCIES
PLACES = frozenset(
    "over under above below about around beyond passed some just only".split()
)  # may mean something else
# Behind these, "over 30 islands" and "about 30 islands" say what it is about or where, not how many.
CONCERNS = frozenset(
    "dispute disputes protest protests concern concerns anger worry worries talk talks talked told asked question "
    "questions debate fight war control rights flew fly flying flown rained fell arrested charged sued spoke speak "
    "warned warning news row clash clashes conflict quarrel outrage criticism power victory win won".split()
)
DOWN = frozenset(
    "down decrease decreased decreases decreasing decline declined declines declining fall fell fallen falls falling "
    "drop dropped drops dropping reduce reduced reduces reduction lower lowered cut cuts less fewer shrank shrunk "
    "plunged plummeted halved lost".split()
)
UP = frozenset(
    "up increase increased increases increasing rise rose risen rises rising grow grew grown grows growth climb "
    "climbed raise raised gain gained higher more jumped soared surged doubled expanded".split()
)
IDLE = frozenset("a an the of by to and or between from in for per cent percent n m as than with at on".split())
