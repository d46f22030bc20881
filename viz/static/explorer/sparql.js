// Colours a query of SPARQL: each rule is a class and what belongs to it; the first that fits wins.

const KEYWORDS =
  "BASE PREFIX SELECT DISTINCT REDUCED CONSTRUCT DESCRIBE ASK FROM NAMED WHERE ORDER BY ASC DESC LIMIT OFFSET GROUP " +
  "HAVING VALUES UNDEF UNION OPTIONAL MINUS GRAPH SERVICE SILENT FILTER BIND AS EXISTS NOT IN COUNT SUM MIN MAX AVG " +
  "SAMPLE GROUP_CONCAT SEPARATOR STR LANG LANGMATCHES DATATYPE BOUND IRI URI BNODE CONTAINS STRSTARTS STRENDS STRLEN " +
  "SUBSTR REPLACE REGEX UCASE LCASE CONCAT COALESCE IF YEAR MONTH DAY isIRI isBLANK isLITERAL isNUMERIC true false a";

const RULES = [
  ["comment", /#[^\n]*/],
  ["iri", /<[^\s<>"{}|^`\\]*>/],
  ["string", /"""[\s\S]*?"""|'''[\s\S]*?'''|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'/],
  ["variable", /[?$][\p{L}\p{N}_]+/u],
  ["iri", /[\p{L}\p{N}_-]*:[\p{L}\p{N}_.-]*/u],
  ["figure", /\b\d+(?:\.\d+)?\b/],
  ["keyword", new RegExp(`\\b(?:${KEYWORDS.split(" ").join("|")})\\b`, "i")],
];
const ANY = new RegExp(RULES.map(([, rule]) => `(${rule.source})`).join("|"), "giu");

/** Return the pieces of `query` as elements and text. */
export function coloured(query) {
  const pieces = [];
  let done = 0;
  for (const match of query.matchAll(ANY)) {
    const rule = match.slice(1).findIndex((group) => group !== undefined);
    pieces.push(query.slice(done, match.index));
    pieces.push(Object.assign(document.createElement("span"), { className: RULES[rule][0], textContent: match[0] }));
    done = match.index + match[0].length;
  }
  pieces.push(query.slice(done), "\n");
  return pieces;
}
