package plan

import (
	"maps"
	"slices"
	"strconv"

	"github.com/go-json-experiment/json/jsontext"
)

// Encode writes the record as it is kept: the JSON that its tags say. Every change
// writes the records that it touches whole, so this is done by hand.
func (r *Record) Encode() ([]byte, error) {
	w := NewWriter(200 + 100*len(r.F))
	w.Text(`{"k":`, r.Kind)
	w.Raw(`,"f":{`)
	for i, name := range slices.Sorted(maps.Keys(r.F)) {
		w.Comma(i)
		s := r.F[name]
		w.Text("", name)
		w.Raw(`:{"v":`)
		w.Value(s.V)
		w.Number(`,"s":`, s.Seq)
		w.Given(`,"b":`, string(s.By))
		w.Given(`,"c":`, string(s.Cl))
		w.Raw("}")
	}
	w.Number(`},"s":`, r.Seq)
	w.Count(`,"n":`, r.Born)
	w.Given(`,"b":`, string(r.By))
	w.Given(`,"m":`, string(r.Made))
	WriteTexts(w, `,"v":`, r.Vis)
	w.Number(`,"vs":`, r.VisSeq)
	WriteTexts(w, `,"sn":`, r.Seen)
	if r.Del {
		w.Raw(`,"d":true`)
	}
	if r.Erased {
		w.Raw(`,"e":true`)
	}
	w.Count(`,"ds":`, r.DelSeq)
	if r.Timers != nil {
		w.Raw(`,"t":[`)
		for i, t := range r.Timers {
			w.Comma(i)
			w.Raw(`{"a":`)
			w.b = strconv.AppendInt(w.b, t.At, 10)
			w.Text(`,"k":`, string(t.Kind))
			w.Raw("}")
		}
		w.Raw("]")
	}
	w.Raw("}")
	return w.End()
}

// Writer writes JSON by hand, for the few rows that every change writes. A key is given
// with all that stands before its value.
type Writer struct {
	b   []byte
	err error // the first text that is not UTF-8
}

// NewWriter makes one for about so many bytes.
func NewWriter(size int) *Writer { return &Writer{b: make([]byte, 0, size)} }

// End gives what was written.
func (w *Writer) End() ([]byte, error) { return w.b, w.err }

// Raw adds what is JSON already.
func (w *Writer) Raw(s string) { w.b = append(w.b, s...) }

// Number adds a key and a number.
func (w *Writer) Number(key string, n uint64) {
	w.b = strconv.AppendUint(append(w.b, key...), n, 10)
}

// Count adds a number that is not zero.
func (w *Writer) Count(key string, n uint64) {
	if n != 0 {
		w.Number(key, n)
	}
}

// Text adds a key and a text.
func (w *Writer) Text(key, s string) {
	b, err := jsontext.AppendQuote(append(w.b, key...), s)
	if w.b = b; err != nil && w.err == nil {
		w.err = err
	}
}

// Given adds a text that is not empty.
func (w *Writer) Given(key, s string) {
	if s != "" {
		w.Text(key, s)
	}
}

// Comma stands before each but the first of several.
func (w *Writer) Comma(i int) {
	if i > 0 {
		w.Raw(",")
	}
}

// WriteTexts adds a key and a list of texts.
func WriteTexts[S ~string](w *Writer, key string, list []S) {
	w.Raw(key)
	w.Raw("[")
	for i, s := range list {
		w.Comma(i)
		w.Text("", string(s))
	}
	w.Raw("]")
}

// Value adds a value, null for none.
func (w *Writer) Value(v Value) {
	if len(v) == 0 {
		v = Null
	}
	w.b = append(w.b, v...)
}
