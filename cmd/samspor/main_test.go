package main

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"samspor/backend/casefile"
	"samspor/backend/config"
)

// command runs one command of the program and gives what it prints.
func command(t *testing.T, args ...string) (string, error) {
	t.Helper()
	cfg := config.Config{Addr: "127.0.0.1:0", Data: config.DefaultData}
	cmd := root(&cfg)
	var out bytes.Buffer
	cmd.SetOut(&out)
	cmd.SetErr(&out)
	cmd.SetArgs(args)
	err := cmd.ExecuteContext(t.Context())
	return out.String(), err
}

// The demo has a folder of its own, and it alone: the others would work on the wrong one.
func TestOnlyTheDemoHasAFolderOfItsOwn(t *testing.T) {
	cfg := config.Config{Data: config.DefaultData}
	for _, cmd := range root(&cfg).Commands() {
		want := config.DefaultData
		if cmd.Name() == "demo" {
			want = ".demo"
		}
		if f := cmd.Flags().Lookup("data"); f != nil && f.DefValue != want {
			t.Errorf("%s works in %s, want %s", cmd.Name(), f.DefValue, want)
		}
	}
	if cfg.Data != config.DefaultData {
		t.Errorf("without --data all commands work in %s", cfg.Data)
	}
}

func TestImportTakesAFileOnceAndWhole(t *testing.T) {
	dir := t.TempDir()
	data, file, broken := filepath.Join(dir, "data"), filepath.Join(dir, "cases.json"), filepath.Join(dir, "broken.json")
	for path, raw := range map[string][]byte{
		file: casefile.Sample, broken: bytes.Replace(casefile.Sample, []byte(`"custody"`), []byte(`"kustody"`), 1),
	} {
		if err := os.WriteFile(path, raw, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := command(t, "import", file, "--data", data); err == nil || !strings.Contains(err.Error(), "samspor init") {
		t.Fatalf("a folder that was never made: got %v", err)
	}
	if _, err := command(t, "init", "--data", data); err != nil {
		t.Fatal(err)
	}
	if _, err := command(t, "import", broken, "--data", data); err == nil || !strings.Contains(err.Error(), "nothing was imported: /cases/0/parties/1/kustody") {
		t.Errorf("a broken file: got %v", err)
	}
	first, err := command(t, "import", file, "--data", data)
	if err != nil || strings.Count(first, "imported ") != 6 { // four cases, two municipalities
		t.Errorf("got %q, %v", first, err)
	}
	links, err := command(t, "link", "case-1", "c1-signe", "--data", data, "--count", "2", "--origin", "https://plan.example")
	if err != nil || strings.Count(links, "https://plan.example/in#") != 2 {
		t.Errorf("links: got %q, %v", links, err)
	}
	if _, err := command(t, "link", "case-1", "nobody", "--data", data); err == nil {
		t.Error("a link was made for nobody")
	}
	again, err := command(t, "import", file, "--data", data)
	if err != nil || strings.Count(again, "already there: ") != 6 {
		t.Errorf("the second time: got %q, %v", again, err)
	}
}

func TestHowAPersonCanBeReachedIsErasedOnce(t *testing.T) { // GDPR 17
	data, file := initialised(t), written(t, "cases.json", string(casefile.Sample))
	if _, err := command(t, "import", file, "--data", data); err != nil {
		t.Fatal(err)
	}
	receipt, err := command(t, "erase", "case-1", "c1-karen", "--data", data)
	if err != nil || !strings.Contains(receipt, `"kind": "reach"`) || strings.Contains(receipt, "@") {
		t.Errorf("the receipt: got %q, %v", receipt, err)
	}
	whole, err := command(t, "erase", "case-4", "--whole", "--data", data)
	if err != nil || !strings.Contains(whole, `"rows": `) {
		t.Errorf("a whole case: got %q, %v", whole, err)
	}
	if _, err := command(t, "link", "case-4", "c4-tea", "--data", data); err == nil {
		t.Error("somebody is still in the case that was erased")
	}
	for _, args := range [][]string{{"case-1"}, {"case-1", "c1-karen", "--whole"}} {
		if _, err := command(t, append([]string{"erase", "--data", data}, args...)...); err == nil || !strings.Contains(err.Error(), "--whole") {
			t.Errorf("erase %v: got %v", args, err)
		}
	}
	for _, args := range [][]string{{"case-1", "c1-karen"}, {"case-1", "nobody"}, {"case-9", "c1-karen"}} {
		if _, err := command(t, "erase", args[0], args[1], "--data", data); err == nil || !strings.Contains(err.Error(), "nothing was erased") {
			t.Errorf("erase %v: got %v", args, err)
		}
	}
}

func TestPushKeysAreMadeOnceAndATestNamesItsPerson(t *testing.T) {
	data := initialised(t)
	if _, err := command(t, "push", "keys", "--data", data); err == nil {
		t.Error("the keys were made anew")
	}
	if err := os.Remove(filepath.Join(data, "push.json")); err != nil {
		t.Fatal(err)
	}
	if _, err := command(t, "push", "test", "case-1", "c1-signe", "--data", data); err == nil || !strings.Contains(err.Error(), "push keys") {
		t.Errorf("without keys: %v", err)
	}
	if out, err := command(t, "push", "keys", "--data", data); err != nil || !strings.Contains(out, "push.json") {
		t.Errorf("got %q, %v", out, err)
	}
	if _, err := command(t, "push", "test", "case-1", "c1-signe", "--data", data); err == nil {
		t.Error("a test went to somebody in a case that is not there")
	}
	file := filepath.Join(t.TempDir(), "cases.json")
	if err := os.WriteFile(file, casefile.Sample, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := command(t, "import", file, "--data", data); err != nil {
		t.Fatal(err)
	}
	if out, err := command(t, "push", "test", "case-1", "c1-signe", "--data", data); err != nil || out != "phones: 0, taken by a push service: 0\n" {
		t.Errorf("got %q, %v", out, err)
	}
}

func TestServeSaysEverythingThatIsWrongWithItsSettings(t *testing.T) {
	_, err := command(t, "serve", "--addr", "nowhere", "--origin", "http://x")
	if err == nil || !strings.Contains(err.Error(), "addr") || !strings.Contains(err.Error(), "origin") {
		t.Errorf("got %v", err)
	}
	if _, err := command(t, "serve", "--data", t.TempDir()); err == nil || !strings.Contains(err.Error(), "never initialised") {
		t.Errorf("a folder that was never made: got %v", err)
	}
}

func TestTheDemoPrintsALinkForEverybodyWhoSignsIn(t *testing.T) {
	cfg := config.Config{Addr: "127.0.0.1:0", Data: filepath.Join(t.TempDir(), "demo")}
	d := &demo{cfg: &cfg, json: true}
	for _, fresh := range []bool{false, false, true} { // a first start, a second one, and one afresh
		d.fresh = fresh
		ctx, stop := context.WithTimeout(t.Context(), time.Minute)
		out := &untilLast{last: `"c4-ulla"`, stop: stop}
		if err := d.run(ctx, out); err != nil {
			t.Fatal(err)
		}
		people := map[string]demoLink{}
		for line := range strings.Lines(out.String()) {
			var l demoLink
			if err := json.Unmarshal([]byte(line), &l); err != nil {
				t.Fatalf("%s: %v", line, err)
			}
			people[l.Case+"/"+l.Person] = l
		}
		jonas := people["case-1/c1-jonas"]
		if jonas.Name != "Jonas Brandt" || jonas.Access != "professional_lead" || !jonas.Contact || !strings.Contains(jonas.URL, "/in#") {
			t.Errorf("got %+v", jonas)
		}
		if _, ok := people["case-3/c3-leif"]; ok {
			t.Error("somebody who does not sign in has a link")
		}
		if len(people) != 38 {
			t.Errorf("got %d links, want 38", len(people))
		}
	}
}

func TestADemoStandsAtTheMomentItIsTold(t *testing.T) {
	at := time.Date(2026, 9, 11, 8, 0, 0, 0, time.UTC)
	now, err := (&demo{at: at.Format(time.RFC3339)}).clock()
	if err != nil || now().Sub(at).Abs() > time.Minute {
		t.Errorf("got %v, want %v and on", err, at)
	}
	if _, err := command(t, "demo", "--data", t.TempDir(), "--now", "last week"); err == nil || !strings.Contains(err.Error(), "not a moment") {
		t.Errorf("got %v", err)
	}
}

// untilLast stops the demo when its last line is written.
type untilLast struct {
	bytes.Buffer
	last string
	stop func()
}

func (u *untilLast) Write(p []byte) (int, error) {
	n, err := u.Buffer.Write(p)
	if strings.Contains(string(p), u.last) {
		u.stop()
	}
	return n, err
}
