"""What noun phrases say: appositions, brackets, titles, possessives, *of*-phrases, deeds named by nouns, members."""

from __future__ import annotations

from bot.facts import lists, phrases
from bot.facts.model import Argument
from bot.facts.rules.base import Analysis, rule
from bot.facts.rules.roles import is_time, oblique_role
from bot.language.sentence import Sentence, Token

AMOUNTS = frozenset({"money", "quantity", "percent", "duration"})


def _bracketed(s: Sentence, t: Token) -> bool:
    first = s.subtree(t.i)[0]
    return s.tokens[first].text in ("(", "[") or (first > 0 and s.tokens[first - 1].text in ("(", "["))


def acronym_of(short: str, long: str) -> bool:
    """*CIS* of *Commonwealth of Independent States*: its capitals are the other's initials in order."""
    short = short.removeprefix("the ").removeprefix("The ")
    letters = [c for c in short if c.isupper()]
    if len(letters) < 2 or " " in short:
        return False
    initials = iter(c for word in long.replace("-", " ").split() for c in (word[:1].upper(), *word[1:]) if c.isupper())
    return all(letter in initials for letter in letters)


@rule(
    "fact",
    "appos parataxis nmod dep",
    example=(
        "CIS/CIS/PROPN/0/root (/(/PUNCT/3/punct Commonwealth/Commonwealth/PROPN/1/appos of//ADP/6/case "
        "Independent/Independent/ADJ/6/amod States/States/PROPN/3/nmod )/)/PUNCT/3/punct"
    ),
    yields=("alias(subj=CIS; attr=Commonwealth of Independent States)",),
    counter=(
        "Ashgabat/Ashgabat/PROPN/0/root (/(/PUNCT/3/punct Turkmenistan/Turkmenistan/PROPN/1/appos )/)/PUNCT/3/punct"
    ),
)
def alias(a: Analysis, t: Token) -> None:
    """A name and its letters, one of them in brackets, name the same thing."""
    s = a.sentence
    if not _bracketed(s, t) or t.i in a.clauses:
        return
    first, second = a.arg("subj", t.head), a.arg("attr", t.i)
    if acronym_of(first.text, second.text) or acronym_of(second.text, first.text):
        a.noun_fact("parenthesis", t.head, [first, second], relation="is", name="alias")


@rule(
    "fact",
    "appos parataxis nmod dep",
    example=(
        "Ashgabat/Ashgabat/PROPN/0/root (/(/PUNCT/3/punct Turkmenistan/Turkmenistan/PROPN/1/appos )/)/PUNCT/3/punct"
    ),
    yields=("be(subj=Ashgabat; place=Turkmenistan)",),
    counter=(
        "CIS/CIS/PROPN/0/root (/(/PUNCT/3/punct Commonwealth/Commonwealth/PROPN/1/appos of//ADP/6/case "
        "Independent/Independent/ADJ/6/amod States/States/PROPN/3/nmod )/)/PUNCT/3/punct"
    ),
)
def bracketed_place(a: Analysis, t: Token) -> None:
    """A name in brackets after another that is not short for it says where that is: *Ashgabat (Turkmenistan)*."""
    s = a.sentence
    head = s.tokens[t.head]
    if not _bracketed(s, t) or head.upos != "PROPN" or t.upos != "PROPN":
        return
    article = s.child(t.i, "det")
    if article is not None and article.lemma.lower() == "the" and t.ent != "LOC":
        # Orchard Yard Ltd (the Landlord): what it is called from here on
        cases = s.children(t.head, "case")
        out = {i for word in (t, *cases) for i in s.subtree(word.i)}
        named = tuple(i for i in phrases.phrase(s, t.head) if i not in out and s.tokens[i].text not in "()")
        last = max((i for i in named if s.tokens[i].upos == "ADP" and i < t.head), default=-1)
        named = tuple(i for i in named if i > max(last, *(c.i for c in cases), -1))
        first, second = a.arg("subj", t.head, named), a.arg("attr", t.i)
        a.noun_fact("title", t.head, [first, second], relation="is", name=t.lemma.lower())
        return
    first, second = a.arg("subj", t.head), a.arg("place", t.i)
    if acronym_of(first.text, second.text) or acronym_of(second.text, first.text):
        return
    if t.ent not in ("", "LOC") or head.ent not in ("", "LOC"):
        return
    a.noun_fact("parenthesis", t.head, [first, second], relation="is in", name="be", pos="v")


