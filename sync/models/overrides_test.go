package models

import (
	"strings"
	"testing"
)

func TestAMunicipalityChangesTextsAndFigures(t *testing.T) { // DESIGN 9, TN6 TN7 R26 R35 NO8
	over, err := WithOverrides("local.json", []byte(`{
		"no-bti-0-3": {
			"local": { "ages": { "from": 0, "to": 23 }, "consentAge": 16, "closingDays": ["2026-05-15"], "leader": "Oppvekstsjefen" },
			"levels": { "0": {
				"sentence": { "nb": "Noen lurer på noe." },
				"deadlines": [{ "id": "decided", "op": "after", "days": 21, "unit": "calendar", "anchor": "level_start", "text": { "da": "x", "nb": "x", "en": "x" } }]
			} },
			"rules": { "consentRequiredFrom": 2, "safetyNetDays": 7 },
			"concern": [{ "id": "child_welfare", "urgent": true, "name": { "da": "x", "nb": "x", "en": "x" }, "text": { "da": "x", "nb": "x", "en": "x" }, "phone": "+47 12 34 56 78" }]
		},
		"randers-5x2": { "levels": { "4": {
			"reviewEvery": 3,
			"convenorRole": { "role": "inviter", "sectors": [], "name": { "da": "Alle", "nb": "Alle", "en": "All" } }
		} } }
	}`))
	if err != nil {
		t.Fatal(err)
	}
	bti, before := over["no-bti-0-3"], all(t)["no-bti-0-3"]
	if l := bti.Local; l.Ages.To != 23 || l.ConsentAge != 16 || len(l.ClosingDays) != 1 || l.Leader != "Oppvekstsjefen" {
		t.Errorf("local: got %+v", l)
	}
	zero := bti.Levels[0]
	if zero.Sentence.NB != "Noen lurer på noe." || zero.Sentence.DA != before.Levels[0].Sentence.DA || zero.Purpose != before.Levels[0].Purpose {
		t.Errorf("one language is changed and the rest is left: got %+v", zero.Sentence)
	}
	if len(zero.Deadlines) != 1 || zero.Deadlines[0].Days != 21 {
		t.Errorf("deadlines: got %+v", zero.Deadlines)
	}
	if r := bti.Rules; *r.ConsentRequiredFrom != 2 || r.SafetyNetDays != 7 || r.RequestAnsweredIn != 5 || r.Handover != "accept_required" {
		t.Errorf("rules: got %+v", r)
	}
	if len(bti.Concern) != 1 || bti.Concern[0].Phone != "+47 12 34 56 78" {
		t.Errorf("concern: got %+v", bti.Concern)
	}
	four := over["randers-5x2"].Levels[3]
	if four.ReviewEvery != 3 || four.ConvenorRole.Role != "inviter" || len(four.ConvenorRole.Sectors) != 0 {
		t.Errorf("level 4: got %d, %+v", four.ReviewEvery, four.ConvenorRole)
	}
	if got := all(t)["randers-5x2"].Levels[3].ReviewEvery; got != 6 {
		t.Errorf("the program's own model is changed: got %d", got)
	}
}

// A list is put in place of the list that was there; nothing shines through.
func TestAListReplacesTheWholeList(t *testing.T) {
	over, err := WithOverrides("local.json", []byte(`{ "randers-5x2": { "legal": [
		{ "id": "report_assessed", "kind": "right", "law": "a", "date": "2026-01-01", "source": "b", "text": { "da": "x", "nb": "x", "en": "x" } },
		{ "id": "other", "kind": "right", "law": "a", "date": "2026-01-01", "source": "b", "text": { "da": "x", "nb": "x", "en": "x" } }
	] } }`))
	if err != nil {
		t.Fatal(err)
	}
	got := over["randers-5x2"].Legal
	if len(got) != 2 || got[0].Limit != nil || got[1].Limit != nil || got[1].Was != "" {
		t.Errorf("got %+v", got)
	}
}

func TestNoOverridesAreTheModelsThemselves(t *testing.T) {
	over, err := WithOverrides("local.json", []byte("{}"))
	if err != nil || len(over) != len(all(t)) {
		t.Errorf("got %d models, %v", len(over), err)
	}
}

