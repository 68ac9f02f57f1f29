// Package print writes filled-in forms as PDF, for the archive.
//
// Its one rule: it prints what it is given and looks nothing up; who may read a form
// has been decided before (hub). The page has no tags for screen readers: to be read
// by people, a form is printed from the app. Fonts are Go's own, which have every
// letter of Danish, Norwegian and Ukrainian. Start with Forms.
package print

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"time"

	"codeberg.org/go-pdf/fpdf"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goregular"

	"samspor/sync/forms"
)

// Doc is one form with its answers, by the id of the field.
type Doc struct {
	Template forms.Template
	Answers  map[string]string
	State    string // draft, final or sent
}

// Sizes in millimetres and points.
const (
	margin, line   = 18.0, 5.2
	small, body    = 9.0, 11.0
	heading, title = 13.0, 18.0
)

// words are the few that the page itself says.
var words = map[string]map[string]string{
	"draft":  {"da": "Kladde", "nb": "Utkast", "en": "Draft"},
	"final":  {"da": "Færdig", "nb": "Ferdig", "en": "Final"},
	"sent":   {"da": "Sendt", "nb": "Sendt", "en": "Sent"},
	"page":   {"da": "Side %d", "nb": "Side %d", "en": "Page %d"},
	"none":   {"da": "Ikke udfyldt", "nb": "Ikke fylt ut", "en": "Not filled in"},
	"green":  {"da": "Grønt skema", "nb": "Grønt skjema", "en": "Green form"},
	"other":  {"da": "Andet", "nb": "Annet", "en": "Other"},
	"yellow": {"da": "Gult skema", "nb": "Gult skjema", "en": "Yellow form"},
}

// colours mark a form at its top; the word stands beside them.
var colours = map[string][3]int{"green": {34, 115, 70}, "yellow": {230, 170, 20}}

// Forms writes forms as one PDF in a language (da, nb or en), each on a new page. at
// is the moment that the file says it was made.
func Forms(w io.Writer, language string, docs []Doc, at time.Time) error {
	p := page{fpdf.New("P", "mm", "A4", ""), language}
	p.SetCatalogSort(true) // the same forms are the same bytes
	p.SetCreationDate(at)
	p.SetModificationDate(at)
	p.AddUTF8FontFromBytes("go", "", goregular.TTF)
	p.AddUTF8FontFromBytes("go", "B", gobold.TTF)
	p.SetMargins(margin, margin, margin)
	p.SetAutoPageBreak(true, margin)
	p.SetFooterFunc(func() {
		p.SetY(-margin + line)
		p.SetFont("go", "", small)
		p.CellFormat(0, line, fmt.Sprintf(p.say("page"), p.PageNo()), "", 0, "R", false, 0, "")
	})
	for _, d := range docs {
		p.AddPage()
		p.doc(d)
	}
	if err := p.Output(w); err != nil {
		return fmt.Errorf("write a PDF: %w", err)
	}
	return nil
}

type page struct {
	*fpdf.Fpdf
	language string
}

func (p page) say(key string) string { return words[key][p.language] }

func (p page) doc(d Doc) {
	if c, ok := colours[d.Template.Colour]; ok {
		p.SetFillColor(c[0], c[1], c[2])
		p.Rect(margin, p.GetY(), p.width(), 2, "F")
		p.Ln(line)
		p.write("B", small, p.say(d.Template.Colour))
	}
	p.write("B", title, d.Template.Name.In(p.language))
	p.write("", small, p.say(d.State))
	for _, s := range d.Template.Sections {
		p.Ln(line / 2)
		p.write("B", heading, s.Title.In(p.language))
		for _, f := range s.Fields {
			if answer := p.answer(f, d.Answers[f.ID]); answer != "" {
				p.write("B", body, f.Label.In(p.language))
				p.write("", body, answer)
				p.Ln(line / 3)
			}
		}
	}
	p.others(d)
}

// others prints what an imported form holds and its template does not ask for: it is not lost.
func (p page) others(d Doc) {
	known := map[string]bool{}
	for _, s := range d.Template.Sections {
		for _, f := range s.Fields {
			known[f.ID] = true
		}
	}
	more := slices.DeleteFunc(slices.Sorted(maps.Keys(d.Answers)), func(id string) bool { return known[id] })
	if len(more) == 0 {
		return
	}
	p.Ln(line / 2)
	p.write("B", heading, p.say("other"))
	for _, id := range more {
		p.write("", body, d.Answers[id])
		p.Ln(line / 3)
	}
}

// answer gives an answer in words; one that is due and missing is said to be.
func (p page) answer(f forms.Field, raw string) string {
	for _, c := range f.Choices {
		if c.Value == raw {
			return c.Label.In(p.language)
		}
	}
	if strings.TrimSpace(raw) == "" && f.Required {
		return p.say("none")
	}
	return raw
}

func (p page) width() float64 {
	w, _ := p.GetPageSize()
	return w - 2*margin
}

func (p page) write(style string, size float64, text string) {
	p.SetFont("go", style, size)
	p.MultiCell(0, size*0.47, text, "", "L", false)
}
