"""Attachment mended where it can be known that the parser erred: what a verb takes, values, brackets, questions.

Each repair is a rule like the others and leaves its step in the trace of every fact that an affected word heads an
argument of. All are conservative: they need a word list or a pattern that leaves one reading.
"""

from __future__ import annotations

from bot.facts import lists, phrases
from bot.facts.rules.base import Analysis, rule
from bot.language.sentence import Sentence, Token
from bot.language.values import values_in

UNDER_OBJECT = frozenset({"nmod", "conj", "appos", "acl", "obl", "flat", "compound"})
LOOSE = frozenset({"ADP", "ADV", "PUNCT", "PART", "SCONJ", "DET", "CCONJ"})


def _case(s: Sentence, t: Token) -> str:
    return phrases.marker_text(s, phrases.marker_of(s, t.i))


@rule(
    "repair",
    "root",
    example=(
        "closed/close/VERB/0/root between//ADP/4/case 24//NUM/4/nummod December//PROPN/1/obl and//CCONJ/6/cc "
        "1//NUM/4/conj January//PROPN/1/obl"
    ),
    yields=("close(time=24 December and 1 January)",),
    counter="closed/close/VERB/0/root on//ADP/4/case 24//NUM/4/nummod December//PROPN/1/obl",
)
def value_span(a: Analysis, t: Token) -> None:
    """The words of one date, time, duration or amount belong together, wherever the parser hung them."""
    if not any(c.isdigit() for c in a.sentence.text):
        return
    base = a.sentence.tokens[0].start
    for value in values_in(a.sentence.text):
        inside = [w for w in a.sentence.tokens if value.start <= w.start - base and w.end - base <= value.end]
        span = {w.i for w in inside}
        loose = [w for w in inside if w.upos not in LOOSE and (w.head not in span or w.head == w.i)]
        if len(loose) < 2 or any(w.upos in ("VERB", "AUX") and w.dep != "amod" for w in inside):
            continue
        unit_last = value.kind in ("duration", "quantity", "money", "percent")
        main, first = (loose[-1] if unit_last else loose[0]), loose[0]
        edits = [
            (w.i, main.i, "nummod" if w.upos == "NUM" and w.i < main.i else "nmod:unmarked")
            for w in loose
            if w is not main
        ]
        edits.append((main.i, main.i if first.head == first.i else first.head, first.dep))
        edits += [(w.i, main.i, w.dep) for w in inside if w.dep == "case" and w.i < first.i and w.head != main.i]
        a.mend(*edits, note=value.kind)


@rule(
    "repair",
    "nmod obl",
    example=(
        "It/it/PRON/2/nsubj links/link/VERB/0/root states/state/NOUN/2/obj with//ADP/5/case China/China/PROPN/3/nmod"
    ),
    yields=("link(subj=It; obj=states; obl:with=China)",),
    counter="It/it/PRON/2/nsubj sees/see/VERB/0/root states/state/NOUN/2/obj with//ADP/5/case China/China/PROPN/3/nmod",
)
def valency(a: Analysis, t: Token) -> None:
    """A preposition that the verb takes beside its object marks the verb's argument: *link X with Y*."""
    s = a.sentence
    found = _under_object(s, t)
    if found is None:
        return
    verb, top, direct = found
    word = _case(s, t)
    if verb.upos != "VERB" or word == "of" or word not in lists.prepositions_of(verb.lemma.lower()):
        return
    if any(_case(s, o) == word for o in s.children(verb.i, "obl")):
        return
    if word == "by" and not s.child(verb.i, "aux:pass"):
        return
    # 'provides links with NATO' and 'has access to the sea' keep what the noun takes
    if direct.upos != "PROPN" and word in lists.prepositions_of_noun(direct.lemma.lower()):
        return
    if top.rel == "nsubj" and top.dep != "nsubj:pass":
        return
    a.mend((t.i, verb.i, "obl:agent" if word == "by" else "obl"), note=f"{verb.lemma} … {word}")


