package api

import (
	"bytes"
	"errors"

	"github.com/gofiber/fiber/v2"

	"samspor/backend/feed"
	"samspor/backend/mail"
	"samspor/backend/push"
	"samspor/backend/remind"
	"samspor/sync/hub"
	"samspor/sync/plan"
)

// inbox is what a person was told, and how many of their agreements are due.
type inbox struct {
	Notices []remind.Notice `json:"notices"`
	Due     int             `json:"due"`
}

// reminders gives how this person wants to be reminded.
func (a *API) reminders(c *fiber.Ctx) error {
	id, err := a.who(c)
	if err != nil {
		return err
	}
	s, err := a.clock.Settings(id.Account)
	if err != nil {
		return err
	}
	return send(c, s)
}

// setReminders keeps it. A field that is left out has its usual value.
func (a *API) setReminders(c *fiber.Ctx) error {
	id, err := a.who(c)
	if err != nil {
		return err
	}
	s := remind.Default()
	if err := read(c, &s); err != nil {
		return err
	}
	if s.Email != "" && !mail.ValidAddress(s.Email) {
		return remind.ErrEmail
	}
	if err := a.clock.Set(id.Account, s); err != nil {
		return err
	}
	return a.reminders(c)
}

func (a *API) notices(c *fiber.Ctx) error {
	id, err := a.who(c)
	if err != nil {
		return err
	}
	list, err := a.clock.Notices(id.Account)
	if err != nil {
		return err
	}
	due, err := a.clock.Due(id.Account)
	if err != nil {
		return err
	}
	return send(c, inbox{list, due})
}

// notice says what the opaque id of a push stands for, to the person it was sent to.
func (a *API) notice(c *fiber.Ctx) error {
	id, err := a.who(c)
	if err != nil {
		return err
	}
	n, err := a.clock.Notice(id.Account, plan.NoticeID(bytes.Clone([]byte(c.Params("id")))))
	if err != nil {
		return err
	}
	return send(c, n)
}

// noticeOpened notes that the person has seen it, so that nobody writes to them about it.
func (a *API) noticeOpened(c *fiber.Ctx) error {
	id, err := a.who(c)
	if err != nil {
		return err
	}
	if err := read(c, &struct{}{}); err != nil {
		return err
	}
	if err := a.clock.Open(id.Account, plan.NoticeID(bytes.Clone([]byte(c.Params("id"))))); err != nil {
		return err
	}
	return send(c, struct{}{})
}

// refusals are the answers to what services refuse.
var refusals = map[error]string{
	push.ErrEndpoint: "endpoint-not-allowed",
	push.ErrKeys:     "bad-subscription",
	push.ErrTooMany:  "too-many-devices",
	feed.ErrGone:     string(hub.NotFound),
	remind.ErrZone:   "bad-zone",
	remind.ErrClock:  "bad-time-of-day",
	remind.ErrEmail:  "bad-email",
	remind.ErrGroup:  "bad-kind",
	remind.ErrNone:   string(hub.NotFound),
}

// refusal finds the answer to an error of a service; empty if it is none of these.
func refusal(err error) string {
	for e, slug := range refusals {
		if errors.Is(err, e) {
			return slug
		}
	}
	return ""
}
