package remind

import (
	"errors"
	"fmt"
	"time"

	"github.com/go-json-experiment/json"

	"samspor/sync/kv"
)

// held is which node sends, and until when nobody else does.
type held struct {
	Node  string `json:"node"`
	Until int64  `json:"until"`
}

// lease takes or renews the right to send; false while another node has it.
func (c *Clock) lease(now time.Time) (mine bool, err error) {
	var h held
	var rev uint64
	key := kv.Lease("remind")
	err = c.Store.View(func(r kv.Reader) error {
		rev, err = read(r, key, &h)
		return err
	})
	if err != nil || h.Node != c.Node && now.Unix() < h.Until {
		return false, err
	}
	if h.Node == c.Node && h.Until-now.Unix() > int64(leaseFor.Seconds())/2 {
		return true, nil
	}
	raw, err := json.Marshal(held{c.Node, now.Add(leaseFor).Unix()})
	if err != nil {
		return false, fmt.Errorf("lease: %w", err)
	}
	err = c.Store.Commit(kv.Batch{Guards: []kv.Guard{{Key: key, Rev: rev}}, Put: []kv.Entry{{Key: key, Value: raw, Rev: rev + 1}}})
	if errors.Is(err, kv.ErrGuard) {
		return false, nil
	}
	return err == nil, err
}

// lastTick is about when a node last had the lease; zero if none ever had.
func (c *Clock) lastTick() (last time.Time, err error) {
	err = c.Store.View(func(r kv.Reader) error {
		var h held
		rev, err := read(r, kv.Lease("remind"), &h)
		if err == nil && rev > 0 {
			last = time.Unix(h.Until, 0).Add(-leaseFor)
		}
		return err
	})
	return last, err
}
