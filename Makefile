# Letterpress: what a developer runs. `make help` lists it all.
#
# Every target works on a fresh machine that has the Swift toolchain: Scripts/install-packages brings
# the C libraries that are missing, and nothing else is fetched but the Swift packages.
#
# What tests and `make conformance` compare with lies outside of the repository, in
# LETTERPRESS_CONFORMANCE (../shared/conformance); where it is missing they say so and go on.

PREFIX ?= /usr/local

SWIFT_SOURCES := Package.swift Sources Tests Examples $(wildcard Benchmarks Fuzz)
LIBRARIES := libxml2-dev libsqlite3-dev pkg-config
TEST := swift test --disable-xctest
# With Swift's own libraries in it, the program starts in a third of the time and runs where no Swift is.
RELEASE := swift build --configuration release --static-swift-stdlib --product letterpress

.PHONY: help preview build test check lint format bench conformance examples docs fuzz structure tsan install clean \
	libraries

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

preview: build ## compile the layouts and write the gallery of every persona at every width
	@"$$($(RELEASE) --show-bin-path)/letterpress" preview

build: libraries ## build the program (release)
	@$(RELEASE)

test: libraries ## build and run all tests
	$(TEST)

check: lint libraries ## everything that must hold before a release: lint, both configurations, imports
	swift build --build-tests --explicit-target-dependency-import-check error
	$(TEST)
	$(TEST) --configuration release
	Scripts/check-gallery

lint: ## look for departures from the house style
	swift format lint --strict --parallel --recursive $(SWIFT_SOURCES)
	Scripts/check

format: ## lay out the Swift sources
	swift format --in-place --parallel --recursive $(SWIFT_SOURCES)

bench: libraries ## measure rendering against the speed of memcpy
	swift run --package-path Benchmarks --configuration release

conformance: build ## hold the program against other implementations: one table of passed and total
	@Scripts/install-packages python3 python3-venv
	@python3 Scripts/conformance "$$($(RELEASE) --show-bin-path)/letterpress" $(SETS)

examples: libraries ## build and run the examples of Examples/
	swift run letterpress build welcome
	swift run ServiceExample output/compiled/welcome.letterpress < Examples/Service/profiles.ndjson

docs: libraries ## write the documentation of the library to output/docs
	Scripts/docs

fuzz: libraries ## feed generated input to the program; FUZZ_SECONDS for each entry point
	@Scripts/fuzz

structure: build ## hold hostile values against the structure of harmless ones; RENDERS for each project
	@Scripts/install-packages python3 python3-venv
	@for project in . Tests/Fixtures/places; do \
	  python3 Scripts/check-structure --program "$$($(RELEASE) --show-bin-path)/letterpress" \
	    --project "$$project" --renders "$(or $(RENDERS),20000)" || exit 1; \
	done

tsan: libraries ## render in many threads under ThreadSanitizer
	$(TEST) --sanitize=thread --scratch-path .build-tsan --filter ConcurrentRenderingTests

install: build ## build the program and copy it to PREFIX/bin (/usr/local)
	install -d "$(DESTDIR)$(PREFIX)/bin"
	install "$$($(RELEASE) --show-bin-path)/letterpress" "$(DESTDIR)$(PREFIX)/bin/letterpress"

clean: ## remove all that was built
	rm -rf .build .build-* Benchmarks/.build output/gallery output/compiled output/docs

libraries:
	@Scripts/install-packages $(LIBRARIES)
