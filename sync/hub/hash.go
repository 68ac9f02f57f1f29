package hub

import (
	"fmt"

	"samspor/sync/kv"
	"samspor/sync/plan"
)

// Hash says where a space's history stands: its number and the hash of its last
// entry, which covers every entry before. While it stays the same, nothing was written.
func (c *Core) Hash(space plan.SpaceID) (string, error) {
	var h head
	err := c.Store.View(func(r kv.Reader) error {
		_, err := get(r, kv.Head(space), &h)
		return err
	})
	if err != nil {
		return "", fmt.Errorf("hash of %s: %w", space, err)
	}
	return fmt.Sprintf("%d:%x", h.Seq, h.Hash), nil
}
