"""The noun phrase that starts at a token, read from the run of words: its tokens up to its head, and its article."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from bot.language.sentence import Sentence, Token
from bot.questions.wh import NOMINAL

if TYPE_CHECKING:
    from bot.language.lexicon import Lexicon

INSIDE = frozenset({"ADJ", "NUM", "SYM"})
MAIN = frozenset({"root", "ccomp", "xcomp", "parataxis"})
QUOTES = frozenset("\"'`“”‘’")
POSSESSIVE = frozenset({"'s", "’s", "'", "’"})
ARTICLES = {"a": "a", "an": "a", "the": "the", "all": "the", "some": "", "any": ""}
PARTITIVE = frozenset({"NUM", "DET", "ADJ", "PRON", "ADV"})


class Phrase(Struct, frozen=True):
    """``tokens`` end with the head; ``article`` is ``a``, ``the``, ``poss`` (a possessor stood before) or empty."""

    tokens: tuple[int, ...]
    article: str = ""

    @property
    def last(self) -> int:
        """The head's index."""
        return self.tokens[-1]


def phrase_at(sentence: Sentence, start: int) -> Phrase | None:
    """The noun phrase after a copula or a verb of naming; a possessor is passed over (*Humphrey Bogart's [club]*)."""
    return _read(sentence, _past_partitive(sentence, start), asked=False)


def kind_at(sentence: Sentence, start: int, lexicon: Lexicon) -> Phrase | None:
    """The noun phrase right after *what* or *which*; of *what singer's hit song* it is the singer."""
    found = _read(sentence, _past_partitive(sentence, start), asked=True)
    return _without_verb(sentence, found, lexicon) if found is not None else None


def _read(sentence: Sentence, start: int, *, asked: bool) -> Phrase | None:
    tokens: list[int] = []
    article = ""
    last = -1
    for i in range(start, len(sentence)):
        token = sentence.tokens[i]
        lower = token.text.lower()
        if lower in ARTICLES and token.upos != "PROPN":
            if asked or last >= 0:
                break
            article = ARTICLES[lower]
        elif token.upos in NOMINAL or token.upos == "X" or (last >= 0 and token.text.isdigit()):
            if asked and last >= 0 and _apart(sentence, token, sentence.tokens[last]):
                break
            last = i
        elif lower in POSSESSIVE and token.upos in ("PART", "AUX", "PUNCT") and (tokens or token.upos != "PUNCT"):
            if last < 0 or (asked and (sentence.tokens[last].upos == "NOUN" or last == start)):
                break
            article, tokens, last = "poss", [], -1
            continue
        elif token.upos == "PRON" and token.dep == "nmod:poss" and last < 0:
            article = "poss"
        elif not (_within(sentence, token, last) if last >= 0 else _before(sentence, token, start, bool(tokens))):
            break
        tokens.append(i)
    if last < 0 and asked and tokens and sentence.tokens[tokens[0]].upos in ("ADJ", "X", "NUM"):
        last = tokens[-1]  # what [explosive] do you get
    return Phrase(tuple(i for i in tokens if i <= last), article) if last >= 0 else None


def _within(sentence: Sentence, token: Token, last: int) -> bool:
    """Whether a word that is no noun goes on a phrase that has one already."""
    if token.upos in ("CCONJ", "PUNCT") and _joins(sentence, token.i):
        return True
    if token.upos == "PUNCT":
        return token.text in QUOTES or token.text in "-–/"
    if token.upos == "VERB":
        return token.rel in ("amod", "compound")
    return token.upos in INSIDE or (token.upos == "ADV" and token.rel == "amod") or _hyphened(sentence, token.i, last)


def _before(sentence: Sentence, token: Token, start: int, begun: bool) -> bool:
    """Whether a word that is no noun can stand before the phrase's first noun."""
    if token.upos == "PUNCT":
        return token.text in QUOTES or token.text in "-–/,."
    if token.upos == "VERB":
        return begun or token.rel in ("amod", "compound") or token.text[:1].isupper()
    if token.upos in ("ADV", "CCONJ"):
        return begun or token.rel in ("advmod", "amod")
    named = token.text[:1].isupper() and token.i > start and token.upos not in ("AUX", "PRON")
    digits = token.text[:1].isdigit()  # a [1920s] star
    return token.upos in INSIDE or token.upos == "DET" or named or digits or _hyphened(sentence, token.i, start)


def _apart(sentence: Sentence, token: Token, last: Token) -> bool:
    """*What film [Jude Law] acted in*, *what state borders [Illinois]*: another phrase starts."""
    if token.text[:1].isupper() and not last.text[:1].isupper():
        return True
    return token.rel == "nsubj" and last.head != token.i and last.i not in sentence.subtree(token.i)


def _past_partitive(sentence: Sentence, start: int) -> int:
    """*one of [the cities]*, *some of [the events]*: where the noun phrase proper starts."""
    for i in range(start, min(start + 3, len(sentence) - 1)):
        if sentence.tokens[i].upos not in PARTITIVE:
            break
        if sentence.tokens[i + 1].text.lower() == "of":
            return i + 2
    return start


def _joins(sentence: Sentence, i: int) -> bool:
    """*the capital [and] largest city*, *what radio[,] TV and movie character*."""
    ahead = sentence.tokens[i + 1 : i + 4]
    if not ahead or ahead[0].upos not in ("NOUN", "PROPN", "ADJ"):
        return False
    lower = sentence.tokens[i].text.lower()
    return lower in ("and", "or") or (lower == "," and any(t.text.lower() in ("and", "or") for t in ahead))


def _hyphened(sentence: Sentence, i: int, start: int) -> bool:
    """*the first [ready-to-eat] cereal*: a word tied to its neighbour by a hyphen."""
    after = sentence.tokens[i + 1].text if i + 1 < len(sentence) else ""
    return after == "-" or (i > start and sentence.tokens[i - 1].text == "-")


def _without_verb(sentence: Sentence, phrase: Phrase, lexicon: Lexicon) -> Phrase:
    """The phrase without a last word that must be the question's verb, since there is no other: *What street
    [glitters] with shops?*"""
    nouns = [i for i in phrase.tokens if sentence.tokens[i].upos in NOMINAL]
    later = sentence.tokens[phrase.last + 1 :]
    if len(nouns) < 2 or any(t.upos == "AUX" or (t.upos == "VERB" and t.rel in MAIN) for t in later):
        return phrase
    word = sentence.tokens[nouns[-1]]
    if word.text[:1].isupper() or "v" not in lexicon.pos_of(word.text):
        return phrase
    return Phrase(tuple(i for i in phrase.tokens if i <= nouns[-2]), phrase.article)
