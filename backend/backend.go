// Package backend puts the parts together: store, hub, sign-in and the door.
//
// Its one rule: only this package sees all of them; they see what they need.
// Start with Open.
package backend

import (
	"cmp"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

	"samspor/backend/api"
	"samspor/backend/auth"
	"samspor/backend/feed"
	"samspor/backend/mail"
	"samspor/backend/push"
	"samspor/backend/remind"
	"samspor/backend/store"
	"samspor/backend/store/badger"
	"samspor/sync/hub"
	"samspor/sync/kv"
	"samspor/sync/models"
	"samspor/sync/plan"
)

// shutdownWait is how long requests under way may take to end.
const shutdownWait = 4 * time.Second

// Options is what a server is made from.
type Options struct {
	Data   string // an initialised folder
	Origin string
	Static fs.FS // the built app; nil serves none
	Log    *slog.Logger
	Now    func() time.Time // nil: the machine's clock

	// Overrides is a municipality's file of changes to the collaboration models; empty: none.
	Overrides string
	// PushContact is whom push services may ask, an e-mail or https address; empty: Origin.
	PushContact string
	// SMTP is where e-mails leave (backend/mail), MailFrom whom they come from; empty: none are sent.
	SMTP, MailFrom string
}

// Server is a running system on one folder.
type Server struct {
	Hub  *hub.Hub
	Auth *auth.Auth
	Push *push.Push // nil: this folder has no keys for it

	log     *slog.Logger
	clock   atomic.Pointer[remind.Clock] // nil until it is made
	engine  *badger.Store
	api     *api.API
	failed  chan error
	stop    context.CancelFunc
	ended   sync.WaitGroup // of what runs beside: the sweep, the clock
	serving sync.Once
	served  chan struct{} // closed when it begins to serve
}

// Init makes a folder into one that Open accepts. It refuses one that already is.
func Init(dir string) error {
	if err := os.MkdirAll(storeDir(dir), 0o700); err != nil {
		return fmt.Errorf("make the data folder: %w", err)
	}
	return errors.Join(auth.MakeKeys(dir), push.MakeKeys(dir))
}

// Open opens the store of an initialised folder and starts the hub.
func Open(o Options) (*Server, error) {
	if o.Now == nil {
		o.Now = time.Now
	}
	keys, err := auth.LoadKeys(o.Data)
	if err != nil {
		return nil, err
	}
	follow, err := Models(o.Overrides)
	if err != nil {
		return nil, err
	}
	engine, err := badger.Open(storeDir(o.Data), o.Log)
	if err != nil {
		return nil, err
	}
	var framed kv.Engine = store.Framed(engine)
	s := &Server{log: o.Log, engine: engine, failed: make(chan error, 1), served: make(chan struct{}), stop: func() {}}
	s.Auth = auth.New(framed, keys, o.Now)
	s.Hub = hub.New(hub.Config{
		Core:      hub.Core{Store: framed, Now: o.Now, CursorKey: keys.Cursor, Log: o.Log, Models: follow},
		OnFailure: func(err error) { s.failed <- err },
		OnDue: func(at time.Time) {
			if c := s.clock.Load(); c != nil {
				c.Nudge(at)
			}
		},
	})
	if s.Push, err = newPush(o, framed); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	clock, err := newClock(o, s, framed, keys.Cursor)
	if err != nil {
		return nil, errors.Join(err, s.Close())
	}
	s.clock.Store(clock)
	s.api, err = api.New(api.Config{
		Auth: s.Auth, Hub: s.Hub, Push: s.Push, Clock: clock, Feed: feed.New(s.Hub, framed, o.Now), Healthy: engine.Healthy, Static: o.Static, Origin: o.Origin, Log: o.Log,
	})
	if err != nil {
		return nil, errors.Join(err, s.Close())
	}
	var ctx context.Context
	ctx, s.stop = context.WithCancel(context.Background())
	s.ended.Go(func() { s.sweep(ctx, o.Log) })
	s.ended.Go(func() {
		select {
		case <-s.served:
			clock.Run(ctx)
		case <-ctx.Done():
		}
	})
	return s, nil
}

// newPush makes the sender, if the folder has keys for it.
func newPush(o Options, store kv.Engine) (*push.Push, error) {
	keys, err := push.LoadKeys(o.Data)
	if err != nil || keys == nil {
		if err == nil {
			o.Log.Warn("nothing is pushed: this folder has no keys for it, run `samspor push keys`")
		}
		return nil, err
	}
	contact := cmp.Or(o.PushContact, o.Origin, "https://localhost")
	return push.New(push.Config{Store: store, Keys: *keys, Subject: contact, Origin: o.Origin, Now: o.Now, Log: o.Log}), nil
}

// lookAtOnce is how many people are pushed to at the same time.
const lookAtOnce = 16

// newClock makes the clock that reminds; it runs while the server serves.
func newClock(o Options, s *Server, store kv.Engine, secret []byte) (*remind.Clock, error) {
	c := remind.Config{Hub: s.Hub, Store: store, Secret: secret, Node: rand.Text(), AtOnce: lookAtOnce, Now: o.Now, Log: o.Log}
	if s.Push != nil {
		c.Post = s.Push
	}
	if o.SMTP != "" {
		sender, err := mail.New(mail.Config{Server: o.SMTP, From: o.MailFrom, Origin: o.Origin})
		if err != nil {
			return nil, err
		}
		c.Mail = sender
	}
	return remind.New(c), nil
}

// sweepEvery is how often what was kept for a time is looked through.
const sweepEvery = time.Hour

// sweep empties what has been kept long enough, at the start and then each hour, until
// the server closes.
func (s *Server) sweep(ctx context.Context, log *slog.Logger) {
	every := time.NewTicker(sweepEvery)
	defer every.Stop()
	for {
		if n, err := s.Hub.Sweep(ctx); err != nil && ctx.Err() == nil {
			log.Error("sweep", "err", err)
		} else if n > 0 {
			log.Info("swept", "handedOver", n)
		}
		select {
		case <-ctx.Done():
			return
		case <-every.C:
		}
	}
}

// Models gives the collaboration models with a municipality's file laid over them;
// without a file, as they come with the program. The error names every mistake with its line.
func Models(overrides string) (map[plan.ModelID]models.Model, error) {
	if overrides == "" {
		return models.All()
	}
	raw, err := os.ReadFile(overrides)
	if err != nil {
		return nil, fmt.Errorf("overrides: %w", err)
	}
	return models.WithOverrides(overrides, raw)
}

// Serve answers on a listener, and reminds, until Close. A command that only looks into
// the folder opens it without serving, and tells nobody anything.
func (s *Server) Serve(l net.Listener) error {
	s.serving.Do(func() { close(s.served) })
	return s.api.Serve(l)
}

// Failed hears of a store that failed: the process must stop, and phones ask again.
func (s *Server) Failed() <-chan error { return s.failed }

// Close ends live streams, lets the last commit finish and closes the store.
func (s *Server) Close() error {
	s.Hub.CloseStreams()
	var err error
	if s.api != nil {
		err = s.api.Shutdown(shutdownWait)
		s.stop()
		s.ended.Wait()
	}
	s.Hub.Close()
	return errors.Join(err, s.engine.Close())
}

func storeDir(data string) string { return filepath.Join(data, "store") }
