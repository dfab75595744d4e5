"""Fuzz the readers: change the bytes of small packages, keep what reaches new lines, and report every crash.

    python benchmarks/fuzz.py --minutes 2 --reader csv

Coverage guides it: an input that steps from one line of the source to another as none did before is kept, and changed
further. A seed makes the same inputs as long as the source is the same. A crash is every exception of
`eventpack.validate` that is not an `EventpackError`, and every run beyond 10 s, or that takes 300 MB more memory; the
input stays in the folder `--keep`.
"""

from __future__ import annotations

import argparse
import io
import json
import random
import resource
import signal
import sys
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

import eventpack
from eventpack.errors import EventpackError

HOME = str(Path(eventpack.__file__).parent)
CASES = Path(__file__).parents[1] / "tests" / "cases"
SECONDS, MEGABYTES, LONGEST = 10, 300, 20_000
TYPES = {
    "string": "x", "integer": "12", "number": "-0.5", "boolean": "true", "date": "2024-01-02", "any": "z",
    "datetime": "2024-01-02T03:04:05Z", "time": "03:04:05", "year": "2024", "yearmonth": "2024-03", "list": '"a,b"',
    "duration": "P1Y2DT3H", "geopoint": '"13.4,52.5"', "array": '"[1, {""a"": null}]"', "object": '"{""a"": 1e5}"',
    "geojson": '"{""type"": ""Point"", ""coordinates"": [1, 2]}"',
}  # fmt: skip
TABLE = f"{','.join(TYPES)}\n{','.join(TYPES.values())}\n".encode()
SCHEMA: dict[str, Any] = {
    "fields": [{"name": name, "type": name} for name in TYPES],
    "primaryKey": "string", "uniqueKeys": [["integer", "number"]], "missingValues": ["", "-"],
    "foreignKeys": [{"fields": "any", "reference": {"resource": "", "fields": "string"}}],
}  # fmt: skip
ROWS = json.dumps([{"string": "x", "integer": 1, "number": 0.5, "boolean": True, "array": [1]}] * 2).encode()
WORDS = """fields path data schema dialect missingValues constraints minimum maximum enum pattern format delimiter
quoteChar escapeChar headerRows commentChar groupChar decimalChar bareNumber categories compression innerpath encoding
fieldsMatch resource eventpack:rules eventpack:inside eventpack:records $schema partial utf-16 gz %Y-%m-%d t.csv
datapackage.json ../x (a+)+b resources trueValues itemType hash bytes unique required""".split()
TOKENS = [
    *(json.dumps(word).encode() for word in (*TYPES, *WORDS)),
    *(text.encode() for text in ('"', '""', ",", ";", ":", "[", "]", "{", "}", "\n", "\r", "\r\n", "\t", "&a ", "*a",
      "!!int ", "|\n", ">-\n", "? ", "- ", "# ", "%", "'", "~", "<<: ", "---\n", "...\n", "null", "NaN", "1e999999999",
      "9" * 400, "-0", "\\u0000", "\\ud800", "\x00", "\ufeff", "\u202e", "\x85", "\u2028", "e\u0301", "P1W", "24:00:00",
      "0000", "+99:99", " ", "\\", "PK\x01\x02", "PK\x05\x06")), b"\xff", b"\xff\xfe", b"\x1f\x8b\x08",
]  # fmt: skip


def descriptor(**parts: Any) -> bytes:
    """A descriptor of one table."""
    entry = {"name": "t", "path": "t.csv", "schema": SCHEMA, **parts}
    return json.dumps({"name": "x", "resources": [entry]}).encode()


