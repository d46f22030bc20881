"""The auditors' questions as SPARQL files, found and run by name."""
