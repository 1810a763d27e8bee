"""The focus of a question: the noun that says what kind of thing is asked for, and how the question asks for it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Literal

from msgspec import Struct
from msgspec.structs import replace

from bot.language.sentence import Sentence, Token
from bot.questions.types.phrase import Phrase, kind_at, phrase_at
from bot.questions.types.tables import Cues
from bot.questions.wh import WH_WORDS, find_wh

if TYPE_CHECKING:
    from bot.language.lexicon import Lexicon

# kind: *what [city] …*; is: *what is the [capital] of …*; name: *name the [ship] that …*; what: *what did she write*;
# bare: any other wh-word by itself.
Shape = Literal["kind", "is", "name", "what", "bare"]


class Focus(Struct, frozen=True):
    """``wh`` is the wh-word in lower case, empty for *name the …*, at token ``at``; ``words`` and ``lemmas`` are those
    of the sentence in lower case; ``phrase`` the tokens of the noun phrase in focus, ``head`` its noun (None for *what
    did she write*), ``article`` its article (``a``, ``the``, ``poss`` or empty), ``tail`` the tokens after it,
    ``plural`` whether it is of several; ``label`` the noun before *of* that was passed over (*name*, *kind*); ``verb``
    the lemma of the verb that the gap belongs to, empty for a copula; ``copula`` the form of *be*."""

    sentence: Sentence
    shape: Shape
    wh: str
    at: int
    words: tuple[str, ...]
    lemmas: tuple[str, ...]
    verb: str = ""
    copula: str = ""
    phrase: tuple[int, ...] = ()
    head: Token | None = None
    article: str = ""
    tail: tuple[int, ...] = ()
    label: str = ""
    plural: bool = False

    @property
    def after(self) -> tuple[str, ...]:
        """The words after the wh-word, in lower case."""
        return self.words[self.at + 1 :]

    @property
    def noun(self) -> str:
        """The head's lemma, in lower case."""
        return self.head.lemma.lower() if self.head is not None else ""

    @property
    def phrase_lemmas(self) -> tuple[str, ...]:
        """The lemmas of the noun phrase without articles and punctuation."""
        return tuple(self.lemmas[i] for i in self.phrase if self.sentence.tokens[i].upos not in ("PUNCT", "DET"))

    @property
    def tail_words(self) -> tuple[str, ...]:
        """The words after the noun phrase."""
        return tuple(self.words[i] for i in self.tail if self.sentence.tokens[i].upos != "PUNCT")

    @property
    def ending(self) -> str:
        """The last word."""
        return next((w for w in reversed(self.words) if w.isalnum()), "")

    @property
    def subject_asked(self) -> bool:
        """Whether no auxiliary follows the wh-word: *what [causes] rust*, against *what [does] it eat*."""
        following = self.sentence.tokens[self.at + 1 : self.at + 2]
        return not (following and following[0].upos == "AUX" and not self.copula)

    def any(self, phrases: Iterable[str]) -> bool:
        """Whether the words or lemmas of one of the phrases stand in a row in the question."""
        rows = [tuple(phrase.split()) for phrase in phrases]
        return any(_in_row(self.lemmas, row) or _in_row(self.words, row) for row in rows)


def find_focus(sentence: Sentence, cues: Cues, lexicon: Lexicon) -> Focus | None:
    """The focus of a parsed question; None where it neither has a wh-word nor asks to name or define something."""
    words = tuple(t.text.lower() for t in sentence)
    lemmas = tuple(t.lemma.lower() for t in sentence)
    wh = find_wh(sentence) or next((t for t in reversed(sentence.tokens) if words[t.i] in WH_WORDS), None)
    order = next((i for i, word in enumerate(words) if word in cues.naming and _orders(words, i)), None)
    if order is not None and (wh is None or wh.i > order + 2):
        return _ordered(Focus(sentence, "name", "", order, words, lemmas, words[order]), cues)
    if wh is None:
        return None
    focus = Focus(sentence, "bare", words[wh.i], wh.i, words, lemmas, _verb(sentence, wh))
    if focus.wh in ("what", "which"):
        return _what(focus, cues, lexicon)
    copula = _copula(focus, wh.i + 1, cues)
    return _after_copula(focus, copula, cues) if focus.wh in ("who", "whom") and copula is not None else focus


