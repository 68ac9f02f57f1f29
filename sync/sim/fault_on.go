//go:build faults

package sim

// planted is the fault that this build's phones make, to see whether the checkers notice.
var planted string
