"""Arguments that a predicate has from elsewhere in the sentence: relatives, participles, control, coordination."""

from __future__ import annotations

from msgspec.structs import replace

from bot.facts import lists, phrases
from bot.facts.rules.base import Analysis, Clause, Slot, rule
from bot.facts.rules.roles import oblique_role
from bot.language.sentence import Sentence, Token


def _noun(s: Sentence, clause: Token) -> tuple[int, tuple[int, ...]]:
    """The noun that a relative or participial clause describes, and its phrase without that clause."""
    head = s.tokens[clause.head]
    inside = set(s.subtree(clause.i))
    return head.i, phrases.trimmed(s, [i for i in phrases.phrase(s, head.i, predicate=True) if i not in inside])


@rule(
    "share",
    "acl",
    example=(
        "The//DET/2/det hall//NOUN/7/nsubj which//PRON/5/nsubj:pass was/be/AUX/5/aux:pass "
        "renovated/renovate/VERB/2/acl:relcl is/be/AUX/7/cop large//ADJ/0/root"
    ),
    yields=("renovate(obj=The hall)",),
    counter="a//DET/2/det city/city/NOUN/0/root we/we/PRON/4/nsubj saw/see/VERB/2/acl:relcl",
)
def relative_pronoun(a: Analysis, t: Token) -> None:
    """A relative pronoun stands for the noun that its clause describes."""
    clause = a.clauses.get(t.i)
    if clause is None:
        return
    s = a.sentence
    head, tokens = _noun(s, t)
    for k, slot in enumerate(clause.slots):
        word = s.tokens[slot.head]
        if word.lemma.lower() not in lists.words("relative_pronouns") or word.head != t.i or slot.role == "attr":
            continue
        clause.slots[k] = replace(slot, head=head, tokens=tokens)
        a.step(clause, word.i, head, note=slot.role)
        return


@rule(
    "share",
    "acl",
    example="the//DET/2/det city/city/NOUN/5/nsubj we/we/PRON/4/nsubj saw/see/VERB/2/acl:relcl lies/lie/VERB/0/root",
    yields=("see(obj=the city; subj=we)",),
    counter=(
        "The//DET/2/det hall//NOUN/7/nsubj which//PRON/5/nsubj:pass was/be/AUX/5/aux:pass "
        "renovated/renovate/VERB/2/acl:relcl is/be/AUX/7/cop large//ADJ/0/root"
    ),
)
def relative_gap(a: Analysis, t: Token) -> None:
    """A relative clause without a pronoun lacks just what the noun is: its subject, its object or a preposition's."""
    clause = a.clauses.get(t.i)
    s = a.sentence
    if clause is None or t.dep != "acl:relcl" or any(slot.head == t.head for slot in clause.slots):
        return
    inside = s.subtree(t.i)
    if any(s.tokens[i].lemma.lower() in ("which", "whose", "whom") and i < t.i for i in inside):
        return  # 'whose routes', 'part of which': the pronoun is deeper, and its phrase stays as it is
    head, tokens = _noun(s, t)
    stranded = [c for c in s.children(t.i) if c.upos == "ADP" and c.i > t.i and not s.children_of[c.i]]
    if not clause.surface:
        a.add_subject(clause, head, tokens, note="subject gap")
    elif stranded and stranded[-1].dep != "compound:prt":
        word = stranded[-1]
        clause.slots = [slot for slot in clause.slots if slot.head != word.i]
        a.add(clause, Slot(f"obl:{word.lemma.lower()}", head, tokens, (word.i,)), note="stranded preposition")
    elif not clause.slot("obj") and not clause.passive and clause.form == "verb" and not clause.slot("comp"):
        role = oblique_role(s, s.tokens[head], ())
        a.add(clause, Slot(role if role in ("time",) else "obj", head, tokens), note="object gap")