@rule(
    "fact",
    "appos",
    example=(
        "born/bear/VERB/0/root in//ADP/3/case Murray/Murray/PROPN/1/obl/_/LOC ,/,/PUNCT/5/punct "
        "Utah/Utah/PROPN/3/appos/_/LOC"
    ),
    yields=("be(subj=Murray; place=Utah)",),
    counter=(
        "born/bear/VERB/0/root in//ADP/3/case Murray/Murray/PROPN/1/obl/_/LOC ,/,/PUNCT/6/punct "
        "a//DET/6/det town//NOUN/3/appos"
    ),
)
def place_within(a: Analysis, t: Token) -> None:
    """Of two names of places with a comma between them, the second says where the first is."""
    if _within(a.sentence, t):
        a.noun_fact(
            "parenthesis", t.head, [a.arg("subj", t.head), a.arg("place", t.i)], relation="is in", name="be", pos="v"
        )


def _within(s: Sentence, t: Token) -> bool:
    head = s.tokens[t.head]
    if (head.upos, t.upos) != ("PROPN", "PROPN") or head.i > t.i or s.child(t.i, "det", "cc", "case"):
        return False
    first = s.subtree(t.i)[0]
    comma = first if s.tokens[first].text == "," else first - 1
    return head.ent == t.ent == "LOC" and s.tokens[comma].text == ","


@rule(
    "fact",
    "appos",
    example=(
        "its//PRON/3/nmod:poss first//ADJ/3/amod director//NOUN/0/root ,/,/PUNCT/5/punct "
        "Josef/Josef/PROPN/3/appos Adler/Adler/PROPN/5/flat"
    ),
    yields=("director(subj=Josef Adler; attr=its first director; poss=its)",),
    counter=(
        "CIS/CIS/PROPN/0/root (/(/PUNCT/3/punct Commonwealth/Commonwealth/PROPN/1/appos of//ADP/6/case "
        "Independent/Independent/ADJ/6/amod States/States/PROPN/3/nmod )/)/PUNCT/3/punct"
    ),
)
def apposition(a: Analysis, t: Token) -> None:
    """A noun set beside another says what it is; the name of the two is the subject."""
    s = a.sentence
    head = s.tokens[t.head]
    if _bracketed(s, t) or t.i in a.clauses or any(w.text == ":" for w in s.tokens[t.head : t.i]):
        return
    if _introduced(s, head, t) >= 0 or _within(s, t):
        return
    if head.upos == "SYM" or phrases.value_of(s, head.i, (head.i,)):
        return  # '$ 4 a share', '1958, a leap year': an amount is not what stands beside it
    if t.upos in ("VERB", "NUM") or head.upos in ("NUM", "PRON") or t.upos == "PRON":
        return
    name, kind = (t, head) if t.upos == "PROPN" and head.upos != "PROPN" else (head, t)
    for other in (name, *_plain_conjuncts(s, name)) if name is t else (name,):
        for what in (kind, *_plain_conjuncts(s, kind)) if name is not t else (kind,):
            arguments = [a.arg("subj", other.i), a.arg("attr", what.i), *noun_arguments(a, what)]
            a.noun_fact("apposition", what.i, arguments, relation="is")


def _plain_conjuncts(s: Sentence, t: Token) -> tuple[Token, ...]:
    return tuple(c for c in phrases.conjuncts(s, t.i) if c.upos in phrases.NOMINAL)


