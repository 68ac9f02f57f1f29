package rules

import (
	"encoding/json"
	"os"
	"testing"
)

func TestPersonNumberVectors(t *testing.T) { // R11
	raw, err := os.ReadFile("vectors/group.json")
	if err != nil {
		t.Fatal(err)
	}
	var vectors []struct {
		Name, Text string
		Want       bool
	}
	if err := json.Unmarshal(raw, &vectors); err != nil {
		t.Fatal(err)
	}
	if len(vectors) < 15 {
		t.Fatalf("only %d vectors", len(vectors))
	}
	for _, v := range vectors {
		if got := HoldsPersonNumber(v.Text); got != v.Want {
			t.Errorf("%s: got %v, want %v", v.Name, got, v.Want)
		}
		if hidden := HidePersonNumbers([]byte(v.Text)); HoldsPersonNumber(string(hidden)) {
			t.Errorf("%s: still there in %q", v.Name, hidden)
		}
	}
}
