"""The movements of personal data that the prose of an assessment describes."""
