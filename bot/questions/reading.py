"""From a question's parse to its :class:`Query`: predicate, known arguments, gap, and the terms evidence must meet.

The question is read with the roles that facts use (``bot.facts.model``), so that the two meet in one form (law 4).
"""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from bot.language.gazetteer import Mention
from bot.language.lexicon import Lexicon
from bot.language.sentence import Sentence, Token
from bot.language.values import values_in
from bot.questions.intents import Intent
from bot.questions.phrasing import Phrasing
from bot.questions.query import Gap, Known, Place, Query, Term
from bot.questions.roles import is_passive, role_of, stranded_preposition
from bot.questions.types import QuestionType, type_of_question
from bot.questions.types.admitting import admitted
from bot.questions.wh import NOMINAL, WhPhrase, find_wh, read_wh, types_of

POS = {"NOUN": "n", "PROPN": "n", "VERB": "v", "ADJ": "a", "ADV": "r", "NUM": "m", "SYM": "n", "X": "n", "INTJ": "n"}


LASTING = frozenset({"within", "for", "over"})
BOUNDS = frozenset({"until", "till", "since"})
PLAIN_GAPS = frozenset({"place", "date", "time", "reason", "manner"})
# What the family of exceptions says itself, and no evidence need repeat.
EXCLUDING = frozenset({"leave", "exclude", "except", "exempt", "omit", "miss", "exception", "out"})


