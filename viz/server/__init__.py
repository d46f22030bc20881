"""The SPARQL service: read only, each query in a process of its own that can be stopped."""
