"""How English writes whose something is."""

from __future__ import annotations


def possessive(name: str, *, plural: bool, mark: str = "’") -> str:
    """A name with the possessive's ending: *the states’* for several ending in *s*, else *Thomas’s*, *the children’s*.

    name: as written. plural: whether it names several, which its ending does not tell (*the states*, *Paris*).
    mark: the apostrophe.
    """
    return name + (mark if plural and name.endswith(("s", "S")) else f"{mark}s")
