"""Mends of a question's parse, where what questions look like leaves no doubt.

The parser reads from left to right and must attach a fronted wh-phrase before it has seen the verb; so it hangs it on
the auxiliary, on the subject, or makes it the root. Each mend is a pure function from a sentence to a sentence, or to
itself where it does not apply; the names of those that applied go into the trace.
"""

from __future__ import annotations

from collections.abc import Callable

from msgspec.structs import replace

from bot.language import lexicon
from bot.language.sentence import Sentence, Token
from bot.questions.edges import INVERTED, NOMINAL, is_cyclic, is_wh, rehung
from bot.questions.participles import (
    gerund_subject,
    participle_at_end,
    participle_in_wh,
    taking_place,
    two_prepositions,
)


def mend(sentence: Sentence) -> tuple[Sentence, tuple[str, ...]]:
    """All mends in order; RETURNS the sentence and the names of the mends that changed it."""
    applied = []
    for rule in RULES:
        mended = rule(sentence)
        if mended is not sentence:
            applied.append(rule.__name__)
            sentence = mended
    return sentence, tuple(applied)


def verb_as_noun(sentence: Sentence) -> Sentence:
    """*How many photographs does the archive [hold]?*: after *do* and a subject the verb was taken for a noun."""
    do = next((t for t in sentence if t.lemma in INVERTED and t.upos in ("AUX", "VERB") and t.lemma != "be"), None)
    if do is None or any(_is_verb(t) and t.i > do.i for t in sentence):
        return sentence
    end = next((t.i for t in sentence.tokens[do.i + 1 :] if t.upos in ("PUNCT", "ADP", "SCONJ")), len(sentence))
    if end == do.i + 1 or sentence.tokens[min(end, len(sentence) - 1)].lemma == "of":
        end = len(sentence)
    verb = next((t for t in reversed(sentence.tokens[do.i + 2 : end]) if _could_be_verb(sentence, t)), None)
    if verb is None:  # what does a licence for one computer [cost]?: behind a prepositional phrase
        last = next((t for t in reversed(sentence.tokens) if t.upos != "PUNCT"), do)
        verb = last if last.i > do.i + 2 and _could_be_verb(sentence, last) else None
    if verb is None:
        return sentence
    subject = sentence.tokens[verb.i - 1]
    gerund = next((t for t in sentence.tokens[do.i + 1 : verb.i] if t.upos == "VERB"), None)
    own = sentence.child(verb.i, "nsubj")
    if gerund is not None or (own is not None and do.i < own.i < verb.i and own.upos in NOMINAL):
        subject = gerund or own or subject
    while subject.head != subject.i and subject.head != verb.i and do.i < subject.head < verb.i:
        subject = sentence.tokens[subject.head]
    tokens = list(sentence.tokens)
    tokens[verb.i] = replace(verb, upos="VERB", head=verb.i, dep="root", lemma=verb.text.lower(), feats="VerbForm=Inf")
    tokens[do.i] = replace(do, upos="AUX", head=verb.i, dep="aux")
    for token in sentence:
        if token.i in (verb.i, do.i):
            continue
        if token.i == subject.i:
            tokens[token.i] = replace(token, head=verb.i, dep="nsubj")
        elif (
            token.head == verb.i
            and do.i < token.i < verb.i
            and token.rel in ("det", "amod", "compound", "nmod", "nummod")
        ):
            tokens[token.i] = replace(token, head=subject.i)
        elif token.head == token.i or token.head == do.i:
            wh = token.i < do.i and token.rel not in ("punct", "case")
            tokens[token.i] = replace(
                token,
                head=verb.i,
                dep="obj"
                if wh and token.upos in NOMINAL
                else "advmod"
                if wh
                else "punct"
                if token.upos == "PUNCT"
                else "obl",
            )
        elif token.head == verb.i and token.rel == "nmod" and token.i > verb.i:
            tokens[token.i] = replace(token, dep="obl")
    last = sentence.tokens[verb.i - 1]  # the noun whose preposition the parser gave to the supposed noun behind it
    for case in sentence.tokens[subject.i + 1 : last.i]:
        if case.rel == "case" and case.head == verb.i and last.upos in NOMINAL:
            tokens[case.i] = replace(case, head=last.i)
            tokens[last.i] = replace(last, head=case.i - 1 if case.i - 1 != last.i else subject.i, dep="nmod")
            for token in sentence.tokens[case.i + 1 : last.i]:
                tokens[token.i] = replace(token, head=last.i)
    if any(is_cyclic(tokens, t.i) for t in tokens):
        return sentence
    return replace(sentence, tokens=tuple(tokens))


