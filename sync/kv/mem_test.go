package kv_test

import (
	"testing"

	"samspor/sync/kv"
	"samspor/sync/kv/kvtest"
)

func TestMemKeepsTheContract(t *testing.T) {
	kvtest.Suite(t, func(*testing.T) kv.Engine { return kv.NewMem() })
}
