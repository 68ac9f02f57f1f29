package hub

import (
	"fmt"
	"sync"

	"github.com/go-json-experiment/json"

	"samspor/sync/kv"
	"samspor/sync/plan"
)

// accessCache remembers decoded lists of members by the revision they were read
// in. What is read is always the store's own; only the decoding is spared.
type accessCache struct {
	mu sync.Mutex
	of map[plan.SpaceID]knownAccess
}

// Remember has the core keep decoded lists of members, and what its commits leave,
// from now on. Then one goroutine commits.
func (c *Core) Remember() { c.seen, c.last = &accessCache{}, newMemory() }

type knownAccess struct {
	rev    uint64
	access access
}

// maxAccess is how many spaces are remembered.
const maxAccess = 4096

// read gives a space's access; the caller does not write into it.
func (c *accessCache) read(r kv.Reader, id plan.SpaceID) (access, error) {
	raw, rev, err := r.Get(kv.Access(id))
	if err != nil || rev == 0 {
		return access{}, err
	}
	if a, ok := c.known(id, rev); ok {
		return a, nil
	}
	var a access
	if err := json.Unmarshal(raw, &a); err != nil {
		return a, fmt.Errorf("decode access: %w", err)
	}
	c.keep(id, knownAccess{rev, a})
	return a, nil
}

func (c *accessCache) known(id plan.SpaceID, rev uint64) (a access, ok bool) {
	if c == nil {
		return a, false
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	k, ok := c.of[id]
	return k.access, ok && k.rev == rev
}

func (c *accessCache) keep(id plan.SpaceID, k knownAccess) {
	if c == nil {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.of == nil || len(c.of) >= maxAccess {
		c.of = map[plan.SpaceID]knownAccess{}
	}
	c.of[id] = k
}
