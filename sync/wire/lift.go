package wire

import (
	"strconv"
	"time"

	"samspor/sync/merge"
	"samspor/sync/plan"
)

// lifts holds, for each schema before this one, what turns an operation of it into
// one of the next. A phone that was away for a year is lifted step by step: an old
// schema is never a reason to refuse a change.
var lifts = []func(op *merge.Op, made time.Time){
	from1,
}

// Lift brings the operations of an older schema to this one, in place. made is when
// the device says the change was made; a schema that is not known is left alone.
func Lift(schema int, made plan.Instant, ops []merge.Op) {
	at, err := time.Parse(time.RFC3339, string(made))
	if err != nil { // Check has seen to it that the instant is one
		at = time.Time{}
	}
	for s := max(schema, 1); s < Schema; s++ {
		for i := range ops {
			lifts[s-1](&ops[i], at)
		}
	}
}

// from1: the texts of push messages became the server's own, and a child's age,
// which is wrong a year later, became the year of birth.
func from1(op *merge.Op, made time.Time) {
	for _, f := range []map[string]plan.Value{op.New, op.Set, op.Was} {
		switch op.Kind {
		case "task":
			delete(f, "pushTextKey")
		case "child":
			age, isAge := f["age"]
			delete(f, "age")
			if n, err := strconv.Atoi(string(age)); isAge && err == nil && f["birthYear"] == nil {
				f["birthYear"] = plan.Int(made.Year() - n)
			}
		}
	}
}
