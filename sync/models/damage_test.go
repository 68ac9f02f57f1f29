package models

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"testing/fstest"
)

// damaged gives a model file with one text in it replaced, at its last place, and
// the line on which the replacement ends.
func damaged(t *testing.T, file, from, to string) ([]byte, int) {
	t.Helper()
	whole := string(read(t, file))
	i := strings.LastIndex(whole, from)
	if i < 0 {
		t.Fatalf("%q is not in %s", from, file)
	}
	before := whole[:i] + to
	return []byte(before + whole[i+len(from):]), 1 + strings.Count(before, "\n")
}

func TestADamagedModelIsRefusedWithItsLineAndField(t *testing.T) {
	const randers, sst, bti = "randers-5x2.json", "sst-buc-4.json", "no-bti-0-3.json"
	for _, c := range []struct {
		file, from, to string
		want           string // the pointer and the words after it
	}{
		// What the schema says.
		{randers, `"version": 2`, `"version": "2"`, `/version must be a whole number`},
		{randers, `"version": 2`, `"version": 0`, `/version must be at least 1`},
		{randers, `"id": "randers-5x2"`, `"id": "randers 5"`, `/id must be a word of letters, digits, - and _`},
		{randers, `"word":`, `"wort":`, `/wort is not known here`},
		{randers, `"da": "niveau", `, ``, `/word lacks "da"`},
		{randers, `"nb": "nivå", "en"`, `"nn": "nivå", "nb": "nivå", "en"`, `/word/nn is not known here`},
		{randers, `"en": "level" }`, `"en": " " }`, `/word/en must be a text that is not empty`},
		{randers, `"tracks": ["institution", "home"]`, `"tracks": []`, `/tracks must not be empty`},
		{randers, `"tracks": ["institution", "home"]`, `"tracks": "home"`, `/tracks must be a list in brackets`},
		{randers, `"consentAge": 15`, `"consentAge": 19`, `/local/consentAge must be at most 18`},
		{randers, `"closingDays": []`, `"closingDays": ["1 May"]`, `/local/closingDays/0 must be a day, "2026-03-04"`},
		{randers, `"days": 5`, `"days": "five"`, `/levels/3/deadlines/0/days must be a whole number`},
		{randers, `"days": 5`, `"days": 5.5`, `/levels/3/deadlines/0/days must be a whole number`},
		{randers, `"op": "before"`, `"op": "ahead"`, `/levels/3/deadlines/0/op is "ahead", want before, after`},
		{randers, `"unit": "working"`, `"unit": "days"`, `/levels/3/deadlines/0/unit is "days", want working, calendar, weekday, month`},
		{randers, `"anchor": "meeting"`, `"anchor": "lunch"`, `/levels/3/deadlines/0/anchor is "lunch"`},
		{randers, `"reviewEvery": 6`, `"reviewEvery": 0`, `/levels/3/reviewEvery must be at least 1`},
		{randers, `"attribute": "consultative"`, `"attribute": "kind"`, `/levels/2/attribute is "kind", want consultative, specialised`},
		{randers, `"childTakesPart": "listed"`, `"childTakesPart": true`, `/levels/3/childTakesPart is "true", want as_far_as_possible, listed`},
		{randers, `"need": "ad_hoc"`, `"need": "often"`, `/levels/3/participants/10/need is "often", want core, possible, ad_hoc`},
		{randers, `"age": "before_institution"`, `"age": "3"`, `/levels/3/participants/5/age is "3", want before_institution, institution`},
		{randers, `"sign": "-"`, `"sign": "?"`, `/levels/4/outcomes/1/sign is "?", want +, -`},
		{randers, `"warnOn": ["1>3"]`, `"warnOn": ["1 to 3"]`, `/rules/warnOn/0 must be a move between two levels, "1>2"`},
		{randers, `"skipAllowed": "with_reason"`, `"skipAllowed": "never"`, `/rules/skipAllowed is "never", want with_reason, freely`},
		{randers, `"handover": "accept_required"`, `"handover": "at_once"`, `/rules/handover is "at_once", want accept_required`},
		{randers, `"closesEarlier": true`, `"closesEarlier": "yes"`, `/rules/closesEarlier must be true or false`},
		{randers, `"requestAnsweredIn": 5`, `"requestAnsweredIn": 400`, `/rules/requestAnsweredIn must be at most 366`},
		{randers, `"kind": "offer"`, `"kind": "gift"`, `/legal/6/kind is "gift", want countdown, right, duty, offer`},
		{randers, `"unit": "hour"`, `"unit": "minute"`, `/legal/1/limit/unit is "minute", want hour, weekday, month`},
		{randers, `"from": "need_known"`, `"from": "today"`, `/legal/3/limit/from is "today"`},
		{randers, `"phone": "112"`, `"phone": "one-one-two"`, `/concern/0/phone must be a phone number`},
		{randers, `"email": "underretning@randers.dk"`, `"email": "randers.dk"`, `/concern/1/email must be an e-mail address`},
		{randers, `"link": "https://www.randers.dk"`, `"link": "www.randers.dk"`, `/concern/1/link must be an address that begins with https://`},
		{randers, `"concern": [`, `"concern": [ 1,`, `/concern/0 must be an object in braces`},
		{sst, `"phase": "ending"`, `"phase": "later"`, `/levels/2/procedureOut/7/phase is "later", want referral, assessment, treatment, ending`},
		// What only the rest of the file, or the plan, can say.
		{randers, `"country": "DK"`, `"country": "SE"`, `/country is "SE", want DK, NO`},
		{randers, `["institution", "home"]`, `["home", "home"]`, `/tracks/1 stands twice`},
		{randers, `"n": 5`, `"n": 6`, `/levels/4/n is 6, out of order`},
		{randers, `"next": [4, 5]`, `"next": [4, 6]`, `/levels/3/outcomes/2/next/1 names level 6, which is not there`},
		{randers, `"next": [4, 5]`, `"next": [4, 4]`, `/levels/3/outcomes/2/next/1 stands twice`},
		{randers, `"en": "A centre in the municipality helps the whole family together with other professionals."`, `"en": "` + strings.Repeat("word ", 15) + `"`, `/levels/4/sentence/en has 15 words, want at most 14`},
		{randers, `"id": "own_social_worker",`, `"id": "emergency",`, `/concern/2/id is "emergency", which stands twice`},
		{randers, `"id": "forms",`, `"id": "report",`, `/terms/8/id is "report", which stands twice`},
		{randers, `"id": "progress_told"`, `"id": "parents_agree"`, `/levels/4/procedureOut/5/id is "parents_agree", which stands twice`},
		{randers, `"to": 5,`, `"to": 7,`, `/levels/3/procedureOut/1/to names a level that is not there`},
		{randers, `"meetingKind": "inddragende_netvaerksmoede"`, `"meetingKind": "ansvarsgruppe"`, `/levels/4/meetingKind is "ansvarsgruppe", which no entry of /meetings has for level 5`},
		{randers, `"kind": "inddragende_netvaerksmoede"`, `"kind": "hyggemoede"`, `/meetings/3/kind is "hyggemoede", want konsultativt_moede`},
		{randers, `"formId": "gult-skema"`, `"formId": "roedt-skema"`, `/levels/3/formId is "roedt-skema", want groent-skema`},
		{randers, `"sectors": ["social_services"]`, `"sectors": ["police"]`, `/levels/4/chairRole/sectors/0 is "police", want family`},
		{randers, `"role": "professional"`, `"role": "boss"`, `/levels/4/chairRole/role is "boss", want child`},
		{randers, `"changeRoles": ["professional_lead", "tovholder"]`, `"changeRoles": ["boss"]`, `/rules/changeRoles/0 is "boss", want child`},
		{randers, `"levels": [4]`, `"levels": [3]`, `/meetings/2/levels/0 is 3, which tvaerfagligt_netvaerksmoede has already`},
		{randers, `"levels": [4]`, `"levels": [4, 9]`, `/meetings/2/levels/1 names level 9, which is not there`},
		{randers, `"warnOn": ["1>3"]`, `"warnOn": ["1>9"]`, `/rules/warnOn/0 is "1>9", want two levels that are there`},
		{randers, `"startAt": 1`, `"startAt": 0`, `/rules/startAt names level 0, which is not there`},
		{randers, `"everyChildAt": 1`, `"everyChildAt": 0`, `/rules/everyChildAt names level 0, which is not there`},
		{randers, `"anonymousAllowedAt": [2]`, `"anonymousAllowedAt": [8]`, `/rules/anonymousAllowedAt/0 names level 8, which is not there`},
		{randers, `"startingPoints": {`, `"startingPoints": { "9": [{ "id": "x", "text": { "da": "x", "nb": "x", "en": "x" } }],`, `/rules/startingPoints/9 names level 9, which is not there`},
		{randers, `"id": "roles"`, `"id": "options"`, `/meetings/2/agenda/3/id is "options", which stands twice`},
		{randers, `"to": 18`, `"to": -1`, `/local/ages/to must be at least 0`},
		{randers, `{ "from": 0, "to": 18 }`, `{ "from": 19, "to": 18 }`, `/local/ages/to is 18, before the age it begins at`},
		{randers, `"closingDays": []`, `"closingDays": ["2026-02-30"]`, `/local/closingDays/0 is "2026-02-30", which is no day`},
		{randers, `"closingDays": []`, `"closingDays": ["2026-05-15", "2026-05-15"]`, `/local/closingDays/1 stands twice`},
		{randers, `"kind": "offer",`, `"kind": "offer", "limit": { "count": 1, "unit": "hour", "from": "need_known" },`, `/legal/6/limit belongs to a countdown, and to nothing else`},
		{randers, `"id": "childs_party_rights"`, `"id": "early_support"`, `/legal/8/id is "early_support", which stands twice`},
		{bti, `"consentRequiredFrom": 1`, `"consentRequiredFrom": 7`, `/rules/consentRequiredFrom names level 7, which is not there`},
		{sst, `"id": "sst-buc-4"`, `"id": "sst-buc-5"`, `/id is "sst-buc-5", but the file is named "sst-buc-4"`},
		// What is no JSON.
		{sst, `"version": 2,`, `"version": 2 x,`, `the file is no JSON from here on: invalid character 'x'`},
		{sst, `"version": 2,`, `"version": 2, "version": 3,`, `/version stands twice`},
	} {
		t.Run(c.want, func(t *testing.T) {
			raw, line := damaged(t, c.file, c.from, c.to)
			_, err := load(fstest.MapFS{c.file: {Data: raw}})
			if err == nil {
				t.Fatal("the damage was not seen")
			}
			want := fmt.Sprintf("%s:%d: %s", c.file, line, c.want)
			for got := range strings.Lines(err.Error()) {
				if strings.HasPrefix(got, want) {
					return
				}
			}
			t.Errorf("got\n%v\nwant\n%s", err, want)
		})
	}
}

