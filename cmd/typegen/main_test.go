package main

import (
	"os"
	"strings"
	"testing"
)

func TestGeneratedFilesAreWhatTheirSourcesSay(t *testing.T) { // a field changed in Go and not generated must fail here
	root, err := moduleRoot()
	if err != nil {
		t.Fatal(err)
	}
	for name, body := range generated() {
		got, err := os.ReadFile(root + "/" + name)
		if err != nil {
			t.Fatal(err)
		}
		if string(got) != header+body {
			t.Errorf("%s is not what its Go source says: run `go generate ./...`", name)
		}
	}
}

func TestNothingHiddenReachesThePhone(t *testing.T) {
	if strings.Contains(records(), "account?") {
		t.Error("a hidden field stands in the TypeScript")
	}
}
