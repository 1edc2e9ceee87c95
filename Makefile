# `make help` says what there is. Everything is installed into .venv (and uv, where missing, into .uv).
HOST ?= 127.0.0.1
PORT ?= 8080
BIN := .venv/bin
STAMP := .venv/.installed

export RASA_TELEMETRY_ENABLED := false
export TF_CPP_MIN_LOG_LEVEL := 3
export SQLALCHEMY_SILENCE_UBER_WARNING := 1
export PYTHON

.DEFAULT_GOAL := help
.PHONY: help run test test-long lint format train lock audit clean

help: ## Show this help
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-9s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: $(STAMP) ## Serve on http://HOST:PORT (127.0.0.1:8080), training the model first when needed
	$(BIN)/assistant serve --host $(HOST) --port $(PORT)

test: $(STAMP) ## Run every check and every test
	scripts/test

test-long: $(STAMP) ## The tests that take servers of their own, a soak and a hundred thousand messages
	scripts/test-long

lint: $(STAMP) ## Check style, types and the layers of the packages
	scripts/lint

format: $(STAMP) ## Format the code and mend what can be mended by itself
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .

train: $(STAMP) ## Train the model
	$(BIN)/assistant train

lock: ## Write requirements/lock.txt anew from pyproject.toml (UPGRADE=--upgrade: newest versions)
	scripts/lock $(UPGRADE)

audit: $(STAMP) ## Known vulnerabilities of the pinned libraries, where the advisory service answers
	scripts/audit

clean: ## Remove the environment, the trained models and every cache
	rm -rf .venv .uv .audit build dist models .rasa .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache \
	  .coverage htmlcov *.egg-info
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(STAMP): requirements/lock.txt requirements/build.txt requirements/uv.txt pyproject.toml scripts/setup
	@scripts/setup
	@touch $@
