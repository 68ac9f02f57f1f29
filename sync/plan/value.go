package plan

import (
	"bytes"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"samspor/sync/calendar"
)

// Value is a field's value as it travels and as it is kept: canonical JSON, so
// that equal values are equal bytes. null says that the field is cleared.
type Value = jsontext.Value

// Null is the value of a cleared field.
var Null = Value("null")

// Wrong says what is wrong with a value; empty when nothing is.
type Wrong string

// What can be wrong with a value.
const (
	WrongType      Wrong = "type"
	WrongLength    Wrong = "length"
	WrongCharacter Wrong = "character"
)

// maxMarks is how many combining marks may follow each other; more is a pile of accents that breaks a screen.
const maxMarks = 12

// maxSet is how many members a set may have.
const maxSet = 500

// Check gives the canonical form of a value for a field, or what is wrong with it.
func Check(f *Field, v Value) (Value, Wrong) {
	if v.Kind() == 'n' {
		return Null, ""
	}
	switch f.Type {
	case TypeInt:
		n, err := strconv.ParseInt(string(v), 10, 32)
		if err != nil {
			return nil, WrongType
		}
		return Value(strconv.AppendInt(nil, n, 10)), ""
	case TypeBool:
		if k := v.Kind(); k != 't' && k != 'f' {
			return nil, WrongType
		}
		return bytes.Clone(v), ""
	case TypeSet:
		return checkSet(f, v)
	case TypeData:
		return nil, WrongType // only the server writes data
	}
	s, ok := Unquote(v)
	if !ok {
		return nil, WrongType
	}
	if w := checkString(f, s); w != "" {
		return nil, w
	}
	return String(s), ""
}

func checkString(f *Field, s string) Wrong {
	switch f.Type {
	case TypeDay:
		if _, err := calendar.ParseDay(s); err != nil {
			return WrongType
		}
	case TypeInstant:
		if _, err := calendar.ParseInstant(s); err != nil {
			return WrongType
		}
	case TypeID:
		if !ValidID(s) {
			return WrongType
		}
	case TypeEnum:
		if !slices.Contains(f.Enum, s) {
			return WrongType
		}
	case TypeOrder:
		if len(s) > f.Max || s == "" || strings.ContainsFunc(s, func(r rune) bool { return r <= ' ' || r > '~' }) {
			return WrongType
		}
	default:
		return checkText(s, f.Max)
	}
	return ""
}

func checkText(s string, max int) Wrong {
	if utf8.RuneCountInString(s) > max {
		return WrongLength
	}
	marks := 0
	for _, r := range s {
		if unicode.IsControl(r) && r != '\n' && r != '\t' {
			return WrongCharacter
		}
		if !unicode.Is(unicode.Mn, r) {
			marks = 0
		} else if marks++; marks > maxMarks {
			return WrongCharacter
		}
	}
	return ""
}

func checkSet(f *Field, v Value) (Value, Wrong) {
	var members []string
	if err := json.Unmarshal(v, &members); err != nil {
		return nil, WrongType
	}
	return Set(f, members)
}

// Set gives the canonical form of a set: sorted, each member once.
func Set(f *Field, members []string) (Value, Wrong) {
	if len(members) > maxSet {
		return nil, WrongLength
	}
	for _, m := range members {
		if f.Enum != nil && !slices.Contains(f.Enum, m) || f.Enum == nil && !ValidID(m) {
			return nil, WrongType
		}
	}
	sorted := slices.Compact(slices.Sorted(slices.Values(members)))
	out := Value{'['}
	for i, m := range sorted {
		if i > 0 {
			out = append(out, ',')
		}
		out = append(out, String(m)...)
	}
	return append(out, ']'), ""
}

// Members reads a set; an absent or cleared one is empty.
func Members(v Value) []string {
	var members []string
	if len(v) == 0 || v.Kind() != '[' || json.Unmarshal(v, &members) != nil {
		return nil
	}
	return members
}

// String gives the value of a text.
func String(s string) Value {
	v, err := jsontext.AppendQuote(nil, s)
	if err != nil { // only invalid UTF-8 gets here, and AppendQuote has replaced it
		return Value(strconv.Quote(strings.ToValidUTF8(s, "\uFFFD")))
	}
	return v
}

// Int gives the value of a whole number.
func Int(n int) Value { return strconv.AppendInt(nil, int64(n), 10) }

// Unquote reads a value that is one JSON string.
func Unquote(v Value) (string, bool) {
	if v.Kind() != '"' {
		return "", false
	}
	if s, ok := plainText(v); ok {
		return s, true
	}
	s, err := jsontext.AppendUnquote(nil, v)
	return string(s), err == nil
}

// plainText reads a text that stands as it is between its quotes, as most do.
func plainText(v Value) (string, bool) {
	if len(v) < 2 || v[len(v)-1] != '"' {
		return "", false
	}
	inside := v[1 : len(v)-1]
	for _, c := range inside {
		if c < ' ' || c >= utf8.RuneSelf || c == '"' || c == '\\' {
			return "", false
		}
	}
	return string(inside), true
}

// Str reads a string value; an absent, cleared or other one is empty.
func Str(v Value) string {
	s, _ := Unquote(v)
	return s
}
