package push

import (
	"os"
	"path/filepath"
	"testing"
)

func TestKeysAreMadeOnceAndForLife(t *testing.T) {
	dir := t.TempDir()
	if k, err := LoadKeys(dir); k != nil || err != nil {
		t.Fatalf("an empty folder has %v, %v", k, err)
	}
	if err := MakeKeys(dir); err != nil {
		t.Fatal(err)
	}
	first, err := LoadKeys(dir)
	if err != nil || first == nil {
		t.Fatal(first, err)
	}
	if err := MakeKeys(dir); err == nil {
		t.Error("the keys were made anew")
	}
	path := filepath.Join(dir, keysFile)
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the file is %v, %v", info.Mode(), err)
	}
	if err := os.Chmod(path, 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := LoadKeys(dir); err == nil {
		t.Error("a file that others may read was taken")
	}
	for _, damaged := range []string{"", "{}", `{"Public":"x","Private":"y"}`, `{"Public":"` + first.Public + `","Private":"` + first.Public[:43] + `"}`} {
		if err := os.WriteFile(path, []byte(damaged), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chmod(path, 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := LoadKeys(dir); err == nil {
			t.Errorf("%q was taken", damaged)
		}
	}
}