@rule(
    "fact",
    "nmod:desc compound flat",
    example="President/President/PROPN/2/nmod:desc Bush/Bush/PROPN/3/nsubj left/leave/VERB/0/root",
    yields=("president(subj=Bush; attr=President)",),
    counter="Quay/Quay/PROPN/2/compound Street/Street/PROPN/0/root",
)
def title(a: Analysis, t: Token) -> None:
    """A title before a name says what its bearer is."""
    s = a.sentence
    head = s.tokens[t.head]
    low = t.lemma.lower()
    if head.upos != "PROPN" or t.i > head.i or low in lists.words("honorifics"):
        return
    office = low in lists.words("kinship_and_office") or low.rpartition("-")[2] in lists.words("kinship_and_office")
    if not office or t.rel == "flat" or (t.dep == "compound" and head.ent != "PERSON"):
        return
    whole = phrases.phrase(s, head.i)
    tokens = tuple(i for i in whole if i > t.i)
    about = tuple(i for i in whole if i <= t.i and s.tokens[i].upos not in ("DET", "PUNCT", "PRON", "ADP"))
    if tokens and about:
        arguments = [a.arg("subj", head.i, tokens), a.arg("attr", t.i, about)]
        a.noun_fact("apposition", t.i, arguments, relation="is")


@rule(
    "fact",
    "nmod:poss",
    example="Turkmenistan/Turkmenistan/PROPN/3/nmod:poss 's/'s/PART/1/case capital//NOUN/0/root",
    yields=("capital(poss=Turkmenistan; attr=capital)",),
    counter="the//DET/2/det capital//NOUN/0/root of//ADP/4/case Turkmenistan/Turkmenistan/PROPN/2/nmod",
)
def possessive(a: Analysis, t: Token) -> None:
    """*X's Y* says that X has a Y."""
    s = a.sentence
    head = s.tokens[t.head]
    owner = a.arg(
        "poss", t.i, tuple(i for i in phrases.phrase(s, t.i) if s.tokens[i].text not in ("'s", "’s", "'", "’"))
    )
    if t.lemma.lower() in ("whose", "who"):
        owner = _described(a, t) or owner
    inside = set(s.subtree(t.i))
    owned = tuple(i for i in phrases.phrase(s, head.i, predicate=head.i in a.clauses) if i not in inside)
    owned = phrases.trimmed(s, owned)
    if not owned or not owner.text:
        return
    rest = [x for x in noun_arguments(a, head) if x.role != "poss"]
    a.noun_fact("possessive", head.i, [owner, a.arg("attr", head.i, owned), *rest], relation="has")


def _described(a: Analysis, t: Token) -> Argument | None:
    """The noun that a *whose* refers to: *the city, whose population …*"""
    s = a.sentence
    clause = next((s.tokens[i] for i in s.ancestors(t.i) if s.tokens[i].dep == "acl:relcl"), None)
    if clause is None:
        return None
    inside = set(s.subtree(clause.i))
    tokens = phrases.trimmed(s, [i for i in phrases.phrase(s, clause.head) if i not in inside])
    return a.arg("poss", clause.head, tokens) if tokens else None


@rule(
    "fact",
    "nmod",
    example="the//DET/2/det withdrawal//NOUN/0/root of//ADP/5/case NATO/NATO/PROPN/5/compound equipment//NOUN/2/nmod",
    yields=("withdrawal(attr=the withdrawal; of=NATO equipment)",),
    counter="Turkmenistan/Turkmenistan/PROPN/3/nmod:poss 's/'s/PART/1/case capital//NOUN/0/root",
)
def of_phrase(a: Analysis, t: Token) -> None:
    """*Y of X* says that X has a Y, or that Y happens to X; of an amount (*a deposit of £60*), that it is Y."""
    s = a.sentence
    head = s.tokens[t.head]
    if phrases.marker_text(s, phrases.marker_of(s, t.i)) != "of" or head.upos not in ("NOUN", "ADJ", "PROPN"):
        return
    if head.upos == "PROPN" or head.lemma.lower() in lists.words("partitives") or t.i in a.clauses:
        return
    inside = set(s.subtree(t.i))
    named = tuple(i for i in phrases.phrase(s, head.i, predicate=head.i in a.clauses) if i not in inside and i < t.i)
    named = phrases.trimmed(s, named)
    if not named:
        return
    rest = [x for x in noun_arguments(a, head) if x.role != "of"]
    for part in (t, *_plain_conjuncts(s, t)):
        owner = a.arg("of", part.i)
        if owner.value is not None and owner.value.kind in AMOUNTS:
            amount = [a.arg("subj", head.i, named), a.arg("attr", part.i), *rest]
            a.noun_fact("possessive", head.i, amount, relation="is")
            continue
        a.noun_fact("possessive", head.i, [a.arg("attr", head.i, named), owner, *rest], relation="is of")


