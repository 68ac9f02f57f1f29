package api

import (
	"encoding/base64"
	"slices"

	"github.com/gofiber/fiber/v2"

	"samspor/backend/push"
	"samspor/sync/hub"
	"samspor/sync/plan"
	"samspor/sync/wire"
)

// pushKey is what a browser needs to subscribe.
type pushKey struct {
	Key string `json:"key"`
}

// pushSubscription is what a browser gives (Push API), with the language of its page.
type pushSubscription struct {
	Endpoint string   `json:"endpoint"`
	Keys     pushKeys `json:"keys"`
	Language string   `json:"language"`
}

type pushKeys struct {
	P256dh string `json:"p256dh"`
	Auth   string `json:"auth"`
}

// pushEndpoint names a browser by the address it gave.
type pushEndpoint struct {
	Endpoint string `json:"endpoint"`
}

// pushHash names one by the SHA-256 of that address, in base64url.
type pushHash struct {
	Hash string `json:"hash"`
}

// pushKnown says whether the server has a browser's subscription, and when a push to it was last taken.
type pushKnown struct {
	Known    bool         `json:"known"`
	Accepted plan.Instant `json:"accepted,omitzero"`
}

// pushTried says to how many phones a test was sent, and how many push services took it.
type pushTried struct {
	Phones   int `json:"phones"`
	Accepted int `json:"accepted"`
}

// pushing runs a handler for who is signed in, on a server that has its keys for push;
// without them these paths have nothing behind them.
func (a *API) pushing(do func(*fiber.Ctx, plan.AccountID) error) fiber.Handler {
	return func(c *fiber.Ctx) error {
		id, err := a.who(c)
		if err != nil {
			return err
		}
		if a.phones == nil {
			return &hub.Refused{Reason: hub.NotFound, Change: -1}
		}
		return do(c, id.Account)
	}
}

func (a *API) pushKey(c *fiber.Ctx, _ plan.AccountID) error {
	return send(c, pushKey{a.phones.Keys.Public})
}

// pushSubscribe keeps where a phone may be pushed to. No connection is made.
func (a *API) pushSubscribe(c *fiber.Ctx, account plan.AccountID) error {
	var in pushSubscription
	if err := read(c, &in); err != nil {
		return err
	}
	if !slices.Contains([]string{"da", "nb", "en"}, in.Language) {
		return &wire.Bad{Slug: wire.WrongType, Pointer: "/language"}
	}
	err := a.phones.Subscribe(account, push.Subscription{Endpoint: in.Endpoint, P256dh: in.Keys.P256dh, Auth: in.Keys.Auth, Lang: in.Language})
	if err != nil {
		return err
	}
	return send(c, struct{}{})
}

func (a *API) pushUnsubscribe(c *fiber.Ctx, account plan.AccountID) error {
	var in pushEndpoint
	if err := read(c, &in); err != nil {
		return err
	}
	if err := a.phones.Unsubscribe(account, in.Endpoint); err != nil {
		return err
	}
	return send(c, struct{}{})
}

func (a *API) pushCheck(c *fiber.Ctx, account plan.AccountID) error {
	var in pushHash
	if err := read(c, &in); err != nil {
		return err
	}
	sum, err := base64.RawURLEncoding.DecodeString(in.Hash)
	if err != nil || len(sum) != 32 {
		return &wire.Bad{Slug: wire.WrongType, Pointer: "/hash"}
	}
	known, accepted, err := a.phones.Known(account, sum)
	if err != nil {
		return err
	}
	return send(c, pushKnown{known, accepted})
}

// pushTest sends a push to the person's own phones, so that they see that it works.
func (a *API) pushTest(c *fiber.Ctx, account plan.AccountID) error {
	if err := read(c, &struct{}{}); err != nil {
		return err
	}
	out, err := a.phones.Send(c.Context(), account, push.TestMessage())
	if err != nil {
		return err
	}
	return send(c, pushTried{out.Phones, out.Accepted})
}
