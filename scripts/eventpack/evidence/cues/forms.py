"""Forms of words: all those of a verb, and the stem that forms and kindred words share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

_VOWELS = "aeiou"
# What is taken off the end of a word, longest first, as long as three letters remain: kindred words then share a stem
# (deploy, deployment; cooperate, cooperation; Iran, Iranian). Rough on purpose: a shared stem is only a weak sign.
_ENDINGS = sorted(
    "ations ation ational ators ator ating ated ates ate ings ing ies ied ment ments ness edly ed er ers es s ly ions "
    "ion ional ans an ian ians ish i is al ous ance ence ants ant ents ent ity y e ure able ible ful ist ive".split(),
    key=len,
    reverse=True,
)
_LONGEST = 7  # letters of a stem that count


def verb_forms(verb: str, irregular: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """The verb with its forms; irregular ones are given beside -s and -ing."""
    hissing = verb.endswith(("s", "x", "z", "ch", "sh"))
    consonant_y = verb.endswith("y") and verb[-2:-1] not in _VOWELS
    third = verb[:-1] + "ies" if consonant_y else verb + ("es" if hissing else "s")
    bare = verb[:-1] if verb.endswith("e") and not verb.endswith("ee") else verb
    ing = bare + "ing"
    if verb in irregular:
        return (verb, third, ing, *irregular[verb])
    past = verb[:-1] + "ied" if consonant_y else verb + ("d" if verb.endswith("e") else "ed")
    return (verb, third, ing, past)


def stem(word: str) -> str:
    """The stem of a word in lower case."""
    if not word.isalpha():
        return word
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3 and not (ending == "s" and word[-2] in "su"):
            word = word[: -len(ending)]
            break
    if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "aeiouls":
        word = word[:-1]
    return word[:_LONGEST]
