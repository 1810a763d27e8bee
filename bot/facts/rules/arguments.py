"""What a predicate's own dependents are to it."""

from __future__ import annotations

from bot.facts import lists, phrases
from bot.facts.model import Role
from bot.facts.rules.base import Analysis, Slot, rule
from bot.facts.rules.roles import is_time, oblique_role
from bot.language.sentence import Sentence, Token


@rule(
    "argument",
    "nsubj",
    example="Members/member/NOUN/2/nsubj borrow//VERB/0/root books/book/NOUN/2/obj",
    yields=("borrow(subj=Members; obj=books)",),
    counter="Books/book/NOUN/3/nsubj:pass are/be/AUX/3/aux:pass lent/lend/VERB/0/root",
)
def subject(a: Analysis, t: Token) -> None:
    """The subject of an active verb or a copula does it, or is it."""
    clause = a.clauses.get(t.head)
    if clause is not None and not clause.passive and _nearest(a.sentence, t):
        a.add_subject(clause, t.i)


@rule(
    "argument",
    "nsubj",
    example=(
        "Books/book/NOUN/3/nsubj:pass are/be/AUX/3/aux:pass lent/lend/VERB/0/root for//ADP/6/case "
        "four//NUM/6/nummod weeks/week/NOUN/3/obl"
    ),
    yields=("lend(obj=Books; duration=four weeks)",),
    counter="Members/member/NOUN/2/nsubj borrow//VERB/0/root books/book/NOUN/2/obj",
)
def passive_subject(a: Analysis, t: Token) -> None:
    """The subject of a passive is what it is done to."""
    clause = a.clauses.get(t.head)
    if clause is not None and clause.passive and _nearest(a.sentence, t):
        a.add_subject(clause, t.i)


def _nearest(s: Sentence, t: Token) -> bool:
    """A clause has one subject: of two in the parse, the one next to the verb."""
    others = [c for c in s.children(t.head, "nsubj") if c.dep != "nsubj:outer" and c.i != t.i]
    if t.dep == "nsubj:outer":
        return False
    return not any(t.i < c.i < t.head for c in others)


@rule(
    "fact",
    "nsubj:outer csubj:outer",
    example=(
        "The//DET/2/det point//NOUN/6/nsubj:outer is/be/AUX/6/cop that//SCONJ/6/mark it/it/PRON/6/nsubj "
        "works/work/VERB/0/root"
    ),
    yields=("be(subj=The point; attr=it works)",),
    counter="The//DET/2/det point//NOUN/4/nsubj is/be/AUX/4/cop good//ADJ/0/root",
)
def clause_as_predicate(a: Analysis, t: Token) -> None:
    """*The point is that X* says of the point what the clause states."""
    s = a.sentence
    copula = next((c for c in s.children(t.head, "cop") if c.i > t.i), None)
    if copula is None:
        return
    tokens = [i for i in _clause_tokens(s, s.tokens[t.head]) if i > copula.i]
    if tokens:
        arguments = [a.arg("subj", t.i), a.arg("attr", t.head, phrases.trimmed(s, tokens))]
        a.noun_fact("copula", t.head, arguments, relation=copula.text, name="be", pos="v", words=(copula.i,))


@rule(
    "argument",
    "csubj",
    example="Eating/eat/VERB/4/csubj is/be/AUX/4/cop not//PART/4/advmod wise//ADJ/0/root",
    yields=("not wise(subj=Eating; attr=wise)",),
    counter="Members/member/NOUN/2/nsubj borrow//VERB/0/root books/book/NOUN/2/obj",
)
def clausal_subject(a: Analysis, t: Token) -> None:
    """A clause may be a subject."""
    clause = a.clauses.get(t.head)
    if clause is not None:
        a.add_subject(clause, t.i, _clause_tokens(a.sentence, t))


@rule(
    "argument",
    "obl",
    example=(
        "It/it/PRON/3/nsubj:pass is/be/AUX/3/aux:pass digitised/digitise/VERB/0/root by//ADP/5/case "
        "volunteers/volunteer/NOUN/3/obl:agent"
    ),
    yields=("digitise(obj=It; subj=volunteers)",),
    counter=(
        "Routes/route/NOUN/3/nsubj:pass were/be/AUX/3/aux:pass moved/move/VERB/0/root by//ADP/5/case 2011//NUM/3/obl"
    ),
)
def agent(a: Analysis, t: Token) -> None:
    """What stands after *by* beside a passive does it, unless it is a time."""
    clause = a.clauses.get(t.head)
    s = a.sentence
    marker = phrases.marker_of(s, t.i)
    if clause is None or not clause.passive or phrases.marker_text(s, marker) != "by":
        return
    if t.dep == "obl:agent" or not (t.upos == "NUM" or is_time(s, t)):
        a.add(clause, Slot("subj", t.i, (), marker))


