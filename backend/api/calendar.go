package api

import (
	"bytes"
	"slices"

	"github.com/gofiber/fiber/v2"

	"samspor/sync/plan"
	"samspor/sync/wire"
)

// calendarWish is what a person wants in their calendar.
type calendarWish struct {
	Language string `json:"language"` // da, nb or en
	Details  bool   `json:"details"`  // real titles and places, which lie on the calendar's server then
}

// calendarAddress is where it stands. It is shown this once: only its hash is kept.
type calendarAddress struct {
	Path string `json:"path"`
}

// calendarState is how a person's calendar stands; without one, `on` is false and the rest is absent.
type calendarState struct {
	On       bool         `json:"on"`
	Language string       `json:"language,omitzero"`
	Details  bool         `json:"details,omitzero"`
	Since    plan.Instant `json:"since,omitzero"`
}

// calendarAsked says whether this person has a calendar.
func (a *API) calendarAsked(c *fiber.Ctx) error {
	id, err := a.who(c)
	if err != nil {
		return err
	}
	state, err := a.feed.State(id.Account)
	if err != nil {
		return err
	}
	if state == nil {
		return send(c, calendarState{})
	}
	return send(c, calendarState{true, state.Language, state.Details, state.Since})
}

// calendarOpened gives this person's calendar a new address; an older one ends.
func (a *API) calendarOpened(c *fiber.Ctx) error {
	id, err := a.who(c)
	if err != nil {
		return err
	}
	var in calendarWish
	if err := read(c, &in); err != nil {
		return err
	}
	if !slices.Contains([]string{"da", "nb", "en"}, in.Language) {
		return &wire.Bad{Slug: wire.WrongType, Pointer: "/language"}
	}
	secret, err := a.feed.Open(id.Account, in.Language, in.Details)
	if err != nil {
		return err
	}
	return send(c, calendarAddress{"/api/v1/calendar/" + secret + ".ics"})
}

// calendarClosed takes this person's calendar away.
func (a *API) calendarClosed(c *fiber.Ctx) error {
	id, err := a.who(c)
	if err != nil {
		return err
	}
	if err := a.feed.Close(id.Account); err != nil {
		return err
	}
	return send(c, struct{}{})
}

// calendar is what a calendar program fetches. It has no token, so the secret in the
// address is the right to read; an unknown one is the same 404 as any other path.
func (a *API) calendar(c *fiber.Ctx) error {
	var out bytes.Buffer
	if err := a.feed.Calendar(&out, c.Params("secret")); err != nil {
		return err
	}
	c.Set(fiber.HeaderContentType, "text/calendar; charset=utf-8")
	return c.Send(out.Bytes())
}
