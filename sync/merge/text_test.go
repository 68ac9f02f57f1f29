package merge_test

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/go-json-experiment/json"

	"samspor/sync/merge"
)

var update = flag.Bool("update", false, "write vectors/text/random.json anew")

type textVector struct {
	Name    string `json:"name"`
	Base    string `json:"base"`
	Kept    string `json:"kept"`
	Claimed string `json:"claimed"`
	Clean   bool   `json:"clean"`
	Text    string `json:"text"`
}

func TestTextVectors(t *testing.T) {
	names := map[string]bool{}
	for _, file := range []string{"cases.json", "random.json"} {
		raw, err := os.ReadFile(filepath.Join("vectors/text", file))
		if err != nil {
			t.Fatal(err)
		}
		var vectors []textVector
		if err := json.Unmarshal(raw, &vectors); err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		for _, v := range vectors {
			if names[v.Name] {
				t.Errorf("%s: two vectors are named %q", file, v.Name)
			}
			names[v.Name] = true
			got, clean := merge.Paragraphs(v.Base, v.Kept, v.Claimed)
			if got != v.Text || clean != v.Clean {
				t.Errorf("%s: got %q, clean %v; want %q, %v", v.Name, got, clean, v.Text, v.Clean)
			}
		}
	}
	if len(names) < 200 {
		t.Errorf("only %d vectors", len(names))
	}
}

// TestRandomTextVectorsAreWrittenOnDemand is the pen of random.json: go test ./sync/merge -run OnDemand -update
func TestRandomTextVectorsAreWrittenOnDemand(t *testing.T) {
	if !*update {
		t.Skip("without -update")
	}
	p := pen{rand.New(rand.NewPCG(7, 2026))}
	vectors := make([]textVector, 150)
	for i := range vectors {
		v := &vectors[i]
		v.Name = fmt.Sprintf("random text %d", i)
		for v.Base == v.Kept || v.Base == v.Claimed || v.Kept == v.Claimed || v.Clean != (i%2 == 0) {
			v.Base, v.Kept, v.Claimed = p.three(i % 5)
			v.Text, v.Clean = merge.Paragraphs(v.Base, v.Kept, v.Claimed)
		}
	}
	raw, err := json.Marshal(vectors)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.ReplaceAll(string(raw), "},{", "},\n{") + "\n" // no text of these holds a brace
	if err := os.WriteFile("vectors/text/random.json", []byte(lines), 0o644); err != nil {
		t.Fatal(err)
	}
}

func TestTextLaws(t *testing.T) {
	clean := 0
	for i := range 20_000 {
		p := pen{rand.New(rand.NewPCG(uint64(i), 1))}
		base, kept, claimed := p.three(i)
		if checkTextLaws(t, base, kept, claimed) && kept != claimed && kept != base && claimed != base {
			clean++
		}
		if t.Failed() {
			t.Fatalf("seed %d", i)
		}
	}
	if clean < 2000 {
		t.Errorf("only %d merges of two changed texts were clean: the laws have not been tried", clean)
	}
}

// checkTextLaws holds one merge against everything that is promised of all, and says whether it was clean.
func checkTextLaws(t *testing.T, base, kept, claimed string) bool {
	t.Helper()
	merged, clean := merge.Paragraphs(base, kept, claimed)
	if !clean && merged != kept {
		t.Errorf("base %q, kept %q, claimed %q: not clean, but %q does not stand", base, kept, claimed, merged)
	}
	mirrored, mirroredClean := merge.Paragraphs(base, claimed, kept)
	if clean != mirroredClean || clean && merged != mirrored {
		t.Errorf("base %q, %q and %q: the sides exchanged give %q, not %q", base, kept, claimed, mirrored, merged)
	}
	for _, x := range []string{kept, claimed} {
		for _, c := range [][3]string{{base, base, x}, {base, x, base}, {base, x, x}} {
			if got, ok := merge.Paragraphs(c[0], c[1], c[2]); !ok || got != x {
				t.Errorf("%q: got %q, clean %v, want %q", c, got, ok, x)
			}
		}
	}
	if clean {
		checkNothingLost(t, base, kept, claimed, merged)
	}
	return clean
}

