"""Measures how long reading, loading and asking take: ``python -m tests.bench`` (``make bench``)."""
