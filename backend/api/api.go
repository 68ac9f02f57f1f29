// Package api is the door: it speaks HTTP and nothing else. A handler reads the
// request, calls one function of a service, and answers.
//
// Its one rule: what comes from a request is copied at the door and limited
// before it is parsed; no Fiber type goes further in. Start with New.
package api

import (
	"bytes"
	"io/fs"
	"log/slog"
	"net"
	"net/url"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/gofiber/fiber/v2/middleware/recover"

	"samspor/backend/auth"
	"samspor/backend/feed"
	"samspor/backend/push"
	"samspor/backend/remind"
	"samspor/sync/hub"
	"samspor/sync/wire"
)

// maxBody is the largest body that is read at all.
const maxBody = 256 << 10

// API serves the endpoints and the app.
type API struct {
	app     *fiber.App
	auth    *auth.Auth
	hub     *hub.Hub
	feed    *feed.Feed
	clock   *remind.Clock
	phones  *push.Push // nil: no keys, so nothing is pushed
	healthy func() bool
	log     *slog.Logger
	host    string // of the public origin, beside the loopback names
	streams streamList
}

// Config is what the door needs.
type Config struct {
	Auth    *auth.Auth
	Hub     *hub.Hub
	Feed    *feed.Feed
	Clock   *remind.Clock
	Push    *push.Push // nil: no keys, so nothing is pushed
	Healthy func() bool
	Static  fs.FS  // the built app; nil serves none
	Origin  string // https://host, or empty for local use
	Log     *slog.Logger
}

// New builds the door. Limits, timeouts and the error handler stand here and nowhere else.
func New(c Config) (*API, error) {
	a := &API{auth: c.Auth, hub: c.Hub, feed: c.Feed, phones: c.Push, clock: c.Clock, healthy: c.Healthy, log: c.Log, streams: streamList{of: map[string][]*hub.Stream{}}}
	if u, err := url.Parse(c.Origin); err == nil {
		a.host = u.Host
	}
	a.app = fiber.New(fiber.Config{
		ReadTimeout: 10 * time.Second, WriteTimeout: 60 * time.Second, IdleTimeout: 60 * time.Second,
		ReadBufferSize: 8192, BodyLimit: maxBody, Immutable: true, CaseSensitive: true, StrictRouting: true,
		EnableTrustedProxyCheck: true, ServerHeader: "", DisableStartupMessage: true, ErrorHandler: a.onError,
	})
	a.app.Use(recover.New(), a.guard)
	a.app.Get("/healthz", a.health)
	v1 := a.app.Group("/api/v1", noStore)
	v1.Post("/auth/link", jsonOnly, a.link)
	v1.Post("/auth/refresh", jsonOnly, a.refresh)
	v1.Post("/auth/logout", jsonOnly, a.logout)
	v1.Post("/sync/push", jsonOnly, a.push)
	v1.Post("/sync/pull", jsonOnly, a.pull)
	v1.Post("/sync/quarantine", jsonOnly, a.quarantine)
	v1.Post("/sync/history", jsonOnly, a.history)
	v1.Get("/sync/live", a.live)
	v1.Post("/forms/pdf", jsonOnly, a.forms)
	v1.Get("/push/key", a.pushing(a.pushKey))
	v1.Put("/push/subscription", jsonOnly, a.pushing(a.pushSubscribe))
	v1.Delete("/push/subscription", jsonOnly, a.pushing(a.pushUnsubscribe))
	v1.Post("/push/check", jsonOnly, a.pushing(a.pushCheck))
	v1.Post("/push/test", jsonOnly, a.pushing(a.pushTest))
	v1.Get("/reminders", a.reminders)
	v1.Put("/reminders", jsonOnly, a.setReminders)
	v1.Get("/notices", a.notices)
	v1.Get("/notices/:id", a.notice)
	v1.Post("/notices/:id/opened", jsonOnly, a.noticeOpened)
	v1.Get("/calendar", a.calendarAsked)
	v1.Put("/calendar", jsonOnly, a.calendarOpened)
	v1.Delete("/calendar", a.calendarClosed)
	v1.Get("/calendar/:secret.ics", a.calendar)
	v1.Get("/openapi.yaml", describe)
	if c.Static != nil {
		files, err := loadStatic(c.Static)
		if err != nil {
			return nil, err
		}
		a.app.Get("/*", files.serve)
	}
	a.app.Use(func(c *fiber.Ctx) error { return a.missing(c) })
	return a, nil
}

// Serve answers on a listener until Shutdown.
func (a *API) Serve(l net.Listener) error { return a.app.Listener(l) }