@rule(
    "argument",
    "obj",
    example="Members/member/NOUN/2/nsubj borrow//VERB/0/root books/book/NOUN/2/obj",
    yields=("borrow(subj=Members; obj=books)",),
    counter="elements/element/NOUN/2/nsubj took/take/VERB/0/root part//NOUN/2/obj",
)
def object_(a: Analysis, t: Token) -> None:
    """The object of a verb is what it is done to."""
    clause = a.clauses.get(t.head)
    if clause is None or _is_expression(a.sentence, t):
        return
    tokens = phrases.phrase(a.sentence, t.i)
    first = a.sentence.tokens[tokens[0]]
    if first.upos == "ADP" and first.i < t.i and first.text.islower() and first.text.lower() != "up":
        # 'petitioned the Crown for the right': a preposition that the parser gave to a word inside the phrase
        a.add(clause, Slot(f"obl:{first.text.lower()}", t.i, tokens[1:], (first.i,)))
    else:
        # 'was elected president': what the subject was made
        appointed = clause.passive and clause.predicate in lists.words("appointing_verbs")
        a.add(clause, Slot("attr" if appointed else "obj", t.i))


@rule(
    "argument",
    "obj",
    example=(
        "elements/element/NOUN/2/nsubj took/take/VERB/0/root part//NOUN/2/obj in//ADP/5/case "
        "exercises/exercise/NOUN/2/obl"
    ),
    yields=("take part(subj=elements; obl:in=exercises)",),
    counter="He/he/PRON/2/nsubj took/take/VERB/0/root a//DET/4/det part//NOUN/2/obj",
)
def expression(a: Analysis, t: Token) -> None:
    """A verb and a bare noun that mean one thing are one predicate: *take part*, *take place*."""
    clause = a.clauses.get(t.head)
    if clause is None or not _is_expression(a.sentence, t):
        return
    clause.predicate = f"{clause.predicate} {t.lemma.lower()}"
    clause.words.add(t.i)
    a.step(clause, t.i)
    for child in a.sentence.children(t.i, "nmod"):
        marker = phrases.marker_of(a.sentence, child.i)
        a.add(clause, Slot(oblique_role(a.sentence, child, marker), child.i, (), marker))


def _is_expression(s: Sentence, t: Token) -> bool:
    nouns = lists.expressions().get(s.tokens[t.head].lemma.lower(), frozenset())
    return t.lemma.lower() in nouns and not s.child(t.i, "det", "amod", "conj", "nmod:poss")


@rule(
    "argument",
    "iobj",
    example="She/she/PRON/2/nsubj gave/give/VERB/0/root him/he/PRON/2/iobj books/book/NOUN/2/obj",
    yields=("give(subj=She; iobj=him; obj=books)",),
    counter="Members/member/NOUN/2/nsubj borrow//VERB/0/root books/book/NOUN/2/obj",
)
def recipient(a: Analysis, t: Token) -> None:
    """The indirect object is who gets it."""
    clause = a.clauses.get(t.head)
    if clause is not None:
        a.add(clause, Slot("iobj", t.i))


@rule(
    "argument",
    "obl",
    example="We/we/PRON/2/nsubj rely//VERB/0/root on//ADP/4/case help//NOUN/2/obl",
    yields=("rely(subj=We; obl:on=help)",),
    counter=(
        "It/it/PRON/3/nsubj:pass is/be/AUX/3/aux:pass digitised/digitise/VERB/0/root by//ADP/5/case "
        "volunteers/volunteer/NOUN/3/obl:agent"
    ),
)
def oblique(a: Analysis, t: Token) -> None:
    """A prepositional phrase of the verb keeps its preposition as its role, unless it is a time or a price."""
    clause = a.clauses.get(t.head)
    if clause is None or any(slot.head == t.i for slot in clause.slots):
        return
    s = a.sentence
    if phrases.is_exception(s, t):
        return
    marker = phrases.marker_of(s, t.i)
    mark = tuple(m.i for m in s.children(t.i, "mark") if m.i < t.i)
    if t.upos == "VERB" and mark and not marker:
        # 'assistance in reforming, equipping, and training their forces'
        a.add(clause, Slot(oblique_role(s, t, mark), t.i, _clause_tokens(s, t), mark))
        return
    a.add(clause, Slot(oblique_role(s, t, marker), t.i, (), marker))


