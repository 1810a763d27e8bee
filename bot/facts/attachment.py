"""Phrases and clauses hung on the wrong word: what tells why belongs to the verb, parts in pairs to each other.

Repairs like those of ``repair.py``; each needs a marker that leaves one reading.
"""

from __future__ import annotations

from bot.facts import lists, phrases
from bot.facts.rules.base import Analysis, rule
from bot.facts.rules.roles import tells_why
from bot.language import lexicon
from bot.language.sentence import Sentence, Token

UNDER_VERB = ("obj", "obl", "xcomp", "advmod", "nsubj")
NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "ADJ"})
BESIDE = ("conj", "xcomp", "ccomp", "parataxis")


def _verb_above(s: Sentence, t: Token) -> Token | None:
    """The verb whose object, complement or adverb a word is, through its conjuncts."""
    while t.rel == "conj" and s.tokens[t.head].upos in NOMINAL and s.tokens[t.head].i < t.i:
        t = s.tokens[t.head]
    above = s.tokens[t.head]
    return above if t.rel in UNDER_VERB and above.upos == "VERB" and above.i < t.i else None


@rule(
    "repair",
    "nmod obl",
    example=(
        "Warsaw/Warsaw/PROPN/2/nsubj saw/see/VERB/0/root improvements/improvement/NOUN/2/obj due//ADJ/6/case "
        "to//ADP/4/fixed growth/growth/NOUN/3/nmod"
    ),
    yields=("see(subj=Warsaw; obj=improvements; reason=growth)",),
    counter=(
        "deaths/death/NOUN/5/nsubj due//ADJ/4/case to//ADP/2/fixed cholera/cholera/NOUN/1/nmod rose/rise/VERB/0/root"
    ),
)
def reason_of_verb(a: Analysis, t: Token) -> None:
    """*due to* and its like after the object say why it was done: *saw many improvements due to growth*."""
    s = a.sentence
    noun = s.tokens[t.head]
    if not tells_why(phrases.marker_text(s, phrases.marker_of(s, t.i))) or noun.i > t.i or noun.upos == "VERB":
        return
    verb = _verb_above(s, noun)
    if verb is not None and noun.rel != "nsubj":
        a.mend((t.i, verb.i, "obl"))


@rule(
    "repair",
    "advcl acl",
    example=(
        "They/they/PRON/3/nsubj:pass were/be/AUX/3/aux:pass ranked/rank/VERB/0/root lower/low/ADJ/3/xcomp "
        "because//SCONJ/7/mark they/they/PRON/7/nsubj fought/fight/VERB/4/advcl"
    ),
    yields=("rank(obj=They; attr=lower; reason=they fought)",),
    counter=(
        "It/it/PRON/3/nsubj is/be/AUX/3/cop late/late/ADJ/0/root because//SCONJ/6/mark it/it/PRON/6/nsubj "
        "rained/rain/VERB/3/advcl"
    ),
)
def reason_clause(a: Analysis, t: Token) -> None:
    """A clause with *because* says why something is done, not why a word of it is so: *were ranked lower because …*."""
    s = a.sentence
    above = s.tokens[t.head]
    mark = s.child(t.i, "mark")
    if mark is None or mark.lemma.lower() != "because" or above.upos == "VERB" or above.i > t.i:
        return
    verb = _verb_above(s, above)
    if verb is not None and not s.child(above.i, "cop"):
        a.mend((t.i, verb.i, "advcl"))


@rule(
    "repair",
    "conj",
    example=(
        "It/it/PRON/3/nsubj:pass was/be/AUX/3/aux:pass described/describe/VERB/0/root by//ADP/5/case "
        "Rees/Rees/PROPN/3/obl:agent in//ADP/7/case 1551//NUM/3/obl and//CCONJ/10/cc by//ADP/10/case "
        "Branca/Branca/PROPN/3/conj in//ADP/12/case 1629//NUM/3/obl"
    ),
    yields=("describe(obj=It; subj=Rees; time=1551)", "describe(obj=It; subj=Branca; time=1629)"),
    counter=(
        "It/it/PRON/3/nsubj:pass was/be/AUX/3/aux:pass described/describe/VERB/0/root by//ADP/5/case "
        "Rees/Rees/PROPN/3/obl:agent and//CCONJ/7/cc praised/praise/VERB/3/conj in//ADP/9/case 1629//NUM/7/obl"
    ),
)
def paired_phrases(a: Analysis, t: Token) -> None:
    """*by Rees in 1551 and by Branca in 1629*: each has its own year."""
    s = a.sentence
    above = s.tokens[t.head]
    verb = above if above.upos == "VERB" else _verb_above(s, above)
    marker = phrases.marker_text(s, phrases.marker_of(s, t.i))
    if verb is None or t.upos not in NOMINAL or not marker or s.child(t.i, "cop", "nsubj", "orphan"):
        return
    others = [o for o in (*s.children(verb.i, "obl"), *s.children(t.i, "nmod")) if phrases.marker_of(s, o.i)]
    said = {phrases.marker_text(s, phrases.marker_of(s, o.i)) for o in others if verb.i < o.i < t.i}
    after = [o for o in others if o.i > t.i and phrases.marker_text(s, phrases.marker_of(s, o.i)) in said]
    if marker in said and len(said) > 1 and len(after) == 1:
        a.mend((t.i, verb.i, "conj"), (after[0].i, t.i, "orphan"))


