"""Facts that follow from other facts of the sentence: exceptions, light verbs, names, definitions read backwards."""

from __future__ import annotations

from msgspec.structs import replace

from bot.facts import lists, phrases
from bot.facts.model import Argument, Fact, TraceStep
from bot.facts.rules.base import Analysis, relation_of, rule
from bot.facts.rules.nouns import noun_arguments
from bot.language.sentence import Token


@rule(
    "revise",
    "nmod obl advcl acl appos conj",
    example=(
        "It/it/PRON/2/nsubj links/link/VERB/0/root states/state/NOUN/2/obj except//ADP/5/case "
        "Turkmenistan/Turkmenistan/PROPN/3/nmod with//ADP/7/case China/China/PROPN/2/obl"
    ),
    yields=(
        "link(subj=It; obj=states; except=Turkmenistan; obl:with=China)",
        "not link(subj=It; obj=Turkmenistan; obl:with=China)",
    ),
    counter=(
        "It/it/PRON/2/nsubj links/link/VERB/0/root states/state/NOUN/2/obj but//CCONJ/6/cc not//PART/6/advmod "
        "Turkmenistan/Turkmenistan/PROPN/3/conj"
    ),
)
def exception(a: Analysis, t: Token) -> None:
    """What is excepted is left out of the fact and is the subject of its contrary."""
    s = a.sentence
    if not phrases.is_exception(s, t):
        return
    parts = (t, *phrases.conjuncts(s, t.i))
    outer = phrases.marker_of(s, t.i)
    inner = tuple(i for i in outer if s.tokens[i].text.lower() not in _marker_words())
    for fact in tuple(a.facts):
        excepted = _exceptable(a, fact, t)
        if excepted is None:
            continue
        step = TraceStep(a.rule, (t.i,))
        out = [a.arg("except", part.i, (), outer) for part in parts]
        widened = sorted([*fact.arguments, *out], key=lambda x: x.head)
        a.facts[a.facts.index(fact)] = replace(fact, arguments=tuple(widened), trace=(*fact.trace, step))
        role = excepted.role
        if inner:
            role = f"obl:{phrases.marker_text(s, inner)}"
        for part in parts:
            instead = phrases.argument(
                s, role, part.head if part.head < 0 else part.i, phrases.phrase(s, part.i), inner
            )
            rest = [instead if x is excepted else x for x in fact.arguments]
            if excepted not in fact.arguments:
                rest = sorted([*rest, instead], key=lambda x: x.head)
            words = tuple(i for i in fact.predicate_tokens if s.tokens[i].lemma.lower() not in lists.words("negators"))
            a.emit(
                replace(
                    fact,
                    arguments=tuple(rest),
                    polarity="positive" if fact.polarity == "negative" else "negative",
                    relation=relation_of(s, set(words)),
                    predicate_tokens=words,
                    kind="exception",
                    trace=(*fact.trace, step),
                )
            )


def _marker_words() -> frozenset[str]:
    return frozenset(w for m in lists.words("exception_markers") for w in m.split())


def _exceptable(a: Analysis, fact: Fact, t: Token) -> Argument | None:
    """The argument that an exception narrows: the one it hangs on, or the plural or *any*-word before it."""
    if fact.kind not in ("clause", "copula"):
        return None
    for x in fact.arguments:
        if x.head == t.head:
            return x
    if t.head not in fact.predicate_tokens and t.head not in a.clauses:
        return None
    if t.head not in fact.predicate_tokens and not any(x.role == "attr" and x.head == t.head for x in fact.arguments):
        return None
    before = [x for x in fact.arguments if x.tokens[-1] < t.i and x.role not in ("comp", "attr")]
    return max(before, key=lambda x: x.tokens[-1], default=None)


