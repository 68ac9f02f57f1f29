package remind

import (
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"
)

func TestEveryKindOfReminderHasItsWords(t *testing.T) { // in the inbox of the app, in every language
	raw, err := os.ReadFile("../../frontend/src/text/reminders.json")
	if err != nil {
		t.Fatal(err)
	}
	var words map[string]map[string]string
	if err := json.Unmarshal(raw, &words); err != nil {
		t.Fatal(err)
	}
	for kind, w := range ways {
		said := words["reminders.kind_"+strings.ReplaceAll(string(kind), ".", "_")]
		if said["da"] == "" || said["nb"] == "" || said["en"] == "" {
			t.Errorf("%s is told in the words %v", kind, said)
		}
		if !slices.Contains(Groups, w.group) || w.patience <= 0 || w.ttl <= 0 {
			t.Errorf("%s is told in the way %+v", kind, w)
		}
	}
}
