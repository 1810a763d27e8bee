"""How many answered questions keep their values when they are typed carelessly.

    python -m tests.questions.robust [--base NAME] [--show]

Every question of this folder that the bot answers is asked again in small letters, in capitals, without its question
mark or apostrophes, with a typing error in one word or in each, and in the other country's spelling. A typing error is
made by a rule that is seeded by the word: two letters swapped, one left out, doubled, or struck beside.
"""

from __future__ import annotations

import argparse
import re
import tempfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from bot import Bot
from bot.language import lexicon
from tests.questions.score import BASES, BRIEFING, CONVERSATIONS, HERE, QUESTIONS, _lines

WORD = re.compile(r"[A-Za-z]{5,}")
SHORT = frozenset(
    {"about", "above", "after", "again", "among", "before", "being", "below", "between", "could", "during", "every"}
    | {"first", "their", "there", "these", "those", "under", "until", "where", "which", "while", "whose", "would"}
)
BESIDE = {
    "a": "s", "b": "v", "c": "x", "d": "f", "e": "r", "f": "g", "g": "h", "h": "j", "i": "o", "j": "k", "k": "l",
    "l": "k", "m": "n", "n": "m", "o": "p", "p": "o", "q": "w", "r": "t", "s": "d", "t": "y", "u": "i", "v": "b",
    "w": "e", "x": "c", "y": "u", "z": "x",
}  # fmt: skip
SPELLINGS = (
    (r"our(?=$|s|ed|ing|er)", "or"), (r"(?<=[^aeiou])or(?=s?$)", "our"), (r"re(?=s?$)", "er"),
    (r"(?<=[bt])er(?=s?$)", "re"),
    (r"is(?=e|ing|ation)", "iz"), (r"iz(?=e|ing|ation)", "is"), (r"ence(?=d?s?$)", "ense"), (r"ense(?=d?s?$)", "ence"),
    (r"mme(?=s?$)", "m"), (r"(?<=ogra)m(?=s?$)", "mme"), (r"ogue$", "og"), (r"lled$", "led"), (r"lling$", "ling"),
)  # fmt: skip


@dataclass
class Row:
    """How one way of typing did: asked again, kept the same values, got other values, refused."""

    asked: int = 0
    kept: int = 0
    other: int = 0
    refused: int = 0
    lost: list[str] = field(default_factory=list)


def mistyped(word: str) -> str:
    """The word with one typing error, always the same one; never in its first letter."""
    seed = zlib.crc32(word.lower().encode())
    at, kind = 1 + seed % (len(word) - 2), seed // 7 % 4
    if kind == 0 and word[at].lower() != word[at + 1].lower():
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    if kind == 1:
        return word[:at] + word[at + 1 :]
    if kind == 2:
        return word[: at + 1] + word[at:]
    return word[:at] + BESIDE[word[at].lower()] + word[at + 1 :]


def _content(text: str) -> list[re.Match[str]]:
    return [m for m in WORD.finditer(text) if m.group().lower() not in SHORT and not m.group().isupper()]


def one_typo(text: str) -> str:
    """A typing error in one word of content, chosen by the question."""
    found = _content(text)
    if not found:
        return text
    word = found[zlib.crc32(text.encode()) % len(found)]
    return text[: word.start()] + mistyped(word.group()) + text[word.end() :]


def every_typo(text: str) -> str:
    """A typing error in each word of content."""
    for word in reversed(_content(text)):
        text = text[: word.start()] + mistyped(word.group()) + text[word.end() :]
    return text


def other_spelling(text: str) -> str:
    """Words that Britain and America spell differently, spelt the other way."""
    known = lexicon.load().known

    def other(found: re.Match[str]) -> str:
        word = found.group()
        for pattern, instead in SPELLINGS:
            made = re.sub(pattern, instead, word)
            if made != word and known(made.lower()) and set(lexicon.load().lemmas_of(made.lower())) - {word}:
                from bot.language.lexicon.spelling_variants import variant_key

                if variant_key(made.lower()) == variant_key(word.lower()):
                    return made
        return word

    return re.sub(r"[A-Za-z]{5,}", other, text)


WAYS: dict[str, Callable[[str], str]] = {
    "small letters": str.lower,
    "CAPITALS": str.upper,
    "no question mark": lambda text: text.rstrip("?"),
    "no apostrophes": lambda text: text.replace("'", "").replace("’", ""),
    "one typing error": one_typo,
    "an error in each word": every_typo,
    "the other spelling": other_spelling,
    "small, no mark, one error": lambda text: one_typo(text).lower().rstrip("?"),
}


def questions(base: str) -> list[str]:
    """The questions on a base that stand alone."""
    singles = [q["question"] for name in QUESTIONS for q in _lines(name) if q["base"] == base and not q["turns"]]
    firsts = [t["turns"][0]["question"] for name in CONVERSATIONS for t in _lines(name) if t["base"] == base]
    return list(dict.fromkeys((*singles, *firsts)))


def measure(bot: Bot, asked: list[str]) -> dict[str, Row]:
    """A row for each way of typing, over the questions that are answered as they stand."""
    rows = {way: Row() for way in WAYS}
    for question in asked:
        answer = bot.ask(question)
        if answer.status != "answered":
            continue
        for way, change in WAYS.items():
            typed = change(question)
            if typed == question:
                continue
            row, again = rows[way], bot.ask(typed)
            row.asked += 1
            row.kept += (same := again.status == "answered" and again.values == answer.values)
            row.other += again.status == "answered" and not same
            row.refused += again.status != "answered"
            if not same:
                row.lost.append(f"{typed} -> {again.status} {list(again.values)[:2]} not {list(answer.values)[:2]}")
    return rows


def summed(tables: list[dict[str, Row]]) -> dict[str, Row]:
    """The tables of several bases as one."""
    total = {way: Row() for way in WAYS}
    for table in tables:
        for way, row in table.items():
            for name in ("asked", "kept", "other", "refused"):
                setattr(total[way], name, getattr(total[way], name) + getattr(row, name))
            total[way].lost += row.lost
    return total


def opened(name: str, folder: Path) -> Bot:
    """A bot on one of the bases, built in a folder."""
    if name == BRIEFING:
        return Bot.open()
    from bot.facts.build import build

    build(HERE / "documents" / name, folder / f"{name}.kb")
    return Bot.open(folder / f"{name}.kb")


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--base", choices=BASES, action="append", help="only this base (may be repeated)")
    parser.add_argument("--show", action="store_true", help="print every question that lost its values")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        tables = [measure(opened(name, Path(folder)), questions(name)) for name in options.base or BASES]
    for way, row in summed(tables).items():
        print(f"{way:28} kept {row.kept:3}/{row.asked:3} {row.kept / max(row.asked, 1):6.1%}", end="  ")
        print(f"other values {row.other}  refused {row.refused}")
        if options.show:
            print(*(f"    {line}" for line in row.lost), sep="\n")


if __name__ == "__main__":
    main()