@rule(
    "revise",
    "obj",
    example=(
        "It/it/PRON/2/nsubj provides/provide/VERB/0/root links/link/NOUN/2/obj with//ADP/5/case NATO/NATO/PROPN/3/nmod"
    ),
    yields=("link(subj=It; obl:with=NATO)",),
    counter="It/it/PRON/2/nsubj sees/see/VERB/0/root links/link/NOUN/2/obj with//ADP/5/case NATO/NATO/PROPN/3/nmod",
)
def light_verb(a: Analysis, t: Token) -> None:
    """Where a light verb leaves the meaning to its object, the object is the predicate: *provide links* is *link*."""
    s = a.sentence
    for fact in tuple(a.facts):
        noun = fact.argument("obj")
        roles = lists.light_verbs().get(fact.predicate)
        if roles is None or noun is None or fact.kind != "clause" or s.tokens[noun.head].head != t.head:
            continue
        if noun.head != t.i and noun.head not in {c.i for c in phrases.conjuncts(s, t.i)}:
            continue
        if s.tokens[noun.head].upos != "NOUN" or not lists.names_a_deed(s.tokens[noun.head].lemma.lower()):
            continue
        moved = []
        for x in fact.arguments:
            if x is noun:
                continue
            key = x.role.removeprefix("obl:")
            moved.append(replace(x, role=roles.get(key, x.role)))
        have = {m.role for m in moved}
        heads = {m.head for m in moved}
        inner = [x for x in noun_arguments(a, s.tokens[noun.head]) if x.role not in have and x.head not in heads]
        inner = [
            replace(x, role="subj") if x.role == "poss" and not any(m.role == "subj" for m in moved) else x
            for x in inner
        ]
        if not any(x.role.startswith("obl:") or x.role == "of" for x in (*moved, *inner)) and not (
            fact.predicate == "receive" and any(x.role == "subj" for x in moved)
        ):
            continue
        arguments = tuple(sorted((*moved, *inner), key=lambda x: x.head))
        step = TraceStep(a.rule, (t.head, noun.head))
        name = s.tokens[noun.head].lemma.lower()
        words = tuple(sorted({*fact.predicate_tokens, noun.head}))
        a.emit(
            replace(fact, predicate=name, pos="n", relation=s.words(words), predicate_tokens=words,
                    arguments=arguments, kind="light_verb", trace=(*fact.trace, step))
        )  # fmt: skip


@rule(
    "revise",
    "@clause",
    example=(
        "The//DET/2/det capital//NOUN/6/nsubj of//ADP/4/case Kenya/Kenya/PROPN/2/nmod is/be/AUX/6/cop "
        "Nairobi/Nairobi/PROPN/0/root"
    ),
    yields=("capital(subj=Nairobi; attr=The capital of Kenya; of=Kenya)",),
    counter="Nairobi/Nairobi/PROPN/4/nsubj is/be/AUX/4/cop a//DET/4/det city//NOUN/0/root",
)
def definition_reversed(a: Analysis, t: Token) -> None:
    """*The capital of Kenya is Nairobi* says of Nairobi that it is the capital, *what is the capital* of *what*."""
    s = a.sentence
    for fact in tuple(a.facts):
        subject, attribute = fact.argument("subj"), fact.argument("attr")
        if fact.kind != "copula" or subject is None or attribute is None or attribute.head != t.i or fact.pos != "n":
            continue
        noun = s.tokens[subject.head]
        wh = "PronType=Int" in t.feats or t.lemma.lower() in ("what", "who", "which")
        definite = any(
            "Def" in c.feats or c.lemma.lower() == "the" or c.rel == "nmod"
            for c in s.children(noun.i, "det", "nmod:poss")
        )
        indefinite = any(c.lemma.lower() == "a" for c in s.children(t.i, "det")) or bool(fact.modal)
        described = noun.upos == "NOUN" and (
            t.upos == "PROPN" or (t.upos in ("NUM", "NOUN") and s.child(noun.i, "nmod"))
        )
        described = described and definite and not indefinite
        if not ((wh and noun.upos != "PRON") or described):
            continue
        rest = [x for x in noun_arguments(a, noun) if x.head not in (subject.head, attribute.head)]
        swapped = (replace(attribute, role="subj"), replace(subject, role="attr"), *rest)
        step = TraceStep(a.rule, (t.i, noun.i))
        a.emit(replace(fact, predicate=noun.lemma.lower(), arguments=swapped, trace=(*fact.trace, step)))


