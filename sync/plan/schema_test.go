package plan

import (
	"slices"
	"strings"
	"testing"
)

func TestSchemaIsComplete(t *testing.T) {
	merges := []Merge{MergeLast, MergeOnce, MergeSet, MergeOrder, MergeText}
	for _, k := range Nouns {
		for _, f := range k.Order {
			at := k.Name + "." + f.Name
			if f.Name == "" || !slices.Contains(merges, f.Merge) || !slices.Contains([]string{"core", "plan", "health", "social", "hidden"}, f.Cat) {
				t.Errorf("%s: a field needs json, merge and cat: %+v", at, f)
			}
			if text := f.Type == TypeString || f.Type == TypeText || f.Type == TypeOrder; text != (f.Max > 0) {
				t.Errorf("%s: texts, and only texts, have a limit", at)
			}
			if (f.Type == TypeSet) != (f.Merge == MergeSet) {
				t.Errorf("%s: a list merges as a set, and nothing else does", at)
			}
			if f.Winner != "" && (!slices.Contains(f.Enum, f.Winner) || !slices.Contains(f.Enum, f.Loser)) {
				t.Errorf("%s: beats names a word that is not the field's", at)
			}
			if f.Type == TypeData && f.Merge != MergeOnce {
				t.Errorf("%s: data is written once, by the server", at)
			}
			if f.Ref != "" && f.Ref != "*" && Kinds[f.Ref] == nil {
				t.Errorf("%s: there is no kind %s", at, f.Ref)
			}
		}
	}
	for name, want := range map[string]bool{"a.goal": true, "a.": false, "a.../x": false, "b.goal": false} {
		if got := Kinds["form"].Field(name) != nil; got != want {
			t.Errorf("form has a field %q: %v", name, got)
		}
	}
}

func TestValuesHaveOneForm(t *testing.T) {
	task := Kinds["task"]
	for _, c := range []struct {
		field, in, want string
		wrong           Wrong
	}{
		{"title", `"caf\u00e9"`, `"café"`, ""},
		{"title", `"<b>"`, `"<b>"`, ""},
		{"title", `"a\nb\tc"`, `"a\nb\tc"`, ""},
		{"title", `null`, `null`, ""},
		{"title", `7`, ``, WrongType},
		{"title", `"` + strings.Repeat("ø", 200) + `"`, `"` + strings.Repeat("ø", 200) + `"`, ""},
		{"title", `"` + strings.Repeat("ø", 201) + `"`, ``, WrongLength},
		{"title", `"a\u0007"`, ``, WrongCharacter},
		{"due", `"2028-02-29"`, `"2028-02-29"`, ""},
		{"due", `"2027-02-29"`, ``, WrongType},
		{"due", `"1-1-2027"`, ``, WrongType},
		{"state", `"done"`, `"done"`, ""},
		{"state", `"Done"`, ``, WrongType},
		{"responsible", `"p 1"`, ``, WrongType},
		{"helpers", `["b","a","b"]`, `["a","b"]`, ""},
		{"helpers", `[]`, `[]`, ""},
		{"helpers", `["a",1]`, ``, WrongType},
		{"helpers", `"a"`, ``, WrongType},
	} {
		got, wrong := Check(task.Field(c.field), Value(c.in))
		if string(got) != c.want || wrong != c.wrong {
			t.Errorf("%s %.40s: got %.40s %q, want %.40s %q", c.field, c.in, got, wrong, c.want, c.wrong)
		}
	}
	agenda := Kinds["agendaItem"]
	for in, want := range map[string]Wrong{"15": "", "-3": "", "1.5": WrongType, "1e9": WrongType, `"5"`: WrongType, "99999999999": WrongType} {
		if _, wrong := Check(agenda.Field("minutes"), Value(in)); wrong != want {
			t.Errorf("minutes %s: got %q, want %q", in, wrong, want)
		}
	}
	for in, want := range map[string]Wrong{`"a0"`: "", `""`: WrongType, `"a b"`: WrongType, `"` + strings.Repeat("a", 41) + `"`: WrongType} {
		if _, wrong := Check(agenda.Field("order"), Value(in)); wrong != want {
			t.Errorf("order %s: got %q, want %q", in, wrong, want)
		}
	}
}

func TestIDs(t *testing.T) {
	for id, want := range map[string]bool{
		"c1-t10": true, "A_b-9": true, strings.Repeat("x", 40): true,
		"": false, strings.Repeat("x", 41): false, "a/b": false, "å": false, "a b": false, "a\x00": false,
	} {
		if got := ValidID(id); got != want {
			t.Errorf("%q: got %v, want %v", id, got, want)
		}
	}
}
