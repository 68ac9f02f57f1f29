//go:build faults

package hub

// planted is the fault that this build makes, to see whether the checkers of sync/sim notice.
var planted string

// Plant makes the server behave wrongly in one named way; empty: rightly.
func Plant(fault string) { planted = fault }
