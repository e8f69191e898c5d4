# One verb a target; CI calls the same verbs. Needs Python 3.11+ and make.
PYTHON ?= python3
VENV   ?= .venv
OUT    ?= out
BIN    := $(VENV)/bin
SHARED ?= $(or $(EVALUATION),../shared)

.PHONY: run test pure lint types docs drift schema quality cloud runners engines faults bench soak picture golden lock tools clean help

help: ## what each verb does
	@grep -hE '^[a-z]+:.*## ' Makefile | sed 's/:.*## /\t/' | expand -t 12

$(VENV)/.runtime: requirements.lock pyproject.toml setup.py transforms/core/source.py $(wildcard transforms/core/*.c transforms/core/*.h)
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; set PYTHON=...")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps -e .
	@touch $@

$(VENV)/.dev: requirements-dev.lock $(VENV)/.runtime
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

$(VENV)/.bench: requirements-bench.lock $(VENV)/.dev
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-bench.lock
	@touch $@

run: $(VENV)/.runtime ## read the sample pages in seeds/ into out/
	$(BIN)/dateline run seeds/pages --output $(OUT)

test: $(VENV)/.dev ## the whole test suite
	$(BIN)/python -m pytest

pure: $(VENV)/.dev ## the tests of reading, without the compiled core
	DATELINE_PURE=1 $(BIN)/python -m pytest tests/transforms tests/golden tests/seeds

tools: $(VENV)/.dev ## what tests drive: a browser and a PostgreSQL (Debian), servers that Go and Maven build
	.ci/tools
	$(BIN)/python -m tests.prepare

lint: $(VENV)/.dev ## ruff: rules and format
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.dev ## mypy, strict
	$(BIN)/python -m tests.typed $(VENV)/src
	$(BIN)/mypy

quality: $(VENV)/.dev ## figures on the development data against their floors
	EVALUATION=$(SHARED) $(BIN)/python -m tests.quality.check

docs: $(VENV)/.dev ## every command, flag, verb and path that the guides name exists
	$(BIN)/python -m pytest -q tests/test_docs.py

drift: $(VENV)/.runtime ## the committed JSON Schemas are those of the code
	$(BIN)/dateline schema --write $(VENV)/schema >/dev/null
	@for file in $(VENV)/schema/*.json; do cmp "$$file" "deploy/schema/$$(basename $$file)" || exit 1; done

schema: $(VENV)/.runtime ## write the committed JSON Schemas again
	$(BIN)/dateline schema --write deploy/schema

golden: $(VENV)/.dev ## write the golden events of the sample pages again
	$(BIN)/python -m tests.golden.update

cloud: $(VENV)/.dev ## the Dataflow jobs, built and submitted to stand-ins on this machine
	$(BIN)/uv venv --quiet --allow-existing $(VENV)-cloud
	$(BIN)/uv pip install --quiet --python $(VENV)-cloud/bin/python -r pyproject.toml --extra cloud --group dev -c requirements-cloud.lock
	$(BIN)/uv pip install --quiet --python $(VENV)-cloud/bin/python --no-deps -e .
	$(VENV)-cloud/bin/python -m pytest -q tests/deploy

runners: $(VENV)/.dev ## a thousand pages, equal on every runner
	$(BIN)/python -m pytest -m "slow or not slow" tests/pipeline/runs/test_runners.py

engines: $(VENV)/.dev ## a thousand pages on Flink, with a kill, and on Spark: equal to a local run (Java, Maven)
	$(BIN)/python -m pytest -s -m "slow or not slow" tests/engines

faults: $(VENV)/.dev ## kills, shuffles and full disks at full size
	$(BIN)/python -m pytest -m "slow or not slow" tests/faults

soak: $(VENV)/.dev ## a stream at half of capacity for twenty minutes
	$(BIN)/python -m tests.benchmarks.soak

bench: $(VENV)/.bench ## pages a second, memory, cost by room, figures beside the peers
	EVALUATION=$(SHARED) $(BIN)/python -m tests.benchmarks.table

picture: $(VENV)/.dev ## the pictures of the report, by a headless Chromium
	$(BIN)/python -m tests.pipeline.report.picture

LOCK := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header pyproject.toml
lock: $(VENV)/.dev ## settle the locked dependencies anew
	$(LOCK) -o requirements.lock
	$(LOCK) --group dev -o requirements-dev.lock
	$(LOCK) --extra cloud -o requirements-cloud.lock
	$(LOCK) --extra aws --extra kafka -o requirements-runtime.lock
	$(LOCK) --group bench -o requirements-bench.lock

clean: ## remove what the other verbs made
	rm -rf $(VENV) $(VENV)-cloud $(OUT) build dist wheelhouse transforms/core/*.so transforms/core/*.pyd *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
