package auth

import (
	"crypto/ed25519"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// Keys are the server's own secrets. They stand in the data folder, readable by
// its owner only, and are made once, by init.
type Keys struct {
	TokenID string `json:"tokenId"` // names the key in a token's head
	Token   []byte `json:"token"`   // seed of the Ed25519 key that signs access tokens
	Cursor  []byte `json:"cursor"`  // authenticates the cursors of sync
}

const keysFile = "keys.json"

// ErrNotInitialised says that a folder has no keys: it was never made by init.
// An emptied folder must not look like a new one.
var ErrNotInitialised = errors.New("this folder was never initialised: run `samspor init` once")

// MakeKeys writes new keys into a folder that has none.
func MakeKeys(dir string) error {
	k := Keys{TokenID: randomText(8), Token: randomBytes(ed25519.SeedSize), Cursor: randomBytes(32)}
	raw, err := json.MarshalIndent(k, "", "  ")
	if err != nil {
		return fmt.Errorf("encode keys: %w", err)
	}
	f, err := os.OpenFile(filepath.Join(dir, keysFile), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return fmt.Errorf("make keys: %w", err)
	}
	_, err = f.Write(append(raw, '\n'))
	return errors.Join(err, f.Sync(), f.Close())
}

// LoadKeys reads the keys of an initialised folder and refuses a file that others may read.
func LoadKeys(dir string) (Keys, error) {
	var k Keys
	path := filepath.Join(dir, keysFile)
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return k, ErrNotInitialised
	}
	if err != nil {
		return k, fmt.Errorf("keys: %w", err)
	}
	if info.Mode().Perm()&0o077 != 0 {
		return k, fmt.Errorf("keys: %s may be read by others: run chmod 600 on it", path)
	}
	raw, err := os.ReadFile(path)
	if err != nil {
		return k, fmt.Errorf("keys: %w", err)
	}
	if err := json.Unmarshal(raw, &k); err != nil || len(k.Token) != ed25519.SeedSize || len(k.Cursor) != 32 || k.TokenID == "" {
		return k, fmt.Errorf("keys: %s is damaged", path)
	}
	return k, nil
}

func randomBytes(n int) []byte {
	b := make([]byte, n)
	_, _ = rand.Read(b) // never fails: crypto/rand ends the program instead
	return b
}
