"""Mends of a question's parse around participles and idioms: *[called]*, *[take place]*, *[made up] of*."""

from __future__ import annotations

from msgspec.structs import replace

from bot.language import lexicon
from bot.language.sentence import Sentence
from bot.questions.edges import INVERTED, NOMINAL, is_cyclic, is_wh, rehung


def participle_in_wh(sentence: Sentence) -> Sentence:
    """*Which [associated] groupings does it have?*: a participle between the wh-word and its noun is no verb."""
    root = sentence.root
    do = next((t for t in sentence if t.rel == "aux" and t.lemma in INVERTED and t.i > root.i), None)
    if (
        do is None
        or root.upos != "VERB"
        or root.i == 0
        or sentence.tokens[0].text.lower() not in ("which", "what")
        or "VerbForm=Part" not in root.feats
    ):
        return sentence
    noun = next((t for t in sentence.tokens[root.i + 1 : do.i] if t.upos in NOMINAL), None)
    verb = sentence.tokens[do.head]
    if noun is None or verb.i <= do.i:
        return sentence
    tokens = list(sentence.tokens)
    tokens[0] = replace(tokens[0], upos="DET", head=noun.i, dep="det")
    tokens[root.i] = replace(root, upos="ADJ", head=noun.i, dep="amod")
    tokens[noun.i] = replace(noun, head=verb.i, dep="obj")
    tokens[verb.i] = replace(verb, upos="VERB", head=verb.i, dep="root")
    for token in sentence:
        if token.head == root.i and token.i not in (0, noun.i, verb.i, root.i):
            tokens[token.i] = replace(tokens[token.i], head=verb.i)
    return sentence if any(is_cyclic(tokens, t.i) for t in tokens) else replace(sentence, tokens=tuple(tokens))


def gerund_subject(sentence: Sentence) -> Sentence:
    """*Where is [smoking] permitted?*: a gerund between *be* and a participle is the participle's subject."""
    for be, gerund, participle in zip(sentence, sentence.tokens[1:], sentence.tokens[2:], strict=False):
        if (
            be.lemma != "be"
            or not gerund.text.lower().endswith("ing")
            or participle.upos not in ("VERB", "ADJ")
            or not participle.text.lower().endswith(("ed", "en", "n"))
        ):
            continue
        if gerund.head == participle.i and gerund.rel == "nsubj":
            return sentence
        tokens = list(sentence.tokens)
        old = gerund.i if gerund.head == gerund.i or sentence.tokens[gerund.head].i != participle.i else participle.i
        head = participle.i if sentence.tokens[old].head == old else sentence.tokens[old].head
        tokens[participle.i] = replace(
            participle, upos="VERB", head=head, dep="root" if head == participle.i else sentence.tokens[old].dep
        )
        tokens[gerund.i] = replace(gerund, upos="NOUN", head=participle.i, dep="nsubj:pass", lemma=gerund.lemma)
        for token in sentence:
            if token.head == gerund.i and token.i not in (gerund.i, participle.i):
                tokens[token.i] = replace(token, head=participle.i)
        tokens[be.i] = replace(tokens[be.i], head=participle.i, dep="aux:pass")
        return sentence if any(is_cyclic(tokens, t.i) for t in tokens) else replace(sentence, tokens=tuple(tokens))
    return sentence


def participle_at_end(sentence: Sentence) -> Sentence:
    """*What was the battalion [called]?*: a participle at the end of a copular question is its verb."""
    root = sentence.root
    copula = sentence.child(root.i, "cop")
    subject = sentence.child(root.i, "nsubj")
    if not is_wh(sentence, root) or copula is None or subject is None or copula.lemma != "be":
        return sentence
    # What is the legislature of the Union comprised of?: on whatever noun of the subject
    inside = (sentence.tokens[i] for i in sentence.subtree(subject.i))
    participle = next(
        (t for t in inside if t.dep == "acl" and ("VerbForm=Part" in t.feats or "Tense=Past" in t.feats)), None
    )
    if participle is None or any(t.upos not in ("PUNCT", "ADP") for t in sentence.tokens[participle.i + 1 :]):
        return sentence
    relation = "advmod" if root.upos == "ADV" else "obj"
    changes = {
        participle.i: (participle.i, "root"),
        root.i: (participle.i, relation),
        subject.i: (participle.i, "nsubj:pass"),
        copula.i: (participle.i, "aux:pass"),
    }
    for child in sentence.children(root.i, "punct"):
        changes[child.i] = (participle.i, "punct")
    return rehung(sentence, changes)


def taking_place(sentence: Sentence) -> Sentence:
    """*When did the siege [take place]?*: the two words are one verb, which says no more than *occur*."""
    for take in sentence:
        place = sentence.child(take.i, "obj")
        alone = place is not None and place.i == take.i + 1 and not sentence.children(place.i)
        if place is not None and alone and take.lemma.lower() == "take" and place.lemma.lower() == "place":
            tokens = list(sentence.tokens)
            tokens[take.i] = replace(take, lemma="occur")
            tokens[place.i] = replace(place, dep="compound:prt", upos="ADP")
            return replace(sentence, tokens=tuple(tokens))
    return sentence


def two_prepositions(sentence: Sentence) -> Sentence:
    """*is made [up] of what people*: of two prepositions after a verb the first is its particle, where the lexicon has
    the two as one verb."""
    for verb, first, second in zip(sentence, sentence.tokens[1:], sentence.tokens[2:], strict=False):
        both = first.rel == second.rel == "case" and first.head == second.head
        both = both or (first.rel == "case" and second.rel == "fixed" and second.head == first.i)
        if verb.upos == "VERB" and both and lexicon.load().known(f"{verb.lemma.lower()} {first.text.lower()}"):
            return rehung(sentence, {first.i: (verb.i, "compound:prt"), second.i: (first.head, "case")})
    return sentence