def _under_object(s: Sentence, t: Token) -> tuple[Token, Token, Token] | None:
    """The verb that a phrase's governors end in, its dependent on the way, and the phrase's own governor."""
    if t.i == t.head or not phrases.marker_of(s, t.i):
        return None
    top = s.tokens[t.head]
    if top.upos in ("VERB", "AUX") or top.i > t.i:
        return None
    while top.rel in UNDER_OBJECT and s.tokens[top.head].upos != "VERB":
        if top.head == top.i or s.tokens[top.head].i > t.i:
            return None
        top = s.tokens[top.head]
    verb = s.tokens[top.head]
    if verb.i == top.i or verb.i > t.i or top.rel not in ("obj", "obl", "nsubj", "xcomp"):
        return None
    return verb, top, s.tokens[t.head]


@rule(
    "repair",
    "nmod",
    example="It/it/PRON/2/nsubj moved/move/VERB/0/root fuel//NOUN/2/obj by//ADP/5/case 2011//NUM/3/nmod",
    yields=("move(subj=It; obj=fuel; time=2011)",),
    counter="It/it/PRON/2/nsubj moved/move/VERB/0/root fuel//NOUN/2/obj of//ADP/5/case 2011//NUM/3/nmod",
)
def time_of_verb(a: Analysis, t: Token) -> None:
    """A date after the object dates the verb, not the object, unless the object is a deed or an event."""
    s = a.sentence
    word = _case(s, t)
    if word not in ("by", "since", "until", "during", "on", "in", "between") or t.upos not in ("NUM", "PROPN", "NOUN"):
        return
    if word == "in" and not (t.upos == "NUM" and t.text.isdigit() and len(t.text) == 4):
        return
    if not ((t.upos == "NUM" and t.text[:4].isdigit()) or t.text.lower() in lists.words("time_nouns")):
        return
    found = _under_object(s, t)
    if found is None or found[0].upos != "VERB" or found[1].rel == "nsubj" or (found[2].rel == "nmod" and word == "in"):
        return
    verb, _, direct = found
    dated = t.upos == "NUM" or bool(s.child(t.i, "nummod", "nmod"))
    if (
        word in ("in", "on", "during")
        and not (dated and word == "on")
        and (lists.prepositions_of_noun(direct.lemma.lower()) or s.child(direct.i, "nmod"))
    ):
        return
    a.mend((t.i, verb.i, "obl"), note="time")


@rule(
    "repair",
    "advmod obl",
    example=(
        "Initially//ADV/5/advmod ,/,/PUNCT/1/punct a//DET/5/det joint//ADJ/5/amod "
        "battalion//NOUN/7/nsubj:pass was/be/AUX/7/aux:pass trained/train/VERB/0/root"
    ),
    yields=("train(time=Initially; obj=a joint battalion)",),
    counter=(
        "Only//ADV/3/advmod two//NUM/3/nummod battalions/battalion/NOUN/5/nsubj:pass were/be/AUX/5/aux:pass "
        "trained/train/VERB/0/root"
    ),
)
def opening(a: Analysis, t: Token) -> None:
    """An adverb and comma at the head of the sentence belong to its predicate, not to the subject after them."""
    s = a.sentence
    tree = s.subtree(t.i)
    head = s.tokens[t.head]
    if tree[0] != 0 or head.upos not in ("NOUN", "PROPN", "PRON", "NUM") or head.i in a.copulas or head.head == head.i:
        return
    after = tree[-1] if s.tokens[tree[-1]].text == "," else tree[-1] + 1
    if after < len(s) and s.tokens[after].text == "," and s.tokens[head.head].upos in ("VERB", "ADJ", "NOUN"):
        a.mend((t.i, head.head, t.dep))


