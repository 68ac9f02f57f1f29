package main

import (
	"os"
	"slices"
	"testing"
	"testing/fstest"
)

// The ids here are of a group ZZ that does not exist, so that this file carries no real one.

func TestAnIDIsAWholeWordAndARangeCountsForNothing(t *testing.T) {
	for text, want := range map[string][]string{
		"// ZZ13, ZZ2: both":        {"ZZ13", "ZZ2"},
		"// ZZ130":                  {"ZZ130"},
		"// ZZ20b":                  {"ZZ20b"},
		"// ZZ11-ZZ24, ZZ30":        {"ZZ30"},
		"// ZZ11–24 ZZ3":            {"ZZ3"},
		"// XZZ1 ZZ1x2 zz4 _ZZ5":    nil,
		"func TestZZ7Holds() (ZZ8)": {"ZZ8"},
	} {
		if got := mentioned(text); !slices.Equal(got, want) {
			t.Errorf("%q: got %v, want %v", text, got, want)
		}
	}
}

func TestOnlyTestsCarryIDs(t *testing.T) {
	for path, want := range map[string]bool{
		"sync/x/a_test.go": true, "a/b.test.ts": true, "a/B.test.tsx": true, "frontend/journeys/a.journey.ts": true,
		"sync/x/vectors/a.json": true, "sync/x/a.go": false, "sync/models/a.json": false, "a/b.ts": false,
	} {
		if got := isTest(path); got != want {
			t.Errorf("%s: got %v", path, got)
		}
	}
	if got := mentioned(text("x/vectors/a.json", `{ "name": "late, ZZ1", "id": "ZZ2" }`)); !slices.Equal(got, []string{"ZZ1"}) {
		t.Errorf("of vectors only the names count: got %v", got)
	}
}

func TestAStrictRunAsksForItsGroupsAndTheFirstRules(t *testing.T) {
	root := fstest.MapFS{
		"docs/requirements.md":   {Data: []byte("- **ZZ1** (M) a\n- **ZZ1b** (S) b\n- **ZZ2** (C) c\n- **YY1** (M) d\n- **R" + "32** (D) e\n- **R" + "33** (M) f\n")},
		"x/a_test.go":            {Data: []byte("// ZZ1")},
		"node_modules/a_test.go": {Data: []byte("// ZZ1b")},
	}
	missing, err := report(root, "ZZ")
	if want := []string{"ZZ1b", "R" + "32"}; err != nil || !slices.Equal(missing, want) {
		t.Errorf("got %v, %v; want %v", missing, err, want)
	}
}

func TestEveryDemandStandsOnceAndHasItsGroup(t *testing.T) {
	doc, err := os.ReadFile("../../docs/requirements.md")
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, d := range demands(string(doc)) {
		if seen[d.id] {
			t.Errorf("%s stands twice", d.id)
		}
		seen[d.id] = true
	}
	if len(seen) != 250 {
		t.Errorf("got %d demands, want 250", len(seen))
	}
}