def _what(focus: Focus, cues: Cues, lexicon: Lexicon) -> Focus:
    sentence, words, at = focus.sentence, focus.words, focus.at + 1
    while at < len(words) - 1 and (words[at] == "else" or _adverb(sentence, at)):
        at += 1
    of = words[at : at + 1] == ("of",)  # which [of] the rivers
    kind = phrase_at(sentence, at + 1) if of else kind_at(sentence, at, lexicon)
    if kind is not None:
        return _with(replace(focus, shape="kind"), kind, cues)
    copula = _copula(focus, at, cues)
    if copula is None:
        return replace(focus, shape="what")
    return _after_copula(replace(focus, shape="what"), copula, cues)


def _after_copula(focus: Focus, copula: int, cues: Cues) -> Focus:
    focus = replace(focus, copula=focus.words[copula])
    start = copula + 1
    while start < len(focus.words) and focus.sentence.tokens[start].upos == "ADV":
        start += 1
    phrase = phrase_at(focus.sentence, start)
    if phrase is None or (focus.wh in ("what", "which") and _subject_of_more(focus.sentence, phrase)):
        return focus
    return _with(replace(focus, shape="is"), phrase, cues)


def _subject_of_more(sentence: Sentence, phrase: Phrase) -> bool:
    """*What were the [drivers] looking for?*, *What were the [emperors] afraid of?*: something else is asked for."""
    words = [t for t in sentence.tokens[phrase.last + 1 :] if t.upos != "PUNCT"]
    if not words:
        return False
    verb = next((t for t in words if t.upos == "VERB"), None)
    continuous = verb is words[0] and verb is not None and verb.text.lower().endswith("ing")
    return words[-1].upos == "ADP" or continuous


def _ordered(focus: Focus, cues: Cues) -> Focus:
    """*Name the ship that …*, *Tell me about …*, *Name of the heroine*."""
    start = focus.at + 1
    while start < len(focus.words) and focus.words[start] in ("me", "us", "about", "of"):
        start += 1
    phrase = phrase_at(focus.sentence, start)
    return _with(focus, phrase, cues) if phrase is not None else focus


def _with(focus: Focus, phrase: Phrase, cues: Cues) -> Focus:
    """``focus`` with its noun phrase; a label or shell before *of* is passed over (*the name of the [ship]*)."""
    sentence, label = focus.sentence, ""
    while True:
        lemma = sentence.tokens[phrase.last].lemma.lower()
        link = focus.words[phrase.last + 1 : phrase.last + 2]
        if lemma not in cues.shells or link not in (("of",), ("for",)) or (lemma in cues.labels and link == ("for",)):
            break
        inner = phrase_at(sentence, phrase.last + 2)
        if inner is None or (lemma in cues.labels and sentence.tokens[inner.last].text[:1].isupper()):
            break  # the former name of [Zimbabwe]
        label, phrase = label or lemma, inner
    head = sentence.tokens[phrase.last]
    return replace(
        focus,
        phrase=phrase.tokens,
        head=head,
        article=phrase.article,
        tail=tuple(range(phrase.last + 1, len(sentence))),
        label=label,
        plural="Number=Plur" in head.feats or focus.copula in ("are", "were"),
    )


def _orders(words: tuple[str, ...], i: int) -> bool:
    """Whether a verb of naming asks: it opens the question, or follows *can you* or a comma."""
    return i == 0 or words[i - 1] == "you" or (words[i - 1] in (",", "please") and i < 6)


def _adverb(sentence: Sentence, at: int) -> bool:
    """*What [exactly] is radiation?*"""
    return sentence.tokens[at].upos == "ADV" and sentence.tokens[at + 1].upos == "AUX"


def _copula(focus: Focus, at: int, cues: Cues) -> int | None:
    return next((i for i in range(at, min(at + 2, len(focus.words))) if focus.words[i] in cues.copulas), None)


def _verb(sentence: Sentence, wh: Token) -> str:
    """The lemma of the verb that governs the wh-word, or of the question's root where that is a verb."""
    content = [t for t in sentence if t.upos not in ("PUNCT", "SYM")]
    if content and content[-1].text.lower() == "do" and content[-1].i > wh.i + 1:
        return "do"
    for i in (*sentence.ancestors(wh.i), sentence.root.i):
        token = sentence.tokens[i]
        if token.upos == "VERB" and token.i > wh.i:
            return token.lemma.lower()
    return next((t.lemma.lower() for t in sentence if t.upos == "VERB" and t.i > wh.i), "")


def _in_row(words: tuple[str, ...], row: tuple[str, ...]) -> bool:
    first, length = row[0], len(row)
    return first in words and any(word == first and words[i : i + length] == row for i, word in enumerate(words))