@rule(
    "fact",
    "obj obl nmod conj nsubj",
    example=(
        "They/they/PRON/2/nsubj rely//VERB/0/root on//ADP/5/case Russian//ADJ/5/amod assistance//NOUN/2/obl "
        "in//ADP/8/case border//NOUN/8/compound defense//NOUN/5/nmod"
    ),
    yields=("assistance(attr=Russian assistance; poss=Russian; obl:in=border defense)",),
    counter="They/they/PRON/2/nsubj rely//VERB/0/root on//ADP/4/case assistance//NOUN/2/obl",
)
def nominal(a: Analysis, t: Token) -> None:
    """A noun with prepositional phrases of its own, or made by a country's adjective, is a little proposition."""
    s = a.sentence
    if t.upos not in ("NOUN", "PROPN") or t.lemma.lower() in lists.words("time_nouns"):
        return
    arguments = noun_arguments(a, t)
    if t.upos == "PROPN" and not any(x.role == "obl:by" for x in arguments):
        return  # Salamanca [by Matthew Murray]: of names only a work says whose it is
    if not any(x.role.startswith("obl:") or x.role in ("time", "duration") for x in arguments):
        return
    outside = {i for x in arguments if x.role != "poss" for i in s.subtree(x.head)}
    named = phrases.trimmed(s, [i for i in phrases.phrase(s, t.i, predicate=t.i in a.clauses) if i not in outside])
    if named:
        a.noun_fact("nominal", t.i, [a.arg("attr", t.i, named), *arguments], relation="is")


def noun_arguments(a: Analysis, t: Token) -> list[Argument]:
    """The possessor, *of*-phrase and prepositional phrases of a noun, and the nation that its adjective names."""
    known = a.of_noun.get(t.i)
    if known is None:
        known = a.of_noun[t.i] = _noun_arguments(a, t)
    return known


def _noun_arguments(a: Analysis, t: Token) -> list[Argument]:
    s = a.sentence
    found: list[Argument] = []
    for child in s.children(t.i):
        if child.dep == "nmod:poss":
            tokens = tuple(i for i in phrases.phrase(s, child.i) if s.tokens[i].text not in ("'s", "’s", "'", "’"))
            found.append(a.arg("poss", child.i, tokens))
        elif child.rel in ("nmod", "obl") and child.dep not in ("nmod:desc",) and not phrases.is_exception(s, child):
            marker = phrases.marker_of(s, child.i)
            word = phrases.marker_text(s, marker)
            if (not word and not is_time(s, child)) or (child.rel == "obl" and t.i not in a.clauses):
                continue
            role = "of" if word == "of" else oblique_role(s, child, marker)
            found += [
                a.arg(role, part.i, (), phrases.marker_of(s, part.i) or marker)
                for part in (child, *_plain_conjuncts(s, child))
            ]
        elif child.rel in ("amod", "compound") and child.text[:1].isupper() and child.i > 0 and child.i < t.i:
            if child.lemma.lower() in lists.words("no_owners") or child.upos not in ("ADJ", "PROPN"):
                continue
            if a.hyphened and any(s.tokens[k].text in ("-", "–") for k in (child.i - 1, child.i + 1)):
                continue  # a Kazakh-Uzbek battalion: they are its members
            if t.upos == "NOUN" and not any(c.dep == "nmod:poss" for c in s.children(t.i)):
                found.append(a.arg("poss", child.i))
    return found


