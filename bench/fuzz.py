"""A coverage-guided fuzzer for the parser and for whole commands. It needs atheris: pip install atheris

python bench/fuzz.py parse -runs=200000
python bench/fuzz.py commands -runs=20000

Findings do not stop it: each kind is kept once, with the input that showed it, and printed with the figures every REPORT inputs.
"""

from __future__ import annotations

import json
import random
import re
import shlex
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["symcalc"]):
    from symcalc import budget, cli, discover
    from symcalc.errors import SymcalcError
    from symcalc.parse import Reading, parse_any, parse_definition, parse_point, parse_relation, parse_variables, parse_vector
    from symcalc.place import Place
    from symcalc.result import Page

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tests"))
from formulas import formula  # noqa: E402, I001


CASES = ROOT / "tests" / "cases"
SECONDS = 1.0
"""For one input."""
REPORT = 5_000
READINGS = (Reading(), Reading(latex=True), Reading(complex=True), Reading(constants=False), Reading(assume="x>0, n integer"))
PAGES = (Page(), Page(terminal=True), Page(terminal=True, width=40, ascii=True), Page(wrap="align"), Page(wrap="document"))
TAILS = (
    "",
    "",
    " --at 1",
    " --at x=1,y=2",
    " x",
    " x y",
    " --digits 20",
    " --complex",
    " --assume x>0",
    " -n 3",
    " --layout row",
)
TOKENS = (
    "x y x1 2 1/2 0 . , ; = < > ! ' ( ) [ ] { } | + - * / ^ ** pi e oo _ _{ ^{ $ if else and or f( f'( "
    "sin cos log exp sqrt max abs sum( piecewise( gamma besselj( "
    r"\\frac{ \\sqrt{ \\sin \\left( \\right) \\begin{bmatrix} \\end{bmatrix} \\cdot \\operatorname{"
)
"""Words for the fuzzer's dictionary."""


counts: Counter[str] = Counter()
findings: dict[str, str] = {}
slowest: list[tuple[float, str]] = []
started = time.monotonic()


def found(kind: str, text: str) -> None:
    """Keep the first input of a kind of finding."""
    if kind not in findings:
        findings[kind] = text
        print(f"FOUND {kind}: {text!r}", file=sys.stderr, flush=True)


def origin(error: BaseException) -> str:
    """The kind of an exception: its class and where it was raised."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return f"{type(error).__name__} at {trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace else type(error).__name__


def parse(data: bytes) -> None:
    """One text through every parse function."""
    if not data:
        return
    reading, text = READINGS[data[0] % len(READINGS)], data[1:].decode("utf-8", "surrogateescape")
    for read in (parse_any, parse_vector, parse_relation, parse_definition, lambda t, r: parse_variables([t], r), point):
        try:
            read(text, reading)
            counts["read"] += 1
        except SymcalcError as error:
            counts["refused"] += 1
            if error.exit != 2 or not all(line.isprintable() for line in error.render().split("\n")):
                found(f"error {error.code}", text)
            if error.span and error.text == text and not 0 <= error.span[0] <= len(text):
                found(f"span of {error.code}", text)


def point(text: str, reading: Reading) -> None:
    parse_point(text, parse_variables(["x"], reading), reading)


def commands(data: bytes) -> None:
    """One text through one command, in one format, with an option."""
    if len(data) < 4:
        return
    names, formats = discover.listed("commands"), discover.listed("formats")
    text = data[4:].decode("utf-8", "surrogateescape")
    command, form = names[data[0] % len(names)], formats[data[1] % len(formats)]
    tail = "--wrt x" if command == "chain" else "x^2+y^2=1" if command == "lagrange" else TAILS[data[2] % len(TAILS)]
    options = [word for word in shlex.split(tail) if tail.startswith("-")]
    words = [command, *options, "--debug", "-f", form, "--", text, *(tail.split() if not options else [])]
    _, messages, code, _ = reply = cli._reply(
        (words, Place(PAGES[data[3] % len(PAGES)], "plain", ()).packed()), cli.guard.Limits(), limit
    )
    counts[f"exit {code}"] += 1
    if code == 3 and "mistake in symcalc" in messages[-1]:
        frames = re.findall(r'File "([^"]+)", line (\d+)', messages[0])
        found(f"internal, raised at {frames[-1] if frames else '?'}: {messages[-1][:80]}", shlex.join(words))
    if code == 4:
        found("failed check", shlex.join(words))
    shown = [*(m for m in messages if not m.startswith("Traceback")), reply[0] or ""]
    if not all(c.isprintable() or c == "\n" for text in shown for c in text):
        found(f"control characters in {form}", shlex.join(words))
    if form == "json":
        json.loads(reply[0])


def limit(_: object) -> None:
    pass


def one_input(data: bytes) -> None:
    begun = time.monotonic()
    budget.start(SECONDS)
    try:
        KINDS[kind](data)
    except budget.Overrun:
        counts["out of time"] += 1
    except MemoryError:
        counts["out of memory"] += 1
    except Exception as error:
        found(origin(error), repr(data))
    finally:
        budget.stop()
    spent = time.monotonic() - begun
    counts["inputs"] += 1
    if spent > SECONDS + 1:
        found(f"{spent:.0f} s", repr(data))
    if counts["inputs"] % REPORT == 0:
        report()
    slowest.append((spent, repr(data[:80])))
    slowest.sort(reverse=True)
    del slowest[5:]


def report() -> None:
    print(f"\n{kind}: {dict(counts)} in {time.monotonic() - started:.0f} s")
    for seconds, data in slowest:
        print(f"  {seconds:.2f} s  {data}")
    print(f"{len(findings)} findings")
    for name, text in findings.items():
        print(f"  {name}: {text!r}")


def seeds() -> list[bytes]:
    texts = [case["input"] for case in json.loads((CASES / "parse.json").read_text("utf-8"))]
    texts += (CASES / "hostile.txt").read_text("utf-8").split("\n")
    texts += re.findall(r'symcalc \w+ "([^"]+)"', (ROOT / "examples.txt").read_text("utf-8"))
    rng = random.Random(1)
    texts += [formula(rng, depth) for depth in (1, 1, 2, 3) for _ in range(300)]
    return [
        bytes((n * 7 + k) % 251 for k in range(4 if kind == "commands" else 1)) + t.encode()[:300] for n, t in enumerate(texts)
    ]


KINDS = {"parse": parse, "commands": commands}
kind = sys.argv[1]

if __name__ == "__main__":
    corpus = Path(tempfile.mkdtemp(prefix="fuzz-"))
    for number, seed in enumerate(seeds()):
        (corpus / f"{number:04}").write_bytes(seed)
    words = corpus.with_suffix(".dict")
    words.write_text("\n".join(f'"{token}"' for token in TOKENS.split() if '"' not in token))
    for command in discover.listed("commands"):
        discover.load("commands", command)
    atheris.Setup(
        [sys.argv[0], f"-dict={words}", "-max_len=300", "-timeout=60", "-rss_limit_mb=3000", *sys.argv[2:], str(corpus)],
        one_input,
    )
    atheris.Fuzz()