def _is_verb(token: Token) -> bool:
    """A verb that could be the question's: in *What did replacing the roof cost?* *replacing* names an action, and in
    *When does the leave year start?* *leave* says which year."""
    action = "VerbForm=Ger" in token.feats or token.text.lower().endswith("ing")
    return token.upos == "VERB" and not action and token.rel not in ("compound", "amod")


def _could_be_verb(sentence: Sentence, token: Token) -> bool:
    before = sentence.tokens[token.i - 1]
    bare = (
        token.upos in ("NOUN", "ADJ", "PROPN") and before.upos in NOMINAL and token.lemma.lower() == token.text.lower()
    )
    return bare and "v" in lexicon.load().pos_of(token.text.lower())


def dependents_of_auxiliary(sentence: Sentence) -> Sentence:
    """*Which countries [does] it link?*: what hangs on an auxiliary hangs on its verb. *How much [do] children under
    five pay?*: what stands between the two is the subject, with what follows it."""
    changes: dict[int, tuple[int, str]] = {}
    for token in sentence:
        head = sentence.tokens[token.head]
        if token.head == token.i or head.rel not in ("aux", "cop") or head.head == head.i:
            continue
        if token.rel in ("punct", "fixed"):
            continue
        subject = token.rel == "obj" and head.i < token.i < head.head and not sentence.child(head.head, "nsubj")
        changes[token.i] = (head.head, "nsubj" if subject else token.dep)
        before = sentence.subtree(token.i)[0] - 1
        if token.rel == "obl" and changes.get(before, (0, ""))[1] == "nsubj" and token.i < head.head:
            changes[token.i] = (before, "nmod")
    return rehung(sentence, changes)


def verb_under_wh(sentence: Sentence) -> Sentence:
    """*How long are films [lent]?*: a verb made the subject of the wh-phrase is the root."""
    root = sentence.root
    if not is_wh(sentence, root):
        return sentence
    verb = next(
        (
            c
            for c in sentence.children(root.i, "nsubj", "csubj", "ccomp", "advcl", "acl")
            if c.upos == "VERB" and c.dep != "acl:relcl"
        ),
        None,
    )
    if verb is None or any(c.rel == "mark" for c in sentence.children(verb.i)):
        return sentence
    relation = "advmod" if root.upos in ("ADV", "ADJ") else "obl" if sentence.child(root.i, "case") else "obj"
    changes = {verb.i: (verb.i, "root"), root.i: (verb.i, relation)}
    for child in sentence.children(root.i):
        if child.rel in ("aux", "cop", "punct") or (child.rel == "nsubj" and child.i != verb.i):
            passive = "VerbForm=Part" in verb.feats and "Tense=Past" in verb.feats
            changes[child.i] = (
                verb.i,
                {"cop": "aux:pass" if passive else "aux", "nsubj": "nsubj:pass" if passive else "nsubj"}.get(
                    child.rel, child.dep
                ),
            )
    return rehung(sentence, changes)


