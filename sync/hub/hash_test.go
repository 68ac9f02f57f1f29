package hub

import (
	"context"
	"testing"
)

func TestTheHashMovesWithEachChangeAndOnlyThen(t *testing.T) {
	h, _, _ := fixture(t)
	hash := func() string {
		t.Helper()
		got, err := h.Hash("k7")
		if err != nil {
			t.Fatal(err)
		}
		return got
	}
	push := func(client string, n uint64) {
		t.Helper()
		if _, err := h.Push(context.Background(), "acc", newTask(client, n)); err != nil {
			t.Fatal(err)
		}
	}
	seeded := hash()
	push("c", 1)
	one := hash()
	if one == seeded {
		t.Error("a change leaves the hash as it was")
	}
	push("c", 1)
	if hash() != one {
		t.Error("a replay moves the hash")
	}
	push("d", 1)
	if hash() == one {
		t.Error("the second change leaves the hash as it was")
	}
	if none, err := h.Hash("nowhere"); err != nil || none != "0:" {
		t.Errorf("a space that is not there: got %q, %v", none, err)
	}
}
