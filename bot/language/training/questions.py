"""Questions made from the gold trees of statements, because treebanks hold few: fronting, inversion and *do*-support.

*The league links the towns with the coast* becomes *What does the league link the towns with?*, *Which towns …?*,
*Does the league …?* and so on, each with the tree that UD's guidelines give it
(https://universaldependencies.org/en/): the wh-phrase keeps the relation that it asks for, a stranded preposition
stays the ``case`` of its wh-word, and in *Who is the director?* the wh-word is the root. Generating training
questions by transforming parsed statements follows QuestionBank's motive (Judge, Cahill and van Genabith 2006); the
transformations here are our own.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field

from .corpus import Sentence

LONGEST = 24
DROPPED = (
    "punct",
    "discourse",
    "parataxis",
    "cc",
    "conj",
    "vocative",
    "dislocated",
    "advcl",
    "mark",
    "dep",
    "list",
    "reparandum",
    "orphan",
    "goeswith",
    "appos",
)
_TIMES = """
year month week day century decade morning evening night summer winter spring autumn monday tuesday wednesday
thursday friday saturday sunday january february march april may june july august september october november
december today yesterday
"""
TIMES = frozenset(_TIMES.split())
CLITIC = "'’"  # 've and ’ll cannot be inverted as they stand
PLACES = ("in", "at", "on", "near", "from", "to")


@dataclass(eq=False)
class Node:
    """A word of a question being made; identity is the node itself, ``head`` another node or None for the root."""

    word: str
    lemma: str
    pos: str
    xpos: str
    morph: str
    dep: str
    head: Node | None = None
    space: bool = True
    entity: str = "O"
    opens: bool = False
    children: list[Node] = field(default_factory=list)


def made_questions(sentences: Sequence[Sentence], number: int, rng: random.Random) -> list[Sentence]:
    """``number`` questions made from randomly drawn statements (fewer only if hardly any statement serves)."""
    made: list[Sentence] = []
    for _ in range(number * 12):
        if len(made) >= number:
            break
        question = made_question(rng.choice(sentences), rng)
        if question is not None:
            made.append(question)
    return made


def made_question(sentence: Sentence, rng: random.Random) -> Sentence | None:
    """One question from a statement, or None where it does not serve."""
    if (
        len(sentence.words) > 45
        or sentence.words[-1] == "?"
        or "n't" in sentence.words
        or sentence.source.startswith("atis")
    ):
        return None
    nodes, root = _tree(sentence)
    if any(c.dep == "mark" for c in root.children) or any(len(n.word) > 25 for n in nodes):
        return None
    subject = next((c for c in root.children if c.dep in ("nsubj", "nsubj:pass")), None)
    if subject is None or subject.word.lower() in ("who", "which", "that", "what", "this"):
        return None
    clause = _Clause(nodes, root, subject, sentence)
    if not clause.serves:
        return None
    made = clause.copular(rng) if clause.copula is not None else clause.verbal(rng) if root.pos == "VERB" else None
    return None if made is None or len(made) > LONGEST else _sentence(made, sentence, rng)


def _tree(sentence: Sentence) -> tuple[list[Node], Node]:
    names = sentence.entities or ("O",) * len(sentence.words)
    columns = (sentence.words, sentence.lemmas, sentence.pos, sentence.xpos, sentence.morphs, sentence.deps)
    rows = zip(*columns, sentence.spaces, names, strict=True)
    nodes = [Node(w, lemma, p, x, m, d, None, s, e) for w, lemma, p, x, m, d, s, e in rows]
    nodes[0].opens = True
    root = nodes[0]
    for i, (node, head) in enumerate(zip(nodes, sentence.heads, strict=True)):
        if head == i:
            root = node
        else:
            node.head = nodes[head]
            nodes[head].children.append(node)
    return nodes, root


def _wh(word: str, dep: str, head: Node | None) -> Node:
    if word in ("where", "when", "why", "how"):
        pos, xpos = "ADV", "WRB"
    elif word == "whose":
        return Node(word, word, "PRON", "WP$", "Poss=Yes|PronType=Int", dep, head)
    else:
        pos, xpos = ("DET", "WDT") if dep == "det" else ("PRON", "WP")
    return Node(word, word, pos, xpos, "PronType=Int", dep, head)


class _Clause:
    """The parts of a statement's main clause, in order, as blocks of nodes."""

    def __init__(self, nodes: list[Node], root: Node, subject: Node, sentence: Sentence) -> None:
        self.order = {id(node): i for i, node in enumerate(nodes)}
        self.root, self.subject, self.sentence = root, subject, sentence
        self.copula = next((c for c in root.children if c.dep == "cop"), None)
        self.auxiliaries = [c for c in root.children if c.dep in ("aux", "aux:pass")]
        self.there = next((c for c in root.children if c.dep == "expl"), None)
        after = self.order[id(root)]
        self.rest = [
            c
            for c in root.children
            if self.order[id(c)] > after
            and c.dep.partition(":")[0] not in DROPPED
            and c not in self.auxiliaries
            and c is not subject
        ]
        self.between = [
            c for c in root.children if self.order[id(subject)] < self.order[id(c)] < after and c.dep in ("advmod",)
        ]
        self.serves = self._contiguous() and (self.there is None or root.lemma == "be")

    def block(self, node: Node) -> list[Node]:
        """The subtree in order, coordination and apposition kept."""
        found, stack = [], [node]
        while stack:
            at = stack.pop()
            found.append(at)
            stack.extend(at.children)
        return sorted(found, key=lambda n: self.order[id(n)])

    def _contiguous(self) -> bool:
        for node in (self.subject, *self.rest):
            places = [self.order[id(n)] for n in self.block(node)]
            if places[-1] - places[0] + 1 != len(places):
                return False
        return self.order[id(self.subject)] < self.order[id(self.root)] or self.there is not None

    # Verbal clauses

    def verbal(self, rng: random.Random) -> list[Node] | None:
        objects = [c for c in self.rest if c.dep == "obj"]
        obliques = [
            c
            for c in self.rest
            if c.dep in ("obl", "obl:agent") and self._case(c) is not None and c.pos in ("NOUN", "PROPN", "NUM", "PRON")
        ]
        kinds = (
            ["polar", "adverb", "subject"]
            + ["object"] * (2 * bool(objects))
            + ["oblique"] * (3 * bool(obliques))
            + ["list"]
        )
        kind = rng.choice(kinds)
        if self.there is not None:
            return self._existential(rng)
        if kind == "subject":
            return self._subject(rng)
        if kind == "list":
            return self._listing(rng)
        if kind == "polar":
            return self._inverted([], None)
        if kind == "adverb":
            return self._inverted([_wh(rng.choice(["when", "where", "why", "how"]), "advmod", self.root)], None)
        if kind == "object":
            asked = rng.choice(objects)
            return self._inverted(self._asked(asked, rng), asked)
        return self._oblique(rng.choice(obliques), rng)

    def _asked(self, node: Node, rng: random.Random) -> list[Node]:
        """A wh-phrase in place of ``node``, with its relation."""
        person = node.entity.endswith("PERSON") or node.word.lower() in (
            "he",
            "she",
            "him",
            "her",
            "them",
            "they",
            "we",
            "us",
            "i",
            "me",
        )
        noun = node.pos == "NOUN"
        choice = rng.random()
        if noun and choice < 0.65:
            return self._kind(node, rng)
        word = "who" if person or (node.pos == "PROPN" and choice < 0.5) else "what"
        return [_wh(word, node.dep, self.root)]

    def _kind(self, node: Node, rng: random.Random) -> list[Node]:
        head = Node(node.word, node.lemma, node.pos, node.xpos, node.morph, node.dep, self.root)
        modifiers = [
            Node(c.word, c.lemma, c.pos, c.xpos, c.morph, c.dep, head)
            for c in node.children
            if c.dep in ("amod", "compound") and not c.children and self.order[id(c)] < self.order[id(node)]
        ]
        modifiers = modifiers if rng.random() < 0.6 else []
        plural = "Number=Plur" in node.morph
        draw = rng.random()
        if plural and draw < 0.3:
            many = Node("many", "many", "ADJ", "JJ", "Degree=Pos", "amod", head)
            return [_wh("how", "advmod", many), many, *modifiers, head]
        if not plural and draw < 0.08:
            much = Node("much", "much", "ADJ", "JJ", "Degree=Pos", "amod", head)
            return [_wh("how", "advmod", much), much, *modifiers, head]
        if draw > 0.92:
            return [_wh("whose", "nmod:poss", head), *modifiers, head]
        return [_wh(rng.choice(["which", "what"]), "det", head), *modifiers, head]

    def _case(self, node: Node) -> Node | None:
        cases = [c for c in node.children if c.dep == "case"]
        return cases[0] if len(cases) == 1 and not cases[0].children and cases[0].pos == "ADP" else None

    def _oblique(self, node: Node, rng: random.Random) -> list[Node] | None:
        case = self._case(node)
        assert case is not None
        lemma = node.lemma.lower()
        time = lemma in TIMES or (node.pos == "NUM" and len(lemma) == 4)
        place = node.entity.endswith("LOC") and case.lemma in PLACES
        draw = rng.random()
        if (time or place) and draw < 0.6:
            word = _wh("when" if time else "where", "advmod", self.root)
            if draw < 0.12 and time:
                word.dep = "obl"
                return self._inverted([Node(case.word.lower(), case.lemma, "ADP", "IN", "", "case", word), word], node)
            return self._inverted([word], node)
        if node.pos == "NUM" and time:
            year = Node("year", "year", "NOUN", "NN", "Number=Sing", "obl", self.root)
            phrase = [_wh(rng.choice(["what", "which"]), "det", year), year]
        else:
            phrase = self._asked(node, rng)
        head = phrase[-1]
        moved = Node(case.word.lower(), case.lemma, "ADP", "IN", "", "case", head)
        if draw < 0.5:
            if head.word == "who":
                head.word = "whom"
            return self._inverted([moved, *phrase], node)
        return self._inverted(phrase, node, stranded=moved)

    def _inverted(self, front: list[Node], asked: Node | None, stranded: Node | None = None) -> list[Node] | None:
        auxiliaries = list(self.auxiliaries)
        verb = self.root
        if not auxiliaries:
            if "VerbForm=Fin" not in verb.morph and verb.xpos not in ("VBD", "VBZ", "VBP"):
                return None
            past, third = verb.xpos == "VBD", verb.xpos == "VBZ"
            word, tag = ("did", "VBD") if past else ("does", "VBZ") if third else ("do", "VBP")
            tense = "Past" if past else "Pres"
            auxiliaries = [Node(word, "do", "AUX", tag, f"Mood=Ind|Tense={tense}|VerbForm=Fin", "aux", verb)]
            verb.word, verb.xpos, verb.morph = verb.lemma, "VB", "VerbForm=Inf"
        elif any(self.order[id(a)] > self.order[id(verb)] for a in auxiliaries) or auxiliaries[0].word[0] in CLITIC:
            return None
        tail: list[Node] = []
        for part in self.rest:
            if part is asked:
                tail += [stranded] if stranded is not None else []
            else:
                tail += self.block(part)
        middle = [n for part in self.between for n in self.block(part)]
        return [*front, auxiliaries[0], *self.block(self.subject), *auxiliaries[1:], *middle, verb, *tail]

    def _predicate(self) -> list[Node]:
        middle = [n for part in self.between for n in self.block(part)]
        return [*self.auxiliaries, *middle, self.root, *(n for part in self.rest for n in self.block(part))]

    def _subject(self, rng: random.Random) -> list[Node] | None:
        if any(a.word[0] in CLITIC for a in self.auxiliaries):
            return None
        if self.subject.pos == "PRON" and self.root.xpos == "VBP" and not self.auxiliaries:
            return None
        return [*self._asked(self.subject, rng), *self._predicate()]

    def _listing(self, rng: random.Random) -> list[Node] | None:
        """*Name the towns that joined the league.*"""
        if self.subject.pos != "NOUN":
            return None
        order = rng.choice([("name", "VB"), ("list", "VB")])
        verb = Node(order[0], order[0], "VERB", "VB", "Mood=Imp|VerbForm=Fin", "root")
        noun = Node(self.subject.word, self.subject.lemma, "NOUN", self.subject.xpos, self.subject.morph, "obj", verb)
        the = Node("the", "the", "DET", "DT", "Definite=Def|PronType=Art", "det", noun)
        that = Node("that", "that", "PRON", "WDT", "PronType=Rel", self.subject.dep, self.root)
        self.root.dep, self.root.head = "acl:relcl", noun
        return [verb, the, noun, that, *self._predicate()]

    def _existential(self, rng: random.Random) -> list[Node] | None:
        assert self.there is not None
        be = self.root
        rest = [n for part in self.rest for n in self.block(part)]
        subject = self.block(self.subject)
        if rng.random() < 0.5 or self.subject.pos != "NOUN" or "Number=Plur" not in self.subject.morph:
            return [be, self.there, *subject, *rest]
        many = Node("many", "many", "ADJ", "JJ", "Degree=Pos", "amod", self.subject)
        return [_wh("how", "advmod", many), many, self.subject, be, self.there, *rest]

    # Copular clauses

    def copular(self, rng: random.Random) -> list[Node] | None:
        copula = self.copula
        assert copula is not None
        if self.auxiliaries or copula.word[0] in CLITIC or self.there is not None:
            return None
        subject = self.block(self.subject)
        dropped = [c for c in self.root.children if c.dep.partition(":")[0] in DROPPED]
        skip = {id(n) for c in (*dropped, self.subject, copula) for n in self.block(c)}
        own = [n for n in self.block(self.root) if id(n) not in skip]
        draw = rng.random()
        if self.subject.pos == "PRON" and self.subject.word.lower() in ("it", "that", "there"):
            return [copula, *subject, *own]
        if draw < 0.4:
            return [copula, *subject, *own]
        if self.root.pos == "ADJ":
            if draw < 0.7 and not [c for c in self.root.children if c.dep == "advmod"]:
                at = own.index(self.root)
                return [*own[:at], _wh("how", "advmod", self.root), self.root, copula, *subject, *own[at + 1 :]]
            return [*self._asked(self.subject, rng), copula, *own]
        if any(c.dep == "case" for c in self.root.children):
            return self._what([_wh("where", "root", None)], copula, subject, self.subject)
        if self.root.pos not in ("NOUN", "PROPN") or any(c.dep == "acl:relcl" for c in self.root.children):
            return None
        word = "who" if self.subject.entity.endswith("PERSON") else rng.choice(["what", "what", "who"])
        if draw < 0.7:
            return self._what([_wh(word, "root", None)], copula, subject, self.subject)
        return self._what([_wh(word, "root", None)], copula, own, self.root)

    @staticmethod
    def _what(front: list[Node], copula: Node, phrase: list[Node], head: Node) -> list[Node]:
        """*Who is the director?*: the wh-word is the root, what is asked about its subject."""
        copula.head, head.head, head.dep = front[0], front[0], "nsubj"
        return [*front, copula, *phrase]