// raw is a model file as plain JSON, to take things out of.
func raw(t *testing.T, file string) map[string]any {
	t.Helper()
	var m map[string]any
	if err := json.Unmarshal(read(t, file), &m); err != nil {
		t.Fatal(err)
	}
	return m
}

func TestVersionTwoSaysEverythingAndVersionOneNeedNot(t *testing.T) {
	wholes := map[string]func(map[string]any) map[string]any{
		"about": root, "local": root, "meetings": root, "rules": root, "legal": root, "concern": root, "guides": root, "terms": root,
		"participants": firstLevel, "tovholder": firstLevel, "procedureOut": firstLevel, "deadlines": firstLevel,
	}
	for name, part := range wholes {
		m := raw(t, "no-bti-0-3.json")
		delete(part(m), name)
		data, err := json.Marshal(m)
		if err != nil {
			t.Fatal(err)
		}
		_, err = load(fstest.MapFS{"no-bti-0-3.json": {Data: data}})
		if err == nil || !strings.Contains(err.Error(), fmt.Sprintf("lacks %q", name)) {
			t.Errorf("without %s: got %v", name, err)
		}
	}
	if _, err := load(fstest.MapFS{"no-bti-0-3.json": {Data: read(t, "no-bti-0-3.1.json")}}); err != nil {
		t.Errorf("version 1 lacks them all and is right: got %v", err)
	}
}

