"""The explorer in the browser: pages over the same data as the SPARQL service, from this machine alone."""
