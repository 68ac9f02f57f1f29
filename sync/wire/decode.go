package wire

import (
	"bytes"
	"errors"
	"io"
	"math"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"samspor/sync/merge"
	"samspor/sync/plan"
)

// Bad says why a body is not the message it should be. Slug names the problem
// (rows 1-15 of the table of bad inputs), Pointer the place (RFC 6901).
type Bad struct {
	Slug    string
	Pointer string
}

func (b *Bad) Error() string { return b.Slug + " at " + b.Pointer }

// The problems of a body.
const (
	EmptyBody    = "empty-body"
	Malformed    = "malformed-json"
	BadEncoding  = "bad-encoding"
	DuplicateKey = "duplicate-key"
	UnknownField = "unknown-field"
	WrongType    = "wrong-type"
	TooDeep      = "too-deep"
	TooManyKeys  = "too-many-keys"
	BadNumber    = "bad-number"
	BadCharacter = "bad-character"
	BadTime      = "bad-time"
)

const (
	maxDepth = 32
	maxKeys  = 1000
)

// Decode reads exactly one JSON object into a message, strictly.
func Decode(body []byte, into any) error {
	if isPlain(body) && json.Unmarshal(body, into, json.RejectUnknownMembers(true)) == nil {
		return nil
	}
	return decodeScanned(body, into)
}

// isPlain says of a body, without reading it properly, that nothing in it can be too
// deep, too many or too large. Of most bodies it is true, and spares them the scan.
func isPlain(body []byte) bool {
	var keys [maxDepth + 1]int
	depth, digits, isText := 0, 0, false
	for i := 0; i < len(body); i++ {
		c := body[i]
		if isText {
			switch c {
			case '\\':
				i++
			case '"':
				isText = false
			}
			continue
		}
		switch {
		case c == '"':
			isText = true
		case c == '{' || c == '[':
			if depth++; depth > maxDepth {
				return false
			}
			keys[depth] = 0
		case c == '}' || c == ']':
			if depth--; depth < 0 {
				return false
			}
		case c == ':':
			keys[depth]++
		case '0' <= c && c <= '9':
			digits++
		case digits > 0 && (c == 'e' || c == 'E'): // of a number, not of true
			return false
		}
		if c < '0' || '9' < c {
			digits = 0
		}
		if keys[depth] > maxKeys || digits > 18 {
			return false
		}
	}
	return bytes.HasPrefix(body, []byte("{"))
}

// decodeScanned looks at every token before it reads anything, and knows what is wrong.
func decodeScanned(body []byte, into any) error {
	if len(bytes.TrimSpace(body)) == 0 {
		return &Bad{Slug: EmptyBody}
	}
	if err := scan(body); err != nil {
		return err
	}
	err := json.Unmarshal(body, into, json.RejectUnknownMembers(true))
	if err == nil {
		return nil
	}
	var wrong *json.SemanticError
	if !errors.As(err, &wrong) {
		return &Bad{Slug: Malformed}
	}
	slug := WrongType
	if errors.Is(err, json.ErrUnknownName) {
		slug = UnknownField
	}
	return &Bad{Slug: slug, Pointer: string(wrong.JSONPointer)}
}

// scan walks the tokens before anything is built from them, so that depth, number
// of keys and numbers are bounded, and each fault gets its own name.
func scan(body []byte) error {
	if !utf8.Valid(body) {
		return &Bad{Slug: BadEncoding}
	}
	dec := jsontext.NewDecoder(bytes.NewReader(body))
	if first := dec.PeekKind(); first != '{' && first != 0 {
		if _, err := dec.ReadValue(); err != nil {
			return &Bad{Slug: Malformed}
		}
		return &Bad{Slug: WrongType}
	}
	for {
		tok, err := dec.ReadToken()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return &Bad{Slug: slugOf(err), Pointer: string(dec.StackPointer())}
		}
		if dec.StackDepth() > maxDepth {
			return &Bad{Slug: TooDeep}
		}
		if kind, n := dec.StackIndex(dec.StackDepth()); kind == '{' && n > 2*maxKeys {
			return &Bad{Slug: TooManyKeys, Pointer: string(dec.StackPointer())}
		}
		if tok.Kind() == '0' {
			if f, err := strconv.ParseFloat(tok.String(), 64); err != nil || math.IsInf(f, 0) {
				return &Bad{Slug: BadNumber, Pointer: string(dec.StackPointer())}
			}
		}
		if dec.StackDepth() == 0 && len(bytes.TrimSpace(body[dec.InputOffset():])) > 0 {
			return &Bad{Slug: Malformed}
		}
	}
}

