"""The program's version, in one place: ``--version``, the packaging and every knowledge base read it here."""

__version__ = "0.1.0"