@rule(
    "argument",
    "advmod",
    example=(
        "Where/where/ADV/5/advmod is/be/AUX/5/aux:pass the//DET/4/det center//NOUN/5/nsubj:pass based/base/VERB/0/root"
    ),
    yields=("base(place=Where; obj=the center)",),
    counter="He/he/PRON/3/nsubj also//ADV/3/advmod reads/read/VERB/0/root",
)
def adverb(a: Analysis, t: Token) -> None:
    """An adverb says when, where, how or how often; mere connectives, hedges and negations are no arguments."""
    clause = a.clauses.get(t.head)
    if clause is None or t.i in clause.words:
        return
    if clause.form == "copula" and phrases.belongs(a.sentence, t, predicate=True):
        return  # 'how long is it': a degree, printed with the adjective
    role = _adverb_role(a.sentence, t)
    within = a.sentence.child(t.i, "obl", "nmod")
    marker = phrases.marker_of(a.sentence, within.i) if within is not None else ()
    if within is not None and role in ("", "place") and marker[:1] == (t.i + 1,):
        # 'located close to the river': the adverb is part of the preposition
        marker = (t.i, *marker)
        a.add(clause, Slot(f"obl:{phrases.marker_text(a.sentence, marker)}", within.i, (), marker))
    elif role:
        a.add(clause, Slot(role, t.i, phrases.phrase(a.sentence, t.i)))


_WH_ROLES: dict[str, Role] = {"where": "place", "when": "time", "how": "manner", "why": "reason", "long": "duration"}


def _adverb_role(s: Sentence, t: Token) -> Role:
    low = t.lemma.lower()
    if low in ("where", "when", "how", "why"):
        return _WH_ROLES[low]
    if any(c.lemma.lower() == "how" for c in s.children(t.i)):
        return _WH_ROLES.get(low, "quantity")
    for name in ("negators", "hedge_adverbs", "connective_adverbs"):
        if low in lists.words(name):
            return ""
    if low in lists.words("frequency_adverbs"):
        return "quantity"
    if low in lists.words("time_adverbs"):
        return "time"
    if low in lists.words("place_adverbs"):
        return "place"
    marker = phrases.marker_of(s, t.i)
    if marker:
        word = phrases.marker_text(s, marker)
        return "time" if word in ("since", "until", "by", "till") else f"obl:{word}"
    if low.endswith("ly") or low in ("alone", "together", "well", "apart", "directly"):
        return "manner"
    value = phrases.value_of(s, t.i, phrases.phrase(s, t.i))
    return "time" if value is not None and value.kind in ("date", "time", "duration") else ""


@rule(
    "argument",
    "ccomp xcomp",
    example=(
        "They/they/PRON/2/nsubj agreed/agree/VERB/0/root to//PART/4/mark swear//VERB/2/xcomp allegiance//NOUN/4/obj"
    ),
    yields=("agree(subj=They; comp=to swear allegiance)",),
    counter="It/it/PRON/2/nsubj seems/seem/VERB/0/root nice//ADJ/2/xcomp",
)
def complement(a: Analysis, t: Token) -> None:
    """A clause or infinitive that completes a verb is what was said, thought or agreed to."""
    clause = a.clauses.get(t.head)
    if clause is None:
        return
    if t.rel == "xcomp" and t.upos not in ("VERB", "AUX") and not a.sentence.child(t.i, "cop"):
        return
    if t.rel == "ccomp" and any(_adverbial(m) for m in a.sentence.children(t.i, "mark")):
        return adverbial_clause.apply(a, t)  # 'apologized after …'
    that = tuple(
        m.i for m in a.sentence.children(t.i, "mark") if m.i < t.i and m.lemma.lower() in ("that", "whether", "if")
    )
    a.add(clause, Slot("comp", t.i, _clause_tokens(a.sentence, t, keep=("to",)), that))


def _adverbial(mark: Token) -> bool:
    low = mark.lemma.lower()
    return low in lists.words("time_markers") or low in lists.words("reason_markers") or low == "unless"


