"""Damaged files in numbers: ``python -m tests.fuzz --count 5000`` reads so many and says what became of them."""