// checkNothingLost counts paragraphs, cut by other means than the merge's own.
func checkNothingLost(t *testing.T, base, kept, claimed, merged string) {
	t.Helper()
	b, k, c, m := count(base), count(kept), count(claimed), count(merged)
	for p := range k {
		if b[p] == 0 && m[p] < k[p] {
			t.Errorf("base %q, kept %q, claimed %q: %q has lost kept's %q", base, kept, claimed, merged, p)
		}
	}
	for p := range c {
		if b[p] == 0 && m[p] < c[p] {
			t.Errorf("base %q, kept %q, claimed %q: %q has lost claimed's %q", base, kept, claimed, merged, p)
		}
	}
	for p, n := range m {
		if n > k[p]+c[p] {
			t.Errorf("base %q, kept %q, claimed %q: %q has %q, which nobody wrote", base, kept, claimed, merged, p)
		}
	}
}

func count(text string) map[string]int {
	n := map[string]int{}
	for _, p := range paragraphsOf(text) {
		n[p]++
	}
	return n
}

func paragraphsOf(text string) (all []string) {
	var open []string
	for _, line := range append(strings.Split(text, "\n"), "") {
		if strings.Trim(line, " \t\r") != "" {
			open = append(open, line)
		} else if open != nil {
			all, open = append(all, strings.Join(open, "\n")), nil
		}
	}
	return all
}

// TestWhatEachDidIsWhatTheMergeHolds writes down what each side does to each
// paragraph, so that what must come out is known without aligning anything.
func TestWhatEachDidIsWhatTheMergeHolds(t *testing.T) {
	merged := 0
	for i := range 20_000 {
		p := pen{rand.New(rand.NewPCG(uint64(i), 2))}
		base, kept, claimed, want, wantClean := p.story()
		got, clean := merge.Paragraphs(base, kept, claimed)
		if !wantClean {
			want = kept
		}
		if got != want || clean != wantClean {
			t.Fatalf("seed %d: base %q, kept %q, claimed %q: got %q, clean %v; want %q, %v", i, base, kept, claimed, got, clean, want, wantClean)
		}
		if clean && got != kept && got != claimed {
			merged++
		}
	}
	if merged < 2000 {
		t.Errorf("only %d stories merged two changes", merged)
	}
}

// numbered gives a text of n different paragraphs, with other ones first and last.
func numbered(first string, n int, last string) string {
	var b strings.Builder
	b.WriteString(first)
	for i := range n - 2 {
		fmt.Fprintf(&b, "\n\nparagraph %d", i)
	}
	return b.String() + "\n\n" + last
}

func TestTwoThousandParagraphsAreTheLimit(t *testing.T) { // the same numbers as in text.test.ts
	base := numbered("first", 2000, "last")
	edit := func(text string) string { return strings.Replace(text, "paragraph 900\n", "new\n", 1) }
	within, beyond := numbered("a", 2000, "z"), numbered("a\n\nb", 2000, "z")
	if got, clean := merge.Paragraphs(base, within, edit(base)); !clean || got != edit(within) {
		t.Error("2,000 paragraphs on each side have not been merged")
	}
	if got, clean := merge.Paragraphs(base, beyond, edit(base)); clean || got != beyond {
		t.Error("2,001 paragraphs against 2,000 have been merged")
	}
	if got, clean := merge.Paragraphs(base, base, beyond); !clean || got != beyond {
		t.Error("what only one side changed must be taken, however long it is")
	}
	start := time.Now()
	merge.Paragraphs(base, within, numbered("b", 2000, "y"))
	if took := time.Since(start); took > time.Second { // 20 ms when nothing else runs
		t.Errorf("the largest merge took %v", took)
	}
}

func FuzzParagraphs(f *testing.F) {
	for i := range 30 {
		p := pen{rand.New(rand.NewPCG(uint64(i), 4))}
		base, kept, claimed := p.three(i)
		f.Add(base, kept, claimed)
	}
	f.Fuzz(func(t *testing.T, base, kept, claimed string) { checkTextLaws(t, base, kept, claimed) })
}

// pen writes texts.
type pen struct{ *rand.Rand }