@rule(
    "argument",
    "xcomp",
    example="He/he/PRON/3/nsubj:pass was/be/AUX/3/aux:pass elected/elect/VERB/0/root president//NOUN/3/xcomp",
    yields=("elect(obj=He; attr=president)",),
    counter="They/they/PRON/2/nsubj agreed/agree/VERB/0/root to//PART/4/mark swear//VERB/2/xcomp",
)
def predicative(a: Analysis, t: Token) -> None:
    """A noun or adjective that completes a verb says what its subject or object becomes, seems or is called."""
    clause = a.clauses.get(t.head)
    if clause is None or t.upos in ("VERB", "AUX") or a.sentence.child(t.i, "cop"):
        return
    marker = phrases.marker_of(a.sentence, t.i)
    role = f"obl:{phrases.marker_text(a.sentence, marker)}" if marker else "attr"
    a.add(clause, Slot(role, t.i, (), marker))


@rule(
    "argument",
    "advcl",
    example=(
        "It/it/PRON/2/nsubj closed/close/VERB/0/root because//SCONJ/5/mark it/it/PRON/5/nsubj rained/rain/VERB/2/advcl"
    ),
    yields=("close(subj=It; reason=it rained)",),
    counter="They/they/PRON/2/nsubj agreed/agree/VERB/0/root to//PART/4/mark swear//VERB/2/xcomp",
)
def adverbial_clause(a: Analysis, t: Token) -> None:
    """A subordinate clause is the reason, purpose, time or condition of the main one."""
    clause = a.clauses.get(t.head)
    if clause is None:
        return
    s = a.sentence
    marks = s.children(t.i, "mark", "advmod", "case")
    marks = tuple(
        m for m in marks if m.i < t.i and (m.rel != "advmod" or m.lemma.lower() in ("when", "where", "whenever"))
    )
    marker = tuple(sorted({i for m in marks for i in (m.i, *(f.i for f in s.children(m.i, "fixed")))}))
    word = phrases.marker_text(s, marker)
    infinitive = word in ("to", "in order to", "so as to") or (not word and "VerbForm=Inf" in t.feats)
    if infinitive:
        a.add(clause, Slot("purpose", t.i, _clause_tokens(s, t, keep=("to",))))
        return
    role = f"obl:{word}" if word else "manner"
    if word in lists.words("reason_markers") and not (word in ("as", "since") and "VerbForm=Fin" not in t.feats):
        role = "reason"
    elif word in lists.words("time_markers"):
        role = "time"
    elif word in lists.words("purpose_markers"):
        role = "purpose"
    a.add(clause, Slot(role, t.i, _clause_tokens(s, t, marker=marker), marker))


def _clause_tokens(s: Sentence, t: Token, keep: tuple[str, ...] = (), marker: tuple[int, ...] = ()) -> tuple[int, ...]:
    """A clause's words without the conjunction that introduces it and without asides."""
    left_out = set(marker)
    for child in s.children(t.i):
        if (child.rel in ("mark", "cc") and child.i < t.i and child.lemma.lower() not in keep) or child.rel in (
            "parataxis",
            "discourse",
            "vocative",
        ):
            left_out |= set(s.subtree(child.i))
    return phrases.trimmed(s, [i for i in s.subtree(t.i) if i not in left_out])


@rule(
    "argument",
    "parataxis",
    example=(
        "Prices/price/NOUN/2/nsubj fell/fall/VERB/0/root ,/,/PUNCT/5/punct he/he/PRON/5/nsubj said/say/VERB/2/parataxis"
    ),
    yields=("say(comp=Prices fell; subj=he)",),
    counter=(
        "Prices/price/NOUN/2/nsubj fell/fall/VERB/0/root ;/;/PUNCT/5/punct he/he/PRON/5/nsubj "
        "left/leave/VERB/2/parataxis"
    ),
)
def inserted_speech(a: Analysis, t: Token) -> None:
    """*X, he said*: the sentence around the verb of saying is what was said."""
    clause, main = a.clauses.get(t.i), a.clauses.get(t.head)
    if clause is None or main is None or t.lemma.lower() not in lists.control("speech"):
        return
    if clause.slot("comp") or clause.slot("obj"):
        return
    s = a.sentence
    # admission is 6 euros; children [are admitted] free: a clause of its own, whatever else its verb may mean
    between = s.tokens[min(t.i, t.head) : max(t.i, t.head)]
    if s.child(t.i, "nsubj:pass") or any(word.text == ";" for word in between):
        return
    inside = set(s.subtree(t.i))
    a.add(clause, Slot("comp", t.head, phrases.trimmed(s, [i for i in s.subtree(t.head) if i not in inside])))
    if not main.hedge:
        main.hedge = t.text.lower()


RULES = (
    clause_as_predicate,
    subject,
    passive_subject,
    clausal_subject,
    agent,
    object_,
    expression,
    recipient,
    oblique,
    adverb,
    complement,
    predicative,
    adverbial_clause,
    inserted_speech,
)
