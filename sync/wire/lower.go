package wire

import (
	"strconv"
	"time"

	"samspor/sync/plan"
)

// Serves says in which version of the records a phone is answered: its own, if that is
// this one or the one before. An older phone gets the one before, a newer one this.
func Serves(asked int) int { return min(max(asked, Schema-1), Schema) }

// lower turns the fields of a record into what they were in the schema before this one.
var lower = toOne

// Lower brings a record into the schema that a phone is answered in. In time it will
// be updated; until then it shows what it knows.
func Lower(schema int, r *Record, now time.Time) {
	if schema < Schema {
		lower(r, now)
	}
}

// toOne: a child had an age.
func toOne(r *Record, now time.Time) {
	born, ok := r.F["birthYear"]
	if r.Kind != "child" || !ok {
		return
	}
	delete(r.F, "birthYear")
	r.F["age"] = plan.Null
	if year, err := strconv.Atoi(string(born)); err == nil {
		r.F["age"] = plan.Int(now.Year() - year)
	}
}
