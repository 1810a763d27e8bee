"""Other ways to say the same question: *provide links with* is *link with*, *give support to* is *support*."""

from __future__ import annotations

from msgspec.structs import replace

from bot.language.lexicon import Lexicon
from bot.questions.query import Known, Query, Term
from bot.questions.roles import case_of


def variants(query: Query, lexicon: Lexicon) -> tuple[Query, ...]:
    """The query itself, then its reading without a light verb, if it has one."""
    others = without_light_verb(query, lexicon), with_verb_of_price(query, lexicon)
    return (query, *(other for other in others if other is not None))


def with_verb_of_price(query: Query, lexicon: Lexicon) -> Query | None:
    """*What is the price of a licence for five computers?* read as *What does a licence cost for five computers?*; None
    where no price is asked for."""
    gap = query.gap
    at = next((n for n, known in enumerate(query.arguments) if known.role == "subj"), None)
    if query.lookup != "gap" or query.predicate or gap is None or at is None or gap.role not in ("attr", "quantity"):
        return None
    noun = query.sentence.tokens[query.arguments[at].head]
    if noun.lemma.lower() not in lexicon.words.sets["prices"]:
        return None
    inner = [_role(k, {"obl:of": "subj"}) for k in _noun_arguments(query, noun.i)]
    inner += [k for known in inner if known.role == "subj" for k in _noun_arguments(query, known.head)]
    if not any(known.role == "subj" for known in inner):
        return None
    known = [k for n, k in enumerate(query.arguments) if n != at]
    terms = [
        _moved(t, noun.i, inner, len(known))
        if t.argument == at
        else replace(t, argument=t.argument - (t.argument > at))
        for t in query.terms
    ]
    terms = [replace(t, lemma="cost", pos="v") if t.place == "predicate" else t for t in terms]
    return replace(
        query,
        predicate="cost",
        predicate_pos="v",
        arguments=(*known, *inner),
        terms=tuple(terms),
        gap=replace(gap, role="obj", types=("money", "percent", "quantity", "number"), noun="", counted=False),
    ).noted(f"“{noun.text}” read as “cost”")


def without_light_verb(query: Query, lexicon: Lexicon) -> Query | None:
    """*Which programme provides links with NATO?* read as *Which programme links with NATO?*; None where the verb is
    not light or its object no noun of action."""
    uses = lexicon.words.light_verbs.get(query.predicate, ())
    at = next((n for n, known in enumerate(query.arguments) if known.role == "obj"), None)
    if not uses or at is None:
        return None
    noun = query.sentence.tokens[query.arguments[at].head]
    verbs = sorted(lemma for lemma, pos in lexicon.derivations(noun.lemma.lower(), "n") if pos == "v")
    if not verbs or noun.upos != "NOUN":
        return None
    use = next((u for u in uses if not u.nouns or noun.lemma.lower() in u.nouns), None)
    if use is None:
        return None
    verb = noun.lemma.lower() if noun.lemma.lower() in verbs else verbs[0]
    swap = {"subj": "obj", **{f"obl:{p}": "subj" for p in use.other}} if use.agent == "other" else {}
    known = [_role(k, swap) for n, k in enumerate(query.arguments) if n != at]
    inner = [_role(k, swap) for k in _noun_arguments(query, noun.i)]
    terms = []
    for term in query.terms:
        if term.place == "predicate":
            continue
        if term.argument == at:
            term = _moved(term, noun.i, inner, len(known))
        elif term.argument > at:
            term = replace(term, argument=term.argument - 1)
        terms.append(term)
    known += inner
    gap = query.gap
    if gap is not None:
        of = gap.of - (gap.of > at) if gap.of != at else -1
        gap = replace(gap, role=swap.get(gap.role, gap.role), of=of)
    step = f"“{query.predicate} {noun.text}” read as “{verb}”"
    return replace(query, predicate=verb, predicate_pos="v", arguments=tuple(known), terms=tuple(terms), gap=gap).noted(
        step
    )


def _noun_arguments(query: Query, noun: int) -> list[Known]:
    """What the noun of action takes: *links [with Russia]*."""
    sentence = query.sentence
    found = []
    for child in sentence.children(noun, "nmod"):
        preposition = case_of(sentence, child.i)
        if preposition:
            tokens = sentence.subtree(child.i)
            shown = [i for i in tokens if sentence.tokens[i].rel != "case"]
            found.append(Known(f"obl:{preposition}", child.i, tokens, sentence.words(shown)))
    return found


def _moved(term: Term, noun: int, inner: list[Known], base: int) -> Term:
    if noun in term.tokens:
        return replace(term, place="predicate", argument=-1)
    for n, known in enumerate(inner):
        if known.head in term.tokens:
            return replace(term, place="argument", argument=base + n)
        if set(term.tokens) <= set(known.tokens):
            return replace(term, place="modifier", argument=base + n)
    return replace(term, place="loose", argument=-1)


def _role(known: Known, swap: dict[str, str]) -> Known:
    return replace(known, role=swap.get(known.role, known.role))
