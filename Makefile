# make app: the page on http://localhost:8501.  make test: every check.  Both build what they need first.
PYTHON ?= python3
PORT ?= 8501
FUZZ ?= 600
ARTICLES ?=
SCALE ?=
LOAD ?=
DATA := $(if $(ARTICLES),build/data,data)
INPUT := $(if $(ARTICLES),"$(ARTICLES:~/%=$(HOME)/%)" --out $(DATA))
BIN := .venv/bin
# Without --no-compile a third of the time goes into modules that nobody imports; Python compiles the others when used.
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile --require-hashes

.PHONY: app build test check audit soak fuzz bench bench-bombs bench-page bench-scale bench-service calibrate shots lock clean help

help: ## say what there is
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## */: /'

app: build ## build the tables and serve the page; ARTICLES=DIR reads other articles, PORT=N another port
	@echo "The page is on http://localhost:$(PORT) (stop it with Ctrl-C)."
	@INCIDENT_DATA=$(DATA) $(if $(ARTICLES),INCIDENT_ARTICLES="$(ARTICLES:~/%=$(HOME)/%)") $(BIN)/python -m streamlit run app.py --server.port $(PORT) --server.headless true

build: .venv/.app ## build the tables only
	@$(BIN)/python -m pipeline build $(INPUT) || [ $$? -eq 3 ]

test: check ## run every check: style, types, cases, golden tables, quality floors, the page in a browser
	@sh .ci/find-chromium
	@sh .ci/find-provider
	@sh .ci/find-postgresql
	@sh .ci/find-libreoffice
	@sh .ci/find-nginx
	$(BIN)/python tests/audit.py
	$(BIN)/python -m pytest -n 2 --dist loadfile

check: .venv/.dev ## style and types only
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

audit: .venv/.dev ## ask for known weaknesses of all packages, and list what is delivered in build/sbom.json
	$(BIN)/python tests/audit.py

soak: check ## try 200 random states of the filters, 20 of them in a browser; takes some minutes
	@sh .ci/find-chromium
	@sh .ci/find-postgresql
	@sh .ci/find-libreoffice
	$(BIN)/python -m pytest -m soak
	INCIDENT_SOAK=1 $(BIN)/python -m pytest tests/test_exports.py

bench: .venv/.dev ## score the reading on the gold sets in INCIDENT_BENCH and write docs/quality.md
	PYTHONPATH=. $(BIN)/python tests/bench.py

bench-page: .venv/.dev ## time the clicks of the page at 1,000, 100,000 and 1,000,000 incidents and write docs/page-speed.md
	PYTHONPATH=.:tests $(BIN)/python tests/bench_page.py

bench-scale: .venv/.dev ## measure builds of 10,000 and 100,000 generated articles and write docs/scale.md; takes hours, may be stopped
	PYTHONPATH=.:tests $(BIN)/python tests/bench_scale.py $(SCALE)

bench-service: .venv/.dev ## let 50 readers use the page for ten minutes and write docs/reliability.md; LOAD="--seconds 60" asks less
	PYTHONPATH=.:tests $(BIN)/python tests/bench_service.py $(LOAD)

fuzz: .venv/.dev ## feed broken files to every reader for FUZZ seconds (ten minutes) and keep what breaks one
	PYTHONPATH=.:tests $(BIN)/python tests/fuzzing.py $(FUZZ)

bench-bombs: .venv/.dev ## read every article that is made to cost too much and write the table of docs/reliability.md
	PYTHONPATH=.:tests $(BIN)/python tests/bench_bombs.py

shots: .venv/.dev ## take the pictures in docs/ anew from data/
	PYTHONPATH=.:tests $(BIN)/python docs/shots.py
	@sh .ci/find-libreoffice
	PYTHONPATH=.:tests:docs $(BIN)/python docs/brief_shots.py

calibrate: .venv/.dev ## learn the weights of the confidence from the gold sets in INCIDENT_BENCH and write its table
	PYTHONPATH=. $(BIN)/python tests/calibrate.py

lock: .venv/.dev ## write requirements.txt and requirements-dev.txt anew from the .in files
	$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --upgrade \
	  --custom-compile-command "make lock" requirements.in -o requirements.txt
	$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --upgrade \
	  --custom-compile-command "make lock" requirements-dev.in -c requirements.txt -o requirements-dev.txt

clean: ## remove what was built here; the environment stays
	rm -rf build .cache

.venv/.python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or newer is needed: install it and run make PYTHON=python3.x"; exit 1; }
	@$(PYTHON) -m venv .venv || { echo "The venv module is missing: apt-get install python3-venv"; exit 1; }
	@touch $@

.venv/.app: requirements.txt | .venv/.python
	@echo "Installing what the page and the pipeline need (once, about two minutes) ..."
	@$(INSTALL) -r requirements.txt
	@touch $@

.venv/.dev: requirements-dev.txt | .venv/.app
	@echo "Installing what the checks need ..."
	@$(INSTALL) -r requirements-dev.txt
	@touch $@
