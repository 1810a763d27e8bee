"""The wh-phrase of a question: which words it is, what it heads, and which answer types fill it."""

from __future__ import annotations

from functools import lru_cache

from msgspec import Struct

from bot.language.lexicon import Lexicon
from bot.language.sentence import Sentence, Token
from bot.language.values import values_in
from bot.questions.phrasing import Phrasing

WH_WORDS = frozenset({"who", "whom", "whose", "what", "which", "where", "when", "why", "how"})
BY_WORD: dict[str, tuple[str, ...]] = {
    "who": ("person", "organization", "group", "country"),
    "whom": ("person", "organization", "group", "country"),
    "whose": ("person", "organization", "group", "country", "nationality"),
    "where": ("place",),
    "when": ("date", "time"),
    "why": ("reason",),
    "how": ("manner",),
}
WEIGHTS = frozenset({"pound"})  # a unit of money and of weight
UNITS = frozenset({"duration", "money", "percent"})  # kinds of value of whose units a number is no count
NOMINAL = frozenset({"NOUN", "PROPN"})


class WhPhrase(Struct, frozen=True):
    """``word`` is the wh-word's token, ``head`` the token that stands for the gap in the parse, ``tokens`` all tokens
    of the phrase, ``noun`` the token of the noun that names the kind (None for a bare wh-word), ``shell`` a noun such
    as
    *kind* or *percentage* before it, ``counted`` whether a number is wanted, ``types`` the answer types, ``measured``
    the lemma of what an amount is of."""

    word: Token
    head: Token
    tokens: tuple[int, ...]
    noun: Token | None
    shell: str
    counted: bool
    types: tuple[str, ...]
    measured: str = ""
    dimension: str = ""


def find_wh(sentence: Sentence) -> Token | None:
    """The wh-word that asks: the first one, unless it is a relative pronoun (*the town where he lived*)."""
    found = [t for t in sentence if t.text.lower() in WH_WORDS]
    asking = [t for t in found if "PronType=Rel" not in t.feats]
    first = found[0] if found else None
    if first is not None and (
        first.i == 0 or all(t.upos in ("ADP", "CCONJ", "PUNCT") for t in sentence.tokens[: first.i])
    ):
        return first
    return asking[0] if asking else None


def read_wh(sentence: Sentence, word: Token, lexicon: Lexicon, phrasing: Phrasing) -> WhPhrase:
    """Read the phrase that ``word`` opens."""
    lower = word.text.lower()
    if lower == "how":
        return _how(sentence, word, lexicon, phrasing)
    noun = _noun_after(sentence, word) if lower in ("what", "which", "whose") else None
    if noun is None:
        return WhPhrase(word, word, (word.i,), None, "", False, BY_WORD.get(lower, ()))
    tokens = tuple(range(word.i, noun.i + 1))
    if lower == "whose":
        # *whose signature*: the noun is known, its possessor is asked for
        return WhPhrase(word, noun, (word.i,), None, "", False, BY_WORD["whose"])
    if noun.lemma.lower() in phrasing.shells:
        return _shell(sentence, word, noun, tokens, lexicon)
    return WhPhrase(word, noun, tokens, noun, "", False, types_of(noun.lemma.lower(), lexicon))


def types_of(noun: str, lexicon: Lexicon) -> tuple[str, ...]:
    """Answer types that a noun admits, sorted; none means any."""
    return tuple(sorted(lexicon.answer_types_of(noun) - {"thing"}))


def _noun_after(sentence: Sentence, word: Token) -> Token | None:
    """The head of *which [Central Asian country]*: the last noun of the run after the wh-word.

    Read from the words rather than from the parse: *What does* and *What year did* differ in the next tag, which the
    tagger gets right more often than the parser gets the relation right.
    """
    noun = None
    for token in sentence.tokens[word.i + 1 :]:
        if token.upos in NOMINAL:
            noun = token
        elif (
            token.upos in ("ADJ", "NUM")
            or (token.upos == "PUNCT" and token.text in "-'’")
            or (token.upos == "PART" and token.lemma == "'s")
        ) or (token.upos == "VERB" and token.rel in ("amod", "compound")):
            continue
        else:
            break
    if noun is None and word.rel == "det" and sentence.tokens[word.head].upos in NOMINAL and word.head > word.i:
        noun = sentence.tokens[word.head]
    return noun