@rule(
    "share",
    "acl",
    example=(
        "Center/Center/PROPN/5/nsubj based/base/VERB/1/acl/Tense=Past|VerbForm=Part in//ADP/4/case "
        "Ashgabat/Ashgabat/PROPN/2/obl helps/help/VERB/0/root"
    ),
    yields=("base(obj=Center; obl:in=Ashgabat)",),
    counter=(
        "The//DET/2/det hall//NOUN/7/nsubj which//PRON/5/nsubj:pass was/be/AUX/5/aux:pass "
        "renovated/renovate/VERB/2/acl:relcl is/be/AUX/7/cop large//ADJ/0/root"
    ),
)
def participle(a: Analysis, t: Token) -> None:
    """A participle that describes a noun has that noun for its subject; so has an infinitive after an ordinal."""
    clause = a.clauses.get(t.i)
    if clause is None or t.dep == "acl:relcl" or clause.surface:
        return
    s = a.sentence
    head, tokens = _noun(s, t)
    if "VerbForm=Inf" in t.feats or s.child(t.i, "mark"):
        # 'the first to win', not 'ways to win'
        ordinal = any(
            c.lemma.lower() in lists.words("ordinal_adjectives")
            for c in (s.tokens[head], *s.children(head, "amod", "nummod"))
        )
        if not ordinal:
            return
    a.add_subject(clause, head, tokens)


@rule(
    "share",
    "xcomp",
    example=(
        "They/they/PRON/2/nsubj agreed/agree/VERB/0/root to//PART/4/mark swear//VERB/2/xcomp allegiance//NOUN/4/obj"
    ),
    yields=("swear(subj=They; obj=allegiance)",),
    counter="They/they/PRON/2/nsubj say//VERB/0/root it/it/PRON/4/nsubj rained/rain/VERB/2/ccomp",
)
def control(a: Analysis, t: Token) -> None:
    """The subject of an infinitive is the object of the verb above it, or that verb's subject where it has none."""
    clause, above = a.clauses.get(t.i), a.clauses.get(t.head)
    if clause is None or above is None or clause.surface:
        return
    slots = above.surface
    if above.form == "verb" and above.predicate not in lists.control("subject_control"):
        objects = [slot for slot in above.slots if slot.role in ("obj", "iobj") and not slot.subject]
        slots = objects or slots
    for slot in slots:
        a.add_subject(clause, slot.head, slot.tokens, note=f"{slot.role} of {above.predicate}")
    clause.words |= {i for i in above.words if not slots or slots == above.surface}
    mark = a.sentence.child(t.i, "mark")
    if mark is not None and slots == above.surface:
        clause.words.add(mark.i)
    _colour(a, clause, above)


def _colour(a: Analysis, clause: Clause, above: Clause) -> None:
    """What the governing verb says about the truth of the infinitive: *failed to*, *wants to*, *is likely to*."""
    if above.predicate in lists.control("negative"):
        clause.polarity = "negative"
        a.step(clause, above.head, note=f"{above.predicate}: it did not happen")
    elif above.predicate in lists.words("hedge_adjectives") or above.predicate in lists.control("open"):
        clause.hedge = a.sentence.tokens[above.head].text.lower()


@rule(
    "share",
    "advcl",
    example=(
        "Founded/found/VERB/6/advcl/Tense=Past|VerbForm=Part in//ADP/3/case 1958//NUM/1/obl ,/,/PUNCT/1/punct "
        "it/it/PRON/6/nsubj holds/hold/VERB/0/root photographs/photograph/NOUN/6/obj"
    ),
    yields=("found(time=1958; obj=it)",),
    counter=(
        "It/it/PRON/2/nsubj closed/close/VERB/0/root because//SCONJ/5/mark it/it/PRON/5/nsubj rained/rain/VERB/2/advcl"
    ),
)
def adverbial_subject(a: Analysis, t: Token) -> None:
    """A subordinate clause without a subject has the main clause's."""
    clause, above = a.clauses.get(t.i), a.clauses.get(t.head)
    if clause is None or above is None or clause.surface:
        return
    if above.passive and any(m.lemma.lower() == "by" for m in a.sentence.children(t.i, "mark", "case")):
        return  # 'can be clarified by adding potato': whoever adds it is not what is clarified
    for slot in above.surface:
        a.add_subject(clause, slot.head, slot.tokens)


@rule(
    "share",
    "conj",
    example="He/he/PRON/2/nsubj came/come/VERB/0/root and//CCONJ/4/cc left/leave/VERB/2/conj",
    yields=("leave(subj=He)",),
    counter="He/he/PRON/2/nsubj came/come/VERB/0/root and//CCONJ/5/cc she/she/PRON/5/nsubj left/leave/VERB/2/conj",
)
def shared_subject(a: Analysis, t: Token) -> None:
    """A predicate joined to another by *and* has its subject, unless it has one of its own."""
    clause, first = a.clauses.get(t.i), a.clauses.get(t.head)
    if clause is None or first is None or clause.surface or clause.form == "existential":
        return
    if first.form == "copula" and clause.form == "verb" and "VerbForm=Part" in t.feats and "Tense=Past" in t.feats:
        clause.passive = True  # the tower is tall and built of granite
    for slot in first.surface:
        a.add_subject(clause, slot.head, slot.tokens)
    own = {i for i in a.sentence.children_of[t.i] if a.sentence.tokens[i].rel in ("aux", "cop")}
    if not own and clause.form == "verb" and first.form == "verb":
        clause.words |= {
            i
            for i in first.words
            if a.sentence.tokens[i].rel == "aux" and (clause.passive or a.sentence.tokens[i].dep == "aux")
        }
    if not clause.modal:
        clause.modal = first.modal