// Shutdown waits a while for requests under way; live streams must have been closed before.
func (a *API) Shutdown(wait time.Duration) error { return a.app.ShutdownWithTimeout(wait) }

// pageHeaders go with the page and its files. Trusted Types and the policy of
// scripts are what keeps a text that somebody wrote from ever running (T12).
var pageHeaders = map[string]string{
	"Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; " +
		"manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; " +
		"trusted-types samspor; require-trusted-types-for 'script'",
	"Referrer-Policy":              "no-referrer",
	"Cross-Origin-Opener-Policy":   "same-origin",
	"Cross-Origin-Resource-Policy": "same-origin",
	"Permissions-Policy":           "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
}

// apiPolicy is for answers that are no page: shown as one, they may do nothing at
// all. They are many, small and open to nobody without a token in a header, so
// they carry no more than that.
const apiPolicy = "default-src 'none'; frame-ancestors 'none'"

// guard sets the headers and turns away what comes for another host or from another site.
func (a *API) guard(c *fiber.Ctx) error {
	c.Set(fiber.HeaderXContentTypeOptions, "nosniff")
	if strings.HasPrefix(c.Path(), "/api/") {
		c.Set(fiber.HeaderContentSecurityPolicy, apiPolicy)
	} else {
		for k, v := range pageHeaders {
			c.Set(k, v)
		}
	}
	host := string(c.Request().Host())
	if !a.knows(host) {
		return newProblem("wrong-host")
	}
	if c.Method() != fiber.MethodGet && c.Method() != fiber.MethodHead && crossSite(c, host) {
		return newProblem("cross-site")
	}
	return c.Next()
}

// knows says whether the server answers for a host: its public one, and the
// loopback names, on any port.
func (a *API) knows(host string) bool {
	if a.host != "" && host == a.host {
		return true
	}
	name, _, err := net.SplitHostPort(host)
	if err != nil {
		name = strings.Trim(host, "[]")
	}
	ip := net.ParseIP(name)
	return name == "localhost" || ip != nil && ip.IsLoopback()
}

// crossSite says whether a writing request was made by another site's page (T11).
func crossSite(c *fiber.Ctx, host string) bool {
	if site := c.Get("Sec-Fetch-Site"); site != "" && site != "same-origin" && site != "none" {
		return true
	}
	origin := c.Get(fiber.HeaderOrigin)
	if origin == "" {
		return false
	}
	u, err := url.Parse(origin)
	return err != nil || u.Host != host
}

func noStore(c *fiber.Ctx) error {
	c.Set(fiber.HeaderCacheControl, "no-store")
	return c.Next()
}

// jsonOnly refuses every body but plain JSON, unread.
func jsonOnly(c *fiber.Ctx) error {
	if c.Get(fiber.HeaderContentEncoding) != "" {
		return newProblem("encoding-not-supported")
	}
	media, params, _ := strings.Cut(c.Get(fiber.HeaderContentType), ";")
	params = strings.ToLower(strings.TrimSpace(params))
	if strings.TrimSpace(strings.ToLower(media)) != "application/json" || params != "" && params != "charset=utf-8" {
		return newProblem("json-only")
	}
	return c.Next()
}

// read copies the raw body and decodes it strictly.
func read(c *fiber.Ctx, into any) error {
	return wire.Decode(bytes.Clone(c.Request().Body()), into)
}

// send answers with JSON.
func send(c *fiber.Ctx, v any) error {
	body, err := wire.Encode(v)
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderContentType, fiber.MIMEApplicationJSON)
	return c.Send(body)
}

func (a *API) health(c *fiber.Ctx) error {
	if !a.healthy() {
		return newProblem("busy")
	}
	c.Set(fiber.HeaderCacheControl, "no-store")
	return c.SendString("ok\n")
}

// missing answers for a path that does not exist, and for a method that a path does not have.
func (a *API) missing(c *fiber.Ctx) error {
	var allow []string
	for _, r := range a.app.GetRoutes(true) {
		if r.Path == c.Path() && r.Method != fiber.MethodHead {
			allow = append(allow, r.Method)
		}
	}
	if len(allow) == 0 {
		return newProblem(string(hub.NotFound))
	}
	c.Set(fiber.HeaderAllow, strings.Join(allow, ", "))
	return newProblem("method")
}

// who finds who makes the request.
func (a *API) who(c *fiber.Ctx) (auth.Identity, error) {
	token, ok := strings.CutPrefix(c.Get(fiber.HeaderAuthorization), "Bearer ")
	if !ok {
		return auth.Identity{}, auth.ErrToken
	}
	return a.auth.Verify(token)
}
