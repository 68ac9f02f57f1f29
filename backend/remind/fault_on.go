//go:build faults

package remind

// planted is the safeguard that a test has switched off, to see that it is missed.
var planted string
