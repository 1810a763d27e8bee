"""Which phrase a personal or possessive pronoun goes back to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct

from bot.facts.anaphora.phrases import Phrase, deed_of
from bot.facts.anaphora.salience import RECENCY, Discourse, Referent
from bot.facts.anaphora.words import Pronoun, words
from bot.language.sentence import Sentence, Token

REACH = 3.0
"""Sentences (a paragraph's end counts as one) that a pronoun goes back."""
MARGIN = 1.2
"""How much more salient the best reading must be than the next."""
OWN_SUBJECT = 90.0
PARALLEL = 35.0
SAME_DEED = 60.0
SAME_GENDER = 60.0
SAME_KIND = 130.0
ENOUGH_SUBJECT = 40.0
ENOUGH = 75.0
"""Salience below which nothing is taken; less will do for a subject, such as that of the paragraph before."""
DIM = 0.75
"""What plurals of things keep for *they*, and passing mentions for the subject of a sentence."""
UNSURE = 0.5
"""What a name of unknown kind keeps of its salience for *he* and *she*."""
_PERSONS = frozenset("mf")
_THINGS = frozenset("n")


class Reading(Struct, frozen=True):
    """A candidate with its score; ``full`` is what it would have but for a doubt: who falls behind by a doubt alone
    still leaves the pronoun open."""

    referent: Referent
    phrase: Phrase
    score: float
    full: float


def pronoun_of(token: Token) -> Pronoun | None:
    """What kind of pronoun a token is, None if it is none that goes back to a noun."""
    if token.upos not in ("PRON", "DET", "ADJ"):
        return None
    pronoun = words().pronouns.get(token.text.lower())
    if pronoun is None:
        return None
    if token.dep == "nmod:poss" and pronoun.use == "":
        return Pronoun(pronoun.number, pronoun.genders, "poss")
    return pronoun


def means_nothing(sentence: Sentence, token: Token) -> bool:
    """*it* that stands for no thing: *It is likely that …*, *It was Vogel who …*, *It seems that …*."""
    if token.text.lower() != "it":
        return False
    governor = sentence.tokens[token.head]
    clauses = sentence.children(governor.i, "csubj", "ccomp", "xcomp", "advcl")
    copular = sentence.child(governor.i, "cop") is not None
    if token.dep == "expl" and copular and governor.upos in ("NOUN", "PROPN", "ADV"):
        # 'It was the first dynasty to rule', 'It is home to': the tagger saw a filler, but no clause is the subject.
        return sentence.child(governor.i, "ccomp", "acl:relcl") is not None
    if token.dep == "expl" and (clauses or not copular):
        return True
    dated = any(t.lemma.lower() in words().lists["dating"] for t in sentence.children(governor.i, "case"))
    if copular and governor.upos == "NUM" and dated:
        # 'It was not until 1271 that …'
        return True
    if (
        token.rel == "nsubj"
        and governor.upos == "ADJ"
        and any(c.rel == "csubj" or _marked(sentence, c.i) for c in clauses)
    ):
        return True
    if _before_that(sentence, token):
        return True
    if token.rel == "nsubj" and sentence.child(governor.i, "cop") and governor.upos in ("NOUN", "PROPN", "NUM", "ADV"):
        relative = sentence.child(governor.i, "acl:relcl", "csubj", "ccomp", "advcl:relcl")
        open_clauses = sentence.children(governor.i, "csubj", "ccomp", "xcomp", "advcl", "acl")
        if _indefinite(sentence, governor.i) and any(_marked(sentence, c.i, "to", "that") for c in open_clauses):
            # 'It is a mistake to think so'
            return True
        return relative is not None and (
            governor.rel != "root" or governor.upos == "PROPN" or not _indefinite(sentence, governor.i)
        )
    if token.rel == "nsubj" and governor.lemma.lower() in words().lists["raising"]:
        return bool(clauses)
    if token.dep in ("nsubj:pass", "nsubj") and sentence.child(governor.i, "aux:pass"):
        # 'It is estimated that …'
        return any(_marked(sentence, c.i, "that") for c in sentence.children(governor.i, "ccomp", "csubj"))
    return token.rel == "obj" and any(c.upos == "ADJ" for c in sentence.children(governor.i, "xcomp"))


def _before_that(sentence: Sentence, token: Token) -> bool:
    """*it is estimated that*, *it is unlikely that*, however the rest is parsed."""
    after = sentence.tokens[token.i + 1 : token.i + 6]
    that = next((n for n, t in enumerate(after) if t.lemma.lower() == "that" and t.upos == "SCONJ"), -1)
    return (
        that > 1
        and after[0].upos == "AUX"
        and all(t.upos in ("AUX", "ADV", "VERB", "ADJ", "PART") for t in after[:that])
    )


def _marked(sentence: Sentence, i: int, *marks: str) -> bool:
    mark = sentence.child(i, "mark")
    return mark is not None and mark.lemma.lower() in (marks or ("that", "to", "for", "whether", "if"))


def _indefinite(sentence: Sentence, i: int) -> bool:
    determiner = sentence.child(i, "det")
    return determiner is not None and determiner.lemma.lower() in ("a", "an", "one")


def readings(
    sentence: Sentence,
    token: Token,
    pronoun: Pronoun,
    here: Sequence[Phrase],
    coming: Sequence[Phrase],
    discourse: Discourse,
    now: float,
) -> list[Reading]:
    """Candidates that agree with a pronoun and may bind it, best first.

    here: the phrases before it in its sentence. coming: those after it. discourse: what was spoken of so far.
    now: the sentence's time.
    """
    if pronoun.use == "self":
        return _of_subject(sentence, token, pronoun, here, discourse, now)
    ahead = _ahead(sentence, token, pronoun, coming, discourse)
    if ahead is not None:
        return [ahead]
    own: dict[str, list[Phrase]] = {}
    for phrase in here:
        own.setdefault(phrase.key, []).append(phrase)
    barred = _barred(sentence, token, pronoun, coming)
    found = []
    for referent in discourse.lately.values():
        near = now - referent.weights[-1][0] <= REACH
        inside = own.get(referent.key, [])
        if not near or referent.key in barred or not _agrees(pronoun, referent):
            continue
        if pronoun.genders < _PERSONS and referent.last.role == "compound":
            # 'his Jurchen wives': a name before a noun is seldom a person's
            continue
        if all(_may_bind(sentence, token, pronoun, phrase) for phrase in inside):
            full = _weighed(sentence, token, pronoun, referent, inside, now)
            score = full * DIM if _unlikely(token, pronoun, referent) else full
            found.append(Reading(referent, referent.shown, score, full))
    return sorted(found, key=lambda reading: (-reading.score, reading.referent.key))


def _weighed(
    sentence: Sentence, token: Token, pronoun: Pronoun, referent: Referent, inside: Sequence[Phrase], now: float
) -> float:
    """A referent's salience with what speaks for and against it as this pronoun's antecedent."""
    score = referent.score(now)
    if pronoun.genders < _PERSONS and len(referent.genders) == 1:
        score += SAME_GENDER
    elif pronoun.genders < _PERSONS and "n" in referent.genders:
        score *= UNSURE
    elif pronoun.number == "p" and len(referent.last.numbers) > 1:
        # 'Kublai's advisers held power in the government, but their rank …'
        score *= UNSURE
    if referent.last.deed[0] and referent.last.deed == deed_of(sentence, token):
        score += SAME_DEED
    if token.rel == "nsubj" and referent.last.role == "nsubj":
        score += PARALLEL + OWN_SUBJECT * bool(inside)
    if token.rel == "nsubj" and _said_to_be(sentence, token) in (referent.best.lemma, referent.last.lemma):
        score += SAME_KIND
    if pronoun.use == "poss" and inside:
        subject = _own_subject(sentence, token)
        score += OWN_SUBJECT * any(subject in phrase.heads for phrase in inside)
        close = any(_parallel_owner(sentence, token, one) or _beside(sentence, token, one) for one in inside)
        score += OWN_SUBJECT * close
    return score


def _unlikely(token: Token, pronoun: Pronoun, referent: Referent) -> bool:
    """Whether something speaks against a reading: *the privileges of the Huguenots … following their defeat*; a thing
    mentioned in passing as the subject of the next sentence."""
    if referent.best.named:
        return False
    if pronoun.number == "p" and referent.genders == _THINGS:
        return True
    return token.rel == "nsubj" and pronoun.use == "" and referent.last.role != "nsubj"


def _said_to_be(sentence: Sentence, token: Token) -> str:
    """The noun that a copula says of a subject: *It was the first foreign dynasty*."""
    governor = sentence.tokens[token.head]
    return governor.lemma.lower() if governor.upos == "NOUN" and sentence.child(governor.i, "cop") is not None else "-"


def _barred(sentence: Sentence, token: Token, pronoun: Pronoun, coming: Sequence[Phrase]) -> frozenset[str]:
    """Keys of phrases after a pronoun that it cannot mean: *he died before Kublai*, *His son Shi Gang*.

    A subject pronoun of the main clause means no name that the sentence still brings, else the name would be there.
    """
    own = {token.head, *(t.i for t in sentence.children(token.head, "appos", "flat", "compound"))}
    main = token.rel == "nsubj" and sentence.tokens[token.head].rel in ("root", "conj", "parataxis")
    if pronoun.use == "poss":
        return frozenset(phrase.key for phrase in coming if own.intersection(phrase.heads))
    governor = _predicate(sentence, token)
    return frozenset(
        phrase.key
        for phrase in coming
        if (main and phrase.named)
        or any(_predicate(sentence, sentence.tokens[head]) == governor for head in phrase.heads)
    )


def _parallel_owner(sentence: Sentence, token: Token, phrase: Phrase) -> bool:
    """*40% of NATO material and 85% of its fuel*: the owner in the conjunct before, in the same place."""
    path = (token.i, *sentence.ancestors(token.i))
    for step, i in enumerate(path):
        if sentence.tokens[i].rel != "conj":
            continue
        other = sentence.tokens[phrase.head]
        if other.rel not in ("compound", "nmod", "nmod:poss", "poss"):
            return False
        up = sentence.ancestors(phrase.head)
        depth = up.index(sentence.tokens[i].head) + 1 if sentence.tokens[i].head in up else 0
        # The parser may hang the second conjunct one noun higher or lower.
        return depth > 0 and abs(depth - step) <= 1
    return False


def winner(found: list[Reading]) -> Reading | None:
    """The reading that wins by a margin, None if none does."""
    if not found or found[0].score < (ENOUGH_SUBJECT if found[0].phrase.role == "nsubj" else ENOUGH):
        return None
    rivals = [reading for reading in found[1:] if not _same(reading, found[0])]
    if rivals and found[0].score < MARGIN * rivals[0].score:
        return None
    if any(rival.full > found[0].full for rival in rivals):
        return None
    return found[0]


def _beside(sentence: Sentence, token: Token, phrase: Phrase) -> bool:
    """*a fisherman and his wife*, *the valley with its terraces*: the pronoun's phrase hangs on its owner."""
    owned = sentence.tokens[token.head]
    if len(phrase.heads) > 1 or phrase.head > token.i:
        return False
    before = sentence.tokens[token.i - 1] if token.i else token
    if before.rel == "cc" and phrase.tokens[-1] == before.i - 1:
        # 'most of China and its neighbours', whatever the conjunct hangs on
        return True
    if owned.rel in ("conj", "appos"):
        # 'Warsaw, especially its centre'
        return owned.head == phrase.head
    case = _with(sentence, owned)
    if case is None:
        return False
    # In 'the plateau and the valley with its terraces' the nearest is meant, whatever the parse hangs it on.
    return phrase.head == owned.head if sentence.child(owned.head, "conj") is None else phrase.tokens[-1] + 1 == case.i


def _with(sentence: Sentence, owned: Token) -> Token | None:
    """The *with* of a phrase that tells what its governor has."""
    case = sentence.child(owned.i, "case") if owned.rel == "nmod" else None
    return case if case is not None and case.lemma.lower() == "with" else None


def _ahead(
    sentence: Sentence, token: Token, pronoun: Pronoun, coming: Sequence[Phrase], discourse: Discourse
) -> Reading | None:
    """*Due to its central location, Warsaw became …*: the named subject that a fronted phrase looks forward to."""
    for i in (token.i, *sentence.ancestors(token.i)):
        front = sentence.tokens[i]
        if front.rel not in ("obl", "advcl") or (pronoun.use != "poss" and front.rel != "advcl"):
            continue
        subject = sentence.child(front.head, "nsubj")
        if subject is None or subject.i < token.i or front.head < token.i:
            return None
        for phrase in coming:
            if subject.i in phrase.heads and phrase.named and pronoun.number in phrase.numbers:
                known = discourse.referents.get(phrase.key)
                genders = known.genders if known is not None else phrase.genders
                if not genders.isdisjoint(pronoun.genders):
                    referent = known or Referent(phrase.key, phrase, phrase, genders, phrase.numbers)
                    return Reading(referent, phrase, RECENCY, RECENCY)
        return None
    return None


def _same(one: Reading, two: Reading) -> bool:
    return bool(one.phrase.entities) and one.phrase.entities == two.phrase.entities


def _agrees(pronoun: Pronoun, referent: Referent) -> bool:
    return pronoun.number in referent.numbers and not referent.genders.isdisjoint(pronoun.genders)


def _own_subject(sentence: Sentence, token: Token) -> int:
    """The subject of the clause that a token stands in, -1 if it has none or is the token's own phrase."""
    i = token.i
    while True:
        subject = sentence.child(i, "nsubj")
        if subject is not None and token.i not in sentence.subtree(subject.i):
            return subject.i
        if subject is not None or sentence.tokens[i].head == i:
            return -1
        i = sentence.tokens[i].head


def _may_bind(sentence: Sentence, token: Token, pronoun: Pronoun, phrase: Phrase) -> bool:
    """Whether a phrase of the same sentence may be the pronoun's: it stands before it, does not hold it, and is no
    argument beside it (*Vogel praised him*: not Vogel)."""
    if phrase.tokens[0] > token.i:
        return False
    if any(token.i in sentence.subtree(head) for head in phrase.heads):
        # 'the city and its river' hangs the second on the first; 'its river' alone holds the pronoun.
        return pronoun.use == "poss" and _in_conjunct(sentence, token.i, phrase.heads)
    if pronoun.use == "poss":
        return True
    if token.rel in ("obj", "iobj") and _shared_subject(sentence, token) in phrase.heads:
        return False
    governor = _predicate(sentence, token)
    return not any(_predicate(sentence, sentence.tokens[head]) == governor for head in phrase.heads)


def _shared_subject(sentence: Sentence, token: Token) -> int:
    """The subject that a verb has from the one it is joined to, -1 for none: *guests may restore files but may not
    delete [them]* does not mean the guests."""
    verb = sentence.tokens[token.head]
    while verb.rel == "conj" and verb.head != verb.i and sentence.child(verb.i, "nsubj") is None:
        verb = sentence.tokens[verb.head]
        subject = sentence.child(verb.i, "nsubj")
        if subject is not None:
            return subject.i
    return -1


def _in_conjunct(sentence: Sentence, i: int, heads: tuple[int, ...]) -> bool:
    """Whether token ``i`` lies in a conjunct or clause below the phrase's one head, not in the phrase itself."""
    if len(heads) > 1:
        return False
    below = [i, *sentence.ancestors(i)]
    path = below[: below.index(heads[0])]
    if _with(sentence, sentence.tokens[sentence.tokens[i].head]) is not None:
        return True
    return any(sentence.tokens[j].rel in ("conj", "acl", "appos", "parataxis", "advcl") for j in path)


def _predicate(sentence: Sentence, token: Token) -> int:
    """The word that a phrase is an argument of, conjuncts counted with the first."""
    while token.rel == "conj" and token.head != token.i:
        token = sentence.tokens[token.head]
    return token.head if token.rel in ("nsubj", "obj", "iobj", "obl", "nmod") else -1 - token.i


def _of_subject(
    sentence: Sentence, token: Token, pronoun: Pronoun, here: Iterable[Phrase], discourse: Discourse, now: float
) -> list[Reading]:
    governor = sentence.tokens[token.head]
    subject = next((t.i for t in sentence.children(governor.i, "nsubj")), -1)
    for phrase in here:
        referent = discourse.referents.get(phrase.key)
        if subject in phrase.heads and referent is not None and pronoun.number in phrase.numbers:
            score = referent.score(now)
            return [Reading(referent, phrase, score, score)]
    return []
