"""The tables of the index: what the explorer asks all day, kept beside the store in one SQLite file.

Everything in it comes from the graphs and is made anew when they change; nothing is stated here first.
``doc`` numbers a document, ``key`` is the IRI of an end, of a law or of a provision.
"""

from __future__ import annotations

VERSION = 2
"""The layout of the index; an index with another number is made anew."""

TABLES = """
CREATE TABLE document (
  doc INTEGER PRIMARY KEY, graph TEXT UNIQUE NOT NULL, name TEXT NOT NULL, sha256 TEXT NOT NULL, state TEXT NOT NULL,
  agency TEXT NOT NULL, body TEXT NOT NULL, office TEXT NOT NULL, title TEXT NOT NULL, business TEXT NOT NULL,
  business_plain TEXT NOT NULL, number TEXT NOT NULL, form TEXT NOT NULL, published TEXT NOT NULL,
  facts INTEGER NOT NULL, unclear INTEGER NOT NULL, gaps INTEGER NOT NULL, flows INTEGER NOT NULL
);
CREATE INDEX document_agency ON document (agency);
CREATE INDEX document_name ON document (name);
CREATE INDEX document_business ON document (business_plain);

CREATE TABLE node (
  doc INTEGER NOT NULL, key TEXT NOT NULL, name TEXT NOT NULL, kind TEXT NOT NULL, owner TEXT NOT NULL,
  is_agency INTEGER NOT NULL, hub INTEGER NOT NULL, PRIMARY KEY (doc, key)
) WITHOUT ROWID;
CREATE INDEX node_key ON node (key);
CREATE INDEX node_owner ON node (owner, key);

CREATE TABLE alias (
  doc INTEGER NOT NULL, key TEXT NOT NULL, name TEXT NOT NULL, PRIMARY KEY (doc, key, name)
) WITHOUT ROWID;
CREATE INDEX alias_key ON alias (key, name);

CREATE TABLE thing (
  key TEXT PRIMARY KEY, name TEXT NOT NULL, plain TEXT NOT NULL, kind TEXT NOT NULL, owner TEXT NOT NULL,
  is_agency INTEGER NOT NULL, hub INTEGER NOT NULL, docs INTEGER NOT NULL, edges INTEGER NOT NULL, also TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE edge (
  id INTEGER PRIMARY KEY, doc INTEGER NOT NULL, source TEXT NOT NULL, target TEXT NOT NULL, kind TEXT NOT NULL,
  carries TEXT NOT NULL, certainty TEXT NOT NULL, contested INTEGER NOT NULL, derived INTEGER NOT NULL,
  source_text TEXT NOT NULL, target_text TEXT NOT NULL, via TEXT, medium TEXT, data TEXT, frequency TEXT,
  item TEXT NOT NULL, line INTEGER NOT NULL, start INTEGER NOT NULL, quote TEXT NOT NULL, bases TEXT NOT NULL
);
CREATE INDEX edge_source ON edge (source, target, kind);
CREATE INDEX edge_target ON edge (target, source, kind);
CREATE INDEX edge_doc ON edge (doc);

CREATE TABLE basis (provision TEXT NOT NULL, edge INTEGER NOT NULL, doc INTEGER NOT NULL);
CREATE INDEX basis_provision ON basis (provision, edge);
CREATE INDEX basis_doc ON basis (doc);

CREATE TABLE denied (
  doc INTEGER NOT NULL, source TEXT NOT NULL, target TEXT NOT NULL, line INTEGER NOT NULL, quote TEXT NOT NULL
);
CREATE INDEX denied_doc ON denied (doc);

CREATE TABLE passage (
  id INTEGER PRIMARY KEY, doc INTEGER NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL, line INTEGER NOT NULL,
  item TEXT NOT NULL, quote TEXT NOT NULL, kinds TEXT NOT NULL
);
CREATE INDEX passage_doc ON passage (doc, start);

CREATE TABLE law (
  key TEXT PRIMARY KEY, name TEXT NOT NULL, number TEXT NOT NULL, egov TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE provision (key TEXT PRIMARY KEY, law TEXT NOT NULL, name TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX provision_law ON provision (law);
CREATE TABLE citation (
  id INTEGER PRIMARY KEY, doc INTEGER NOT NULL, provision TEXT NOT NULL, usage TEXT NOT NULL, line INTEGER NOT NULL,
  start INTEGER NOT NULL, item TEXT NOT NULL, quote TEXT NOT NULL
);
CREATE INDEX citation_provision ON citation (provision, doc);
CREATE INDEX citation_doc ON citation (doc);

CREATE TABLE total (name TEXT PRIMARY KEY, count INTEGER NOT NULL) WITHOUT ROWID;

CREATE TABLE name_word (
  id INTEGER PRIMARY KEY, key TEXT NOT NULL, name TEXT NOT NULL, plain TEXT NOT NULL, UNIQUE (key, name)
);
CREATE INDEX name_word_plain ON name_word (plain);
CREATE TABLE law_word (
  id INTEGER PRIMARY KEY, key TEXT NOT NULL, name TEXT NOT NULL, plain TEXT NOT NULL, UNIQUE (key, name)
);
CREATE VIRTUAL TABLE name_gram USING fts5 (words, content='', tokenize='ascii');
CREATE VIRTUAL TABLE law_gram USING fts5 (words, content='', tokenize='ascii');
CREATE VIRTUAL TABLE document_gram USING fts5 (words, content='', tokenize='ascii');
CREATE VIRTUAL TABLE passage_gram USING fts5 (words, content='', tokenize='ascii');
"""
"""The statements that make an empty index."""