@rule(
    "fact",
    "nmod obl appos",
    example=(
        "cities/city/NOUN/0/root such//ADJ/4/case as//ADP/2/fixed Paris/Paris/PROPN/1/nmod and//CCONJ/6/cc "
        "Rome/Rome/PROPN/4/conj"
    ),
    yields=("city(subj=Paris; attr=cities)", "city(subj=Rome; attr=cities)"),
    counter="cities/city/NOUN/0/root in//ADP/3/case Italy/Italy/PROPN/1/nmod",
)
def example_of(a: Analysis, t: Token) -> None:
    """*cities such as Paris*, *cities, in particular Paris*: Paris is one of them."""
    s = a.sentence
    head = s.tokens[t.head]
    start = _introduced(s, head, t)
    if start < 0 or head.upos not in ("NOUN", "PROPN") or t.upos not in phrases.NOMINAL:
        return
    inside = set(s.subtree(t.i))
    group = phrases.trimmed(s, [i for i in phrases.phrase(s, head.i, predicate=head.i in a.clauses) if i not in inside])
    for part in (t, *_plain_conjuncts(s, t)):
        tokens = tuple(i for i in phrases.phrase(s, part.i) if i >= start)
        if tokens and group:
            a.noun_fact(
                "apposition", head.i, [a.arg("subj", part.i, tokens), a.arg("attr", head.i, group)], relation="is"
            )


def _introduced(s: Sentence, head: Token, t: Token) -> int:
    """Where the examples begin that *such as*, *including* or *in particular* introduces after a noun; -1: nowhere."""
    for k in range(head.i + 1, t.i):
        for length in (1, 2):
            words = " ".join(w.text.lower() for w in s.tokens[k : k + length])
            if words in lists.words("example_markers") and k + length <= t.i:
                return k + length + (s.tokens[k + length].text == ",")
    return -1


@rule(
    "fact",
    "*",
    example=(
        "a//DET/6/det Kazakh/Kazakh/ADJ/6/amod -/-/PUNCT/4/punct Uzbek/Uzbek/ADJ/6/amod "
        "peacekeeping//NOUN/6/compound battalion//NOUN/0/root"
    ),
    yields=(
        "member(subj=Kazakh; of=a Kazakh - Uzbek peacekeeping battalion)",
        "member(subj=Uzbek; of=a Kazakh - Uzbek peacekeeping battalion)",
    ),
    counter="a//DET/5/det well//ADV/4/advmod -/-/PUNCT/4/punct known/know/VERB/5/amod battalion//NOUN/0/root",
)
def members(a: Analysis, t: Token) -> None:
    """A compound of names joined by hyphens before a noun names the noun's members."""
    s = a.sentence
    if not a.hyphened or t.upos not in ("NOUN", "PROPN") or t.rel in ("compound", "amod", "flat"):
        return
    inside = [i for i in phrases.phrase(s, t.i, predicate=t.i in a.clauses) if i < t.i]
    names = [
        i
        for i in inside
        if s.tokens[i].upos in ("PROPN", "ADJ", "NOUN")
        and s.tokens[i].text[:1].isupper()
        and any(0 <= k < len(s) and s.tokens[k].text in ("-", "–") for k in (i - 1, i + 1))
    ]
    glued = [i for i in names if i - 1 in inside and s.tokens[i - 1].text in ("-", "–") and i - 2 in names]
    names = [i for i in names if i in glued or i + 2 in glued]
    nearest = not any(
        k > max(names, default=0) and s.tokens[k].head != t.i and s.tokens[k].upos in ("NOUN", "PROPN") for k in inside
    )
    if len(names) < 2 or not nearest:
        return
    for i in names:
        arguments = [a.arg("subj", i, (i,)), a.arg("of", t.i, phrases.phrase(s, t.i, predicate=t.i in a.clauses))]
        a.noun_fact("compound", t.i, arguments, relation="is member of", name="member")


RULES = (alias, bracketed_place, place_within, apposition, title, possessive, of_phrase, nominal, example_of, members)