func root(m map[string]any) map[string]any { return m }

func firstLevel(m map[string]any) map[string]any {
	levels, _ := m["levels"].([]any)
	first, _ := levels[0].(map[string]any)
	return first
}

func TestAllMistakesOfAFileAreReportedTogetherInTheirOrder(t *testing.T) {
	text := strings.Replace(string(read(t, "randers-5x2.json")), `"days": 5`, `"days": 0`, 1)
	text = strings.Replace(text, `"version": 2`, `"version": true`, 1)
	_, err := load(fstest.MapFS{"randers-5x2.json": {Data: []byte(text)}})
	if err == nil {
		t.Fatal("two mistakes were not seen")
	}
	lines := strings.Split(err.Error(), "\n")
	if len(lines) != 2 || !strings.Contains(lines[0], "/version") || !strings.Contains(lines[1], "/deadlines/0/days") {
		t.Errorf("got %v", err)
	}
}

func TestNothingMayStandAfterTheModelAndNothingMayBeMissing(t *testing.T) {
	whole := read(t, "sst-buc-4.json")
	for name, data := range map[string][]byte{"half a file": whole[:len(whole)/2], "two models": append(whole, "{}"...), "nothing": nil, "a list": []byte("[]")} {
		if _, err := load(fstest.MapFS{"sst-buc-4.json": {Data: data}}); err == nil || !strings.HasPrefix(err.Error(), "sst-buc-4.json:") {
			t.Errorf("%s: got %v", name, err)
		}
	}
}