func (p pen) of(words ...string) string { return words[p.IntN(len(words))] }

func (p pen) word() string { return fmt.Sprintf("w%x", p.Uint64()) }

// three gives a text and two versions of it, of several sorts in turn.
func (p pen) three(i int) (base, kept, claimed string) {
	if i%6 == 0 {
		return p.noise(), p.noise(), p.noise()
	}
	words := []string{"a", "b", "c", "d", "e", "f", "g", "h"}
	if i%2 == 1 { // many equal ones, and letters that take two units or three bytes
		words = []string{"å", "😀", "😁 x", "  b\nc"}
	}
	var parts []string
	for range p.IntN(13) {
		parts = append(parts, p.of(words...))
	}
	sep := p.of("\n\n", "\n\n", "\n\n\n", "\n \n", "\r\n\r\n")
	end := p.of("", "\n")
	version := func() string { return strings.Join(p.edited(parts, words), sep) + p.of(end, end, end, "", "\n\n") }
	return strings.Join(parts, sep) + end, version(), version()
}

// noise is a text of few characters, so that everything meets everything.
func (p pen) noise() string {
	var b strings.Builder
	for range p.IntN(12) {
		b.WriteString(p.of("a", "b", "\n", "\n\n", " ", "\r\n"))
	}
	return b.String()
}

func (p pen) edited(parts, words []string) []string {
	out := slices.Clone(parts)
	for range 1 + p.IntN(p.IntN(3)+1) {
		at := p.IntN(len(out) + 1)
		switch what := p.IntN(4); {
		case what == 0 || at == len(out):
			out = slices.Insert(out, at, p.of(words...))
		case what == 1:
			out = slices.Delete(out, at, at+1)
		case what == 2:
			out[at] = p.of(words...) + " new"
		default: // a move
			moved := out[at]
			out = slices.Delete(out, at, at+1)
			out = slices.Insert(out, p.IntN(len(out)+1), moved)
		}
	}
	return out
}

// story gives a text of different paragraphs, what two sides made of it, and the
// merge: each side leaves, rewrites or takes out each paragraph, and puts some in
// before it. Between paragraphs that both leave, only one may do something, or
// both the same.
func (p pen) story() (base, kept, claimed, want string, clean bool) {
	var b, k, c, w, kRun, cRun, bRun []string
	clean = true
	settle := func() {
		switch {
		case slices.Equal(kRun, cRun) || slices.Equal(cRun, bRun):
			w = append(w, kRun...)
		case slices.Equal(kRun, bRun):
			w = append(w, cRun...)
		default:
			clean = false
		}
		kRun, cRun, bRun = nil, nil, nil
	}
	n := p.IntN(8)
	for i := range n + 1 {
		was := fmt.Sprint("paragraph ", i)
		kDid, cDid := p.did(i, n), p.did(i, n)
		if p.IntN(6) == 0 {
			cDid = kDid
		}
		kPut, kNow := kDid(was)
		cPut, cNow := cDid(was)
		k, c = append(append(k, kPut...), kNow...), append(append(c, cPut...), cNow...)
		kRun, cRun = append(kRun, kPut...), append(cRun, cPut...)
		if i == n { // the end of the text: something may be put there
			settle()
			break
		}
		b = append(b, was)
		if left := []string{was}; slices.Equal(kNow, left) && slices.Equal(cNow, left) {
			settle()
			w = append(w, was)
			continue
		}
		kRun, cRun, bRun = append(kRun, kNow...), append(cRun, cNow...), append(bRun, was)
	}
	join := func(parts []string) string { return strings.Join(parts, "\n\n") }
	return join(b), join(k), join(c), join(w), clean
}

// did gives what one side does at a paragraph: what it puts before it, and what it makes of it.
func (p pen) did(i, n int) func(was string) (put, now []string) {
	fresh, choice := p.word(), p.IntN(12)
	return func(was string) (put, now []string) {
		if i < n {
			now = []string{was}
		}
		switch choice {
		case 0:
			put = []string{fresh}
		case 1:
			put = []string{fresh, fresh + " and more"}
		case 2:
			if i < n {
				now = []string{fresh}
			}
		case 3:
			now = nil
		}
		return put, now
	}
}
