# Everything is made by these; `make help` lists them.
PY := .venv/bin/python
.DEFAULT_GOAL := help
.PHONY: help setup demo demo-reset test faults check format catalogues lock bench

help:  ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/ -/' | sort

setup:  ## make .venv with .venv/bin/hemicycle from the hash lock
	@python3 boot.py

demo: setup  ## load the replay (first time) and serve it on http://localhost:8000
	@.venv/bin/hemicycle demo

demo-reset: setup  ## throw the demonstration away and begin again
	@.venv/bin/hemicycle demo --reset

test:  ## everything, on SQLite and on PostgreSQL, in a real browser
	@python3 boot.py --tests
	@$(PY) tools/test.py

faults: setup  ## a thousand changes of a record, all found; ten thousand racing double votes; 250 of 500 people erased; on both databases
	@python3 boot.py --tests
	@HEMICYCLE_MUTATIONS=1000 HEMICYCLE_RACES=10000 HEMICYCLE_ERASURES=250 $(PY) tools/test.py tests/faults/test_tampering.py tests/faults/test_double_votes.py tests/faults/test_erasure.py

check:  ## format, lint, types, import contracts, templates, catalogues
	@python3 boot.py --tests
	@$(PY) tools/check.py

format:  ## put the code in form
	@python3 boot.py --tests
	@.venv/bin/ruff format .
	@.venv/bin/ruff check --fix .

catalogues:  ## gather new texts into every room's .po files
	@python3 boot.py --tests
	@$(PY) tools/catalogues.py gather

lock:  ## make the hash locks anew
	@.venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes requirements.in -o requirements.txt
	@.venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes requirements-dev.in -o requirements-dev.txt
