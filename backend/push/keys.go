package push

import (
	"crypto/ecdh"
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

const keysFile = "push.json"

// MakeKeys writes the server's pair for push into its folder. It refuses a folder that
// has one: with another pair, every phone's subscription would end.
func MakeKeys(dir string) error {
	key, err := ecdh.P256().GenerateKey(rand.Reader)
	if err != nil {
		return fmt.Errorf("make keys for push: %w", err)
	}
	enc := base64.RawURLEncoding.EncodeToString
	raw, err := json.MarshalIndent(Keys{Public: enc(key.PublicKey().Bytes()), Private: enc(key.Bytes())}, "", "  ")
	if err != nil {
		return fmt.Errorf("make keys for push: %w", err)
	}
	f, err := os.OpenFile(filepath.Join(dir, keysFile), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return errors.New("this folder has its keys for push already; others would end every phone's subscription")
	}
	if err != nil {
		return fmt.Errorf("make keys for push: %w", err)
	}
	_, err = f.Write(append(raw, '\n'))
	return errors.Join(err, f.Sync(), f.Close())
}

// LoadKeys reads the pair of a folder; nil when it has none, and then nothing is pushed.
func LoadKeys(dir string) (*Keys, error) {
	path := filepath.Join(dir, keysFile)
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("keys for push: %w", err)
	}
	if info.Mode().Perm()&0o077 != 0 {
		return nil, fmt.Errorf("keys for push: %s may be read by others: run chmod 600 on it", path)
	}
	raw, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("keys for push: %w", err)
	}
	var k Keys
	if err := json.Unmarshal(raw, &k); err != nil || !k.fit() {
		return nil, fmt.Errorf("keys for push: %s is damaged", path)
	}
	return &k, nil
}

// fit says whether the two belong together.
func (k Keys) fit() bool {
	raw, err := base64.RawURLEncoding.DecodeString(k.Private)
	if err != nil {
		return false
	}
	private, err := ecdh.P256().NewPrivateKey(raw)
	return err == nil && base64.RawURLEncoding.EncodeToString(private.PublicKey().Bytes()) == k.Public
}