def _sentence(nodes: list[Node], source: Sentence, rng: random.Random) -> Sentence | None:
    place = {id(node): i for i, node in enumerate(nodes)}
    roots = [n for n in nodes if n.head is None]
    if (
        len(roots) != 1
        or len(place) != len(nodes)
        or any(n.head is not None and id(n.head) not in place for n in nodes)
    ):
        return None
    root = place[id(roots[0])]
    words = [
        n.word[:1].lower() + n.word[1:]
        if n.opens and n.pos != "PROPN" and n.word != "I" and not n.word.isupper()
        else n.word
        for n in nodes
    ]
    words[0] = words[0][:1].upper() + words[0][1:]
    mark = "." if nodes[0].morph.startswith("Mood=Imp") else "?"
    spaces = [n.space for n in nodes]
    for i, node in enumerate(nodes[:-1]):
        follower = nodes[i + 1]
        if (
            not node.space
            and node.pos != "PUNCT"
            and follower.pos not in ("PUNCT", "PART", "SYM")
            and node.word not in ("$", "#")
        ):
            spaces[i] = True
        if follower.dep == "aux" and follower.word in ("do", "does", "did"):
            spaces[i] = True
    return Sentence(
        source=source.source + "-question",
        words=(*words, mark),
        spaces=(*spaces[:-1], False, True),
        lemmas=(*(n.lemma for n in nodes), mark),
        pos=(*(n.pos for n in nodes), "PUNCT"),
        xpos=(*(n.xpos for n in nodes), "."),
        morphs=(*(n.morph for n in nodes), ""),
        heads=(*(i if n.head is None else place[id(n.head)] for i, n in enumerate(nodes)), root),
        deps=(*("ROOT" if n.head is None else n.dep for n in nodes), "punct"),
        entities=None,
        new_document=True,
    )