@rule(
    "share",
    "conj",
    example=(
        "by//SCONJ/2/mark reforming/reform/VERB/0/root ,/,/PUNCT/4/punct equipping/equip/VERB/2/conj "
        "and//CCONJ/6/cc training/train/VERB/2/conj forces/force/NOUN/6/obj"
    ),
    yields=("reform(obj=forces)", "equip(obj=forces)", "train(obj=forces)"),
    counter=(
        "He/he/PRON/2/nsubj ate/eat/VERB/0/root quickly//ADV/2/advmod and//CCONJ/5/cc left/leave/VERB/2/conj "
        "home//NOUN/5/obj"
    ),
)
def shared_object(a: Analysis, t: Token) -> None:
    """Verbs joined with nothing between them but commas and *and* share the object that follows the last."""
    s = a.sentence
    last, first = a.clauses.get(t.i), a.clauses.get(t.head)
    if last is None or first is None or last.form != "verb" or first.form != "verb":
        return
    chain = [t.head, *(c.i for c in s.children(t.head, "conj") if c.i <= t.i)]
    glue = all(
        s.tokens[k].upos in ("PUNCT", "CCONJ") or s.tokens[k].rel in ("aux", "mark") or k in chain
        for k in range(chain[0], t.i)
    )
    if not glue:
        return
    owners = [c for c in (last, first) if any(x.head > t.i and not x.subject for x in c.slots)]
    if not owners:
        return
    owner = owners[0]
    for other in (a.clauses.get(i) for i in chain):
        if other is None or other is owner or (other.slot("obj") and not other.passive):
            continue
        for slot in [x for x in owner.slots if x.head > t.i and not x.subject and x.role != "comp"]:
            a.add(other, slot, note=f"shared {slot.role}")


@rule(
    "share",
    "conj",
    example=(
        "In//ADP/2/case 1958//NUM/4/obl he/he/PRON/4/nsubj founded/found/VERB/0/root one//NUM/4/obj "
        "and//CCONJ/7/cc built/build/VERB/4/conj two//NUM/7/obj"
    ),
    yields=("build(time=1958; subj=he; obj=two)",),
    counter=(
        "He/he/PRON/2/nsubj came/come/VERB/0/root in//ADP/4/case 1958//NUM/2/obl and//CCONJ/6/cc left/leave/VERB/2/conj"
    ),
)
def shared_time(a: Analysis, t: Token) -> None:
    """A time or place at the head of the sentence holds for every verb joined to the first."""
    clause, first = a.clauses.get(t.i), a.clauses.get(t.head)
    if clause is None or first is None or not first.surface:
        return
    if a.sentence.child(t.i, "nsubj"):
        return
    before = min(slot.head for slot in first.surface)
    for slot in first.slots:
        if slot.head < before and slot.role in ("time", "place", "obl:in", "obl:at") and not clause.slot(slot.role):
            a.add(clause, slot)


