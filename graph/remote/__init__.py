"""Stores behind a server: any that speaks SPARQL 1.1 Query and Update, and better also the Graph Store Protocol."""
