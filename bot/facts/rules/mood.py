"""Whether it is so: negation, modality, hedges, tense."""

from __future__ import annotations

from bot.facts import lists
from bot.facts.rules.base import Analysis, rule
from bot.language.sentence import Token


@rule(
    "mood",
    "@clause",
    example=(
        "Newspapers/newspaper/NOUN/5/nsubj:pass can//AUX/5/aux not//PART/5/advmod be//AUX/5/aux:pass "
        "borrowed/borrow/VERB/0/root"
    ),
    yields=("not borrow(obj=Newspapers)",),
    counter="Newspapers/newspaper/NOUN/4/nsubj:pass can//AUX/4/aux be//AUX/4/aux:pass borrowed/borrow/VERB/0/root",
)
def negation(a: Analysis, t: Token) -> None:
    """*not*, *never* and *cannot* deny the predicate they stand with, and a verb joined to it by *or*."""
    clause = a.clauses.get(t.i)
    if clause is None:
        return
    s = a.sentence
    own = [
        c for c in s.children(t.i) if c.lemma.lower() in lists.words("negators") and c.rel in ("advmod", "cc", "aux")
    ]
    own += [c for c in s.children(t.i, "aux") if c.text.lower() in ("cannot", "ca")]
    above = a.clauses.get(t.head)
    joined = t.rel == "conj" and above is not None and above.polarity == "negative"
    if joined and any(c.lemma.lower() in ("or", "nor") for c in s.children(t.i, "cc")):
        own.append(s.tokens[t.head])
    if own:
        clause.polarity = "negative" if clause.polarity == "positive" else "positive"
        a.step(clause, *(c.i for c in own))


@rule(
    "mood",
    "xcomp advcl",
    example=(
        "Members/member/NOUN/4/nsubj:pass are/be/AUX/4/aux:pass not//PART/4/advmod allowed/allow/VERB/0/root "
        "to//PART/6/mark bring//VERB/4/xcomp dogs/dog/NOUN/6/obj"
    ),
    yields=("not bring(subj=Members; obj=dogs)",),
    counter=(
        "Members/member/NOUN/3/nsubj:pass are/be/AUX/3/aux:pass allowed/allow/VERB/0/root to//PART/5/mark "
        "bring//VERB/3/xcomp dogs/dog/NOUN/5/obj"
    ),
)
def denied_leave(a: Analysis, t: Token) -> None:
    """What one is not allowed, able or bound to do is not done."""
    clause, above = a.clauses.get(t.i), a.clauses.get(t.head)
    if clause is None or above is None or above.polarity != "negative" or clause.polarity == "negative":
        return
    infinitive = any(c.lemma.lower() == "to" for c in a.sentence.children(t.i, "mark"))
    if infinitive and above.predicate in lists.control("leave"):
        clause.polarity = "negative"
        a.step(clause, above.head)


@rule(
    "mood",
    "@clause",
    example="No//DET/2/det member//NOUN/3/nsubj pays/pay/VERB/0/root",
    yields=("not pay(subj=No member)",),
    counter="A/a/DET/2/det member//NOUN/3/nsubj pays/pay/VERB/0/root",
)
def negative_argument(a: Analysis, t: Token) -> None:
    """*no member*, *nobody* and *neither* deny the predicate they are an argument of."""
    clause = a.clauses.get(t.i)
    if clause is None:
        return
    s = a.sentence
    for slot in clause.slots:
        if slot.role == "comp" or (slot.tokens and not slot.subject):
            continue
        low = s.tokens[slot.head].lemma.lower()
        denied = [
            c
            for c in s.children(slot.head, "det", "cc:preconj", "cc", "advmod")
            if c.lemma.lower() in lists.words("negative_determiners")
        ]
        if denied or low in lists.words("negative_pronouns"):
            clause.polarity = "negative"
            a.step(clause, *([c.i for c in denied] or [slot.head]))
            return


@rule(
    "mood",
    "@clause",
    example="It/it/PRON/2/nsubj left/leave/VERB/0/root without//SCONJ/4/mark paying/pay/VERB/2/advcl",
    yields=("not pay(subj=It)",),
    counter="It/it/PRON/2/nsubj left/leave/VERB/0/root after//SCONJ/4/mark paying/pay/VERB/2/advcl",
)
def without(a: Analysis, t: Token) -> None:
    """What stands after *without* did not happen."""
    clause = a.clauses.get(t.i)
    if clause is not None and any(c.lemma.lower() == "without" for c in a.sentence.children(t.i, "mark", "case")):
        clause.polarity = "negative"
        a.step(clause, t.i)


@rule(
    "mood",
    "@clause",
    example="It/it/PRON/4/nsubj will//AUX/4/aux probably//ADV/4/advmod open//VERB/0/root",
    yields=("probably open(subj=It)",),
    counter="It/it/PRON/3/nsubj will//AUX/3/aux open//VERB/0/root",
)
def hedge(a: Analysis, t: Token) -> None:
    """*probably*, *reportedly* and the like weaken what is said; so do *if* and *claims that*."""
    clause = a.clauses.get(t.i)
    if clause is None or clause.hedge:
        return
    s = a.sentence
    found = [c for c in s.children(t.i, "advmod") if c.lemma.lower() in lists.words("hedge_adverbs")]
    if not found and t.rel == "advcl":
        found = [c for c in s.children(t.i, "mark") if c.lemma.lower() in lists.words("hypothetical_markers")]
    if not found and t.rel == "ccomp":
        above = s.tokens[t.head]
        weak = above.lemma.lower() in lists.control("speech") or above.lemma.lower() in lists.control("open")
        found = [above] if weak else [c for c in s.children(t.i, "mark") if c.lemma.lower() in ("if", "whether")]
    if found:
        clause.hedge = found[0].text.lower()
        a.step(clause, *(c.i for c in found))


@rule(
    "mood",
    "@clause",
    example="Books/book/NOUN/4/nsubj:pass can//AUX/4/aux be//AUX/4/aux:pass borrowed/borrow/VERB/0/root",
    yields=("borrow(obj=Books)",),
    counter="Books/book/NOUN/3/nsubj:pass are/be/AUX/3/aux:pass borrowed/borrow/VERB/0/root",
)
def modal(a: Analysis, t: Token) -> None:
    """A modal verb makes it possible, allowed, necessary or future."""
    clause = a.clauses.get(t.i)
    if clause is None:
        return
    for c in (a.sentence.tokens[i] for i in sorted(clause.words)):
        if c.rel != "aux":
            continue
        low = c.lemma.lower()
        if low in lists.words("futures") or c.text.lower() in lists.words("futures"):
            clause.tense = "future"
            a.step(clause, c.i)
        elif low in lists.words("modals"):
            clause.modal = low
            a.step(clause, c.i)


@rule(
    "mood",
    "@clause",
    example="He/he/PRON/2/nsubj came/come/VERB/0/root/Tense=Past|VerbForm=Fin",
    yields=("come(subj=He)",),
    counter="to//PART/2/mark come//VERB/0/root/VerbForm=Inf",
)
def tense(a: Analysis, t: Token) -> None:
    """The finite verb tells past from present."""
    clause = a.clauses.get(t.i)
    if clause is None or clause.tense:
        return
    for c in (a.sentence.tokens[i] for i in sorted(clause.words)):
        if "VerbForm=Fin" in c.feats and ("Tense=Past" in c.feats or "Tense=Pres" in c.feats):
            clause.tense = "past" if "Tense=Past" in c.feats else "present"
            a.step(clause, c.i, note=clause.tense)
            return


RULES = (negation, negative_argument, without, denied_leave, hedge, modal, tense)
