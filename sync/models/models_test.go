package models

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf8"

	"samspor/sync/plan"
)

func all(t *testing.T) map[plan.ModelID]Model {
	t.Helper()
	models, err := All()
	if err != nil {
		t.Fatal(err)
	}
	return models
}

// broken gives a model that is right but for one change.
func broken(t *testing.T, change func(*Model)) Model {
	t.Helper()
	m := all(t)["randers-5x2"]
	change(&m)
	return m
}

func wantWrong(t *testing.T, err error, field string) {
	t.Helper()
	if err == nil {
		t.Fatalf("got no error, want one that names %s", field)
	}
	if !strings.Contains(err.Error(), field) {
		t.Errorf("got %q, want it to name %s", err, field)
	}
}

func TestTheThreeModelsHaveTheirLevelsAndTracks(t *testing.T) {
	models := all(t)
	for _, want := range []struct {
		id          plan.ModelID
		country     plan.Country
		tracks      []plan.TrackID
		word        string
		first, last int
	}{
		{"randers-5x2", "DK", []plan.TrackID{"institution", "home"}, "niveau", 1, 5},
		{"sst-buc-4", "DK", []plan.TrackID{"pathway"}, "trin", 1, 4},
		{"no-bti-0-3", "NO", []plan.TrackID{"pathway"}, "nivå", 0, 3},
	} {
		m, ok := models[want.id]
		if !ok {
			t.Errorf("%s is missing", want.id)
			continue
		}
		word := m.Word.DA
		if m.Country == "NO" {
			word = m.Word.NB
		}
		if m.Country != want.country || !slices.Equal(m.Tracks, want.tracks) || word != want.word {
			t.Errorf("%s: got %s %v %q, want %s %v %q", want.id, m.Country, m.Tracks, word, want.country, want.tracks, want.word)
		}
		first, last := m.Levels[0].N, m.Levels[len(m.Levels)-1].N
		if first != want.first || last != want.last {
			t.Errorf("%s: got levels %d to %d, want %d to %d", want.id, first, last, want.first, want.last)
		}
	}
}

func TestEveryModelSaysEverythingInThreeLanguages(t *testing.T) {
	for id, m := range all(t) {
		data, err := json.Marshal(m)
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(data), `""`) {
			t.Errorf("%s has an empty text", id)
		}
	}
}

func TestEverySentenceIsOneShortSentence(t *testing.T) {
	for id, m := range all(t) {
		for _, l := range m.Levels {
			for _, s := range l.Sentence.byLanguage() {
				if strings.Count(s.text, ".") != 1 || !strings.HasSuffix(s.text, ".") {
					t.Errorf("%s level %d %s: want one sentence: %s", id, l.N, s.language, s.text)
				}
			}
		}
	}
}

func TestEveryPurposeIsAtMostTwoSentences(t *testing.T) {
	for id, m := range all(t) {
		for _, l := range m.Levels {
			for _, s := range l.Purpose.byLanguage() {
				if n := strings.Count(s.text, "."); n > 2 {
					t.Errorf("%s level %d %s: got %d sentences", id, l.N, s.language, n)
				}
			}
		}
	}
}

func TestEveryLevelOffersAWayForwardAndAWayToMoreHelp(t *testing.T) {
	for id, m := range all(t) {
		for _, l := range m.Levels {
			for _, sign := range []Sign{Progress, TooLittle} {
				if !slices.ContainsFunc(l.Outcomes, func(o Outcome) bool { return o.Sign == sign }) {
					t.Errorf("%s level %d has no outcome %s", id, l.N, sign)
				}
			}
		}
	}
}

func TestEveryLevelCanBeReachedFromTheFirst(t *testing.T) {
	for id, m := range all(t) {
		reached := map[int]bool{}
		walk := []int{m.Levels[0].N}
		for len(walk) > 0 {
			n := walk[0]
			walk = walk[1:]
			if reached[n] {
				continue
			}
			reached[n] = true
			for _, o := range m.Levels[n-m.Levels[0].N].Outcomes {
				walk = append(walk, o.Next...)
			}
		}
		if len(reached) != len(m.Levels) {
			t.Errorf("%s: got %d levels on the way, want %d", id, len(reached), len(m.Levels))
		}
	}
}

// UX 6: what parents read has a LIX of at most 30 in Danish, and never above 35.
func TestEveryModelIsEasyToRead(t *testing.T) {
	for id, m := range all(t) {
		for i, language := range []string{"da", "nb", "en"} {
			var screens []string
			for _, l := range m.Levels {
				screen := []string{l.Sentence.byLanguage()[i].text, l.Purpose.byLanguage()[i].text}
				for _, o := range l.Outcomes {
					screen = append(screen, o.Text.byLanguage()[i].text)
				}
				if got := lix(strings.Join(screen, " ")); got > 35 {
					t.Errorf("%s level %d %s: LIX %.0f, never above 35", id, l.N, language, got)
				}
				screens = append(screens, screen...)
			}
			if got := lix(strings.Join(screens, " ")); got > 30 {
				t.Errorf("%s %s: LIX %.0f, want at most 30", id, language, got)
			}
		}
	}
}

