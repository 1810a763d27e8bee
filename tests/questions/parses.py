"""Questions parsed by hand, the way the pipeline parses them when it errs and when it does not."""

from __future__ import annotations

from bot.language.sentence import Sentence, from_conllu

LINK = """
Which    which    DET   2 det
states   state    NOUN  5 obl      Number=Plur
does     do       AUX   5 aux
it       it       PRON  5 nsubj
link     link     VERB  0 root     VerbForm=Inf
with     with     ADP   2 case
?        ?        PUNCT 5 punct
"""
BORROW = """
How      how      ADV   2 advmod
many     many     ADJ   3 amod
items    item     NOUN  7 obj      Number=Plur
can      can      AUX   7 aux
a        a        DET   6 det
child    child    NOUN  7 nsubj
borrow   borrow   VERB  0 root     VerbForm=Inf
?        ?        PUNCT 7 punct
"""
SIGNED_BY = """
By       by       ADP   2 case
whom     whom     PRON  6 obl      PronType=Int
was      be       AUX   6 aux:pass
the      the      DET   5 det
treaty   treaty   NOUN  6 nsubj:pass
signed   sign     VERB  0 root     Tense=Past|VerbForm=Part
?        ?        PUNCT 6 punct
"""
SIGNED_BY_WHO = """
Who      who      PRON  5 obl      PronType=Int
was      be       AUX   5 aux:pass
the      the      DET   4 det
treaty   treaty   NOUN  5 nsubj:pass
signed   sign     VERB  0 root     Tense=Past|VerbForm=Part
by       by       ADP   1 case
?        ?        PUNCT 5 punct
"""
WHOSE = """
Whose     whose     PRON  2 nmod:poss PronType=Int
signature signature NOUN  5 obj
do        do        AUX   5 aux
children  child     NOUN  5 nsubj
need      need      VERB  0 root     VerbForm=Inf
?         ?         PUNCT 5 punct
"""
FUEL = """
How      how      ADV   2 advmod
much     much     ADJ   6 nsubj
of       of       ADP   5 case
its      its      PRON  5 nmod:poss
fuel     fuel     NOUN  2 nmod
went     go       VERB  0 root     Tense=Past
by       by       ADP   8 case
rail     rail     NOUN  6 obl
?        ?        PUNCT 6 punct
"""
LONG_BRIDGE = """
How      how      ADV   2 advmod
long     long     ADJ   0 root
is       be       AUX   2 cop
the      the      DET   5 det
bridge   bridge   NOUN  2 nsubj
?        ?        PUNCT 2 punct
"""
LONG_LENT = """
How      how      ADV   2 advmod
long     long     ADV   5 advmod
are      be       AUX   5 aux:pass
films    film     NOUN  5 nsubj:pass Number=Plur
lent     lend     VERB  0 root     Tense=Past|VerbForm=Part
?        ?        PUNCT 5 punct
"""
UNTIL = """
Until    until    ADP   2 case
when     when     ADV   6 obl
is       be       AUX   6 cop
the      the      DET   5 det
library  library  NOUN  6 nsubj
open     open     ADJ   0 root
?        ?        PUNCT 6 punct
"""
CANNOT = """
What     what     PRON  5 nsubj:pass PronType=Int
can      can      AUX   5 aux
not      not      PART  5 advmod
be       be       AUX   5 aux:pass
borrowed borrow   VERB  0 root     Tense=Past|VerbForm=Part
?        ?        PUNCT 5 punct
"""
NOT_MEMBER = """
Which    which    DET   2 det
state    state    NOUN  6 nsubj
is       be       AUX   6 cop
not      not      PART  6 advmod
a        a        DET   6 det
member   member   NOUN  0 root
of       of       ADP   9 case
the      the      DET   9 det
union    union    NOUN  6 nmod
?        ?        PUNCT 6 punct
"""
ENDED = """
Did      do       AUX   4 aux
the      the      DET   3 det
treaty   treaty   NOUN  4 nsubj
end      end      VERB  0 root     VerbForm=Inf
the      the      DET   6 det
war      war      NOUN  4 obj
in       in       ADP   8 case
1945     1945     NUM   4 obl
?        ?        PUNCT 4 punct
"""
ALL_PAY = """
Do       do       AUX   4 aux
all      all      DET   3 det
members  member   NOUN  4 nsubj    Number=Plur
pay      pay      VERB  0 root     VerbForm=Inf
now      now      ADV   4 advmod
?        ?        PUNCT 4 punct
"""
LIST = """
List     list     VERB  0 root     Mood=Imp
the      the      DET   3 det
states   state    NOUN  1 obj      Number=Plur
that     that     PRON  5 nsubj    PronType=Rel
signed   sign     VERB  3 acl:relcl Tense=Past
the      the      DET   7 det
treaty   treaty   NOUN  5 obj
.        .        PUNCT 1 punct
"""
EACH_OTHER = """
What     what     PRON  2 nsubj    PronType=Int
links    link     VERB  0 root
the      the      DET   4 det
states   state    NOUN  2 obj      Number=Plur
with     with     ADP   6 case
each     each     DET   7 det
other    other    ADJ   2 obl
?        ?        PUNCT 2 punct
"""
PROVIDES = """
Which     which     DET   2 det
programme programme NOUN  3 nsubj
provides  provide   VERB  0 root
links     link      NOUN  3 obj     Number=Plur
with      with      ADP   6 case
NATO      NATO      PROPN 4 nmod
?         ?         PUNCT 3 punct
"""
OWNS = """
What     what     PRON  2 nsubj    PronType=Int
owns     own      VERB  0 root
boats    boat     NOUN  2 obj      Number=Plur
?        ?        PUNCT 2 punct
"""


def parsed(rows: str) -> Sentence:
    """The sentence of some rows."""
    return from_conllu(rows)


ALL_OF = """
Do       do       AUX   6 aux
all      all      DET   6 nsubj
of       of       ADP   5 case
the      the      DET   5 det
clubs    club     NOUN  2 nmod     Number=Plur
pay      pay      VERB  0 root     VerbForm=Inf
?        ?        PUNCT 6 punct
"""
MOST = """
Do       do       AUX   5 aux
most     most     ADV   3 advmod   Degree=Sup
Baltic   Baltic   ADJ   4 amod
ports    port     NOUN  5 nsubj    Number=Plur
freeze   freeze   VERB  0 root     VerbForm=Inf
?        ?        PUNCT 5 punct
"""