@rule(
    "share",
    "conj",
    example=(
        "Books/book/NOUN/3/nsubj:pass are/be/AUX/3/aux:pass lent/lend/VERB/0/root for//ADP/6/case "
        "four//NUM/6/nummod weeks/week/NOUN/3/obl ,/,/PUNCT/8/punct films/film/NOUN/3/conj for//ADP/11/case "
        "one//NUM/11/nummod week//NOUN/8/orphan"
    ),
    yields=("lend(obj=films; duration=one week)",),
    counter="He/he/PRON/2/nsubj came/come/VERB/0/root and//CCONJ/4/cc left/leave/VERB/2/conj",
)
def gapping(a: Analysis, t: Token) -> None:
    """*Books are lent for four weeks, films for one*: the second part has the verb of the first."""
    s = a.sentence
    first = a.clauses.get(t.head)
    orphans = s.children(t.i, "orphan")
    if first is None or not orphans or t.i in a.clauses:
        return
    clause = a.open(
        Clause(t.i, first.form, first.predicate, first.pos, set(first.words), passive=first.passive, kind=first.kind)
    )
    clause.polarity, clause.modal, clause.tense, clause.hedge = first.polarity, first.modal, first.tense, first.hedge
    apart = {k for orphan in orphans for k in s.subtree(orphan.i)}
    own = phrases.marker_of(s, t.i)
    if first.passive and phrases.marker_text(s, own) == "by":  # by Rees in 1551 and by Branca in 1629
        a.add(clause, Slot("subj", t.i, (), own))
        for slot in first.slots:
            if slot.subject:
                a.add(clause, replace(slot, role="obj"))
    else:
        a.add_subject(clause, t.i, tuple(i for i in phrases.phrase(s, t.i, whole=True) if i not in apart))
    for orphan in orphans:
        marker = phrases.marker_of(s, orphan.i)
        same = next(
            (x for x in first.slots if x.marker and phrases.marker_text(s, x.marker) == phrases.marker_text(s, marker)),
            None,
        )
        role = same.role if same else oblique_role(s, orphan, marker) if marker else "obj"
        a.add(clause, Slot(role, orphan.i, (), marker))


@rule(
    "share",
    "conj parataxis",
    example=(
        "Visitors/visitor/NOUN/3/nsubj may//AUX/3/aux park//VERB/0/root here//ADV/3/advmod but//CCONJ/7/cc "
        "coaches/coach/NOUN/7/nsubj may//AUX/3/conj not//PART/7/advmod"
    ),
    yields=("park(subj=Visitors; place=here)", "not park(place=here; subj=coaches)"),
    counter="Visitors/visitor/NOUN/3/nsubj may//AUX/3/aux park//VERB/0/root and//CCONJ/5/cc rest//VERB/3/conj",
)
def verb_left_out(a: Analysis, t: Token) -> None:
    """*Visitors may park here, but coaches may not*: an auxiliary alone stands for the verb before it."""
    clause, first = a.clauses.get(t.i), a.clauses.get(t.head)
    if clause is None or first is None or t.upos != "AUX" or first.form != "verb" or clause.form != "verb":
        return
    if not clause.surface or len(clause.slots) > 1:
        return
    clause.predicate, clause.pos = first.predicate, first.pos
    if first.passive:
        clause.slots = [replace(slot, role="obj") if slot.role == "subj" else slot for slot in clause.slots]
    for slot in first.slots:
        if not slot.subject:
            a.add(clause, slot)


@rule(
    "share",
    "nmod acl",
    example="It/it/PRON/2/nsubj has/have/VERB/0/root ties/tie/NOUN/2/obj with//ADP/5/case NATO/NATO/PROPN/3/nmod",
    yields=("have(subj=It; obj=ties; obl:with=NATO)", "tie(subj=It; obl:with=NATO)"),
    counter="It/it/PRON/2/nsubj provides/provide/VERB/0/root use//NOUN/2/obj of//ADP/5/case airspace//NOUN/3/nmod",
)
def light_verb_argument(a: Analysis, t: Token) -> None:
    """What hangs on a light verb's object by a preposition completes the verb as well: *provide links with NATO*."""
    s = a.sentence
    noun = s.tokens[t.head]
    clause = a.clauses.get(noun.head)
    if clause is None or noun.rel != "obj" or clause.predicate not in lists.light_verbs() or "Inf" in t.feats:
        return
    marker = phrases.marker_of(s, t.i) or tuple(m.i for m in s.children(t.i, "mark") if m.i < t.i and m.upos != "PART")
    word = phrases.marker_text(s, marker)
    if word == "of" or word not in lists.nominal_prepositions() or phrases.is_exception(s, t):
        return
    for k, slot in enumerate(clause.slots):
        if slot.role == "obj" and slot.head == noun.i and not s.child(noun.i, "conj"):
            left_out = set(s.subtree(t.i))
            tokens = slot.tokens or phrases.phrase(s, noun.i)
            clause.slots[k] = replace(slot, tokens=phrases.trimmed(s, [i for i in tokens if i not in left_out]))
            said = tuple(i for i in s.subtree(t.i) if i not in marker) if t.rel == "acl" else ()
            a.add(clause, Slot(oblique_role(s, t, marker), t.i, phrases.trimmed(s, said), marker))
            return


RULES = (
    relative_pronoun,
    relative_gap,
    participle,
    control,
    adverbial_subject,
    shared_subject,
    shared_object,
    shared_time,
    gapping,
    verb_left_out,
    light_verb_argument,
)
