# make demo        start the pretend company and Prefect, run the rituals, show their reports; KEEP=1 stays up
# make demo KILL=1  kills the decision at its worst moment, and runs it again
# make demo DATA=DIR   the same on a CRM data set; LOAD=DIR on a company of your own (see README)
# make test        all tests          make check   lint, format, types          make bench   measurements
# make faults      what `make test` tries of faults, in full: SEEDS=1000 random schedules
# make audit       what is known against our packages, security rules, and whether a secret was ever committed
# make screenshots   the pictures of docs/, taken anew; needs Chromium and its driver
# A fresh machine needs Python 3.11 or newer (below 3.14), git and make; uv comes into .uv by itself.

PYTHON ?= python3
UV := .uv/bin/uv
RUN := $(UV) run --locked --no-sync
# Compiled bytecode halves every start. Pythons come from this machine, never from a download.
export UV_COMPILE_BYTECODE := 1
export UV_PYTHON_DOWNLOADS := never
unexport PYTHONDONTWRITEBYTECODE

.PHONY: demo test faults check audit bench install format screenshots browser postgres

install: .venv/.installed

$(UV):
	$(PYTHON) -m venv .uv
	.uv/bin/python -m pip install --quiet --disable-pip-version-check 'uv>=0.9,<1'

.venv/.installed: $(UV) pyproject.toml uv.lock
	$(UV) sync --locked --quiet --python $(PYTHON)
	@touch $@

demo: install
	$(RUN) python -m deployments.demo $(if $(KEEP),--keep) $(if $(KILL),--kill) $(if $(SIZE),--size $(SIZE)) \
		$(if $(DATA),--data '$(DATA)') $(if $(LOAD),--load '$(LOAD)')

# Side by side, file by file; in the order of the files, as the long ones come first.
test: install browser postgres
	$(RUN) pytest -n auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder

# Every fault at every place, SEEDS random schedules, 20 kills under a real Prefect; prints a table. Takes half an hour.
SEEDS ?= 1000
faults: install postgres
	FAULT_ALL=1 FAULT_SEEDS=$(SEEDS) $(RUN) pytest tests/faults -m 'slow or not slow' --timeout=1800 -s

# Some tests look at a page in a real browser; without one they are skipped, and say so.
browser:
	@command -v chromium chromedriver >/dev/null || { test "$$(id -u)" = 0 && command -v apt-get >/dev/null \
	  && apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -yqq chromium chromium-driver >/dev/null; } \
	  || echo "No Chromium here, and it cannot be installed without root and apt-get: the browser tests will be skipped."

# The ledger is tested on both its databases; a server of one's own is started for it, on loopback.
postgres:
	@ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || command -v initdb >/dev/null \
	  || { test "$$(id -u)" = 0 && command -v apt-get >/dev/null \
	  && apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -yqq postgresql >/dev/null; } \
	  || echo "No PostgreSQL here, and it cannot be installed without root and apt-get: its tests will be skipped."

check: install
	$(RUN) ruff check .
	$(RUN) ruff format --check .
	$(RUN) mypy

# 0: all looked at, nothing found. 1: something found. 2: no data, as where the service of vulnerabilities is not reached.
audit: install
	$(RUN) python -m deployments.audit --uv '$(abspath $(UV))'

bench: install
	$(RUN) pytest -m benchmark tests/benchmarks -s

format: install
	$(RUN) ruff check --fix .
	$(RUN) ruff format .

screenshots: install
	$(RUN) python -m deployments.screenshots