func slugOf(err error) string {
	var syntax *jsontext.SyntacticError
	switch {
	case errors.Is(err, jsontext.ErrDuplicateName):
		return DuplicateKey
	case errors.As(err, &syntax) && bytes.Contains([]byte(syntax.Error()), []byte("surrogate")):
		return BadEncoding
	}
	return Malformed
}

// Check looks at what a push says about itself; what its changes contain is not looked at.
func (p *Push) Check() error {
	if !plan.ValidID(string(p.Client)) {
		return &Bad{Slug: WrongType, Pointer: "/client"}
	}
	if p.Schema < 1 {
		return &Bad{Slug: WrongType, Pointer: "/schema"}
	}
	if p.Changes == nil {
		return &Bad{Slug: WrongType, Pointer: "/changes"}
	}
	if err := checkTime("/now", p.Now); err != nil {
		return err
	}
	return checkChanges(p.Changes)
}

// Check looks at what a pull says about itself.
func (p *Pull) Check() error {
	if !plan.ValidID(string(p.Client)) {
		return &Bad{Slug: WrongType, Pointer: "/client"}
	}
	if p.Schema < 1 {
		return &Bad{Slug: WrongType, Pointer: "/schema"}
	}
	if len(p.Has) > MaxHas {
		return &Bad{Slug: WrongType, Pointer: "/has"}
	}
	return nil
}

// Check looks at what a handed-over outbox says about itself.
func (h *Handover) Check() error {
	if !plan.ValidID(string(h.Client)) || len(h.Changes) == 0 {
		return &Bad{Slug: WrongType, Pointer: "/client"}
	}
	for i := range h.Changes {
		if h.Changes[i].Space != h.Space {
			return &Bad{Slug: WrongType, Pointer: "/changes/" + strconv.Itoa(i) + "/space"}
		}
	}
	return checkChanges(h.Changes)
}

func checkChanges(changes []Change) error {
	for i := range changes {
		at := "/changes/" + strconv.Itoa(i)
		c := &changes[i]
		if !plan.ValidID(string(c.ID)) {
			return &Bad{Slug: WrongType, Pointer: at + "/id"}
		}
		if err := checkTime(at+"/at", c.At); err != nil {
			return err
		}
		if len(c.Ops) == 0 {
			return &Bad{Slug: WrongType, Pointer: at + "/ops"}
		}
	}
	return nil
}

// checkTime takes any moment, however wrong the device's clock is (rows 67-69): it orders nothing.
func checkTime(at string, t plan.Instant) error {
	if strings.ContainsFunc(string(t), unicode.IsControl) {
		return &Bad{Slug: BadCharacter, Pointer: at}
	}
	if _, err := time.Parse(time.RFC3339, string(t)); err != nil {
		return &Bad{Slug: BadTime, Pointer: at}
	}
	return nil
}

// Operations reads the operations of one change; an error parks that change.
func (c *Change) Operations() ([]merge.Op, error) {
	var ops []merge.Op
	if err := json.Unmarshal(c.Ops, &ops, json.RejectUnknownMembers(true)); err != nil {
		return nil, err
	}
	return ops, nil
}

// Encode writes a message; the same message gives the same bytes.
func Encode(v any) ([]byte, error) { return json.Marshal(v, json.Deterministic(true)) }
