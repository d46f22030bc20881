"""Facts as RDF: identifiers, the mapping to terms, the store, and traces over the flows."""
