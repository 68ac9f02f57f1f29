package forms

import (
	"slices"
	"strings"
	"testing"

	"samspor/sync/plan"
)

func TestEveryFormIsWhole(t *testing.T) { // FM1
	all, err := All()
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range plan.Kinds["form"].Field("template").Enum {
		if _, ok := all[id+".1"]; !ok {
			t.Errorf("%s has no form", id)
		}
	}
	for name, form := range all {
		if name != key(form.ID, form.Version) {
			t.Errorf("%s calls itself %s.%d", name, form.ID, form.Version)
		}
		ids := map[string]bool{}
		said := func(where string, w Words) {
			for _, language := range []string{"da", "nb", "en"} {
				if strings.TrimSpace(w.In(language)) == "" {
					t.Errorf("%s: %s has no words in %s", name, where, language)
				}
			}
		}
		said("the name", form.Name)
		for _, s := range form.Sections {
			said(s.ID, s.Title)
			for _, f := range s.Fields {
				said(f.ID, f.Label)
				if ids[f.ID] || !plan.ValidID(f.ID) {
					t.Errorf("%s: %s is no id, or there twice", name, f.ID)
				}
				ids[f.ID] = true
				if !slices.Contains([]string{"line", "lines", "day", "choice"}, f.Type) || (f.Type == "choice") != (len(f.Choices) > 0) {
					t.Errorf("%s: %s is a %s with %d choices", name, f.ID, f.Type, len(f.Choices))
				}
			}
		}
	}
}

func TestTheFormsAskForWhatTheSourcesAskFor(t *testing.T) { // FM2
	for id, wanted := range map[plan.FormTemplate][]string{
		"groent-skema":            {"participants", "tovholder", "leader", "nameless", "problem", "goals", "measures", "roles", "followUp", "parentsContact"},                   // FM3
		"gult-skema":              {"purpose", "convenor", "invited", "childHow", "parents", "earlier", "agreements", "tovholder", "parentsContact", "assessments", "followUp"}, // FM4, LS20, LS20b, LS20c, CP6
		"netvaerksmoedeskabelon":  {"inviter", "purpose", "roles", "chosen", "form", "challenges", "needs", "summary", "tasks", "contacts", "nodec"},                            // FM5, MT5b
		"moedeindkaldelse":        {"kind", "purpose", "time", "people", "agenda", "child"},                                                                                     // MT4, MT5
		"orientering-kommune-buc": {"contact", "running", "effect", "planned", "level", "consent"},                                                                              // CM9
		"overdragelsesnotat":      {"from", "to", "date", "reason", "tasks", "next", "important", "wishes", "child", "people"},                                                  // TH5
		"stafettlogg":             {"consent", "situation", "goals", "measures", "evaluation", "child", "holder", "nextMeeting"},                                                // NO10
	} {
		form, err := Get(id, 1)
		if err != nil {
			t.Fatal(err)
		}
		asks := map[string]bool{}
		for _, s := range form.Sections {
			for _, f := range s.Fields {
				asks[f.ID] = true
			}
		}
		for _, f := range wanted {
			if !asks[f] {
				t.Errorf("%s does not ask for %s", id, f)
			}
		}
	}
	if _, err := Get("no-such", 1); err == nil {
		t.Error("a form that is none was found")
	}
}
