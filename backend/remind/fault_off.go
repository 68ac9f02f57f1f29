//go:build !faults

package remind

// planted is the safeguard that a test has switched off; in the program, none.
const planted = ""
