package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"samspor/backend"
	"samspor/backend/config"
	"samspor/sync/models"
)

// written puts a file into a folder of its own and gives its path.
func written(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func initialised(t *testing.T) string {
	t.Helper()
	data := filepath.Join(t.TempDir(), "data")
	if _, err := command(t, "init", "--data", data); err != nil {
		t.Fatal(err)
	}
	return data
}

const shorter = `{ "randers-5x2": { "levels": { "4": { "reviewEvery": 3 } } } }`

func TestTheDoctorSaysWhatIsRight(t *testing.T) {
	data, overrides := initialised(t), written(t, "local.json", shorter)
	out, err := command(t, "doctor", "--data", data, "--overrides", overrides)
	if err != nil {
		t.Fatalf("got %v\n%s", err, out)
	}
	want := []string{
		"ok     settings: they fit together",
		"ok     data: " + data + " is initialised",
		"ok     models: no-bti-0-3 version 2, randers-5x2 version 2, sst-buc-4 version 2",
		"ok     overrides: " + overrides + " is right",
	}
	if out != strings.Join(want, "\n")+"\n" {
		t.Errorf("got\n%s", out)
	}
	if out, err := command(t, "doctor", "--data", data); err != nil || !strings.Contains(out, "ok     overrides: none\n") {
		t.Errorf("without a file of overrides: got %v\n%s", err, out)
	}
}

func TestTheDoctorTellsEveryMistakeWithItsLine(t *testing.T) { // and ends with an error, so that a script stops
	overrides := written(t, "local.json", `{
  "randers-5x2": {
    "local": { "consentAge": "sixteen" },
    "levels": {
      "4": { "reviewEvery": 3.5 },
      "5": { "colour": "red" }
    }
  }
}`)
	out, err := command(t, "doctor", "--data", t.TempDir(), "--origin", "http://plain.example", "--overrides", overrides)
	if err == nil {
		t.Fatalf("the doctor saw nothing:\n%s", out)
	}
	for _, want := range []string{
		`WRONG  settings: origin "http://plain.example": want https://host`,
		`WRONG  data: `,
		`ok     models: `,
		`WRONG  overrides: ` + overrides + `:3: /randers-5x2/local/consentAge must be a whole number`,
		`WRONG  overrides: ` + overrides + `:5: /randers-5x2/levels/4/reviewEvery must be a whole number`,
		`WRONG  overrides: ` + overrides + `:6: /randers-5x2/levels/5/colour is not known here`,
	} {
		if !strings.Contains(out, want) {
			t.Errorf("%s is not told in\n%s", want, out)
		}
	}
}

func TestTheDoctorReadsItsFileFromTheEnvironment(t *testing.T) {
	t.Setenv("SAMSPOR_OVERRIDES", written(t, "local.json", "[]"))
	cfg, err := config.Load()
	if err != nil {
		t.Fatal(err)
	}
	cfg.Data = initialised(t)
	var out strings.Builder
	if err := examine(&out, &cfg); err == nil || !strings.Contains(out.String(), "local.json:1: the file must be an object in braces") {
		t.Errorf("got %v\n%s", err, out.String())
	}
}

func TestServeAndDemoStopAtWrongOverrides(t *testing.T) {
	overrides := written(t, "local.json", `{ "nowhere": {} }`)
	for _, args := range [][]string{{"serve", "--addr", "127.0.0.1:0"}, {"demo", "--addr", "127.0.0.1:0"}} {
		args = append(args, "--data", initialised(t), "--overrides", overrides)
		if _, err := command(t, args...); err == nil || !strings.Contains(err.Error(), "local.json:1: /nowhere is no model") {
			t.Errorf("%s: got %v", args[0], err)
		}
	}
}

func TestAServerOpensCasesWithTheMunicipalitysModels(t *testing.T) {
	for overrides, months := range map[string]int{"": 6, written(t, "local.json", shorter): 3} {
		s, err := backend.Open(backend.Options{Data: initialised(t), Log: logger(), Overrides: overrides})
		if err != nil {
			t.Fatal(err)
		}
		if got := s.Hub.Models["randers-5x2"].Levels[3].ReviewEvery; got != months {
			t.Errorf("overrides %q: got %d months, want %d", overrides, got, months)
		}
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}
	if all, err := models.All(); err != nil || all["randers-5x2"].Levels[3].ReviewEvery != 6 {
		t.Errorf("the program's own models are changed: %v", err)
	}
}
