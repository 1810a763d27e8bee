"""From what was typed to a :class:`Query`, or to why it is none: spelling, wrappers, parse, family, names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from bot.answers.model import ReasonKind
from bot.language.analysis import sentence_of
from bot.language.gazetteer import Gazetteer, Mention
from bot.language.lexicon import Lexicon
from bot.language.sentence import Sentence
from bot.language.spelling import Speller
from bot.questions.intents import Intent, load_intents
from bot.questions.patterns import IntentMatcher
from bot.questions.phrasing import Phrasing, Unwrapped, load_phrasing, unwrap
from bot.questions.query import Query, Term
from bot.questions.reading import Reader
from bot.questions.repair import mend
from bot.questions.wh import find_wh

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

CONTENT = frozenset({"NOUN", "PROPN", "VERB", "ADJ", "NUM"})
# Roles of what only says when and where something happened.
FRAMES = frozenset({"any", "time", "place", "obl:in", "obl:at", "obl:on", "obl:during"})
LONGEST = 600  # characters of a question
_FRONTED = re.compile(
    r"(?:out of|of|among) ([^,?]+), (how many|how much|which|what (?:share|percentage|proportion)) (.+)", re.I
)
_PLACED = re.compile(
    r"(how many of (?:them|these|those|the \w+(?: \w+){0,2}?))"
    r" ((?:in|at|on|from|under) (?!.*\b(?:are|is|were|was|have|has|do|did|will|can)\b)(?:\w+ ?){1,4}\??)$",
    re.I,
)
_SHOUTED = re.compile(r"[A-Z]{2,}\W+[A-Z]{2,}\W+[A-Z]{2,}")
_MARK = re.compile(r"(?<=[?])\s+")
_HELPS = "is|are|was|were|do|does|did|can|could|will|would|shall|should|has|have|had|may|must"
_ASKS = re.compile(rf"(?:and |so )?(?:\w+ )?(?:who|whom|whose|what|which|where|when|why|how|{_HELPS})\b", re.I)
_JOINT = re.compile(
    rf"[,;]?\s+and\s+(?:also\s+)?(?P<next>(?:who|whom|whose|what|which|where|when|why|how(?: \w+)?)"
    rf"(?: \w+)? (?:{_HELPS})\b"
    # Who founded the club, and in which year?
    r"|(?:(?:since|until|by|in|from|for|with|to|at|on) )?"
    r"(?:who|whom|whose|what|where|when|why|how|which)(?: \w+)?\W*$)",
    re.I,
)
_MAY = re.compile(r"^may(?= (?!\d|in |at |on |is |was |of )\S+ \S+)", re.I)
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")


class NotUnderstood(Struct, frozen=True):
    """Why a line is no question for this bot; ``offers`` are the questions that it holds, where it holds several."""

    kind: ReasonKind
    detail: str
    trace: tuple[str, ...] = ()
    offers: tuple[str, ...] = ()


class Understanding:
    """Everything a question is read with; made once per base."""

    def __init__(
        self,
        nlp: Language,
        gazetteer: Gazetteer,
        speller: Speller,
        lexicon: Lexicon,
        intents_folder: Path,
        known_word: Callable[[str], bool],
    ) -> None:
        self.nlp = nlp
        self.gazetteer = gazetteer
        self.speller = speller
        self.lexicon = lexicon
        self.known_word = known_word
        self.intents: dict[str, Intent] = {intent.name: intent for intent in load_intents(intents_folder)}
        self.phrasing: Phrasing = load_phrasing(intents_folder)
        self.matcher = IntentMatcher(nlp, {name: intent.patterns for name, intent in self.intents.items()})
        self.reader = Reader(lexicon, self.phrasing)

    def understand(self, text: str) -> Query | NotUnderstood:
        """Read one question."""
        clean = tidy(text)
        if _SHOUTED.search(clean) and clean.isupper():
            clean = clean.lower()  # the parser has seen small letters, and few capitals
        problem = self._no_question(clean)
        if problem is not None:
            return problem
        several = questions_in(clean)
        if len(several) > 1:
            return NotUnderstood("unsupported", "it holds more than one question; one at a time, please", (), several)
        spelt, notes = self._spell(clean)
        unwrapped = unwrap(spelt, self.phrasing)
        return self._read(unwrapped, clean, notes)

    def parse(self, text: str) -> Sentence | None:
        """The parse of a piece of a question; None where there are no words in it."""
        return sentence_of(self.nlp(text))

    def _parsed(self, text: str) -> Doc:
        """The parse of a question, without name labels: names are found by the gazetteer."""
        doc = self.nlp.make_doc(text)
        for name, component in self.nlp.pipeline:
            if name != "ner":
                doc = component(doc)
        return doc

    def is_help(self, text: str) -> bool:
        """Whether a line is a greeting, thanks, or about the bot."""
        best = next(self.matcher.matches(self.nlp(tidy(text))), None)
        return best is not None and best[1] == "help"

    def _read(self, unwrapped: Unwrapped, typed: str, notes: tuple[str, ...]) -> Query | NotUnderstood:
        if unwrapped.asked and not unwrapped.confirm and not self._asks(unwrapped.text):
            # could you tell me [the joining fee]: a noun phrase asked for
            unwrapped = replace(
                unwrapped,
                text=f"What is {unwrapped.text}",
                trace=(*unwrapped.trace, f"read as “What is {unwrapped.text}”"),
            )
        doc = self._parsed(_may_asked(_share_asked(unwrapped.text)))
        sentence = sentence_of(doc)
        if sentence is None:
            return NotUnderstood("not_a_question", "there are no words in it")
        sentence, mended = mend(sentence)
        mentions, named = self._mentions(sentence)
        intent, how = self._intent(doc, sentence, unwrapped, mentions)
        query = self.reader.read(sentence, intent, mentions, typed)
        query = self._happening(self._without_excluded(query))
        scope = tuple(
            s
            for s in unwrapped.scopes
            if s.lower() not in self.phrasing.anywhere and not _names_anything(s, self.phrasing)
        )
        trace = (*unwrapped.trace, *notes, *named, *(f"parse mended: {rule.replace('_', ' ')}" for rule in mended), how)
        return replace(query, scope=scope, trace=trace, notes=(*notes, *named))

    @staticmethod
    def _asks(text: str) -> bool:
        first = _WORD.search(text)
        starts = first.group().lower() if first else ""
        return starts not in ("the", "a", "an", "its", "their", "our", "my")

    # Is it a question for this bot?

    def _no_question(self, text: str) -> NotUnderstood | None:
        words = _WORD.findall(text)
        if not words:
            return NotUnderstood("not_a_question", "there are no words in it")
        if len(text) > LONGEST:
            return NotUnderstood(
                "not_a_question", f"it is {len(text)} characters long; a question has at most {LONGEST}"
            )
        if not text.isascii() and _foreign_letters(text) > len(text) / 3:
            return NotUnderstood("other_language", "it is not in English")
        if sum(w.lower() in self.phrasing.foreign for w in words) >= 2:
            english = sum(w.lower() in self.lexicon.words.function_words for w in words)
            if english < len(words) / 2:
                return NotUnderstood("other_language", "it is not in English")
        known = [w for w in words if self._known(w)]
        if len(known) >= max(1, len(words) / 3):
            return None
        near = [w for w in words if not self._known(w) and self.speller.correct(w.lower()) is not None]
        if len(known) + len(near) >= max(1, len(words) / 2):
            return None
        if len(words) >= 4:
            return NotUnderstood("other_language", "most of its words are not English, nor in the documents")
        return NotUnderstood("not_a_question", "its words are neither English nor in the documents")

    def _known(self, word: str) -> bool:
        return (
            self.known_word(word.lower())
            or self.lexicon.known(word.lower())
            or word.lower() in self.lexicon.words.function_words
        )

    # Spelling and names

    def _spell(self, text: str) -> tuple[str, tuple[str, ...]]:
        """Correct unknown words; what was changed is said, never silent."""
        parts, notes, at = [], [], 0
        for found in _WORD.finditer(text):
            word = found.group()
            whole = self._with_apostrophe(word, text[found.end() :])
            if whole:
                parts += [text[at : found.start()], whole]
                at = found.end()
                notes.append(f"read “{word}” as “{whole}”")
                continue
            if len(word) < 4 or (word.isupper() and not text.isupper()):
                continue
            correction = self.speller.correct(word)
            if correction is None or correction.replacement.lower() == word.lower():
                continue
            replacement = correction.replacement.capitalize() if word[0].isupper() else correction.replacement
            parts += [text[at : found.start()], replacement]
            at = found.end()
            notes.append(f"read “{word}” as “{replacement}”")
        return "".join((*parts, text[at:])), tuple(notes)

    def _with_apostrophe(self, word: str, rest: str) -> str:
        """*whats* is *what's*, and *NATOs fuel* is *NATO's fuel*; empty for any other word."""
        lower = word.lower()
        contraction = self.phrasing.contractions.get(lower, ())
        if contraction and not self.known_word(lower):
            return contraction[0].capitalize() if word[0].isupper() else contraction[0]
        owned = lower.endswith("s") and lower[:-1] in self._acronyms and not self.known_word(lower)
        return f"{word[:-1]}'s" if owned and re.match(r" [a-z]", rest) else ""

    @cached_property
    def _acronyms(self) -> frozenset[str]:
        return frozenset(name.lower() for _, name, how in self.gazetteer.names() if how == "acronym" and len(name) > 2)

    def _mentions(self, sentence: Sentence) -> tuple[tuple[Mention, ...], tuple[str, ...]]:
        """Names in the question: exactly, then by fuzzy match of what is left, with what was assumed."""
        exact = self.gazetteer.mentions(sentence, question=True)
        near, notes = self.gazetteer.fuzzy_mentions(sentence, exact)
        fuzzy = tuple(
            m
            for m in near
            if len(self._narrowed(m, sentence).entities) == 1
            or any(sentence.tokens[i].text[:1].isupper() for i in m.tokens)
        )
        notes = tuple(n for n in notes if " or " not in n) if len(fuzzy) < len(near) else notes
        read = {i for m in fuzzy for i in m.tokens}
        exact = tuple(m for m in exact if not read & set(m.tokens))
        found = sorted((self._narrowed(m, sentence) for m in (*exact, *fuzzy)), key=lambda m: m.tokens)
        return tuple(found), notes

    def _narrowed(self, mention: Mention, sentence: Sentence) -> Mention:
        """Of several entities that a name may mean, the one whose name has more of the words around it."""
        if len(mention.entities) < 2:
            return mention
        around = [t.text.lower() for t in sentence.tokens[max(0, mention.tokens[0] - 2) : mention.tokens[-1] + 3]]
        counts = [(sum(w in self.gazetteer.name_of(e).lower().split() for w in around), e) for e in mention.entities]
        best = [e for n, e in counts if n == max(counts)[0]]
        return replace(mention, entities=(best[0],)) if len(best) == 1 else mention

    # Family

    def _intent(
        self, doc: Doc, sentence: Sentence, unwrapped: Unwrapped, mentions: tuple[Mention, ...]
    ) -> tuple[Intent, str]:
        denied = any(t.text.lower() in self.lexicon.words.negators for t in sentence)  # defines nothing
        if unwrapped.confirm and find_wh(sentence) is None:
            return self.intents["yes_no"], "family yes_no (a statement to confirm)"
        named = not denied and self._only_named(sentence, mentions)
        if named and any(name == "definition" for _, name, _ in self.matcher.matches(doc)):
            return self.intents["definition"], "family definition: nothing but a name is asked about"
        for _, name, source in self.matcher.matches(doc):
            if name == "definition" and (denied or not self._defines(sentence, mentions)):
                continue
            return self.intents[name], f"family {name} by “{source}”"
        return self.intents["keyword"], "family keyword (no question pattern)"

    @staticmethod
    def _only_named(sentence: Sentence, mentions: tuple[Mention, ...]) -> bool:
        """*What is the Toll House?*: every word of content is part of one name."""
        content = {t.i for t in sentence if t.upos in CONTENT and t.lemma not in ("be", "mean", "stand", "what", "who")}
        return len(mentions) == 1 and bool(content) and content <= set(mentions[0].tokens)

    def _defines(self, sentence: Sentence, mentions: tuple[Mention, ...]) -> bool:
        """*What is the league?* and *Who was Josef Adler?* ask for a definition; *Who is the director?* and *What is
        the capital of Chile?* ask for something that stands in a relation."""
        content = [t for t in sentence if t.upos in CONTENT and t.lemma not in ("be", "mean", "stand", "define")]
        named = {i for m in mentions for i in m.tokens}
        left = [t for t in content if t.i not in named and t.upos != "PROPN"]
        if not left:
            return True
        if any(
            t.rel in ("nmod", "obl", "acl", "advcl") or t.upos == "VERB" or t.dep == "nmod:poss" for t in left
        ) or any(t.text.lower() in ("of", "for", "'s") for t in sentence if t.i not in named):
            return False
        definite = any(t.upos == "DET" and t.lemma == "the" for t in sentence)
        return not definite and sentence.tokens[0].text.lower() != "who"

    # Events and exclusions

    def _happening(self, query: Query) -> Query:
        """*What happened in 1931?* asks for what the documents say of that time or place, not for a thing."""
        verb = query.sentence.tokens[query.predicate_token].lemma.lower()
        gap = query.gap
        if query.lookup != "gap" or gap is None or gap.noun or verb not in ("happen", "occur") or query.negative:
            return query
        # what happens [to the lead when the water drops], where does it occur: a thing or a place is asked for
        framed = all(known.role in FRAMES for known in query.arguments)
        if gap.role not in ("subj", "attr") or not framed or query.sentence.children(query.predicate_token, "advcl"):
            return query
        return replace(query, lookup="keyword", gap=None, times=())

    def _without_excluded(self, query: Query) -> Query:
        """*linked to Russia but not China*, *other than Russia*: terms that an answer must not be linked to."""
        sentence = query.sentence
        cut = next(
            (
                t.i
                for t in sentence
                if t.text.lower() == "but"
                and t.i + 1 < len(sentence)
                and sentence.tokens[t.i + 1].text.lower() == "not"
            ),
            None,
        )
        cut = cut if cut is not None else _phrase_at(sentence, ("and", "not"))
        if cut is None:
            return query
        end = next((t.i for t in sentence.tokens[cut:] if t.upos == "PUNCT"), len(sentence))
        excluded: list[Term] = [t for t in query.terms if all(cut < i < end for i in t.tokens)]
        if not excluded:
            return query
        kept = tuple(t for t in query.terms if t not in excluded)
        return replace(query, terms=kept, excluded=tuple(excluded), negative=False)


def _foreign_letters(text: str) -> int:
    """How many letters are of another script than ours."""
    return sum(1 for c in text if c.isalpha() and not unicodedata.name(c, "LATIN").startswith("LATIN"))


def _may_asked(text: str) -> str:
    """*May juniors use it?* parsed as *Can juniors use it?*: a capital *May* before a phrase is taken for the month."""
    return _MAY.sub(lambda found: "CAN" if found.group().isupper() else "Can", text, count=1)


def _phrase_at(sentence: Sentence, words: tuple[str, ...]) -> int | None:
    lower = [t.text.lower() for t in sentence]
    return next((i for i in range(len(lower)) if tuple(lower[i : i + len(words)]) == words), None)


def questions_in(text: str) -> tuple[str, ...]:
    """The questions of a line: at question marks, and where *and* goes on with a question of its own (*Who built it
    and when was it opened?*, but not *When and where was it opened?*)."""
    found: list[str] = []
    for part in (p.strip() for p in _MARK.split(text) if _WORD.search(p)):
        at = 0
        for joint in _JOINT.finditer(part):
            if len(_WORD.findall(part[at : joint.start()])) >= 3 and _ASKS.match(part[at:]):
                found.append(part[at : joint.start()].strip(" ,;"))
                at = joint.start("next")
        found.append(part[at:].strip(" ,;"))
    asked = tuple(f"{q[:1].upper()}{q[1:].rstrip(' ?')}?" for q in found)
    return asked if len(asked) > 1 and sum(bool(_ASKS.match(q)) for q in asked) > 1 else (text,)


def _share_asked(text: str) -> str:
    """*Of the 214 objects, how many were gifts?* in the order of the parser's examples: *How many of the 214 objects
    were gifts?* And *How many of them in Oslo?* with its verb."""
    found = _FRONTED.match(text)
    if found is not None:
        whole, asked, rest = found.groups()
        return f"{asked[:1].upper()}{asked[1:]} of {whole} {rest}"
    placed = _PLACED.match(text)
    return f"{placed.group(1)} are {placed.group(2)}" if placed is not None else text


def tidy(text: str) -> str:
    """One line without control characters; curly apostrophes are kept."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    kept = "".join(" " if c.isspace() else c for c in text if c.isspace() or unicodedata.category(c)[0] != "C")
    return " ".join(kept.split())


def _names_anything(scope: str, phrasing: Phrasing) -> bool:
    words = [w for w in scope.lower().split() if w not in ("in", "the", "this", "that", "our", "my")]
    return all(word in phrasing.anywhere for word in words)
