# 年哨 Nianshao. make run 启动示例；make test 跑全部测试。 make run starts the sample; make test runs every test.
PYTHON ?= python3
CONFIG ?= config.toml
VENV   := .venv
BIN    := $(VENV)/bin
# Compiled modules are kept: every command and every test process starts faster.
unexport PYTHONDONTWRITEBYTECODE

PIP    := $(BIN)/python -m pip --disable-pip-version-check

.PHONY: run test test-pure check format setup setup-test setup-bench ocr browser office postgresql docs lock clean
.PHONY: bench bench-documents bench-rules bench-likeness bench-seasons bench-crawl
.DEFAULT_GOAL := run

run: setup
	@exec $(BIN)/nianshao run --sample --config $(CONFIG) $(if $(PORT),--port $(PORT))

test: setup-test browser office
	$(BIN)/pytest --numprocesses=2 --dist=loadfile --no-loadscope-reorder

test-pure: setup-test
	$(BIN)/pytest tests/reports

check: setup-test
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest tests/test_architecture.py

format: setup-test
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

docs: setup
	$(BIN)/nianshao docs docs

setup: $(VENV)/.installed
setup-test: $(VENV)/.installed-test
setup-bench: $(VENV)/.installed-bench

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo '需要 Python 3.11 或更高 / Python 3.11 or newer is needed: make PYTHON=python3.12'; exit 1; }
	@$(PYTHON) -m venv $(VENV) || \
	  { echo '无法建立虚拟环境；Debian/Ubuntu 请安装 python3-venv / cannot make a virtual environment; install python3-venv'; exit 1; }

$(VENV)/.installed: requirements.lock pyproject.toml | $(VENV)/bin/python
	@echo '安装依赖（已锁定并校验）… / installing locked, hash-checked dependencies…'
	$(PIP) install --quiet --require-hashes --no-deps -r requirements.lock
	$(PIP) install --quiet --no-deps --no-index --no-build-isolation -e .
	@touch $@

$(VENV)/.installed-test: requirements-dev.lock $(VENV)/.installed
	$(PIP) install --quiet --require-hashes --no-deps -r requirements-dev.lock
	@touch $@

$(VENV)/.installed-bench: requirements-bench.lock $(VENV)/.installed-test
	$(PIP) install --quiet --require-hashes --no-deps -r requirements-bench.lock
	@touch $@

# 浏览器测试需要 Chromium；装不上就跳过这些测试。 Browser tests want a Chromium; without one they are skipped.
browser:
	@command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null || \
	  { command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ] && \
	    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium fonts-noto-cjk >/dev/null; } || \
	  echo '没有 Chromium，跳过浏览器测试 / no Chromium: browser tests will be skipped'

# 旧版 Word 文件的另一读法和若干测试需要 LibreOffice；装不上就跳过。 A second reading of old Word files, and some
# tests, want LibreOffice; without it they are skipped.
office:
	@command -v soffice >/dev/null || \
	  { command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ] && \
	    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
	    libreoffice-writer-nogui libreoffice-calc-nogui >/dev/null; } || \
	  echo '没有 LibreOffice，跳过相关测试 / no LibreOffice: its tests will be skipped'

# 识别图片和扫描件中的文字（约 300 MB，可选）。 Reads pictures and scans (about 300 MB, optional).
ocr: setup requirements-ocr.lock
	$(PIP) install --quiet --require-hashes --no-deps -r requirements-ocr.lock

# 用 PostgreSQL 存放数据（可选）：[database] url = "postgresql+psycopg://…"。 Keeps the rows in PostgreSQL (optional).
postgresql: setup requirements-postgresql.lock
	$(PIP) install --quiet --require-hashes --no-deps -r requirements-postgresql.lock

# 测量：打印同一次运行中的比值。 Measurements: ratios of things timed in one run.
bench: bench-documents bench-rules bench-crawl

bench-documents: setup-bench office
	$(BIN)/python -m benchmarks.documents

bench-rules: setup-test
	$(BIN)/python -m benchmarks.rules

bench-likeness: setup-test
	$(BIN)/python -m benchmarks.likeness

# 随机年报季：虚拟网站上的真相与台账逐条核对。 Random seasons: the truth of virtual sites against the ledger.
# 需要 nginx。 Needs nginx.
bench-crawl: setup-bench
	$(BIN)/python -m benchmarks.crawl $(PARTS)

bench-seasons: setup-test
	$(BIN)/python -m benchmarks.seasons

# 重新锁定依赖（需要 uv）。 Lock the dependencies anew (needs uv).
LOCK := uv pip compile pyproject.toml --universal --generate-hashes --no-header --no-annotate --python-version 3.11 --quiet
lock:
	$(LOCK) --group build -o requirements.lock
	$(LOCK) --extra ocr -c requirements.lock -o requirements-ocr.lock
	$(LOCK) --extra browser -c requirements.lock -o requirements-browser.lock
	$(LOCK) --extra postgresql -c requirements.lock -o requirements-postgresql.lock
	$(LOCK) --extra ocr --group build --group dev -c requirements.lock -o requirements-dev.lock
	$(LOCK) --extra ocr --group build --group dev --group bench -c requirements-dev.lock -o requirements-bench.lock

clean:
	rm -rf $(VENV) build *.egg-info .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