@rule(
    "repair",
    "compound amod",
    example=(
        "Union/Union/PROPN/4/nsubj was/be/AUX/4/cop a//DET/4/det Czech/Czech/PROPN/7/compound -/-/PUNCT/6/punct "
        "Polish/Polish/PROPN/4/flat battalion//NOUN/0/root"
    ),
    yields=("battalion(subj=Union; attr=a Czech - Polish battalion)",),
    counter="Union/Union/PROPN/4/nsubj was/be/AUX/4/cop a//DET/4/det battalion//NOUN/0/root",
)
def clause_of_modifier(a: Analysis, t: Token) -> None:
    """Subject, copula and article belong to the noun, not to the word that modifies it."""
    head = a.sentence.tokens[t.head]
    if head.i > t.i and head.upos in ("NOUN", "PROPN"):
        moved = a.sentence.children(t.i, "nsubj", "cop", "aux", "expl", "det", "mark", "advmod", "amod")
        if any(child.rel in ("nsubj", "cop", "det") for child in moved):
            a.mend(*((child.i, head.i, child.dep) for child in moved if child.i < t.i))


@rule(
    "repair",
    "nsubj obj obl dep nmod conj root parataxis appos",
    example=(
        "Center/Center/PROPN/7/nsubj in//ADP/3/case Ashgabat/Ashgabat/PROPN/1/nmod (/(/PUNCT/5/punct "
        "Turkmenistan/Turkmenistan/PROPN/7/nsubj )/)/PUNCT/5/punct helps/help/VERB/0/root"
    ),
    yields=("be(subj=Ashgabat; place=Turkmenistan)",),
    counter=(
        "Ashgabat/Ashgabat/PROPN/0/root (/(/PUNCT/3/punct Turkmenistan/Turkmenistan/PROPN/1/appos )/)/PUNCT/3/punct"
    ),
)
def bracket(a: Analysis, t: Token) -> None:
    """A noun phrase in brackets is an apposition of what stands before the bracket."""
    s = a.sentence
    tree = s.subtree(t.i)
    start = tree[0] if s.tokens[tree[0]].text == "(" else tree[0] - 1
    if start <= 0 or s.tokens[start].text != "(" or t.upos not in ("PROPN", "NOUN") or t.head == t.i:
        return
    end = tree[-1] if s.tokens[tree[-1]].text == ")" else tree[-1] + 1
    if (
        end >= len(s)
        or s.tokens[end].text != ")"
        or any(s.tokens[i].upos in ("VERB", "AUX") for i in range(start, end))
    ):
        return
    before = s.tokens[start - 1]
    while (
        before.rel in ("flat", "compound", "nummod", "amod", "punct", "goeswith")
        and before.head < start
        and before.head != before.i
    ):
        before = s.tokens[before.head]
    if before.upos not in ("NOUN", "PROPN") or t.head == before.i:
        return
    if (
        s.tokens[t.head].i < start
        and t.rel in ("appos", "nmod")
        and s.subtree(t.head)[0] <= before.i
        and t.rel == "appos"
    ):
        return
    a.mend((t.i, before.i, "appos"))