func TestAMistakeInOverridesIsToldWithItsLine(t *testing.T) {
	const words = `{ "da": "x", "nb": "x", "en": "x" }`
	for _, c := range []struct{ name, file, want string }{
		{"an unknown model", "{\n\"randers-6\": {} }", `local.json:2: /randers-6 is no model; there are [no-bti-0-3 randers-5x2 sst-buc-4]`},
		{"an unknown level", "{ \"sst-buc-4\": {\n\"levels\": {\n\"7\": {} } } }", `local.json:3: /sst-buc-4/levels/7 is no level of this model`},
		{"an unknown key of a model", "{ \"sst-buc-4\": {\n\"tracks\": [] } }", `local.json:2: /sst-buc-4/tracks is not known here`},
		{"an unknown key of a level", "{ \"sst-buc-4\": { \"levels\": { \"1\": {\n\"outcomes\": [] } } } }", `local.json:2: /sst-buc-4/levels/1/outcomes is not known here`},
		{"an unknown rule", "{ \"sst-buc-4\": { \"rules\": {\n\"handover\": \"at_once\" } } }", `local.json:2: /sst-buc-4/rules/handover is not known here`},
		{"an unknown language", "{ \"sst-buc-4\": { \"about\": {\n\"sv\": \"x\" } } }", `local.json:2: /sst-buc-4/about/sv is not known here`},
		{"a wrong figure", "{ \"sst-buc-4\": { \"local\": {\n\"consentAge\": \"15\" } } }", `local.json:2: /sst-buc-4/local/consentAge must be a whole number`},
		{"half a deadline", "{ \"sst-buc-4\": { \"levels\": { \"2\": {\n\"deadlines\": [\n{ \"id\": \"x\" }] } } } }", `local.json:3: /sst-buc-4/levels/2/deadlines/0 lacks "op", "days", "unit", "anchor", "text"`},
		{"a sentence that grew too long", "{ \"randers-5x2\": { \"levels\": { \"4\": {\n\"sentence\": {\n\"da\": \"" + strings.Repeat("ord ", 15) + "\" } } } } }", `local.json:3: /randers-5x2/levels/4/sentence/da has 15 words, want at most 14`},
		{"a day that is none", "{ \"sst-buc-4\": { \"local\": { \"closingDays\": [\n\"2026-02-30\"] } } }", `local.json:2: /sst-buc-4/local/closingDays/0 is "2026-02-30", which is no day`},
		{"a meeting on no level", "{ \"sst-buc-4\": { \"meetings\": [ { \"kind\": \"tvaersektorielt_netvaerksmoede\",\n\"levels\": [2, 3, 4, 8], \"name\": " + words + ", \"agenda\": [{ \"id\": \"x\", \"text\": " + words + " }] } ] } }", `local.json:2: /sst-buc-4/meetings/0/levels/3 names level 8, which is not there`},
		{"a meeting taken away from its level", "{\n\"sst-buc-4\": { \"meetings\": [] } }", `local.json:2: /sst-buc-4/levels/2/meetingKind is "tvaersektorielt_netvaerksmoede", which no entry of /meetings has for level 2`},
		{"a model twice", "{ \"sst-buc-4\": {},\n\"sst-buc-4\": {} }", `local.json:2: /sst-buc-4 stands twice`},
		{"no JSON", "{\n\"sst-buc-4\": {},\n}", `local.json:2: the file is no JSON from here on`},
		{"an empty file", "", `local.json:1: the file is no JSON from here on`},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := WithOverrides("local.json", []byte(c.file))
			if err == nil || !strings.HasPrefix(err.Error(), c.want) {
				t.Errorf("got %v\nwant %s", err, c.want)
			}
		})
	}
}

func TestMistakesInSeveralModelsAreReportedTogether(t *testing.T) {
	_, err := WithOverrides("local.json", []byte(`{
		"nowhere": {},
		"randers-5x2": { "levels": { "6": {} } },
		"sst-buc-4": { "local": { "closingDays": ["2026-02-30"] } }
	}`))
	if err == nil || strings.Count(err.Error(), "local.json:") != 3 {
		t.Errorf("got %v", err)
	}
}