def wh_on_subject(sentence: Sentence) -> Sentence:
    """*[In which year] was the Partnership created?*: a fronted wh-phrase that hangs on the subject hangs on the
    verb."""
    changes = {}
    for token in sentence:
        head = sentence.tokens[token.head]
        if (
            head.i <= token.i
            or head.rel != "nsubj"
            or not is_wh(sentence, token)
            or token.rel in ("det", "nmod", "advmod")
        ):
            continue
        between = sentence.tokens[token.i + 1 : head.i]
        if any(t.upos == "AUX" or t.lemma in ("do", "have", "be") for t in between):
            changes[token.i] = (head.head, token.dep)
    return rehung(sentence, changes)


def auxiliary_on_subject(sentence: Sentence) -> Sentence:
    """*In which year [was] the Partnership created?*: an auxiliary before a subject belongs to the subject's verb."""
    changes = {}
    for token in sentence:
        head = sentence.tokens[token.head]
        if (
            token.rel in ("cop", "aux")
            and head.dep in ("nsubj:pass", "nsubj")
            and head.head != head.i
            and token.i < head.i
        ):
            verb = sentence.tokens[head.head]
            if verb.upos == "VERB" and verb.i > head.i:
                changes[token.i] = (verb.i, "aux:pass" if head.dep == "nsubj:pass" else "aux")
    return rehung(sentence, changes)


def subject_under_of(sentence: Sentence) -> Sentence:
    """*How many weeks [of leave] are paid?*: what stands under *of* is no subject, but tells of the noun before it."""
    changes = {}
    for token in sentence:
        first = sentence.subtree(token.i)[0] if token.rel == "nsubj" else 0
        before = sentence.tokens[first - 1]
        if first < 1 or sentence.tokens[first].lemma != "of" or before.upos not in NOMINAL:
            continue
        if before.head == token.head and before.rel in ("nsubj", "obj"):
            changes[token.i] = (before.i, "nmod")
    return rehung(sentence, changes)


def two_subjects(sentence: Sentence) -> Sentence:
    """*[Which countries] does it link?*: of two subjects the one before the auxiliary is the wh-phrase: the object, or
    what a stranded preposition takes."""
    changes = {}
    for verb in sentence:
        if verb.upos not in ("VERB", "AUX"):
            continue
        subjects = sentence.children(verb.i, "nsubj")
        auxiliary = next((c for c in sentence.children(verb.i, "aux") if c.i < verb.i), None)
        wh = next((s for s in subjects if is_wh(sentence, s)), None)
        if wh is None:
            continue
        other = next((s for s in subjects if s.i > wh.i and s is not wh), None)
        inverted = auxiliary is not None and other is not None and wh.i < auxiliary.i < other.i
        if inverted or (other is not None and auxiliary is None and other.i == wh.i + 1):
            stranded = _stranded(sentence, verb)
            changes[wh.i] = (verb.i, "obl" if stranded is not None or sentence.child(wh.i, "case") else "obj")
            if stranded is not None:
                changes[stranded.i] = (wh.i, "case")
    return rehung(sentence, changes)


def _stranded(sentence: Sentence, verb: Token) -> Token | None:
    """A preposition after the verb that has no noun."""
    for token in reversed(sentence.tokens):
        if token.upos == "PUNCT":
            continue
        alone = token.upos == "ADP" and token.i > verb.i and not sentence.children(token.i)
        return token if alone and (token.head == verb.i or token.head < token.i) and token.rel != "compound" else None
    return None


def stranded_object(sentence: Sentence) -> Sentence:
    """*What is it used [for]?*: a wh-word that is the object, with a preposition left at the end."""
    changes = {}
    for token in sentence:
        if token.rel in ("obj", "nsubj") and is_wh(sentence, token) and token.head > token.i:
            verb = sentence.tokens[token.head]
            stranded = _stranded(sentence, verb)
            others = [c for c in sentence.children(verb.i, "nsubj") if c.i != token.i]
            if stranded is not None and verb.upos == "VERB" and (token.rel == "obj" or others):
                changes[token.i] = (verb.i, "obl")
                changes[stranded.i] = (token.i, "case")
    return rehung(sentence, changes)