@rule(
    "repair",
    "obl advmod compound nmod dep case mark",
    example=(
        "Which//DET/2/det states/state/NOUN/5/obj does/do/AUX/5/aux it/it/PRON/5/nsubj link//VERB/0/root "
        "us/we/PRON/5/obj with//ADP/5/obl ?/?/PUNCT/5/punct"
    ),
    yields=("link(obl:with=Which states; subj=it; obj=us)",),
    counter="Who/who/PRON/2/nsubj set//VERB/0/root it/it/PRON/2/obj up//ADP/2/compound:prt ?/?/PUNCT/2/punct",
)
def stranded(a: Analysis, t: Token) -> None:
    """A preposition left at the end of a question belongs to the question's *which*, *what* or *whom*."""
    s = a.sentence
    if t.upos not in ("ADP", "ADV", "SCONJ") or s.children_of[t.i] or t.i == 0:
        return
    if t.i + 1 < len(s) and s.tokens[t.i + 1].upos not in ("PUNCT", "CCONJ"):
        return
    verb = s.tokens[t.head]
    while verb.upos not in ("VERB", "ADJ") and verb.head != verb.i and verb.i < t.i:
        verb = s.tokens[verb.head]  # 'link Central Asia with?': the preposition hangs on the object
    if verb.i > t.i or verb.upos not in ("VERB", "ADJ"):
        return
    asked = [c for c in s.children(verb.i, "obj", "obl", "nsubj", "dep", "iobj") if c.i < verb.i and _asks(s, c)]
    takes = t.lemma.lower() in lists.prepositions_of(verb.lemma.lower())
    if len(asked) != 1 or phrases.marker_of(s, asked[0].i) or asked[0].upos == "ADV":
        return
    if (t.dep == "compound:prt" or t.upos == "ADV") and not takes:
        return
    others = [c for c in s.children(verb.i, "nsubj") if c.i != asked[0].i]
    if asked[0].rel == "nsubj" and not others:
        return
    a.mend((t.i, asked[0].i, "case"), (asked[0].i, verb.i, "obl"))


def _asks(s: Sentence, t: Token) -> bool:
    words = (t, *s.children(t.i, "det", "amod", "nmod:poss", "advmod"))
    return any("Int" in w.feats or w.lemma.lower() in ("which", "what", "who", "whom", "whose", "how") for w in words)


@rule(
    "repair",
    "compound",
    example=(
        "It/it/PRON/2/nsubj gives/give/VERB/0/root the//DET/4/det "
        "countries/country/NOUN/5/compound/Number=Plur opportunities/opportunity/NOUN/2/obj/Number=Plur"
    ),
    yields=("give(subj=It; iobj=the countries; obj=opportunities)",),
    counter=(
        "It/it/PRON/2/nsubj gives/give/VERB/0/root sports/sport/NOUN/4/compound/Number=Plur "
        "courses/course/NOUN/2/obj/Number=Plur"
    ),
)
def two_objects(a: Analysis, t: Token) -> None:
    """Two plurals after a verb of giving are its recipient and its object, not a compound."""
    s = a.sentence
    head = s.tokens[t.head]
    if head.dep != "obj" or "Plur" not in t.feats or t.upos not in ("NOUN", "PROPN") or t.i + 1 != head.i:
        return
    verb = s.tokens[head.head]
    if verb.lemma.lower() not in lists.ditransitives():
        return
    left = [c for c in s.children(head.i, "det", "amod", "nmod:poss", "compound", "nummod") if c.i < t.i]
    if not any(c.rel in ("det", "nmod") for c in (*left, *s.children(t.i))):
        return
    a.mend((t.i, verb.i, "iobj"), *((c.i, t.i, c.dep) for c in left))


@rule(
    "repair",
    "compound advmod case",
    example=(
        "may//AUX/2/aux borrow//VERB/0/root up//ADP/2/compound:prt to//ADP/6/case 20//NUM/6/nummod "
        "items/item/NOUN/2/obl"
    ),
    yields=("borrow(obj=up to 20 items)",),
    counter="may//AUX/2/aux go//VERB/0/root up//ADP/2/compound:prt to//ADP/6/case the//DET/6/det roof//NOUN/2/obl",
)
def up_to(a: Analysis, t: Token) -> None:
    """*up to* before a number bounds the number and is neither particle nor preposition."""
    s = a.sentence
    if t.text.lower() != "up" or t.i + 2 >= len(s) or s.tokens[t.i + 1].text.lower() != "to":
        return
    number = s.tokens[t.i + 2]
    if number.upos != "NUM":
        return
    noun = s.tokens[number.head] if number.dep == "nummod" else number
    edits = [(t.i, number.i, "advmod"), (t.i + 1, t.i, "fixed")]
    if noun.rel == "obl" and not s.child(noun.head, "obj") and s.tokens[noun.head].upos == "VERB":
        edits.append((noun.i, noun.head, "obj"))
    a.mend(*edits)