@rule(
    "repair",
    "conj",
    example=(
        "One/one/NOUN/2/nsubj banned/ban/VERB/0/root cartels/cartel/NOUN/2/obj and//CCONJ/6/cc the//DET/6/det "
        "other//NOUN/3/conj made/make/VERB/2/conj/VerbForm=Fin provisions/provision/NOUN/7/obj"
    ),
    yields=("ban(subj=One; obj=cartels)", "make(subj=the other; obj=provisions)"),
    counter=(
        "She/she/PRON/2/nsubj bought/buy/VERB/0/root bread/bread/NOUN/2/obj and//CCONJ/5/cc milk/milk/NOUN/3/conj "
        "and//CCONJ/7/cc left/leave/VERB/2/conj/VerbForm=Fin"
    ),
)
def conjunct_before_verb(a: Analysis, t: Token) -> None:
    """A last conjunct with a finite verb right after it is its subject: *one banned cartels and [the other] made …*."""
    s = a.sentence
    noun = s.tokens[t.head]
    last = s.subtree(t.i)[-1] + 1
    if t.upos not in NOMINAL or noun.rel not in ("obj", "obl") or s.child(t.i, "cc") is None or last >= len(s):
        return
    verb = next((w for w in s.tokens[last : last + 3] if w.upos == "VERB"), None)
    if verb is None or verb.rel not in BESIDE or s.child(verb.i, "nsubj", "cc", "mark") or phrases.marker_of(s, t.i):
        return
    ahead = s.tokens[last : verb.i]
    finite = "VerbForm=Fin" in (ahead[0] if ahead else verb).feats
    finite = finite or (not ahead and "Tense=Past" in verb.feats and s.child(verb.i, "obj") is not None)
    if finite and all(w.upos in ("AUX", "PART", "ADV") and w.head == verb.i for w in ahead):
        subject = "nsubj:pass" if s.child(verb.i, "aux:pass") else "nsubj"
        above = noun.head if verb.head in (noun.head, noun.i, t.i) else verb.head
        a.mend((t.i, verb.i, subject), (verb.i, above, "conj"))


@rule(
    "repair",
    "acl",
    example=(
        "found/find/VERB/0/root in//ADP/4/case Rising/Rising/PROPN/4/compound Museum/Museum/PROPN/1/obl "
        "and//CCONJ/8/cc in//ADP/8/case Mill/Mill/PROPN/8/compound Museum/Museum/PROPN/4/conj which//PRON/10/nsubj "
        "preserves/preserve/VERB/4/acl:relcl/Number=Sing|VerbForm=Fin memory/memory/NOUN/10/obj"
    ),
    yields=("preserve(subj=Mill Museum; obj=memory)",),
    counter=(
        "found/find/VERB/0/root in//ADP/3/case museums/museum/NOUN/1/obl and//CCONJ/5/cc halls/hall/NOUN/3/conj "
        "which//PRON/7/nsubj preserve/preserve/VERB/3/acl:relcl/Number=Plur|VerbForm=Fin"
    ),
)
def clause_of_last(a: Analysis, t: Token) -> None:
    """A clause in the singular right after the last of some conjuncts is on that one alone."""
    s = a.sentence
    first = s.subtree(t.i)[0]
    conjunct = next((c for c in reversed(s.children(t.head, "conj")) if t.head < c.i < first), None)
    verb = next((w for w in (t, *s.children(t.i, "aux", "aux:pass", "cop")) if "VerbForm=Fin" in w.feats), None)
    who = s.child(t.i, "nsubj")
    if conjunct is None or verb is None or who is None or who.lemma.lower() not in ("which", "that", "who"):
        return
    if "Number=Sing" in verb.feats and s.subtree(conjunct.i)[-1] + 1 == first and s.tokens[first].text != ",":
        a.mend((t.i, conjunct.i, t.dep))


