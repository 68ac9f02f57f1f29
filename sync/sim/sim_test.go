package sim

import (
	"testing"
)

func TestTry(t *testing.T) {
	for seed := range uint64(50) {
		o := Run(Config{Seed: seed})
		if o.Broken != nil {
			t.Errorf("seed %d: %d steps: %v", seed, o.Steps, o.Broken)
			continue
		}
		if seed < 5 {
			t.Logf("seed %d: %d steps %v", seed, o.Steps, o.Counts)
		}
	}
}
