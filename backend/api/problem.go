package api

import (
	"crypto/rand"
	"encoding/base64"
	"errors"
	"net/http"
	"strconv"

	"github.com/go-json-experiment/json"
	"github.com/gofiber/fiber/v2"

	"samspor/backend/auth"
	"samspor/sync/hub"
	"samspor/sync/plan"
	"samspor/sync/wire"
)

// problem is an answer that says no (RFC 9457). It never echoes what was sent.
type problem struct {
	Type    string `json:"type"`
	Title   string `json:"title"` // English; the phone owns the words for each code
	Status  int    `json:"status"`
	Code    string `json:"code"`
	ID      string `json:"id"` // for support: the same id stands in the log
	Change  *int   `json:"change,omitzero"`
	Want    uint64 `json:"want,omitzero"`
	Pointer string `json:"pointer,omitzero"`

	Quarantine string       `json:"quarantine,omitzero"` // where the outbox of a lost space goes
	Until      plan.Instant `json:"until,omitzero"`      // how long it is kept there
}

// kind is one row of the table of problems.
type kind struct {
	status int
	title  string
	retry  int // seconds; 0 leaves Retry-After out
}

// problems is the one table that turns a slug into an answer.
var problems = map[string]kind{
	wire.EmptyBody:           {400, "The request has no body", 0},
	wire.Malformed:           {400, "The body is not JSON", 0},
	wire.BadEncoding:         {400, "The body is not valid UTF-8", 0},
	wire.DuplicateKey:        {422, "A key stands twice in one object", 0},
	wire.UnknownField:        {422, "The message has no such field", 0},
	wire.WrongType:           {422, "A value has the wrong shape", 0},
	wire.BadCharacter:        {422, "A text holds a character that is not allowed", 0},
	wire.TooDeep:             {422, "The JSON is nested too deeply", 0},
	wire.TooManyKeys:         {422, "An object has too many keys", 0},
	wire.BadNumber:           {422, "A number is out of range", 0},
	wire.BadTime:             {422, "A time is not a time", 0},
	"batch-too-large":        {413, "Too many changes at once", 0},
	"body-too-large":         {413, "The body is too large", 0},
	"encoding-not-supported": {415, "Send the body without Content-Encoding", 0},
	"json-only":              {415, "Send application/json", 0},
	"header-too-large":       {431, "The request's header is too large", 0},
	"bad-request":            {400, "The request is not HTTP as it should be", 0},
	"timeout":                {408, "The request took too long", 0},
	"wrong-host":             {421, "This server does not answer for that host", 0},
	"cross-site":             {403, "The request comes from another site", 0},
	"unauthorised":           {401, "Sign in", 0},
	"session-ended":          {401, "The session has ended", 0},
	"link-gone":              {410, "The link is used or has expired", 0},
	"method":                 {405, "The method is not allowed here", 0},
	"endpoint-not-allowed":   {422, "This is not the address of a known push service", 0},
	"bad-subscription":       {422, "The keys of the subscription are none", 0},
	"too-many-devices":       {409, "This person has as many phones as there may be", 0},
	"bad-zone":               {422, "There is no such time zone", 0},
	"bad-time-of-day":        {422, "This is no time of the day", 0},
	"bad-email":              {422, "This is no e-mail address", 0},
	"bad-kind":               {422, "There is no such kind of reminder", 0},
	"busy":                   {503, "The server cannot take this now", 5},
	"internal":               {500, "Something went wrong on the server", 0},
	string(hub.NotFound):     {404, "There is nothing here", 0},
	string(hub.Gone):         {410, "Access to this space has ended", 0},
	string(hub.Fork):         {409, "This client's numbers are used by another", 0},
	string(hub.Gap):          {409, "A number is missing before this change", 0},
}

func newProblem(slug string) *problem {
	k, ok := problems[slug]
	if !ok {
		slug, k = "internal", problems["internal"]
	}
	return &problem{Type: "/problems/" + slug, Title: k.title, Status: k.status, Code: slug, ID: supportID()}
}

func (p *problem) Error() string { return p.Code }

// asProblem turns any error into the answer that leaves the server.
func asProblem(err error) *problem {
	var p *problem
	var bad *wire.Bad
	var refused *hub.Refused
	var fe *fiber.Error
	switch slug := refusal(err); {
	case slug != "":
		return newProblem(slug)
	case errors.As(err, &p):
		return p
	case errors.As(err, &bad):
		p = newProblem(bad.Slug)
		p.Pointer = bad.Pointer
		return p
	case errors.As(err, &refused):
		p = newProblem(string(refused.Reason))
		if refused.Change >= 0 {
			p.Change, p.Want = &refused.Change, refused.Want
		}
		return p
	case errors.Is(err, hub.ErrStopped):
		return newProblem("busy")
	case errors.Is(err, auth.ErrToken):
		return newProblem("unauthorised")
	case errors.Is(err, auth.ErrEnded):
		return newProblem("session-ended")
	case errors.Is(err, auth.ErrLinkGone):
		return newProblem("link-gone")
	case errors.As(err, &fe):
		return newProblem(slugOf(fe.Code))
	}
	return newProblem("internal")
}

func slugOf(status int) string {
	switch status {
	case http.StatusNotFound:
		return string(hub.NotFound)
	case http.StatusMethodNotAllowed:
		return "method"
	case http.StatusRequestEntityTooLarge:
		return "body-too-large"
	case http.StatusRequestHeaderFieldsTooLarge:
		return "header-too-large"
	case http.StatusRequestTimeout:
		return "timeout"
	case http.StatusBadRequest:
		return "bad-request"
	}
	return "internal"
}

// onError is the one place where an error becomes an answer, and is logged once.
func (a *API) onError(c *fiber.Ctx, err error) error {
	p := asProblem(err)
	if p.Status >= 500 {
		a.log.Error("request failed", "id", p.ID, "route", c.Route().Path, "err", err)
	} else {
		a.log.Debug("request refused", "id", p.ID, "route", c.Route().Path, "code", p.Code)
	}
	body, err := json.Marshal(p)
	if err != nil {
		return err
	}
	if retry := problems[p.Code].retry; retry > 0 {
		c.Set(fiber.HeaderRetryAfter, strconv.Itoa(retry))
	}
	if p.Status == http.StatusUnauthorized {
		c.Set(fiber.HeaderWWWAuthenticate, "Bearer")
	}
	if p.Status == http.StatusRequestEntityTooLarge || p.Status == http.StatusRequestHeaderFieldsTooLarge {
		c.Set(fiber.HeaderConnection, "close")
	}
	c.Set(fiber.HeaderContentType, "application/problem+json")
	return c.Status(p.Status).Send(body)
}

func supportID() string {
	b := make([]byte, 9)
	_, _ = rand.Read(b) // never fails: crypto/rand ends the program instead
	return base64.RawURLEncoding.EncodeToString(b)
}
