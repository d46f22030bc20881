# demo and check are all a newcomer needs; everything happens in .venv/ and .demo/, which git ignores.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

# The first Python on the path that is new enough; `make PYTHON=/path/to/python3.12 …` names another.
NEW_ENOUGH := import sys; sys.exit(sys.version_info < (3, 11))
PYTHON ?= $(shell for name in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$name -c '$(NEW_ENOUGH)' 2>/dev/null && { echo $$name; break; }; done)
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed

DEMO := .demo
STORE := $(DEMO)/mynaflow-store
MYNAFLOW := $(BIN)/mynaflow
ASK := $(MYNAFLOW) ask --store $(STORE) --format tsv
# Keeps the columns named, in their order, so that a row fits a line.
PICK = awk -F '\t' -v wanted='$(1)' '\
	NR == 1 { count = split(wanted, names, " "); for (i = 1; i <= NF; i++) at[$$i] = i } \
	{ for (i = 1; i <= count; i++) printf "%s%s", $$at[names[i]], i < count ? " | " : "\n" }'

.PHONY: help demo check fix gold bench bench-scale corpus fuzz wheel clean

help:
	@sed -n 's/^## //p' $(MAKEFILE_LIST)

$(INSTALLED): pyproject.toml
	@if [ -z "$(PYTHON)" ] || ! $(PYTHON) -c '$(NEW_ENOUGH)'; then \
		echo 'mynaflow needs Python 3.11 or later. Install it, then: make PYTHON=/path/to/python3' >&2; exit 1; fi
	@if ! $(PYTHON) -c 'import ensurepip, venv' 2>/dev/null; then \
		echo "This Python cannot make environments. On Debian and Ubuntu: sudo apt-get install python3-venv" >&2; exit 1; fi
	@echo 'Making $(VENV) and installing mynaflow into it (once, about a minute) …'
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@

## make demo    read the sample assessments, answer three questions, trace flows, draw a picture
demo: $(INSTALLED)
	@$(MYNAFLOW) samples $(DEMO)/samples >/dev/null
	@$(MYNAFLOW) build $(DEMO)/samples --store $(STORE) --again
	@printf '\n■ %s\n' '誰に再委託しているか / Who is entrusted, and who in turn'
	@$(ASK) sub-entrustees | $(call PICK,agency entrustee re_entrusted sub_entrustee line)
	@printf '\n■ %s\n' '何が何に入れ替わったか / What replaced what'
	@$(ASK) replaced | $(call PICK,agency date about before after line)
	@printf '\n■ %s\n' '架空市の評価書に欠けているもの / What the assessment of 架空市 does not hold'
	@$(ASK) gaps -p agency=架空市 | $(call PICK,what line)
	@printf '\n■ %s\n' '個人番号はどこへ行くか / Where the individual number goes'
	@$(MYNAFLOW) trace --from 架空市 --carries number --store $(STORE)
	@$(MYNAFLOW) view 架空市 --carries number --hops 3 --store $(STORE) --out $(DEMO)/flows.html >/dev/null
	@printf '%s\n' '' '次に / Next:' \
		'  $(DEMO)/flows.html                  図をブラウザーで開く / the picture, for a browser' \
		'  .venv/bin/mynaflow ask            問いの一覧 / the questions' \
		'  .venv/bin/mynaflow build FOLDER   自分の評価書 / your own assessments' \
		'  README.ja.md, README.md'

## make check   format, lint, types, layers, tests: what has to hold before a commit
check: $(INSTALLED)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest

## make fix     format, and mend what ruff can mend by itself
fix: $(INSTALLED)
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

## make gold    show which facts the working copy gains and loses against the last commit
gold: $(INSTALLED)
	$(BIN)/python -m tests.gold_diff

## make bench   measure reading, loading and asking
bench: $(INSTALLED)
	$(BIN)/python -m tests.bench

## make bench-scale   build 50, 500 and 5,000 synthetic assessments, ask and trace (an hour)
bench-scale: $(INSTALLED)
	$(BIN)/python -m tests.bench.scale

## make corpus  write N synthetic assessments to .corpus/ (make corpus N=500)
N ?= 500
corpus: $(INSTALLED)
	$(BIN)/python -m tests.forms.country --out .corpus --count $(N)

## make fuzz    read COUNT damaged files and watch what they do (make fuzz COUNT=5000)
COUNT ?= 5000
fuzz: $(INSTALLED)
	$(BIN)/python -m tests.fuzz --count $(COUNT)

## make wheel   build the wheel, install it in a new environment, and use it from another folder
wheel: $(INSTALLED)
	.ci/wheel $(BIN)/python

## make clean   delete what the other targets made
clean:
	rm -rf $(VENV) $(DEMO) .corpus build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