@rule(
    "revise",
    "@clause",
    example=(
        "a//DET/2/det battalion//NOUN/0/root known/know/VERB/2/acl/Tense=Past|VerbForm=Part as//ADP/5/case "
        "CENTRASBAT/CENTRASBAT/PROPN/3/obl"
    ),
    yields=("know(obj=a battalion; obl:as=CENTRASBAT)", "battalion(subj=CENTRASBAT; attr=a battalion)"),
    counter=(
        "a//DET/2/det battalion//NOUN/0/root used/use/VERB/2/acl/Tense=Past|VerbForm=Part as//ADP/5/case "
        "reserve//NOUN/3/obl"
    ),
)
def naming(a: Analysis, t: Token) -> None:
    """What is known as, called or named X is X."""
    s = a.sentence
    for fact in tuple(a.facts):
        if (
            t.i not in fact.predicate_tokens
            or fact.kind != "clause"
            or fact.predicate not in lists.words("alias_verbs")
        ):
            continue
        if t.lemma.lower() != fact.predicate:
            continue
        thing, name = fact.argument("obj"), fact.argument("obl:as", "attr")
        if thing is None or name is None:
            continue
        noun = s.tokens[thing.head]
        step = TraceStep(a.rule, (t.i,))
        if (noun.upos == "PROPN" and s.tokens[name.head].upos == "PROPN") or noun.upos == "PRON":
            subject, attribute, predicate = replace(thing, role="subj"), replace(name, role="attr"), "alias"
        else:
            subject, attribute = replace(name, role="subj"), replace(thing, role="attr")
            predicate = noun.lemma.lower()
        a.emit(
            Fact(predicate, "n", "is", (), (subject, attribute), "apposition", fact.polarity, fact.hedge,
                 trace=(*fact.trace, step))
        )  # fmt: skip


@rule(
    "revise",
    "@clause",
    example=(
        "It/it/PRON/4/nsubj is/be/AUX/4/cop the//DET/4/det capital//NOUN/0/root of//ADP/6/case Kenya/Kenya/PROPN/4/nmod"
    ),
    yields=("capital(subj=It; attr=the capital of Kenya; of=Kenya)",),
    counter="It/it/PRON/4/nsubj is/be/AUX/4/cop a//DET/4/det city//NOUN/0/root",
)
def predicate_noun_arguments(a: Analysis, t: Token) -> None:
    """A predicate noun keeps its *of*-phrase, possessor and prepositional phrases as arguments of the fact."""
    s = a.sentence
    for k, fact in enumerate(a.facts):
        attribute = fact.argument("attr")
        if fact.kind != "copula" or fact.pos != "n" or attribute is None or attribute.head != t.i:
            continue
        have = {x.head for x in fact.arguments}
        rest = [x for x in noun_arguments(a, t) if x.head not in have]
        last = [c for c in phrases.conjuncts(s, t.i) if c.i in a.clauses and not s.child(c.i, "det")]
        if last and not rest:  # 'the capital and largest city of Poland'
            rest = [x for x in noun_arguments(a, last[-1]) if x.role == "of"]
        if rest:
            step = TraceStep(a.rule, tuple(x.head for x in rest))
            a.facts[k] = replace(fact, arguments=(*fact.arguments, *rest), trace=(*fact.trace, step))


@rule(
    "revise",
    "root",
    example=(
        "the//DET/2/det director//NOUN/6/nsubj ,/,/PUNCT/4/punct Adler/Adler/PROPN/2/appos ,/,/PUNCT/2/punct "
        "left/leave/VERB/0/root"
    ),
    yields=("leave(subj=the director)", "leave(subj=Adler)"),
    counter="the//DET/2/det director//NOUN/3/nsubj left/leave/VERB/0/root",
)
def stands_for(a: Analysis, t: Token) -> None:
    """What is said of a noun whose name stands beside it is said of the bearer of the name."""
    s = a.sentence
    names: dict[int, Argument] = {}
    for fact in a.facts:
        subject, attribute = fact.argument("subj"), fact.argument("attr")
        if fact.kind != "apposition" or subject is None or attribute is None:
            continue
        noun = s.tokens[attribute.head]
        if s.tokens[subject.head].upos == "PROPN" and noun.upos == "NOUN" and "Plur" not in noun.feats:
            names.setdefault(noun.i, subject)
    for fact in tuple(a.facts) if names else ():
        for x in fact.arguments:
            name = names.get(x.head)
            if (
                name is None
                or fact.kind not in ("clause", "copula", "compound", "light_verb")
                or x.role in ("attr", "comp")
            ):
                continue
            if any(other.head == name.head for other in fact.arguments):
                continue
            said = replace(name, role=x.role, preposition=x.preposition)
            rest = tuple(said if other is x else other for other in fact.arguments)
            a.emit(replace(fact, arguments=rest, trace=(*fact.trace, TraceStep(a.rule, (x.head, name.head)))))


RULES = (predicate_noun_arguments, definition_reversed, naming, light_verb, exception, stands_for)