func TestAFileIsNamedAfterItsVersion(t *testing.T) {
	_, err := load(fstest.MapFS{"sst-buc-4.7.json": {Data: read(t, "sst-buc-4.1.json")}})
	if want := "sst-buc-4.7.json:3: /version is 1, but the file is named sst-buc-4.7.json"; err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}

// A keyword without words would be told in the schema library's own.
func TestTheSchemaUsesOnlyKeywordsThatHaveWords(t *testing.T) {
	known := map[string]bool{
		"type": true, "required": true, "additionalProperties": true, "properties": true, "items": true, "enum": true, "minimum": true,
		"maximum": true, "minItems": true, "minProperties": true, "pattern": true, "if": true, "then": true, "$ref": true, "$comment": true,
	}
	var walk func(at string, schema any)
	walk = func(at string, schema any) {
		node, ok := schema.(map[string]any)
		if !ok {
			return
		}
		for key, value := range node {
			if !known[key] {
				t.Errorf("%s/%s has no words in leaf", at, key)
			}
			switch key {
			case "properties":
				for name, s := range value.(map[string]any) {
					walk(at+"/"+name, s)
				}
			case "items", "additionalProperties", "if", "then":
				walk(at+"/"+key, value)
			case "pattern":
				if patternWords[value.(string)] == "" {
					t.Errorf("%s: pattern %s has no words", at, value)
				}
			case "type":
				if typeWords[value.(string)] == "" {
					t.Errorf("%s: type %s has no words", at, value)
				}
			}
		}
	}
	for name, def := range raw(t, schemaFile)["$defs"].(map[string]any) {
		walk(name, def)
	}
}