@rule(
    "repair",
    "xcomp amod obl obj advmod dep det nmod conj root compound",
    example=(
        "It/it/PRON/2/nsubj connects/connect/VERB/0/root them//PRON/2/obj to//ADP/5/case each//DET/2/obl "
        "other//ADJ/2/xcomp"
    ),
    yields=("connect(subj=It; obj=them; obl:to=each other)",),
    counter="It/it/PRON/2/nsubj connects/connect/VERB/0/root each//DET/5/det other//ADJ/5/amod town//NOUN/2/obj",
)
def reciprocal(a: Analysis, t: Token) -> None:
    """*each other* and *one another* are one phrase."""
    s = a.sentence
    if t.text.lower() not in ("other", "another") or t.i == 0 or t.head == t.i - 1:
        return
    first = s.tokens[t.i - 1]
    if f"{first.text} {t.text}".lower() not in lists.words("reciprocals") or (
        t.rel in ("amod", "det") and t.head > t.i
    ):
        return
    if first.head == t.i:
        return
    a.mend((t.i, first.i, "fixed"))


@rule(
    "repair",
    "obl",
    example=(
        "It/it/PRON/2/nsubj limits/limit/VERB/0/root values/value/NOUN/2/obj such//ADJ/6/case as//ADP/4/fixed "
        "health//NOUN/2/obl"
    ),
    yields=("value(subj=health; attr=values)",),
    counter="It/it/PRON/2/nsubj limits/limit/VERB/0/root values/value/NOUN/2/obj in//ADP/5/case health//NOUN/2/obl",
)
def examples(a: Analysis, t: Token) -> None:
    """What follows *such as* or *including* are examples of the noun before it."""
    s = a.sentence
    marker = phrases.marker_of(s, t.i)
    if phrases.marker_text(s, marker) not in ("such as", "including") or marker[0] < 1:
        return
    before = s.tokens[marker[0] - 1]
    before = s.tokens[before.i - 1] if before.text == "," and before.i else before
    while before.rel in ("flat", "compound") and before.head < marker[0] and before.head != before.i:
        before = s.tokens[before.head]
    if before.upos in ("NOUN", "PROPN") and before.head != t.i:
        a.mend((t.i, before.i, "nmod"))


@rule(
    "repair",
    "acl",
    example=(
        "Center/Center/PROPN/7/nsubj for//ADP/3/case Peace/Peace/PROPN/1/nmod "
        "based/base/VERB/3/acl/Tense=Past|VerbForm=Part in//ADP/6/case Rome/Rome/PROPN/4/obl helps/help/VERB/0/root"
    ),
    yields=("base(obj=Center for Peace; obl:in=Rome)",),
    counter=(
        "a//DET/2/det faction//NOUN/8/nsubj of//ADP/4/case Jihad/Jihad/PROPN/2/nmod "
        "known/know/VERB/4/acl/Tense=Past|VerbForm=Part as//ADP/7/case X/X/PROPN/5/obl left/leave/VERB/0/root"
    ),
)
def participle_of_name(a: Analysis, t: Token) -> None:
    """A participle after a name that holds a preposition describes the whole name: *Center for Peace based in Rome*."""
    s = a.sentence
    last = s.tokens[t.head]
    name = s.tokens[last.head]
    if last.rel != "nmod" or name.upos != "PROPN" or not last.text[:1].isupper() or not name.i < last.i < t.i:
        return
    if "Tense=Past" in t.feats and not any(s.tokens[i].text == "," for i in range(name.i, t.i)):
        a.mend((t.i, name.i, t.dep))


RULES = (
    participle_of_name,
    clause_of_modifier,
    examples,
    reciprocal,
    up_to,
    value_span,
    two_objects,
    opening,
    bracket,
    valency,
    time_of_verb,
    stranded,
)
