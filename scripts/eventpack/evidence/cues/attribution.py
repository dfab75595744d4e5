"""Who says it in the passage against who says it in the record.

A warning: a source may call a speaker by a description that only its other sentences explain.
"""

from __future__ import annotations

from collections.abc import Iterator

from eventpack.evidence.cues.clauses import SUBORDINATE
from eventpack.evidence.cues.frames import Frame
from eventpack.evidence.cues.placing import Placed, rests_on
from eventpack.evidence.cues.report import at_cue, missing
from eventpack.finding import Finding

_TURNS = frozenset({";", "but", "while", "whereas", "although", "though"})


def attribution_findings(placed: Placed) -> Iterator[Finding]:
    """Words that are somebody's and coded as the source's own, or as somebody else's."""
    coded, reading = placed.coded, placed.reading
    if not coded.attributed:
        if not coded.verbal and not coded.hedged:
            frame = next((frame for frame in reading.frames if _covers(placed, frame)), None)
            if frame:
                what = "and the claim is coded as the source's own words"
                fix = "name the speaker in `said_by`, or rest the claim on words of the source itself"
                yield at_cue(placed, "evidence/attribution", frame.cue, "said_by", what, fix, "warning")
    elif coded.claim.get("said_by"):
        yield from _speaker(placed)


def _covers(placed: Placed, frame: Frame) -> bool:
    """Whether the claim rests on what a frame reports, and no claim beside is the one that the frame belongs to."""
    reading = placed.reading
    if not frame.cue.has("attribution", "say", "frame") or _denied(placed, frame):
        return False
    clauses = reading.clauses
    content = frame.content if frame.tail else _together(placed, frame)
    inside = {clauses.of[at] for at in content if clauses.all[clauses.of[at]].kind not in SUBORDINATE}
    if not any(rests_on(placed.shares, reading, clause) for clause in inside):
        return False
    reported = len(placed.words_shared(content))
    if reported <= len(placed.words_shared(frame.speaker)) and max(placed.shares):
        return False  # what the speaker did, beside what it said
    best = max(inside, key=placed.shares.__getitem__)
    return not any(
        shares[best] >= placed.shares[best] or max(shares) > max(placed.shares)
        for other, shares in placed.others
        if other.attributed
    )


def _denied(placed: Placed, frame: Frame) -> bool:
    """Whether the saying is negated: who did not say something is no speaker."""
    return any(cue.first in frame.speaker for cue in placed.reading.of("negation", "strong"))


def _together(placed: Placed, frame: Frame) -> range:
    """What is reported, up to where the text may speak for itself again: a semicolon, "but", "while"."""
    words = placed.reading.tokens.words
    for at in frame.content:
        if words[at] in _TURNS and words[at + 1 : at + 2] != ["that"] and at > frame.content.start:
            return range(frame.content.start, at)
    return frame.content


def _speaker(placed: Placed) -> Iterator[Finding]:
    reading, actors = placed.reading, placed.actors
    said_by = placed.coded.claim["said_by"]
    speaker = actors.get(said_by)
    if speaker is None:
        return  # a key that leads nowhere is reported by another check
    speaking = any(reading.of("attribution", "say", "frame", "mind", "noun")) or any(reading.of("modality", "urging"))
    hedged = any(reading.of("hedge", "reported", "assessed", "alleged", "passed"))
    everywhere = range(len(reading.tokens.words))
    if not (reading.quotes or speaking or hedged or speaker.is_in(reading.tokens, everywhere, placed.lexicon)):
        what = f"the words are coded as those of {speaker.name}, but nothing in the passage says that anybody speaks"
        fix = "leave `said_by` empty, or cite the passage that names the speaker"
        yield missing(placed, "evidence/attribution", "said_by", what, fix, "warning")
        return
    frames = [frame for frame in reading.frames if frame.speaker]
    if frames and not any(speaker.is_in(reading.tokens, frame.speaker, placed.lexicon) for frame in frames):
        frame = frames[0]
        named = reading.text[reading.tokens.starts[frame.speaker[0]] : reading.tokens.ends[frame.speaker[-1]]]
        what = f"said of “{named}”, and the claim is coded as said by {speaker.name}"
        fix = "name the speaker of the passage in `said_by`; if it is the same one, add the name to `actor_names`"
        yield at_cue(placed, "evidence/attribution", frame.cue, "said_by", what, fix, "warning")
    elif not frames and not reading.quotes and not speaker.is_in(reading.tokens, everywhere, placed.lexicon):
        what = f"the words are coded as those of {speaker.name}, of whom the passage has no name"
        fix = "name the speaker of the passage in `said_by`; if it is the same one, add the name to `actor_names`"
        yield missing(placed, "evidence/attribution", "said_by", what, fix, "warning")