def number_after_noun(sentence: Sentence) -> Sentence:
    """*When was version [3] released?*: a figure right behind a noun, and before none, is that noun's."""
    changes = {}
    for token in sentence.tokens[1:]:
        noun = sentence.tokens[token.i - 1]
        after = sentence.tokens[token.i + 1] if token.i + 1 < len(sentence) else None
        if token.upos != "NUM" or noun.upos not in ("NOUN", "PROPN") or "Number=Plur" in noun.feats:
            continue
        apart = token.head != noun.i and not sentence.children(token.i) and token.rel in ("nsubj", "obj", "obl", "dep")
        if apart and noun.head != token.i and (after is None or after.upos not in ("NOUN", "PROPN", "SYM")):
            changes[token.i] = (noun.i, "nummod")
    return rehung(sentence, changes)


def verb_as_plural(sentence: Sentence) -> Sentence:
    """*Which tool [repairs] vaults?*: of three nouns after *which*, the middle one that is a verb's third person."""
    root = sentence.root
    if sentence.tokens[0].text.lower() not in ("which", "what") or root.upos not in ("NOUN", "PROPN"):
        return sentence
    if any(t.upos in ("VERB", "AUX") for t in sentence):
        return sentence
    verb = next((t for t in sentence.tokens[2:-1] if _third_person(sentence, t)), None)
    if verb is None:
        return sentence
    tokens = list(sentence.tokens)
    subject = verb.i - 1
    later = [t for t in sentence.tokens[verb.i + 1 :] if t.upos in NOMINAL]
    chunk = [t for t in later if all(x.upos in NOMINAL or x.upos == "ADJ" for x in sentence.tokens[later[0].i : t.i])]
    lemma = next(lemma for lemma, pos in lexicon.load().lemmas_of(verb.text.lower()) if pos == "v")
    tokens[verb.i] = replace(
        verb, upos="VERB", head=verb.i, dep="root", lemma=lemma, feats="Number=Sing|Person=3|Tense=Pres|VerbForm=Fin"
    )
    tokens[subject] = replace(tokens[subject], head=verb.i, dep="nsubj")
    if chunk:
        tokens[chunk[-1].i] = replace(chunk[-1], head=verb.i, dep="obj")
    for token in sentence:
        if token.i in (verb.i, subject) or (chunk and token.i == chunk[-1].i):
            continue
        if token.i < subject:
            tokens[token.i] = replace(token, head=subject)
        elif token.head in (root.i, verb.i) or token.head == token.i or token.head <= subject:
            home = chunk[-1].i if chunk and token.i < chunk[-1].i else verb.i
            tokens[token.i] = replace(token, head=home, dep="obl" if token.rel == "nmod" else token.dep)
    return sentence if any(is_cyclic(tokens, t.i) for t in tokens) else replace(sentence, tokens=tuple(tokens))


def _third_person(sentence: Sentence, token: Token) -> bool:
    """A plural noun between two nouns that is a verb's form too."""
    lower, after = token.text.lower(), sentence.tokens[token.i + 1]
    forms = lexicon.load().lemmas_of(lower)
    between = sentence.tokens[token.i - 1].upos == "NOUN" and after.upos in (*NOMINAL, "DET", "ADJ")
    singular = "Number=Plur" not in sentence.tokens[token.i - 1].feats
    verb = lower.endswith("s") and any(pos == "v" and lemma != lower for lemma, pos in forms)
    return token.upos in ("NOUN", "PROPN") and between and singular and verb


RULES: tuple[Callable[[Sentence], Sentence], ...] = (
    taking_place,
    verb_as_noun,
    participle_in_wh,
    gerund_subject,
    dependents_of_auxiliary,
    participle_at_end,
    verb_under_wh,
    wh_on_subject,
    auxiliary_on_subject,
    subject_under_of,
    two_subjects,
    stranded_object,
    two_prepositions,
    number_after_noun,
    verb_as_plural,
)
