package models

import (
	"encoding/json"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"unicode/utf8"

	"samspor/sync/plan"
)

// readOnce spares the many tests that only look.
var readOnce = sync.OnceValues(All)

func all(t *testing.T) map[plan.ModelID]Model {
	t.Helper()
	models, err := readOnce()
	if err != nil {
		t.Fatal(err)
	}
	return models
}

func read(t *testing.T, name string) []byte {
	t.Helper()
	raw, err := files.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return raw
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

func TestAnOlderVersionIsThereForTheCasesThatWereOpenedWithIt(t *testing.T) {
	for id, now := range all(t) {
		for version := 1; version <= now.Version; version++ {
			m, err := Get(id, version)
			if err != nil || m.ID != id || m.Version != version {
				t.Errorf("%s version %d: got %s version %d, %v", id, version, m.ID, m.Version, err)
			}
		}
		old, err := Get(id, 1)
		if err != nil || old.Meetings != nil || now.Version != 2 || len(now.Meetings) == 0 {
			t.Errorf("%s: got version %d beside %d, %v", id, old.Version, now.Version, err)
		}
		if _, err := Get(id, now.Version+1); err == nil || !strings.Contains(err.Error(), "has no version 3") {
			t.Errorf("%s: a version of the future: got %v", id, err)
		}
	}
	if _, err := Get("somewhere-3", 1); err == nil || !strings.Contains(err.Error(), "no collaboration model") {
		t.Errorf("a model that is not there: got %v", err)
	}
}

func TestTheNewestVersionIsNewerThanTheReleasedOnes(t *testing.T) {
	raw := read(t, "sst-buc-4.1.json")
	_, err := load(fstest.MapFS{"sst-buc-4.json": {Data: raw}, "sst-buc-4.1.json": {Data: raw}})
	if err == nil || !strings.Contains(err.Error(), "version 1 is not newer than sst-buc-4.1.json") {
		t.Errorf("got %v", err)
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
		if strings.ContainsAny(word[len(word)-1:], ".:?") {
			sentences++
		}
	}
	return words/sentences + 100*long/words
}

func TestOneReaderCannotChangeAnothersModel(t *testing.T) {
	for range 2 {
		models, err := All()
		if err != nil {
			t.Fatal(err)
		}
		if got := models["sst-buc-4"].Levels[0].Name.DA; got == "ændret" {
			t.Errorf("got %q from the next reader", got)
		}
		models["sst-buc-4"].Levels[0].Name.DA = "ændret"
	}
}
