"""From relations of the parse to the roles of ``bot.facts.model``, for the question's predicate."""

from __future__ import annotations

from bot.language.sentence import Sentence, Token

PASSIVE = frozenset({"nsubj:pass", "csubj:pass", "aux:pass"})
PLACE_PREPOSITIONS = frozenset({"in", "at", "on", "near", "into", "within", "through", "from", "to", "over", "under"})


def is_passive(sentence: Sentence, predicate: int) -> bool:
    """Whether the predicate is a passive verb: it has a passive subject or auxiliary."""
    if any(child.dep in PASSIVE for child in sentence.children(predicate)):
        return True
    feats = sentence.tokens[predicate].feats
    participle = "VerbForm=Part" in feats and "Tense=Past" in feats
    auxiliaries = [child.lemma for child in sentence.children(predicate, "aux")]
    return participle and "be" in auxiliaries


def case_of(sentence: Sentence, head: int) -> str:
    """The preposition of a phrase, fixed expressions joined (*because of*); empty for none. Possessive 's is none."""
    case = next((c for c in sentence.children(head, "case") if c.upos != "PART"), None)
    if case is None:
        return ""
    fixed = [case, *sentence.children(case.i, "fixed")]
    return " ".join(t.text.lower() for t in fixed)


def role_of(sentence: Sentence, dependent: Token, passive: bool) -> str:
    """The role of a dependent of the predicate; empty for function words and punctuation."""
    rel = dependent.rel
    if rel in ("nsubj", "csubj", "expl"):
        return "obj" if passive and dependent.dep != "csubj" else "subj"
    if rel == "obj":
        return "obj"
    if rel == "iobj":
        return "iobj"
    if rel in ("obl", "nmod"):
        preposition = case_of(sentence, dependent.i)
        if not preposition:
            return "time" if rel == "obl" else "poss"
        if passive and preposition == "by":
            return "subj"
        return f"obl:{preposition}"
    if rel in ("ccomp", "xcomp", "advcl", "parataxis"):
        return "comp"
    if rel == "advmod":
        return "manner"
    if rel in ("nmod:poss",):
        return "poss"
    return ""


def stranded_preposition(sentence: Sentence, predicate: int) -> str:
    """A preposition left without its noun (*Who does it link Asia with?*): the last word but punctuation, or one that
    hangs on the predicate with nothing below it."""
    for token in reversed(sentence.tokens):
        if token.upos == "PUNCT":
            continue
        if token.dep == "compound:prt":
            return ""  # by whom were they blown [up]
        if token.upos in ("ADP", "SCONJ", "ADV", "PART") and not sentence.children(token.i) and token.i > predicate:
            if token.rel in ("case", "mark") and (token.head > token.i or sentence.tokens[token.head].upos != "VERB"):
                return ""
            return token.text.lower() if token.upos == "ADP" else ""
        return ""
    return ""
