package models

import (
	"bytes"
	"fmt"
	"strings"
	"sync"

	"github.com/go-json-experiment/json/jsontext"
	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/santhosh-tekuri/jsonschema/v6/kind"
)

// shapes gives the parts of schema.json that a whole file may be held to. The
// schema is part of the program, so it is read once.
var shapes = sync.OnceValues(func() (map[string]*jsonschema.Schema, error) {
	raw, err := files.ReadFile(schemaFile)
	if err != nil {
		return nil, err
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(raw))
	if err != nil {
		return nil, err
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource(schemaFile, doc); err != nil {
		return nil, err
	}
	found := map[string]*jsonschema.Schema{}
	for _, def := range []string{"model", "overrides"} {
		if found[def], err = c.Compile(schemaFile + "#/$defs/" + def); err != nil {
			return nil, err
		}
	}
	return found, nil
})

// inWords gives every mistake that the schema finds.
func inWords(e *jsonschema.ValidationError) wrong {
	var w wrong
	if len(e.Causes) == 0 {
		w = leaf(e)
	}
	for _, c := range e.Causes {
		w = append(w, inWords(c)...)
	}
	return w
}

// leaf says in a person's words what one keyword of the schema says.
func leaf(e *jsonschema.ValidationError) wrong {
	at := jsontext.Pointer("")
	for _, token := range e.InstanceLocation {
		at = at.AppendToken(token)
	}
	switch k := e.ErrorKind.(type) {
	case *kind.Required:
		return wrong{{Pointer: at, What: "lacks " + quoted(k.Missing)}}
	case *kind.AdditionalProperties:
		var w wrong
		for _, name := range k.Properties {
			w = append(w, Mistake{Pointer: at.AppendToken(name), What: "is not known here"})
		}
		return w
	case *kind.Type:
		return wrong{{Pointer: at, What: "must be " + typeWords[k.Want[0]]}}
	case *kind.Enum:
		want := make([]string, len(k.Want))
		for i, v := range k.Want {
			want[i] = fmt.Sprint(v)
		}
		return wrong{{Pointer: at, What: fmt.Sprintf("is %q, want %s", fmt.Sprint(k.Got), strings.Join(want, ", "))}}
	case *kind.Minimum:
		return wrong{{Pointer: at, What: "must be at least " + k.Want.RatString()}}
	case *kind.Maximum:
		return wrong{{Pointer: at, What: "must be at most " + k.Want.RatString()}}
	case *kind.MinItems, *kind.MinProperties:
		return wrong{{Pointer: at, What: "must not be empty"}}
	case *kind.Pattern:
		return wrong{{Pointer: at, What: "must be " + patternWords[k.Want]}}
	}
	return wrong{{Pointer: at, What: "is wrong: " + e.Error()}}
}

var typeWords = map[string]string{
	"object": "an object in braces", "array": "a list in brackets", "string": "a text in quotes",
	"integer": "a whole number", "boolean": "true or false",
}

// patternWords says what each pattern of schema.json asks for.
var patternWords = map[string]string{
	`\S`:                           "a text that is not empty",
	`^[A-Za-z0-9_-]{1,40}$`:        "a word of letters, digits, - and _",
	`^https://`:                    "an address that begins with https://",
	`^[0-9]{4}-[0-9]{2}-[0-9]{2}$`: `a day, "2026-03-04"`,
	`^[0-9]+>[0-9]+$`:              `a move between two levels, "1>2"`,
	`^\+?[0-9 ]{3,20}$`:            "a phone number",
	`^[^@ ]+@[^@ ]+$`:              "an e-mail address",
}

func quoted(names []string) string {
	q := make([]string, len(names))
	for i, n := range names {
		q[i] = fmt.Sprintf("%q", n)
	}
	return strings.Join(q, ", ")
}
