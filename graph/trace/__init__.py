"""Traces over the flows: who gets what from whom, over how many movements, and where it says so."""