@rule(
    "repair",
    "root conj advcl ccomp parataxis acl",
    example=(
        "law/law/NOUN/2/nsubj concerns/concern/NOUN/0/root/Number=Plur the//DET/4/det "
        "structure/structure/NOUN/2/obj of//ADP/6/case it/it/PRON/4/nmod"
    ),
    yields=("concern(subj=law; obj=the structure of it)",),
    counter="law/law/NOUN/2/nsubj is/be/AUX/3/cop concern/concern/NOUN/0/root",
)
def noun_for_verb(a: Analysis, t: Token) -> None:
    """What has a subject and an object is a verb, whatever the tagger took it for: *law concerns the structure*."""
    s = a.sentence
    plain = t.upos == "NOUN" and not s.child(t.i, "cop", "amod", "case", "nmod:poss", "nummod")
    subject = s.child(t.i, "nsubj") or next((c for c in s.children(t.i, "compound") if c.i == t.i - 1), None)
    if (
        not plain
        or subject is None
        or s.child(t.i, "obj") is None
        or any(c.i > subject.i for c in s.children(t.i, "det"))
    ):
        return
    left = [c for c in s.children(t.i, "det", "compound") if c.i < subject.i]  # The Landlord [repairs] the roof
    lemma = next((lemma for lemma, pos in lexicon.load().lemmas_of(t.text) if pos == "v"), "")
    if lemma:
        past = "Past" if t.text.lower().endswith("ed") else "Pres"
        edits = [(subject.i, t.i, "nsubj"), *((c.i, subject.i, c.dep) for c in left)]
        a.mend((t.i, t.head, t.dep), *edits, verb=(t.i, lemma, f"Tense={past}|VerbForm=Fin"))


@rule(
    "repair",
    "nsubj",
    example=(
        "The//DET/3/det crane/crane/NOUN/3/compound lifts/lift/NOUN/8/nsubj:pass/Number=Plur 18//NUM/5/nummod "
        "tonnes/tonne/NOUN/3/appos and//CCONJ/8/cc was/be/AUX/8/aux:pass installed/install/VERB/0/root"
    ),
    yields=("lift(subj=The crane; obj=18 tonnes)", "install(obj=The crane)"),
    counter=(
        "The//DET/3/det ski/ski/NOUN/3/compound lifts/lift/NOUN/5/nsubj:pass/Number=Plur were/be/AUX/5/aux:pass "
        "installed/install/VERB/0/root"
    ),
)
def verb_before_and(a: Analysis, t: Token) -> None:
    """*The crane lifts 18 tonnes and was installed*: an *and* that joins no subjects joins a verb to the one before."""
    s = a.sentence
    verb = s.tokens[t.head]
    joiner = next((c for c in s.children(verb.i, "cc") if t.i < c.i < verb.i), None)
    object_ = next((c for c in s.children(t.i, "appos", "obj", "nmod", "dep") if c.i > t.i), None)
    subject = next((c for c in reversed(s.children(t.i, "compound")) if c.i == t.i - 1), None)
    if joiner is None or object_ is None or subject is None or t.upos != "NOUN" or phrases.marker_of(s, object_.i):
        return
    first = s.subtree(object_.i)[0]
    lemma = next((lemma for lemma, pos in lexicon.load().lemmas_of(t.text) if pos == "v"), "")
    if not lemma or first != t.i + 1 or not object_.i < joiner.i or not t.text.lower().endswith("s"):
        return
    left = [c for c in s.children(t.i) if c.i < subject.i]
    a.mend(
        (t.i, verb.head if verb.head != verb.i else t.i, "root" if verb.head == verb.i else verb.dep),
        (verb.i, t.i, "conj"),
        (subject.i, t.i, "nsubj"),
        (object_.i, t.i, "obj"),
        *((c.i, subject.i, c.dep) for c in left),
        *((c.i, t.i, c.dep) for c in s.children(verb.i, "punct")),
        verb=(t.i, lemma, "Tense=Pres|VerbForm=Fin"),
    )


@rule(
    "repair",
    "obj",
    example=(
        "scheme/scheme/NOUN/0/root ,/,/PUNCT/3/punct called/call/VERB/1/acl/Tense=Past|VerbForm=Part "
        "Velora/Velora/PROPN/3/obj"
    ),
    yields=("call(obj=scheme; attr=Velora)",),
    counter=(
        "committee/committee/NOUN/0/root ,/,/PUNCT/3/punct appointed/appoint/VERB/1/acl/Tense=Past|VerbForm=Part "
        "Velora/Velora/PROPN/3/obj"
    ),
)
def name_given(a: Analysis, t: Token) -> None:
    """What stands after *called* on a noun is the noun's name, not what it called."""
    s = a.sentence
    verb = s.tokens[t.head]
    passive = verb.rel == "acl" and "Tense=Past" in verb.feats and not s.child(verb.i, "nsubj", "aux", "xcomp")
    if passive and verb.lemma.lower() in lists.words("alias_verbs") and t.upos == "PROPN" and t.i > verb.i:
        a.mend((t.i, verb.i, "xcomp"), verb=(verb.i, verb.lemma, "Tense=Past|VerbForm=Part|Voice=Pass"))


RULES = (
    name_given,
    noun_for_verb,
    verb_before_and,
    reason_of_verb,
    reason_clause,
    paired_phrases,
    conjunct_before_verb,
    clause_of_last,
)
