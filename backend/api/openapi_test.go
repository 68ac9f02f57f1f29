package api

import (
	"log/slog"
	"maps"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"

	"samspor/backend/remind"
	"samspor/sync/merge"
	"samspor/sync/plan"
	"samspor/sync/wire"
)

// param is a part of a path that differs: Fiber writes :id where OpenAPI has {id}.
var param = regexp.MustCompile(`:(\w+)`)

func load(t *testing.T) *openapi3.T {
	t.Helper()
	doc, err := openapi3.NewLoader().LoadFromData(description)
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

func TestEveryRouteIsDescribedAndEveryDescriptionIsARoute(t *testing.T) {
	doc := load(t)
	if err := doc.Validate(t.Context()); err != nil {
		t.Fatal(err)
	}
	a, err := New(Config{Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	var routes, described []string
	for _, r := range a.app.GetRoutes(true) {
		if r.Method != "HEAD" { // every GET has one
			routes = append(routes, r.Method+" "+param.ReplaceAllString(r.Path, "{$1}"))
		}
	}
	for path, item := range doc.Paths.Map() {
		for method := range item.Operations() {
			described = append(described, method+" "+path)
		}
	}
	slices.Sort(routes)
	slices.Sort(described)
	if !slices.Equal(routes, described) {
		t.Errorf("the routes are\n%q, described are\n%q", routes, described)
	}
}

func TestEveryProblemIsDescribedWithItsStatus(t *testing.T) {
	got := map[string]int{}
	for name, r := range load(t).Components.Responses {
		media := r.Value.Content["application/problem+json"]
		if media == nil {
			continue
		}
		more := media.Schema.Value.AllOf[1].Value.Properties
		status, ok := more["status"].Value.Enum[0].(float64)
		if !ok {
			t.Fatalf("%s has no status", name)
		}
		for _, code := range more["code"].Value.Enum {
			slug, ok := code.(string)
			if was := got[slug]; !ok || was != 0 && was != int(status) {
				t.Errorf("%s describes %v with %v, another response with %d", name, code, status, was)
			}
			got[slug] = int(status)
		}
	}
	want := map[string]int{}
	for slug, k := range problems {
		want[slug] = k.status
	}
	if !maps.Equal(got, want) {
		t.Errorf("described are\n%v, the table has\n%v", got, want)
	}
}

func TestEveryKeyOfAMessageIsDescribed(t *testing.T) {
	doc := load(t)
	for _, message := range []any{
		wire.Push{}, wire.Change{}, merge.Op{}, wire.Results{}, wire.Result{},
		wire.Pull{}, wire.Pulled{}, wire.Space{}, wire.Record{}, wire.Removed{}, wire.Me{}, plan.May{}, wire.Poke{},
		wire.Handover{}, wire.Receipt{}, wire.Asked{}, wire.Told{}, wire.Entry{}, printed{}, signedIn{}, problem{},
		pushKey{}, pushSubscription{}, pushKeys{}, pushEndpoint{}, pushHash{}, pushKnown{}, pushTried{},
		remind.Settings{}, inbox{}, remind.Notice{},
		calendarWish{}, calendarAddress{}, calendarState{},
	} {
		kind := reflect.TypeOf(message)
		names := []string{strings.ToUpper(kind.Name()[:1]) + kind.Name()[1:]}
		if names[0] == "Result" {
			names = []string{"Applied", "InConflict", "IsParked"}
		}
		var got, want []string
		for _, f := range reflect.VisibleFields(kind) {
			key, _, _ := strings.Cut(f.Tag.Get("json"), ",")
			want = append(want, key)
		}
		for _, name := range names {
			got = slices.AppendSeq(got, maps.Keys(doc.Components.Schemas[name].Value.Properties))
		}
		slices.Sort(want)
		slices.Sort(got)
		if got = slices.Compact(got); !slices.Equal(got, want) {
			t.Errorf("%s has the keys %v, described as %v are %v", kind, want, names, got)
		}
	}
}
