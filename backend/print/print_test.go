package print

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"samspor/sync/forms"
)

var at = time.Date(2026, 11, 25, 8, 0, 0, 0, time.UTC)

func yellow(t testing.TB) Doc {
	t.Helper()
	form, err := forms.Get("gult-skema", 1)
	if err != nil {
		t.Fatal(err)
	}
	return Doc{form, map[string]string{
		"purpose": "Følge op på søvn og skolegang, æøå ÆØÅ", "child": "Malthe", "parents": "Ми боїмося, що їй ґвалтовно гірше. Є надія.",
		"agreements": "Ringe til PPR – Karen – 10. december\nPratsamt: Skjærtorsdag på skolen", "outcome": "continue", "oldField": "fra en anden blanket",
	}, "final"}
}

func TestAFormPrintsInItsLettersAndWords(t *testing.T) {
	if _, err := exec.LookPath("pdftotext"); err != nil {
		t.Skip("pdftotext (Debian's poppler-utils) reads the file back, and is not on this machine")
	}
	for language, wanted := range map[string][]string{
		"da": {"Gult skema", "Følge op på søvn og skolegang, æøå ÆØÅ", "Ми боїмося, що їй ґвалтовно гірше. Є надія.", "Bedre, og vi fortsætter", "Ikke udfyldt", "Færdig", "Andet", "fra en anden blanket"},
		"nb": {"Gult skjema", "Skjærtorsdag på skolen", "Bedre, og vi fortsetter", "Ikke fylt ut"},
		"en": {"Yellow form", "Better, and we go on", "Page 1"},
	} {
		file := filepath.Join(t.TempDir(), "form.pdf")
		var b bytes.Buffer
		if err := Forms(&b, language, []Doc{yellow(t)}, at); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, b.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
		text, err := exec.Command("pdftotext", "-layout", file, "-").Output()
		if err != nil {
			t.Fatal(err)
		}
		flat := strings.Join(strings.Fields(string(text)), " ")
		for _, w := range wanted {
			if !strings.Contains(flat, w) {
				t.Errorf("%s: %q is not in it:\n%s", language, w, text)
			}
		}
	}
}

func TestTheSameFormIsTheSameFile(t *testing.T) {
	var one, two bytes.Buffer
	for _, b := range []*bytes.Buffer{&one, &two} {
		if err := Forms(b, "da", []Doc{yellow(t), yellow(t)}, at); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(one.Bytes(), two.Bytes()) || one.Len() < 1000 {
		t.Errorf("%d and %d bytes, and they differ", one.Len(), two.Len())
	}
}

// A case of forms is printed in well under a second.
func BenchmarkTwentyForms(b *testing.B) {
	docs := make([]Doc, 20)
	for i := range docs {
		docs[i] = yellow(b)
	}
	for b.Loop() {
		var out bytes.Buffer
		if err := Forms(&out, "da", docs, at); err != nil {
			b.Fatal(err)
		}
	}
}
