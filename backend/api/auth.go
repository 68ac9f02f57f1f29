package api

import (
	"time"

	"github.com/gofiber/fiber/v2"

	"samspor/sync/plan"
)

// refreshCookie is bound to this host, unreadable for scripts and never sent by another site.
const refreshCookie = "__Host-rt"

// signedIn is what a phone gets: the token for its requests, and whose plan it opens.
type signedIn struct {
	Access string         `json:"access"`
	Person plan.AccountID `json:"person"`
}

// link signs a person in by a one-time link.
func (a *API) link(c *fiber.Ctx) error {
	var in struct {
		Code string `json:"code"`
	}
	if err := read(c, &in); err != nil {
		return err
	}
	s, err := a.auth.SignIn(in.Code)
	if err != nil {
		return err
	}
	setRefresh(c, fiber.Cookie{Value: s.Refresh, MaxAge: int(s.Life.Seconds())})
	return send(c, signedIn{s.Access, s.Account})
}

// refresh gives a new access token for the session in the cookie.
func (a *API) refresh(c *fiber.Ctx) error {
	if err := read(c, &struct{}{}); err != nil {
		return err
	}
	s, err := a.auth.Refresh(c.Cookies(refreshCookie))
	if err != nil {
		return err
	}
	return send(c, signedIn{s.Access, s.Account})
}

// logout ends the session and asks the browser to forget what this site left.
func (a *API) logout(c *fiber.Ctx) error {
	if err := read(c, &struct{}{}); err != nil {
		return err
	}
	if err := a.auth.Logout(c.Cookies(refreshCookie)); err != nil {
		return err
	}
	setRefresh(c, fiber.Cookie{Expires: time.Unix(1, 0)})
	c.Set("Clear-Site-Data", `"cache", "cookies"`)
	return send(c, struct{}{})
}

func setRefresh(c *fiber.Ctx, cookie fiber.Cookie) {
	cookie.Name, cookie.Path = refreshCookie, "/"
	cookie.Secure, cookie.HTTPOnly, cookie.SameSite = true, true, fiber.CookieSameSiteStrictMode
	c.Cookie(&cookie)
}
