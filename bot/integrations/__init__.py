"""Servers and chat bridges over the public interface of :mod:`bot`: they carry questions in and answers out, and know
nothing of how an answer is found."""
