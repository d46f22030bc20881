"""The queries by which a network is read; ``%s`` takes the graphs, a second one a literal."""

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
NODES = """SELECT DISTINCT ?g ?node ?label ?class ?owner WHERE { %s GRAPH ?g {
  ?node rdfs:label ?label ; a ?class . OPTIONAL { ?node :belongsTo ?owner } } }"""
"""Whatever bears a label, once for each class."""
ALIASES = """SELECT DISTINCT ?g ?node ?short ?full WHERE { %s GRAPH ?g {
  { ?entry a :SystemEntry ; :describes ?node ; :alias ?short } UNION
  { ?entry a :Alias ; :short ?short ; :full ?full } } }"""
"""Other names: of a node, or short and full as the text defines them."""
FLOWS = f"""SELECT ?g ?flow ?source ?target ?sourceText ?targetText ?kind ?carries ?certainty ?via ?medium ?data ?file
  ?line ?item ?quote WHERE {{ %s GRAPH ?g {{
  ?flow a :DataFlow ; :source ?source ; :target ?target ; :sourceText ?sourceText ; :targetText ?targetText ;
    :flowKind ?kind ; :carries ?carries ; :certainty ?certainty ; {_PLACE}
  OPTIONAL {{ ?flow :viaText ?via }} OPTIONAL {{ ?flow :mediumText ?medium }}
  OPTIONAL {{ ?flow :data ?data }} OPTIONAL {{ ?flow :file ?file }} }} }}"""
"""Every movement with its ends, what is said of it, and its place."""
BASES = """SELECT ?flow ?law ?article ?paragraph ?lawItem ?subitem ?table ?row WHERE { %s GRAPH ?g {
  ?flow a :DataFlow ; :legalBasis ?basis . ?basis :law/rdfs:label ?law .
  OPTIONAL { ?basis :article ?article } OPTIONAL { ?basis :paragraph ?paragraph }
  OPTIONAL { ?basis :lawItem ?lawItem } OPTIONAL { ?basis :subitem ?subitem }
  OPTIONAL { ?basis :lawTable ?table } OPTIONAL { ?basis :tableItem ?row } } }"""
"""The provisions of each movement, in parts."""
CONNECTIONS = f"""SELECT ?g ?source ?target ?sourceText ?targetText ?state ?line ?item ?quote WHERE {{ %s GRAPH ?g {{
  ?box a :SystemConnection ; :connects ?source ; :connectsTo ?target ; :connectsText ?sourceText ;
    :connectsToText ?targetText ; :state ?state ; {_PLACE} }} }}"""
"""Every box of the grid of connections."""
DENIED = f"""SELECT ?g ?source ?target ?sourceText ?targetText ?line ?item ?quote WHERE {{ %s GRAPH ?g {{
  ?flow a :DeniedFlow ; :source ?source ; :target ?target ; :sourceText ?sourceText ; :targetText ?targetText ;
    {_PLACE} }} }}"""
"""Every movement that the text denies."""
HELD = """SELECT ?g ?file ?holder ?holderText WHERE { %s GRAPH ?g {
  ?entry a :FileEntry ; :describes ?file ; :department ?holder ; :departmentText ?holderText } }"""
"""Which department holds which file."""
MEDIA = f"""SELECT ?g ?file ?kind ?medium ?line ?item ?quote WHERE {{ %s GRAPH ?g {{
  ?box a :MediumMark ; :file ?file ; :recordKind ?kind ; :mediumText ?medium ; :state <{CONCEPT}mark-yes> ; {_PLACE}
  }} }}"""
"""The ticked boxes of how files are obtained and handed on."""
PAST = f"""SELECT ?g ?line ?item ?quote WHERE {{ %s GRAPH ?g {{
  ?change a :Change ; :before ?before ; {_PLACE} FILTER(CONTAINS(?before, %s)) }} }}"""
"""The changes that name something in what they replaced."""
