"""From a head to the shortest complete phrase: what is printed as a value."""

from __future__ import annotations

from bot.language.sentence import Sentence, Token

LEFT_OUT = frozenset(
    {
        "relcl",
        "acl",
        "appos",
        "parataxis",
        "advcl",
        "punct",
        "cop",
        "aux",
        "mark",
        "cc",
        "conj",
        "discourse",
        "vocative",
        "dislocated",
        "nsubj",
        "csubj",
        "obl",
        "advmod",
        "case",
    }
)
KEPT_ADVERBS = frozenset(
    {
        "about",
        "around",
        "nearly",
        "over",
        "almost",
        "approximately",
        "roughly",
        "up",
        "only",
        "at",
        "more",
        "less",
        "least",
        "most",
    }
)
HYPHENS = frozenset("-–/")
LONG = 14


def phrase(sentence: Sentence, head: int, *, keep_of: bool = True) -> tuple[int, ...]:
    """Token indices of the phrase of ``head``: its modifiers, without articles at the start, preposition, clauses,
    appositions and conjuncts. A phrase of more than 14 words keeps its left modifiers only."""
    kept = {head}
    stack = [head]
    while stack:
        for child in sentence.children(stack.pop()):
            if _belongs(sentence, child, head, keep_of):
                kept.add(child.i)
                stack.append(child.i)
    tokens = sorted(kept)
    if len(tokens) > LONG:
        tokens = [i for i in tokens if i <= head]
    return _trim(sentence, tokens, head)


def _belongs(sentence: Sentence, child: Token, head: int, keep_of: bool) -> bool:
    top = child.head == head
    if child.dep == "acl:relcl" or child.rel == "acl":
        return False
    if child.rel == "case":
        return not top or child.upos == "PART"
    if child.rel == "advmod":
        return not top or child.text.lower() in KEPT_ADVERBS or child.i < head
    if child.rel == "nmod" and top and child.i > head:
        return keep_of
    if child.rel in ("cc", "conj"):
        return not top or (child.rel == "conj" and hyphenated(sentence, child.i))
    if child.rel == "punct":
        return (
            child.text in ("-", "–", "/", "'", "’", '"', "“", "”")
            or (not top and child.text == ",")
            or child.text in "().%"
        )
    if not top and child.rel in ("obl", "obj", "xcomp", "mark", "aux", "cop", "nsubj"):
        return True
    return child.rel not in LEFT_OUT


def _trim(sentence: Sentence, tokens: list[int], head: int) -> tuple[int, ...]:
    while (
        len(tokens) > 1
        and tokens[0] != head
        and sentence.tokens[tokens[0]].upos in ("DET", "PUNCT", "CCONJ", "ADP")
        and sentence.tokens[tokens[0]].text.lower() not in ("no", "all", "some", "both")
    ):
        tokens = tokens[1:]
    while (
        len(tokens) > 1
        and tokens[-1] != head
        and sentence.tokens[tokens[-1]].upos in ("PUNCT", "CCONJ", "ADP", "DET", "PART")
        and sentence.tokens[tokens[-1]].text != ")"
    ):
        tokens = tokens[:-1]
    commas = [n for n, i in enumerate(tokens) if sentence.tokens[i].text == "," and i < head]
    if commas and not any(sentence.tokens[i].upos in ("NOUN", "PROPN", "NUM") for i in tokens[: commas[-1]]):
        tokens = tokens[commas[-1] + 1 :]  # in particular, [the Community]
        while len(tokens) > 1 and tokens[0] != head and sentence.tokens[tokens[0]].upos == "DET":
            tokens = tokens[1:]
    text = "".join(sentence.tokens[i].text for i in tokens)
    if text.count("(") != text.count(")"):
        tokens = [i for i in tokens if sentence.tokens[i].text not in "()"]
    return tuple(tokens)


def conjuncts(sentence: Sentence, head: int) -> tuple[int, ...]:
    """The head and everything coordinated with it, in order; the head may be any conjunct."""
    first = head
    while sentence.tokens[first].rel == "conj" and sentence.tokens[sentence.tokens[first].head].upos in (
        "NOUN",
        "PROPN",
        "NUM",
        "ADJ",
        "PRON",
        "SYM",
        "X",
    ):
        first = sentence.tokens[first].head
    found, stack = [first], [first]
    while stack:
        for child in sentence.children(stack.pop(), "conj"):
            if child.upos not in ("VERB", "AUX") and not hyphenated(sentence, child.i):
                found.append(child.i)
                stack.append(child.i)
    return tuple(sorted(found))


def hyphenated(sentence: Sentence, i: int) -> bool:
    """Whether a word is joined to the one before it: *Skłodowska-Curie* is one name, whatever the parse."""
    if i < 2:
        return False
    hyphen = sentence.tokens[i - 1]
    return hyphen.text in HYPHENS and sentence.tokens[i - 2].end == hyphen.start


def clause(sentence: Sentence, head: int) -> tuple[int, ...]:
    """A clause as an answer to *why* and *how*: the subtree less its outer punctuation and conjunction."""
    tokens = list(sentence.subtree(head))
    while len(tokens) > 1 and sentence.tokens[tokens[0]].rel in ("punct", "cc"):
        tokens = tokens[1:]
    while len(tokens) > 1 and sentence.tokens[tokens[-1]].rel in ("punct", "cc"):
        tokens = tokens[:-1]
    return tuple(tokens)
