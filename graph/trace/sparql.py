"""The queries by which a network is read: of the whole store, or (``%s``) of one document's graph.

A store has many thousands of graphs; asked for each graph by itself, the engine looks at no other.
"""

from __future__ import annotations

from ontology import CONCEPT, NAMESPACES, ONTOLOGY

PREFIXES = f"PREFIX : <{ONTOLOGY}>\nPREFIX rdfs: <{NAMESPACES['rdfs']}>\nPREFIX oa: <{NAMESPACES['oa']}>\n"
"""Stand before every query."""
_PLACE = """:mainEvidence ?evidence .
  ?evidence :line ?line ; :item ?item ; oa:hasSelector/oa:exact ?quote ."""

DOCUMENTS = """SELECT ?g ?name ?agency ?label ?office WHERE { GRAPH ?g {
  ?g a :DocumentGraph ; :sourceName ?name .
  OPTIONAL { ?agency a :Agency ; rdfs:label ?label }
  OPTIONAL { ?g :evaluation/:office ?office } } }"""
"""Every document with its file name, agency and office."""
NODES = """SELECT DISTINCT ?node ?label ?class ?owner WHERE { GRAPH %s {
  ?node rdfs:label ?label ; a ?class . OPTIONAL { ?node :belongsTo ?owner } } }"""
"""Whatever bears a label, once for each class."""
ALIASES = """SELECT DISTINCT ?node ?short ?full WHERE { GRAPH %s {
  { ?entry a :SystemEntry ; :describes ?node ; :alias ?short } UNION
  { ?entry a :Alias ; :short ?short ; :full ?full } } }"""
"""Other names: of a node, or short and full as the text defines them."""
FLOWS = f"""SELECT ?flow ?source ?target ?sourceText ?targetText ?kind ?carries ?certainty ?via ?medium ?data ?file
  ?line ?item ?quote WHERE {{ GRAPH %s {{
  ?flow a :DataFlow ; :source ?source ; :target ?target ; :sourceText ?sourceText ; :targetText ?targetText ;
    :flowKind ?kind ; :carries ?carries ; :certainty ?certainty ; {_PLACE}
  OPTIONAL {{ ?flow :viaText ?via }} OPTIONAL {{ ?flow :mediumText ?medium }}
  OPTIONAL {{ ?flow :data ?data }} OPTIONAL {{ ?flow :file ?file }} }} }}"""
"""Every movement with its ends, what is said of it, and its place."""
BASES = """SELECT ?flow ?law ?article ?paragraph ?lawItem ?subitem ?table ?row WHERE { GRAPH %s {
  ?flow a :DataFlow ; :legalBasis ?basis . ?basis :law/rdfs:label ?law .
  OPTIONAL { ?basis :article ?article } OPTIONAL { ?basis :paragraph ?paragraph }
  OPTIONAL { ?basis :lawItem ?lawItem } OPTIONAL { ?basis :subitem ?subitem }
  OPTIONAL { ?basis :lawTable ?table } OPTIONAL { ?basis :tableItem ?row } } }"""
"""The provisions of each movement, in parts."""
CONNECTIONS = f"""SELECT ?source ?target ?sourceText ?targetText ?state ?line ?item ?quote WHERE {{ GRAPH %s {{
  ?box a :SystemConnection ; :connects ?source ; :connectsTo ?target ; :connectsText ?sourceText ;
    :connectsToText ?targetText ; :state ?state ; {_PLACE} }} }}"""
"""Every box of the grid of connections."""
DENIED = f"""SELECT ?source ?target ?sourceText ?targetText ?line ?item ?quote WHERE {{ GRAPH %s {{
  ?flow a :DeniedFlow ; :source ?source ; :target ?target ; :sourceText ?sourceText ; :targetText ?targetText ;
    {_PLACE} }} }}"""
"""Every movement that the text denies."""
HELD = """SELECT ?file ?holder ?holderText WHERE { GRAPH %s {
  ?entry a :FileEntry ; :describes ?file ; :department ?holder ; :departmentText ?holderText } }"""
"""Which department holds which file."""
MEDIA = f"""SELECT ?file ?kind ?medium ?line ?item ?quote WHERE {{ GRAPH %s {{
  ?box a :MediumMark ; :file ?file ; :recordKind ?kind ; :mediumText ?medium ; :state <{CONCEPT}mark-yes> ; {_PLACE}
  }} }}"""
"""The ticked boxes of how files are obtained and handed on."""
PAST = f"""SELECT ?g ?line ?item ?quote WHERE {{ GRAPH ?g {{
  ?change a :Change ; :before ?before ; {_PLACE} FILTER(CONTAINS(?before, %s)) }} }}"""
"""The changes of the whole store that name something in what they replaced; takes a literal."""
NAMING = """SELECT DISTINCT ?g WHERE { VALUES ?name { %s } GRAPH ?g { { ?node rdfs:label ?name } UNION { ?it :sourceText ?name }
  UNION { ?it :targetText ?name } UNION { ?it :connectsToText ?name } UNION { ?it :mediumText ?name }
  UNION { ?it :alias ?name } UNION { ?it :short ?name } UNION { ?it :full ?name } UNION { ?it :office ?name } } }"""
"""The graphs of the whole store that hold a name; takes literals."""
MENTIONING = """SELECT DISTINCT ?g WHERE { VALUES ?node { %s } GRAPH ?g { { ?it :source ?node } UNION { ?it :target ?node }
  UNION { ?it :connects ?node } UNION { ?it :connectsTo ?node } } }"""
"""The graphs of the whole store in which nodes are ends; takes IRIs."""
LABELS = "SELECT DISTINCT ?label WHERE { GRAPH ?g { ?node rdfs:label ?label } }"
"""Every label of the whole store."""