// lix is the words per sentence and the percentage of words above six letters, added.
func lix(text string) float64 {
	var words, long, sentences float64
	for _, word := range strings.Fields(text) {
		words++
		if utf8.RuneCountInString(strings.Trim(word, ".,:;()")) > 6 {
			long++
		}
		if strings.ContainsAny(word[len(word)-1:], ".:") {
			sentences++
		}
	}
	return words/sentences + 100*long/words
}

func TestOneReaderCannotChangeAnothersModel(t *testing.T) {
	all(t)["sst-buc-4"].Levels[0].Name.DA = "ændret"
	if got := all(t)["sst-buc-4"].Levels[0].Name.DA; got == "ændret" {
		t.Errorf("got %q from the next reader", got)
	}
}

func TestAWrongModelIsRefusedAndTheFieldNamed(t *testing.T) {
	for _, c := range []struct {
		name   string
		field  string
		change func(*Model)
	}{
		{"an id with a space", "id:", func(m *Model) { m.ID = "randers 5" }},
		{"no version", "version:", func(m *Model) { m.Version = 0 }},
		{"an unknown country", "country:", func(m *Model) { m.Country = "SE" }},
		{"a name without Norwegian", "name.nb:", func(m *Model) { m.Name.NB = " " }},
		{"a word without English", "word.en:", func(m *Model) { m.Word.EN = "" }},
		{"no track", "tracks:", func(m *Model) { m.Tracks = nil }},
		{"a track twice", "tracks[1]:", func(m *Model) { m.Tracks[1] = m.Tracks[0] }},
		{"a track without a name", "tracks[0]:", func(m *Model) { m.Tracks[0] = "" }},
		{"no level", "levels:", func(m *Model) { m.Levels = nil }},
		{"levels out of order", "levels[1].n:", func(m *Model) { m.Levels[1].N = 3 }},
		{"a level below zero", "levels[0].n:", func(m *Model) { m.Levels[0].N = -1 }},
		{"a level without a name", "levels[2].name.da:", func(m *Model) { m.Levels[2].Name.DA = "" }},
		{"a level without a sentence", "levels[0].sentence.en:", func(m *Model) { m.Levels[0].Sentence.EN = "" }},
		{"a sentence of fifteen words", "levels[0].sentence.da: 15 words", func(m *Model) { m.Levels[0].Sentence.DA = strings.Repeat("ord ", 15) }},
		{"a level without a purpose", "levels[4].purpose.nb:", func(m *Model) { m.Levels[4].Purpose.NB = "" }},
		{"a level without outcomes", "levels[3].outcomes:", func(m *Model) { m.Levels[3].Outcomes = nil }},
		{"an unknown sign", "levels[0].outcomes[1].sign:", func(m *Model) { m.Levels[0].Outcomes[1].Sign = "?" }},
		{"an outcome without text", "levels[0].outcomes[0].text.da:", func(m *Model) { m.Levels[0].Outcomes[0].Text.DA = "" }},
		{"an outcome without next", "levels[0].outcomes[0].next: missing", func(m *Model) { m.Levels[0].Outcomes[0].Next = nil }},
		{"a next level that is not there", "levels[0].outcomes[1].next[0]: there is no level 6", func(m *Model) { m.Levels[0].Outcomes[1].Next[0] = 6 }},
		{"a next level twice", "levels[0].outcomes[1].next[1]:", func(m *Model) { m.Levels[0].Outcomes[1].Next[1] = 2 }},
	} {
		t.Run(c.name, func(t *testing.T) {
			wantWrong(t, check(broken(t, c.change)), c.field)
		})
	}
}

func TestAllMistakesAreReportedTogether(t *testing.T) {
	err := check(broken(t, func(m *Model) { m.Version, m.Levels[2].Name.DA = 0, "" }))
	wantWrong(t, err, "version:")
	wantWrong(t, err, "levels[2].name.da:")
}

func TestAModelMayStopWithoutANextLevel(t *testing.T) {
	if err := check(broken(t, func(m *Model) { m.Levels[0].Outcomes[0].Next = []int{} })); err != nil {
		t.Error(err)
	}
}

func TestTwoModelsCannotShareAnID(t *testing.T) {
	data, err := files.ReadFile("sst-buc-4.json")
	if err != nil {
		t.Fatal(err)
	}
	_, err = load(fstest.MapFS{"sst-buc-4.json": {Data: data}, "sst-buc-5.json": {Data: data}})
	wantWrong(t, err, `model sst-buc-5.json: id: got "sst-buc-4"`)
}

func TestTheDecoderIsStrict(t *testing.T) {
	whole, err := files.ReadFile("sst-buc-4.json")
	if err != nil {
		t.Fatal(err)
	}
	text := string(whole)
	for _, c := range []struct{ name, from, to, want string }{
		{"an unknown field in the model", `"version"`, `"wersion"`, `"wersion"`},
		{"an unknown language", `"nb": "Tidlig innsats"`, `"nn": "Tidleg innsats"`, `"nn"`},
		{"a word for a number", `"n": 2`, `"n": "2"`, "levels.n"},
		{"a second value", text, text + "{}", "after the model"},
		{"half a file", text, text[:len(text)/2], "EOF"},
	} {
		t.Run(c.name, func(t *testing.T) {
			data := strings.Replace(text, c.from, c.to, 1)
			if data == text {
				t.Fatalf("%q is not in the file", c.from)
			}
			_, err := load(fstest.MapFS{"sst-buc-4.json": {Data: []byte(data)}})
			wantWrong(t, err, c.want)
		})
	}
}
