package api

import (
	"bytes"
	"strconv"
	"strings"
	"time"

	"github.com/go-json-experiment/json/jsontext"
	"github.com/gofiber/fiber/v2"

	"samspor/backend/print"
	"samspor/sync/forms"
	"samspor/sync/hub"
	"samspor/sync/plan"
	"samspor/sync/wire"
)

// printed asks for forms of one space as a PDF: one of them, or all.
type printed struct {
	Space    plan.SpaceID  `json:"space"`
	Rec      plan.RecordID `json:"rec,omitzero"`
	Language string        `json:"language"` // da, nb or en
}

// forms gives filled-in forms as a PDF for the archive (R32). It is a POST, so that
// no id stands in an address, and it reads through the one gate.
func (a *API) forms(c *fiber.Ctx) error {
	id, err := a.who(c)
	if err != nil {
		return err
	}
	var in printed
	if err := read(c, &in); err != nil {
		return err
	}
	seen, err := a.hub.Visible(id.Account, in.Space, "form")
	if err != nil {
		return err
	}
	var docs []print.Doc
	for _, r := range seen.Records {
		if in.Rec != "" && r.ID != in.Rec {
			continue
		}
		doc, err := docOf(r)
		if err != nil {
			return err
		}
		docs = append(docs, doc)
	}
	if len(docs) == 0 {
		return &hub.Refused{Reason: hub.NotFound, Change: -1}
	}
	var out bytes.Buffer
	if err := print.Forms(&out, in.Language, docs, time.Unix(0, 0).UTC()); err != nil { // the same form is the same file
		return err
	}
	c.Set(fiber.HeaderContentType, "application/pdf")
	c.Set(fiber.HeaderContentDisposition, `attachment; filename="samspor.pdf"`)
	return c.Send(out.Bytes())
}

// docOf reads a form and its answers.
func docOf(r wire.Record) (print.Doc, error) {
	version, _ := strconv.Atoi(string(r.F["version"])) // 0, of an import, is the first
	t, err := forms.Get(plan.FormTemplate(plan.Str(r.F["template"])), version)
	doc := print.Doc{Template: t, Answers: map[string]string{}, State: plan.Str(r.F["state"])}
	for name, v := range r.F {
		if answer, ok := strings.CutPrefix(name, "a."); ok && jsontext.Value(v).Kind() == '"' {
			doc.Answers[answer] = plan.Str(v)
		}
	}
	return doc, err
}