class Reader(Struct, frozen=True):
    """What reading needs besides the parse: the lexicon and the phrasing lists."""

    lexicon: Lexicon
    phrasing: Phrasing

    def read(self, sentence: Sentence, intent: Intent, mentions: tuple[Mention, ...], text: str) -> Query:
        """Read a parsed question of a known family."""
        wh = None if intent.lookup in ("yesno", "topic", "keyword") else self._wh(sentence)
        predicate = self._predicate(sentence, wh, intent)
        gap_tokens = set(wh.tokens) if wh else set()
        known = self._arguments(sentence, predicate, gap_tokens)
        asks = intent.lookup not in ("yesno", "topic", "keyword")
        asked = type_of_question(sentence, self.lexicon) if asks else None
        gap = self._gap(sentence, predicate, wh, known, intent, asked) if asks else None
        terms = self._terms(sentence, predicate, known, gap_tokens, mentions, wh)
        token = sentence.tokens[predicate]
        lemma = _with_particle(token, sentence, self.lexicon) if predicate not in gap_tokens else ""
        if intent.exception or (
            gap is not None and gap.role in PLAIN_GAPS and (lemma in self.phrasing.general or token.i in gap_tokens)
        ):
            # when were [the exercises]: in whatever role a fact has them
            known = tuple(replace(k, role="any") for k in known)
        if intent.exception:
            lemma, terms = "", tuple(t for t in terms if t.place != "predicate" and t.lemma not in EXCLUDING)
        return Query(
            text=text,
            sentence=sentence,
            intent=intent.name,
            lookup=intent.lookup,
            predicate=""
            if lemma in self.phrasing.general or token.upos in ("NOUN", "PROPN", "PRON", "NUM", "DET")
            else lemma,
            predicate_pos=POS.get(token.upos, ""),
            predicate_token=predicate,
            arguments=known,
            terms=terms,
            gap=gap,
            negative=self._negative(sentence, predicate) or intent.exception,
            universal=any(
                t.text.lower() in ("all", "every") or (t.text.lower() == "each" and not _reciprocal(t, sentence))
                for t in sentence
            ),
            times=tuple(v for v in values_in(sentence.text) if v.kind in ("date", "time") and v.low is not None),
            exception=intent.exception,
            sure=any(t.text.lower() in self.phrasing.sure for t in sentence),
            amounts=tuple(
                v
                for v in values_in(sentence.text)
                if v.kind in ("duration", "money", "percent", "quantity") and v.low != v.high
            ),
            asked=asked,
            answer_type=(gap.noun or "/".join(gap.types) or "thing") if gap else "/".join(intent.types),
        )

    def _wh(self, sentence: Sentence) -> WhPhrase | None:
        word = find_wh(sentence)
        return read_wh(sentence, word, self.lexicon, self.phrasing) if word else None

    def _predicate(self, sentence: Sentence, wh: WhPhrase | None, intent: Intent) -> int:
        """The token that carries the question's predicate, raising verbs passed through (*is going to be used* →
        use)."""
        at = sentence.root.i
        if wh is None and intent.name == "list":
            return self._listed(sentence)
        moved = True
        while moved:
            moved = False
            token = sentence.tokens[at]
            below = sentence.child(at, "xcomp")
            if (
                below
                and token.lemma.lower() in (*self.phrasing.raising, "do")
                and below.upos in ("VERB", "AUX", "ADJ", "NOUN")
            ):
                at, moved = below.i, True
        participle = sentence.child(at, "acl")
        if (
            wh is not None
            and at in wh.tokens
            and participle is not None
            and "VerbForm=Part" in participle.feats
            and participle.dep == "acl"
        ):
            return participle.i  # where is the centre [based]: parsed as a clause on the wh-word
        return at

    def _listed(self, sentence: Sentence) -> int:
        """*List the states that signed* → signed; *Name the members of the league* → members."""
        root = sentence.root
        noun = sentence.child(root.i, "obj") or next((t for t in sentence if t.upos in ("NOUN", "PROPN")), root)
        clause = sentence.child(noun.i, "acl")
        return clause.i if clause else noun.i

    def _arguments(self, sentence: Sentence, predicate: int, gap: set[int]) -> tuple[Known, ...]:
        chain = self._raised(sentence, predicate)
        passive = is_passive(sentence, predicate) or bool(chain and sentence.tokens[predicate].rel == "acl")
        inside = self._copular_inside(sentence, predicate)
        if inside is not None:
            return inside
        found: list[Known] = []
        for governor in (predicate, *chain):
            for child in sentence.children(governor):
                if child.i in gap or child.i in (predicate, *chain):
                    continue
                role = role_of(sentence, child, passive)
                if role == "obj" and governor in chain and sentence.tokens[governor].lemma == "do":
                    role = "subj"  # on whose help do [the states] rely: parsed as the object of do
                if child.text.lower() in self.phrasing.present or child.rel == "expl" or child.text.lower() == "there":
                    continue
                if role == "subj" and any(t.text.lower() == "there" for t in sentence.children(governor, "expl")):
                    role = "any"  # were there [exercises]: in whatever role
                if not role or (role == "manner" and child.upos != "NOUN"):
                    continue
                tokens = tuple(i for i in sentence.subtree(child.i) if i not in gap)
                found.append(self._known(sentence, role, child, tokens))
        if sentence.tokens[predicate].upos in ("NOUN", "PROPN", "PRON") and predicate not in gap:
            own = {i for i in sentence.subtree(predicate) if i not in gap}
            for known in found:
                if known.role in ("subj", "obj", "comp", "time", "manner"):
                    own -= set(known.tokens)
            own = {i for i in own if sentence.tokens[i].rel not in ("cop", "punct", "aux")}
            role = "subj" if not any(known.role in ("subj", "obj") for known in found) else "attr"
            head = sentence.tokens[predicate]
            if head.upos != "PRON":
                found = [k for k in found if not k.role.startswith("obl")] + [
                    self._known(sentence, role, head, tuple(sorted(own)))
                ]
        return tuple(found)

    def _copular_inside(self, sentence: Sentence, predicate: int) -> tuple[Known, ...] | None:
        """*Was Uzbekistan in the battalion?*: the parser makes the subject the root; what follows its preposition is
        said of it."""
        root = sentence.tokens[predicate]
        copula = sentence.child(predicate, "cop")
        phrase = next((c for c in sentence.children(predicate, "obl", "nmod") if c.i > predicate), None)
        if (
            copula is None
            or phrase is None
            or copula.i != 0
            or sentence.child(predicate, "nsubj")
            or root.upos not in ("NOUN", "PROPN", "ADJ")
        ):
            return None
        if any(c.rel == "case" for c in sentence.children(predicate)):
            return None
        below = set(sentence.subtree(phrase.i))
        own = tuple(
            i for i in sentence.subtree(predicate) if i not in below and sentence.tokens[i].rel not in ("punct", "cop")
        )
        place = role_of(sentence, phrase, False)
        return (self._known(sentence, "subj", root, own), self._known(sentence, place, phrase, tuple(sorted(below))))

    @staticmethod
    def _raised(sentence: Sentence, predicate: int) -> tuple[int, ...]:
        """Governors that the predicate was raised from; their subject is the predicate's."""
        chain = []
        at = predicate
        while sentence.tokens[at].rel == "xcomp" or (
            sentence.tokens[at].dep == "acl" and sentence.tokens[sentence.tokens[at].head].upos in ("ADV", "PRON")
        ):
            at = sentence.tokens[at].head
            chain.append(at)
        return tuple(chain)

    def _known(self, sentence: Sentence, role: str, head: Token, tokens: tuple[int, ...]) -> Known:
        quantifiers = self.lexicon.words.quantifiers
        part = head.text.lower()
        whole = sentence.child(head.i, "nmod")
        if part in quantifiers and whole is not None and any(c.text == "of" for c in sentence.children(whole.i)):
            # all of [the members]: said of the members, as *all members* is
            return replace(self._known(sentence, role, whole, tokens), quantifier=part)
        quantifier = next(
            (t.text.lower() for t in sentence.children(head.i, "det", "amod") if t.text.lower() in quantifiers), ""
        )
        marks = {t.i for t in sentence.children(head.i, "case", "cop", "mark") if t.upos != "PART"}
        first = next((sentence.tokens[i] for i in tokens if i not in marks), head)
        if not quantifier and first.text.lower() == "most" and first.i < head.i:
            quantifier = "most"  # most Baltic ports: parsed as if ports could be more or less Baltic
        shown = [i for i in tokens if sentence.tokens[i].rel != "punct" and i not in marks]
        return Known(role, head.i, tokens, sentence.words(shown), quantifier)

    def _gap(
        self,
        sentence: Sentence,
        predicate: int,
        wh: WhPhrase | None,
        known: tuple[Known, ...],
        intent: Intent,
        asked: QuestionType | None,
    ) -> Gap | None:
        if wh is None:
            listed = sentence.tokens[predicate]
            if intent.name == "list" and listed.rel == "acl":
                listed = sentence.tokens[listed.head]
            lemma = listed.lemma.lower() if listed.upos in NOMINAL else ""
            kinds = types_of(lemma, self.lexicon) if lemma else intent.types
            return Gap("subj", kinds, lemma, head=listed.i, plural=True)
        noun = wh.noun.lemma.lower() if wh.noun else ""
        types = admitted(asked, wh.types, intent.types if intent.name not in ("what", "list") else ())
        plural = "Number=Plur" in wh.head.feats or any(
            t.lemma in ("be", "do", "have") and t.text.lower() in ("are", "were") for t in sentence
        )
        role, of = self._gap_place(sentence, predicate, wh, known)
        verb = sentence.tokens[predicate]
        if wh.dimension == "long" and verb.upos == "VERB" and verb.lemma.lower() not in self.phrasing.extending:
            types = ("duration",)  # how long was it occupied? no length is asked for
        if noun == "time" and role.removeprefix("obl:") in LASTING:
            return Gap("duration", ("duration",), head=wh.head.i)  # within what time: how long at most
        return Gap(
            role,
            types,
            noun,
            wh.counted,
            of=of,
            head=wh.head.i,
            plural=plural,
            measured=wh.measured,
            dimension=wh.dimension if sentence.tokens[predicate].upos not in ("VERB",) else "",
            bound=_bound(sentence, wh),
            sort=wh.shell in self.phrasing.sorts,
        )

    def _gap_place(self, sentence: Sentence, predicate: int, wh: WhPhrase, known: tuple[Known, ...]) -> tuple[str, int]:
        """The gap's role: its own relation to the predicate, or the known argument that it modifies."""
        head = wh.head
        if head.i == predicate:
            return (wh.types[0] if wh.types and wh.word.text.lower() in ("where", "when", "why", "how") else "attr"), -1
        if wh.word.text.lower() == "whose":
            holder = next((n for n, k in enumerate(known) if head.i in k.tokens or k.head == head.i), -1)
            return "modifier", holder
        at = head
        while at.head not in (predicate, at.i) and at.head in wh.tokens:
            at = sentence.tokens[at.head]
        stranded = stranded_preposition(sentence, predicate)
        if (
            at.head == predicate
            or sentence.tokens[at.head].rel == "xcomp"
            or at.head in self._raised(sentence, predicate)
        ):
            passive = is_passive(sentence, predicate)
            role = role_of(sentence, at, passive)
            if stranded and role in ("obj", "subj", "manner", "comp", ""):
                role = "subj" if passive and stranded == "by" else f"obl:{stranded}"
            if wh.word.text.lower() in ("where", "when", "why", "how") and wh.noun is None:
                role = wh.types[0] if wh.types else "manner"
            if role == "obj" and any(k.role == "obj" for k in known):
                role = "attr"  # what was it called: the subject of the passive has the role already
            return (role or "attr"), -1
        holder = next((n for n, k in enumerate(known) if at.head in k.tokens), -1)
        if holder >= 0:
            return "modifier", holder
        return (f"obl:{stranded}" if stranded else (wh.types[0] if wh.types else "obj")), -1

    def _terms(
        self,
        sentence: Sentence,
        predicate: int,
        known: tuple[Known, ...],
        gap: set[int],
        mentions: tuple[Mention, ...],
        wh: WhPhrase | None,
    ) -> tuple[Term, ...]:
        named: dict[int, Mention] = {
            i: m
            for m in mentions
            for i in m.tokens
            if not (set(m.tokens) & gap and len(m.tokens) == 1 and wh and wh.noun and m.tokens[0] == wh.noun.i)
        }
        terms: list[Term] = []
        seen: set[Mention] = set()
        for token in sentence:
            mention = named.get(token.i)
            if mention is not None:
                if mention not in seen:
                    seen.add(mention)
                    terms.append(self._named(sentence, mention, predicate, known, gap))
                continue
            if _reciprocal(token, sentence):
                terms.append(Term("each other", "n", "each other", (token.i, token.i + 1)))
            elif self._is_content(token, sentence):
                terms.append(self._word(sentence, token, predicate, known, gap))
        return tuple(terms)

    def _is_content(self, token: Token, sentence: Sentence) -> bool:
        if token.i == 0 and token.upos == "VERB" and token.head == token.i and find_wh(sentence) is None:
            return False  # [name] the towns, [list] the fees
        if token.dep == "compound:prt":
            return False
        lower, lemma = token.text.lower(), token.lemma.lower()
        if token.upos not in POS or lower in ("n't", "not", "'s"):
            return False
        if (
            lower in self.phrasing.filler
            or lower in self.phrasing.present
            or lower in self.phrasing.addressee
            or lower in self.phrasing.sure
        ):
            return False
        if token.upos == "ADV" and (lower in ("how", "where", "when", "why", "more", "most", "less", "least", "only")):
            return False
        if token.upos in ("VERB", "ADV") and lemma in ("be", "do", "have", "go", "happen", "occur"):
            return False
        if lower in ("many", "much") and token.upos in ("ADJ", "ADV"):
            return False
        if token.upos == "ADJ" and lower in ("more", "most", "other", "such", "same", "current"):
            return False
        if lemma in self.phrasing.raising and sentence.child(token.i, "xcomp"):
            return False
        if (
            lemma in self.phrasing.labels
            and sentence.child(token.i, "nmod")
            and not sentence.child(token.i, "amod", "compound", "nmod:poss")
        ):
            return False
        return not (
            token.upos in ("NOUN", "VERB") and lemma in self.phrasing.shells and sentence.child(token.i, "nmod")
        )

    def _place(self, i: int, predicate: int, known: tuple[Known, ...], gap: set[int]) -> tuple[Place, int]:
        if i in gap:
            return "gap", -1
        for n, argument in enumerate(known):
            if argument.head == i:
                return "argument", n
        if i == predicate:
            return "predicate", -1
        for n, argument in enumerate(known):
            if i in argument.tokens:
                return "modifier", n
        return "loose", -1

    def _named(
        self, sentence: Sentence, mention: Mention, predicate: int, known: tuple[Known, ...], gap: set[int]
    ) -> Term:
        inside = set(mention.tokens)
        head = next(
            (i for i in mention.tokens if sentence.tokens[i].head not in inside or sentence.tokens[i].head == i),
            mention.tokens[-1],
        )
        place, n = self._place(head, predicate, known, gap)
        if place == "predicate":
            place, n = "loose", -1
        token = sentence.tokens[head]
        words = tuple(sentence.tokens[i].lemma.lower() for i in mention.tokens if sentence.tokens[i].upos in POS)
        return Term(
            token.lemma.lower(),
            "n",
            sentence.words(list(mention.tokens)),
            tuple(mention.tokens),
            mention.entities,
            words,
            place,
            n,
        )

    def _word(self, sentence: Sentence, token: Token, predicate: int, known: tuple[Known, ...], gap: set[int]) -> Term:
        place, n = self._place(token.i, predicate, known, gap)
        value = next(iter(values_in(token.text)), None) if token.upos == "NUM" or token.text.isdigit() else None
        lemma = _with_particle(token, sentence, self.lexicon) if token.upos == "VERB" else _lemma(token, sentence)
        return Term(lemma, POS[token.upos], token.text, (token.i,), (), (), place, n, value)

    @staticmethod
    def _negative(sentence: Sentence, predicate: int) -> bool:
        return (
            any(
                t.text.lower() in ("not", "n't", "never", "no", "neither", "nor")
                and (t.head == predicate or t.head in sentence.ancestors(predicate) or predicate == t.head)
                for t in sentence
            )
            or sentence.tokens[predicate].text.lower() == "cannot"
        )


