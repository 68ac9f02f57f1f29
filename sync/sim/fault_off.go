//go:build !faults

package sim

// planted names a fault of the phones; a normal build has none (see fault_on.go).
const planted = ""
