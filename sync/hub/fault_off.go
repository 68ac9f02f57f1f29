//go:build !faults

package hub

// planted names a fault of the server; a normal build has none (see fault_on.go).
const planted = ""