def zipped(files: dict[str, bytes]) -> bytes:
    """Files as an archive."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return held.getvalue()


WHOLE = {"datapackage.json": descriptor(), "t.csv": TABLE}
OURS = descriptor().replace(b'"name": "x"', b'"name": "x", "eventpack:profile": "0.1"', 1)
DIALECT = {"delimiter": ";", "quoteChar": "'", "escapeChar": "\\", "headerRows": [1, 2], "commentChar": "#"}
IN_YAML = b"name: x\nresources:\n- name: t\n  path: t.csv\n  schema:\n    fields:\n    - {name: a, type: string}\n"
# Per reader: packages as files, and the name of the one that is changed; an empty name is the archive of all.
READERS: dict[str, list[tuple[dict[str, bytes], str]]] = {
    "csv": [
        (WHOLE, "t.csv"), ({**WHOLE, "datapackage.json": OURS}, "t.csv"),
        ({**WHOLE, "datapackage.json": descriptor(dialect=DIALECT)}, "t.csv"),
        ({**WHOLE, "datapackage.json": descriptor(encoding="utf-16", fieldsMatch="partial")}, "t.csv"),
    ],
    "descriptor": [(WHOLE, "datapackage.json"), ({**WHOLE, "datapackage.json": OURS}, "datapackage.json")],
    "yaml": [({"datapackage.yaml": IN_YAML, "t.csv": b"a\nx\n"}, "datapackage.yaml")],
    "json": [
        ({"datapackage.json": descriptor(path="t.json"), "t.json": ROWS}, "t.json"),
        ({"datapackage.json": descriptor(path="t.jsonl"), "t.jsonl": ROWS[1:-1].replace(b"}, {", b"}\n{")}, "t.jsonl"),
    ],
    "zip": [
        (WHOLE, ""),
        ({"datapackage.json": descriptor(path="t.csv.zip"), "t.csv.zip": zipped({"t.csv": TABLE})}, "t.csv.zip"),
    ],
}  # fmt: skip


def more_seeds() -> None:
    """Descriptors, schemas and records of the case folders; without them the fuzzing begins with the few above."""
    base = {
        p.relative_to(CASES / "base").as_posix(): p.read_bytes() for p in (CASES / "base").rglob("*") if p.is_file()
    }
    for place in sorted((CASES / "base/data/records").rglob("*.yaml")):
        READERS["yaml"].append((base, place.relative_to(CASES / "base").as_posix()))
    for place in sorted(CASES.glob("*/*/bad/datapackage.json"))[::6]:
        files = {p.relative_to(place.parent).as_posix(): p.read_bytes() for p in place.parent.rglob("*") if p.is_file()}
        READERS["descriptor"].append((files, "datapackage.json"))


def changed(chance: random.Random, data: bytes, other: bytes) -> bytes:
    """The bytes with a few changes, perhaps with a part of another input."""
    held = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 4, 8))):
        at = chance.randrange(len(held) + 1)
        end = min(len(held), at + chance.choice((1, 1, 2, 8, 50)))
        kind = chance.randrange(7)
        if kind == 0:
            held[at:end] = bytes(chance.randrange(256) for _ in range(end - at))
        elif kind == 1:
            del held[at:end]
        elif kind == 2:
            held[at:at] = held[at:end] * chance.choice((1, 2, 20))
        elif kind == 3:
            start = chance.randrange(len(other) + 1)
            held[at:end] = other[start : start + chance.choice((1, 8, 50))]
        elif kind == 4 and chance.random() < 0.2:
            del held[at:]
        else:
            held[at : end if kind == 5 else at] = chance.choice(TOKENS)
    return bytes(held[:LONGEST])


class Coverage:
    """Steps between lines of the source; `new` says whether the last run made one that was not known."""

    def __init__(self) -> None:
        self.steps: set[tuple[Any, int, int]] = set()

    def run(self, call: Callable[[], object]) -> bool:
        """Run a function; whether it made a new step. What it raises is raised."""
        before, steps = len(self.steps), self.steps

        def enter(frame: FrameType, event: str, argument: object) -> Any:
            code, last = frame.f_code, 0
            if not code.co_filename.startswith(HOME):
                return None

            def step(frame: FrameType, event: str, argument: object) -> Any:
                nonlocal last
                if event == "line":
                    steps.add((code, last, frame.f_lineno))
                    last = frame.f_lineno
                return step

            return step

        sys.settrace(enter)
        try:
            call()
        finally:
            sys.settrace(None)
        return len(steps) > before


def judge(folder: Path, files: dict[str, bytes], name: str, data: bytes) -> None:
    """Validate the package with these bytes in place of one file, or with them as its archive."""
    folder.mkdir(exist_ok=True)
    for other, held in files.items():
        if name and not (place := folder / other).exists():
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(held)
    target = folder / (name or "package.zip")
    target.write_bytes(data)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    signal.setitimer(signal.ITIMER_REAL, SECONDS)
    try:
        eventpack.validate(folder if name else target)
    except EventpackError:
        pass  # a clear refusal
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
    if resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - memory > MEGABYTES << 10:
        raise MemoryError(f"it took {MEGABYTES} MB more")


def too_slow(*_: object) -> None:
    """End a run that takes too long."""
    raise TimeoutError(f"it took more than {SECONDS} s")


def fuzz(reader: str, seconds: float, chance: random.Random, keep: Path, coverage: Coverage) -> Counter[str]:
    """Fuzz one reader for some time; counts of runs, inputs kept and crashes, which are printed once each."""
    corpus = [
        (index, *((zipped(files) if not name else files[name]),)) for index, (files, name) in enumerate(READERS[reader])
    ]
    counts, seen, end = Counter(corpus=len(corpus)), set[str](), time.monotonic() + seconds
    with tempfile.TemporaryDirectory() as place:
        while time.monotonic() < end:
            fresh = counts["runs"] < len(READERS[reader])
            index, data = (
                corpus[counts["runs"]] if fresh else chance.choice(corpus[-50:] if chance.random() < 0.5 else corpus)
            )
            files, name = READERS[reader][index]
            data = data if fresh else changed(chance, data, chance.choice(corpus)[1])
            counts["runs"] += 1
            try:
                new = coverage.run(lambda: judge(Path(place, str(index)), files, name, data))  # noqa: B023
            except (Exception, RecursionError) as error:
                counts["crashes"] += 1
                trace, line = error.__traceback__, ""
                while trace:
                    line, trace = f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}", trace.tb_next
                if (sign := f"{type(error).__name__} at {line}") not in seen:
                    seen.add(sign)
                    keep.mkdir(parents=True, exist_ok=True)
                    (keep / f"{reader}-{len(seen)}-{Path(name).name or 'package.zip'}").write_bytes(data)
                    print(f"crash: {reader}: {sign}: {str(error)[:200]}", flush=True)
                continue
            if new and not fresh:
                corpus.append((index, data))
    counts["corpus"] = len(corpus)
    return counts


def main() -> None:
    """Fuzz, and print the counts."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--minutes", type=float, default=1.0, help="for each reader")
    parser.add_argument("--reader", choices=[*READERS, "all"], default="all")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, default=Path("fuzz-crashes"), help="folder for inputs that crash")
    options = parser.parse_args()
    signal.signal(signal.SIGALRM, too_slow)
    more_seeds()
    crashes = 0
    for reader in READERS if options.reader == "all" else [options.reader]:
        coverage = Coverage()
        counts = fuzz(reader, options.minutes * 60, random.Random(options.seed), options.keep, coverage)
        crashes += counts["crashes"]
        lines = len({(code, line) for code, _, line in coverage.steps})
        print(f"{reader}: {counts['runs']} runs, {counts['corpus']} inputs kept, {len(coverage.steps)} steps between "
              f"{lines} lines, {counts['crashes']} crashes", flush=True)  # fmt: skip
    sys.exit(1 if crashes else 0)


if __name__ == "__main__":
    main()
