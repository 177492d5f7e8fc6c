# CMEtrack. Every target sets up what it needs; a second run finds it there and is quick.
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
MANAGE := $(BIN)/python manage.py
APPS := cmetrack accounts portfolio networking milestones progress conftest.py manage.py
TEMPLATES := $(shell find templates -name '*.html' 2>/dev/null)

# The first interpreter that is new enough; PYTHON= names one.
CANDIDATES := $(or $(PYTHON),python3.13 python3.12 python3 python $(wildcard $(HOME)/.pyenv/versions/3.1[23]*/bin/python))
FOUND := $(shell for p in $(CANDIDATES); do "$$p" -c 'import sys; sys.exit(sys.version_info < (3, 12))' 2>/dev/null && { echo "$$p"; break; }; done)

# Compiled once and kept: everything after the first run starts sooner, wherever a machine says not to.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help run test check lint fix demo editor lock

help:
	@echo "make run     set everything up and serve on http://127.0.0.1:$(PORT) (PORT= to change)"
	@echo "make test    run every test, real browser included (DATABASE_URL= for PostgreSQL)"
	@echo "make demo    fill the database with a believable person and an editor"
	@echo "make editor  EMAIL=you@example.org: let a person edit the content"
	@echo "make check   what CI runs: lint, format, types, templates, migrations, deploy check, tests, coverage"
	@echo "make fix     format and mend what can be mended by itself"
	@echo "make lock    lock the requirements again after changing a .in file"

run: $(VENV)/.ready .env
	@$(MANAGE) prepare --announce http://127.0.0.1:$(PORT)
	@$(MANAGE) runserver 127.0.0.1:$(PORT)

demo: $(VENV)/.ready .env
	@$(MANAGE) prepare
	@$(MANAGE) demo

editor: $(VENV)/.ready .env
	@$(MANAGE) prepare
	@$(MANAGE) make_editor $(EMAIL)

test: $(VENV)/.ready-dev
	@CHROMIUM="$$(.ci/chromium $(BIN))" && export CHROMIUM && \
	  DEBUG=0 HTTPS=0 SECRET_KEY=only-for-tests DATA_DIR=var/test EMAIL_URL= \
	  $(BIN)/pytest --numprocesses auto --dist worksteal $(ARGS)

# Every test once, and measured but for those that conftest.py leaves out.
check: lint
	@$(MAKE) --no-print-directory test ARGS="--cov --cov-report term:skip-covered"

# Types take as long as all the rest, so they are checked beside it.
lint: $(VENV)/.ready-dev
	@$(MAKE) --no-print-directory --jobs 2 --output-sync=target lint-types lint-rest

.PHONY: lint-types lint-rest
lint-types:
	DEBUG=1 $(BIN)/mypy $(APPS)

lint-rest:
	$(BIN)/ruff check $(APPS)
	$(BIN)/ruff format --check $(APPS)
	@$(BIN)/djade --check --target-version 6.0 $(TEMPLATES)
	$(BIN)/djlint --lint --quiet templates
	DEBUG=1 $(MANAGE) makemigrations --check --dry-run
	DEBUG=0 HTTPS=1 HSTS_WHOLE_DOMAIN=1 EMAIL_URL=smtp+tls://mail.example.org SECRET_KEY=$$($(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(64))') \
	  $(BIN)/python -W error manage.py check --deploy --fail-level WARNING

fix: $(VENV)/.ready-dev
	$(BIN)/ruff check --fix $(APPS)
	$(BIN)/ruff format $(APPS)
	@$(BIN)/djade --target-version 6.0 $(TEMPLATES)

lock: $(VENV)/.ready-dev
	$(BIN)/uv pip compile --quiet --upgrade --universal --no-strip-extras --python-version 3.12 --generate-hashes requirements.in -o requirements.txt
	$(BIN)/uv pip compile --quiet --upgrade --universal --no-strip-extras --python-version 3.12 --generate-hashes requirements-dev.in -o requirements-dev.txt

$(BIN)/python:
	@test -n "$(FOUND)" || { echo "CMEtrack needs Python 3.12 or 3.13, and found none ($(CANDIDATES)). Install one, or name it: make PYTHON=/path/to/python3.13"; exit 1; }
	@echo "Making a virtual environment with $$($(FOUND) --version)"
	@$(FOUND) -m venv $(VENV)

$(VENV)/.ready: requirements.txt | $(BIN)/python
	@echo "Installing what CMEtrack needs (about a minute the first time)"
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

$(VENV)/.ready-dev: requirements-dev.txt | $(BIN)/python
	@echo "Installing what CMEtrack and its tests need (about a minute the first time)"
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@ $(VENV)/.ready

# Made once: a key of this machine's own, and helpful error pages because nobody else can reach it.
.env:
	@(umask 077 && $(BIN)/python -c 'import secrets; print(f"DEBUG=1\nSECRET_KEY={secrets.token_urlsafe(50)}")' > $@)
