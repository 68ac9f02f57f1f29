package badger

import (
	"log/slog"
	"testing"

	"samspor/sync/kv"
	"samspor/sync/kv/kvtest"
)

func TestBadgerKeepsTheContract(t *testing.T) {
	kvtest.Suite(t, func(t *testing.T) kv.Engine {
		s, err := Open(t.TempDir(), slog.New(slog.DiscardHandler))
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() {
			if err := s.Close(); err != nil {
				t.Error(err)
			}
		})
		return s
	})
}

func TestBadgerSyncsEveryWrite(t *testing.T) { // with the default, a power cut loses what was acknowledged
	s, err := Open(t.TempDir(), slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if !s.db.Opts().SyncWrites || !s.db.Opts().DetectConflicts {
		t.Error("the store must sync before it answers, and see conflicting writers")
	}
}

func TestBadgersOwnErrorsFailTheHealthCheck(t *testing.T) {
	s := &Store{}
	a := &alarm{log: slog.New(slog.DiscardHandler), hurt: &s.hurt}
	if a.Warningf("slow"); !s.Healthy() {
		t.Error("a warning is not a failure")
	}
	if a.Errorf("could not sync"); s.Healthy() {
		t.Error("an error of the engine must show in the health check")
	}
}