def _how(sentence: Sentence, word: Token, lexicon: Lexicon, phrasing: Phrasing) -> WhPhrase:
    after = sentence.tokens[word.i + 1] if word.i + 1 < len(sentence) else None
    if after is None:
        return WhPhrase(word, word, (word.i,), None, "", False, BY_WORD["how"])
    lower = after.text.lower()
    if lower in ("many", "much"):
        noun = _noun_after(sentence, after)
        if noun is None:
            amounts = ("number",) if lower == "many" else ("money", "percent", "quantity", "number")
            return WhPhrase(word, after, (word.i, after.i), None, "", True, tuple(amounts), _of_what(sentence, after))
        types = count_types(noun.lemma.lower()) if lower == "many" else ("quantity", "percent", "money", "number")
        return WhPhrase(
            word,
            noun,
            tuple(range(word.i, noun.i + 1)),
            noun,
            "",
            True,
            types,
            noun.lemma.lower() if lower == "much" else "",
        )
    measured = phrasing.measures.get(lower, ())
    if measured:
        return WhPhrase(word, after, (word.i, after.i), None, "", False, measured, "", after.lemma.lower())
    return WhPhrase(word, word, (word.i,), None, "", False, BY_WORD["how"])


@lru_cache(maxsize=1024)
def count_types(noun: str) -> tuple[str, ...]:
    """Answer types of *how many* by the lemma counted: *weeks* want a duration, *times* a frequency, *euros* money, all
    else a number."""
    if noun == "time":
        return ("frequency",)
    value = next(iter(values_in(f"2 {noun}")), None)  # as documents are read: *2 week* is a duration
    if value is None or value.kind not in UNITS:
        return ("number", "quantity")
    return ("money", "quantity") if noun in WEIGHTS else (value.kind,)


def _of_what(sentence: Sentence, amount: Token) -> str:
    """The noun in *of …* right after an amount: *how much of its [fuel]*."""
    after = sentence.tokens[amount.i + 1] if amount.i + 1 < len(sentence) else None
    if after is None or after.lemma != "of":
        return ""
    start = next((t for t in sentence.tokens[after.i + 1 :] if t.upos not in ("DET", "PRON")), None)
    noun = _noun_after(sentence, sentence.tokens[start.i - 1]) if start is not None else None
    return noun.lemma.lower() if noun is not None else ""


def _shell(sentence: Sentence, word: Token, shell: Token, tokens: tuple[int, ...], lexicon: Lexicon) -> WhPhrase:
    """*What kind of engine*, *what percentage of the fuel*, *which type of housing*."""
    lemma = shell.lemma.lower()
    types = tuple(sorted(lexicon.answer_types_of(lemma) & {"percent", "number", "quantity", "money"}))
    after = sentence.tokens[shell.i + 1] if shell.i + 1 < len(sentence) else None
    if types or after is None or after.lemma != "of":
        counted = bool(types)
        return WhPhrase(
            word, shell, tokens, None if counted else shell, lemma, counted, types, _of_what(sentence, shell)
        )
    noun = _noun_after(sentence, after) if after.i + 1 < len(sentence) else None
    start = after.i + 1
    if noun is None and start < len(sentence) and sentence.tokens[start].upos == "DET":
        noun = _noun_after(sentence, sentence.tokens[start])
    if noun is None:
        return WhPhrase(word, shell, tokens, None, lemma, False, ())
    return WhPhrase(
        word, shell, tuple(range(word.i, noun.i + 1)), noun, lemma, False, types_of(noun.lemma.lower(), lexicon)
    )