def _lemma(token: Token, sentence: Sentence) -> str:
    """The lemma; an infinitive is its own (*When did he found it?*: found, not find)."""
    bare = token.upos == "VERB" and (
        "VerbForm=Inf" in token.feats or any(c.lemma == "do" for c in sentence.children(token.i, "aux"))
    )
    return token.text.lower() if bare else token.lemma.lower()


def _reciprocal(token: Token, sentence: Sentence) -> bool:
    """*each other*, *one another*: the first word of a reciprocal."""
    after = sentence.tokens[token.i + 1].text.lower() if token.i + 1 < len(sentence) else ""
    return (token.text.lower(), after) in (("each", "other"), ("one", "another"))


def _bound(sentence: Sentence, wh: WhPhrase) -> str:
    """*Until when*, *since which year*: the preposition right before the wh-word, where it bounds a time."""
    before = sentence.tokens[wh.word.i - 1].text.lower() if wh.word.i else ""
    return before if before in BOUNDS else ""


def _with_particle(token: Token, sentence: Sentence, lexicon: Lexicon) -> str:
    """*turned down* is turn down, where the lexicon knows the two as one verb."""
    lemma = _lemma(token, sentence)
    particle = sentence.child(token.i, "compound:prt")
    joined = f"{lemma} {particle.text.lower()}" if particle is not None else lemma
    return joined if lexicon.known(joined) else lemma
