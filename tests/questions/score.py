"""Score the bot on the examiner's questions and conversations, through its command line only.

    python -m tests.questions.score [--base NAME] [--show]

Verdicts are those of the evaluation: right, wrong, silent (nothing said where an answer was due), uncited (right, but
the citations do not bear it out) and unexplained (a refusal without a reason). See README.md beside this file.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
BOT = [sys.executable, "-m", "bot"]
BRIEFING = "briefing"  # the bundled base: no --kb, and its wording is its own, so "cite" is not checked there
BASES = (BRIEFING, "handbook", "encyclopedia", "contract", "report", "museum", "manual")
QUESTIONS = ("own-questions.jsonl", "later-questions.jsonl")
CONVERSATIONS = ("own-conversations.jsonl", "later-conversations.jsonl")
LONG_KINDS = {"topic", "definition", "reason", "why"}
MANY_SOURCES = {"topic", "list", "count", "set"}
REFUSAL_IS_RIGHT = {"unknown", "not_yes", "unknown_or"}
VERDICTS = ("right", "wrong", "silent", "uncited", "unexplained")
LONGEST_QUOTE = 600


@dataclass
class Case:
    """One scored turn: the turns before it, what is expected of it, and where it comes from."""

    part: str
    base: str
    ident: str
    before: list[str]
    item: dict[str, Any]
    got: dict[str, Any] = field(default_factory=dict)
    verdict: str = ""


class Base:
    """A knowledge base asked through the command line, and its documents as stored."""

    def __init__(self, kb: Path | None) -> None:
        self._kb = ["--kb", str(kb)] if kb else []
        self._texts: dict[str, str] = {}
        self.strict_cite = kb is not None

    def converse(self, conversations: list[list[str]]) -> list[list[dict[str, Any]]]:
        lines = [line for turns in conversations for line in [*(" ".join(t.split()) for t in turns), ""]]
        done = subprocess.run(
            [*BOT, "ask", "--json", "--conversation", *self._kb],
            input="\n".join(lines) + "\n",
            stdout=subprocess.PIPE,
            encoding="utf-8",
            check=True,
        )
        answers = [json.loads(line) for line in done.stdout.split("\n") if line.strip()]
        asked = sum(map(len, conversations))
        if len(answers) != asked:
            raise SystemExit(f"asked {asked} turns, got {len(answers)} JSON lines back")
        rest = iter(answers)
        return [[next(rest) for _ in turns] for turns in conversations]

    def bears_out(self, citation: dict[str, Any]) -> bool:
        name, start, end = citation.get("document"), citation.get("start"), citation.get("end")
        if not isinstance(name, str) or not isinstance(start, int) or not isinstance(end, int):
            return False
        if name not in self._texts:
            done = subprocess.run([*BOT, "text", name, *self._kb], stdout=subprocess.PIPE)
            self._texts[name] = done.stdout.decode("utf-8") if done.returncode == 0 else ""
        return bool(citation.get("quote")) and self._texts[name][start:end] == citation["quote"]


def fold(text: str) -> str:
    return " ".join(re.sub(r"[\u2010-\u2015]", "-", text.replace("\u2019", "'")).lower().split())


def holds(text: str, wanted: str) -> bool:
    """Whether folded text holds the wanted words; short ones only as whole words."""
    wanted = fold(wanted)
    edge = r"(?<![a-z0-9]){}(?![a-z0-9])" if len(wanted) <= 4 else "{}"
    return re.search(edge.format(re.escape(wanted)), text) is not None


def judge(item: dict[str, Any], got: dict[str, Any], base: Base) -> str:
    expect, kind = item["expect"], item["kind"]
    if expect == "help":
        return "right" if got.get("status") == "help" else "wrong" if got.get("status") == "answered" else "silent"
    if got.get("status") != "answered":
        explained = bool((got.get("reason") or {}).get("kind")) and bool(got.get("answer"))
        if expect not in REFUSAL_IS_RIGHT:
            return "silent"
        return "right" if explained else "unexplained"
    if expect == "unknown":
        return "wrong"
    answer = got.get("answer") or ""
    values = [fold(str(value)) for value in got.get("values") or []]
    said, text, first = " ¶ ".join(values), " ¶ ".join([fold(answer), *values]), values[0] if values else ""
    longest = 1000 if kind in LONG_KINDS else 320
    if len(answer) > longest or sum(map(len, values)) > longest:
        return "wrong"
    if (expect in ("yes", "no") and first != expect) or (expect == "not_yes" and first != "no"):
        return "wrong"
    if not all(any(holds(text, wanted) for wanted in group) for group in item["all"]):
        return "wrong"
    if any(holds(said, banned) for banned in item["none"]):
        return "wrong"
    return "right" if _cited(item, got.get("citations") or [], base) else "uncited"


def _cited(item: dict[str, Any], citations: list[dict[str, Any]], base: Base) -> bool:
    if not citations or len(citations) > (8 if item["kind"] in MANY_SOURCES else 4):
        return False
    if any(len(c.get("quote") or "") > LONGEST_QUOTE or not base.bears_out(c) for c in citations):
        return False
    quotes = fold(" ¶ ".join(c["quote"] for c in citations))
    return not base.strict_cite or all(any(holds(quotes, w) for w in g.split("|")) for g in item["cite"])


def _lines(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (HERE / name).read_text(encoding="utf-8").split("\n") if line.strip()]


def load(base: str) -> list[list[Case]]:
    """Conversations of cases on one base; a question with earlier turns is a conversation of which the last counts."""
    singles = [q for name in QUESTIONS for q in _lines(name) if q["base"] == base]
    found = [[Case("questions", base, q["id"], q["turns"], q)] for q in singles]
    for talk in (t for name in CONVERSATIONS for t in _lines(name)):
        if talk["base"] == base:
            asked = [turn["question"] for turn in talk["turns"]]
            named = enumerate(talk["turns"])
            found.append([Case("conversations", base, f"{talk['id']}.{n + 1}", asked[:n], t) for n, t in named])
    return found


def run(name: str, kb: Path | None) -> list[Case]:
    if kb:
        folder = HERE / "documents" / name
        subprocess.run([*BOT, "build", str(folder), "--kb", str(kb)], check=True, stdout=subprocess.DEVNULL)
    base, talks = Base(kb), load(name)
    answers = base.converse([[*talk[-1].before, talk[-1].item["question"]] for talk in talks])
    for talk, got in zip(talks, answers, strict=True):
        for case, answer in zip(talk, got[-len(talk) :], strict=True):
            case.got, case.verdict = answer, judge(case.item, answer, base)
    return [case for talk in talks for case in talk]


def line(label: str, cases: list[Case]) -> str:
    counts = Counter(case.verdict for case in cases)
    rest = "  ".join(f"{verdict} {counts[verdict]}" for verdict in VERDICTS[1:])
    return f"{label:30} right {counts['right']:3}/{len(cases):3} {counts['right'] / max(len(cases), 1):6.1%}  {rest}"


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--base", choices=BASES, action="append", help="only this base (may be repeated)")
    parser.add_argument("--show", action="store_true", help="print every turn that is not right")
    args = parser.parse_args()
    cases: list[Case] = []
    for name in args.base or BASES:
        with tempfile.TemporaryDirectory() as folder:
            cases += run(name, None if name == BRIEFING else Path(folder) / "questions.kb")
    for case in cases:
        if args.show and case.verdict != "right":
            print(f"{case.verdict:12}{case.ident:6} {case.base}: {' / '.join([*case.before, case.item['question']])}")
            print(f"{'':19}-> {case.got.get('status')}: {case.got.get('answer')} {case.got.get('values')}")
    for part in ("questions", "conversations"):
        of_part = [case for case in cases if case.part == part]
        for kind in sorted({case.item["kind"] for case in of_part}):
            print(line(f"{part}: {kind}", [case for case in of_part if case.item["kind"] == kind]))
        for name in BASES:
            if chosen := [case for case in of_part if case.base == name]:
                print(line(f"{part} on {name}", chosen))
        print(line(f"all {part}", of_part))


if __name__ == "__main__":
    main()
