# Everyday commands. The work is done by `cargo xtask` (see xtask/src/main.rs).

.PHONY: run build test lint unit e2e clients bench fuzz assets clean help

help: ## this list
	@grep -E '^[a-z0-9]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z0-9]+):.*## /  make \1\t/' | expand -t 16

run: ## build and start the server (ARGS='--listen 127.0.0.1:9000' to pass flags)
	cargo xtask build
	target/debug/tessera serve $(ARGS)

build: ## target/release/tessera, self-contained
	cargo xtask release

assets: ## wasm, style sheet and icons under target/site
	cargo xtask assets

test: ## everything: lint, unit and integration tests on both databases, browser tests
	cargo xtask test

lint: ## formatting, clippy, licences
	cargo xtask lint

unit: ## unit and integration tests on both databases
	cargo xtask unit

e2e: ## browser tests (ARGS='tests/console.spec.ts' to pass arguments to Playwright)
	cargo xtask e2e $(ARGS)

clients: build ## OpenID Connect clients of other people, in every flow (ARGS='authlib' for one of them)
	end2end/clients/run $(ARGS)

bench: ## speed of the endpoints, and of the console with 1,000,000 users (ARGS=endpoints or console)
	cargo xtask bench $(ARGS)

fuzz: ## 100,000 random and mutated requests at each endpoint (ARGS=1000 for fewer)
	cargo xtask fuzz $(ARGS)

clean: ## remove everything that was built
	cargo clean
	rm -rf node_modules end2end/node_modules end2end/test-results end2end/playwright-report
	rm -rf end2end/clients/*/.venv end2end/clients/*/target
