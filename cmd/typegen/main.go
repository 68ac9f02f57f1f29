// Command typegen writes the TypeScript view of sync/: the records, the state
// tables and the refusals, from the same Go values that the server runs on.
//
// Run it as `go generate ./...`. A test fails when a file on disk differs, which
// is how CI notices a forgotten run.
package main

//go:generate go run samspor/cmd/typegen

import (
	"bytes"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"sort"
	"strings"

	"samspor/sync/fault"
	"samspor/sync/plan"
	"samspor/sync/rules"
)

const header = "// Written by cmd/typegen from the Go sources beside it. Do not edit: run `go generate ./...`.\n\n"

func main() {
	root, err := moduleRoot()
	if err != nil {
		fail(err)
	}
	files := generated()
	for _, name := range slices.Sorted(maps.Keys(files)) {
		path, want := filepath.Join(root, name), []byte(header+files[name])
		got, err := os.ReadFile(path)
		if err == nil && bytes.Equal(got, want) {
			continue
		}
		if err := os.WriteFile(path, want, 0o644); err != nil {
			fail(err)
		}
		fmt.Println("wrote", name)
	}
}

// generated gives every file by its path from the top of the repository.
func generated() map[string]string {
	return map[string]string{
		"sync/plan/plan.gen.ts":      records(),
		"sync/rules/moves.gen.ts":    moves(),
		"sync/rules/owners.gen.ts":   owners(),
		"sync/rules/services.gen.ts": services(),
		"sync/fault/fault.gen.ts":    faults(),
	}
}

// records writes an interface for each noun, the union types, and the limits of texts.
func records() string {
	var b strings.Builder
	ids, enums := map[string]bool{"SpaceID": true, "AccountID": true, "ClientID": true, "ChangeID": true, "RecordID": true}, map[string][]string{}
	for _, k := range plan.Nouns {
		for _, f := range k.Order {
			if f.Enum != nil {
				enums[f.IDType] = f.Enum
			} else if f.IDType != "" {
				ids[f.IDType] = true
			}
		}
	}
	b.WriteString("declare const brand: unique symbol;\ntype Id<Name extends string> = string & { readonly [brand]: Name };\n\n")
	for _, id := range slices.Sorted(maps.Keys(ids)) {
		fmt.Fprintf(&b, "export type %s = Id<%q>;\n", id, id)
	}
	b.WriteString("\n/** A calendar day, \"2026-03-04\". */\nexport type Day = string;\n/** A moment with its offset, RFC 3339. */\nexport type Instant = string;\n/** A fractional index, sorted as bytes. */\nexport type Order = string;\n/** A whole JSON value that only the server writes. */\nexport type Data = unknown;\n\n")
	for _, e := range slices.Sorted(maps.Keys(enums)) {
		fmt.Fprintf(&b, "export type %s = %s;\n", e, union(enums[e]))
	}
	for _, k := range plan.Nouns {
		fmt.Fprintf(&b, "\nexport interface %s {\n", k.GoName)
		for _, f := range k.Order {
			if f.Cat != "hidden" {
				fmt.Fprintf(&b, "  readonly %s?: %s;\n", f.Name, tsType(f))
			}
		}
		if k.Open != nil {
			b.WriteString("  readonly [answer: `a.${string}`]: string | undefined;\n")
		}
		b.WriteString("}\n")
	}
	b.WriteString("\n/** Every kind of record, by its name on the wire. */\nexport interface Kinds {\n")
	for _, k := range plan.Nouns {
		fmt.Fprintf(&b, "  readonly %s: %s;\n", k.Name, k.GoName)
	}
	b.WriteString("}\nexport type Kind = keyof Kinds;\n\n/** The longest text a field holds, in characters. */\nexport const limits = {\n")
	for _, k := range plan.Nouns {
		var rows []string
		for _, f := range k.Order {
			if f.Max > 0 && f.Cat != "hidden" {
				rows = append(rows, fmt.Sprintf("%s: %d", f.Name, f.Max))
			}
		}
		if len(rows) > 0 {
			fmt.Fprintf(&b, "  %s: { %s },\n", k.Name, strings.Join(rows, ", "))
		}
	}
	b.WriteString("} as const;\n")
	return b.String()
}

func tsType(f *plan.Field) string {
	elem := map[plan.Type]string{
		plan.TypeString: "string", plan.TypeText: "string", plan.TypeInt: "number", plan.TypeBool: "boolean",
		plan.TypeDay: "Day", plan.TypeInstant: "Instant", plan.TypeOrder: "Order", plan.TypeData: "Data",
		plan.TypeID: f.IDType, plan.TypeEnum: f.IDType, plan.TypeSet: f.IDType,
	}[f.Type]
	if elem == "" {
		elem = "string"
	}
	if f.Type == plan.TypeSet {
		return "readonly " + elem + "[]"
	}
	return elem
}

// moves writes the state tables.
func moves() string {
	var b strings.Builder
	b.WriteString("/** Where each state may go, by kind and field. */\nexport const moves: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>>> = {\n")
	for _, kind := range slices.Sorted(maps.Keys(rules.Moves)) {
		fmt.Fprintf(&b, "  %s: {\n", kind)
		for _, field := range slices.Sorted(maps.Keys(rules.Moves[kind])) {
			fmt.Fprintf(&b, "    %s: {\n", field)
			to := map[string][]string{}
			for _, m := range rules.Moves[kind][field] {
				to[m.From] = append(to[m.From], m.To)
			}
			for _, from := range slices.Sorted(maps.Keys(to)) {
				fmt.Fprintf(&b, "      %s: [%s],\n", key(from), quoted(to[from], ", "))
			}
			b.WriteString("    },\n")
		}
		b.WriteString("  },\n")
	}
	b.WriteString("};\n")
	return b.String()
}

// key writes a state as a key; the state of a field that was never written is empty.
func key(state string) string {
	if state == "" {
		return `""`
	}
	return state
}

// owners writes which fields say whose a record is, and which lead to the meeting that hosts it.
func owners() string {
	var b strings.Builder
	b.WriteString("/** The fields that say whose a record is: one person, or a set of them. */\nexport const owners: Readonly<Record<string, readonly string[]>> = {\n")
	for _, kind := range slices.Sorted(maps.Keys(rules.Owners)) {
		fmt.Fprintf(&b, "  %s: [%s],\n", kind, quoted(rules.Owners[kind], ", "))
	}
	b.WriteString("};\n/** The field that leads from a record to the meeting whose hosts keep it. */\nexport const hosted: Readonly<Record<string, string>> = {\n")
	for _, kind := range slices.Sorted(maps.Keys(rules.Hosted)) {
		fmt.Fprintf(&b, "  %s: %q,\n", kind, rules.Hosted[kind])
	}
	b.WriteString("};\n")
	return b.String()
}

// services writes who calls which meetings, and which steps of a model belong to whom.
func services() string {
	var b strings.Builder
	b.WriteString(`import type { MeetingKind, Sector } from "../plan/plan.gen.ts";

/** Who may call a kind of meeting: who leads, who holds the rope, and the services it belongs to. */
export interface Convenor {
  readonly leads: boolean;
  readonly holds: boolean;
  readonly sectors: readonly Sector[];
}

/** Who calls each kind of meeting (R15, MT17, MT22); any other is called by whoever sees the need (MT2). */
export const convenors: Readonly<Partial<Record<MeetingKind, Convenor>>> = {
`)
	for _, kind := range slices.Sorted(maps.Keys(rules.Convenors)) {
		who := rules.Convenors[kind]
		fmt.Fprintf(&b, "  %s: { leads: %t, holds: %t, sectors: [%s] },\n", kind, who.Leads, who.Holds, quoted(strs(who.Sectors), ", "))
	}
	b.WriteString(`};

/** A service to which the steps of a model belong, from a level on; of any model where it names none. */
export interface StepOwner {
  readonly sector: Sector;
  readonly model: string;
  readonly from: number;
}

/** The services that own steps of a model (R8). */
export const stepOwners: readonly StepOwner[] = [
`)
	for _, o := range rules.StepOwners {
		fmt.Fprintf(&b, "  { sector: %q, model: %q, from: %d },\n", o.Sector, o.Model, o.From)
	}
	b.WriteString("];\n")
	return b.String()
}

func strs[S ~string](list []S) []string {
	out := make([]string, len(list))
	for i, s := range list {
		out[i] = string(s)
	}
	return out
}

// faults writes the codes, so that a code without a text does not compile on the phone.
func faults() string {
	codes := make([]string, len(fault.All))
	for i, f := range fault.All {
		codes[i] = f.Code
	}
	sort.Strings(codes)
	return "/** Every reason for which the server parks a change. */\nexport type FaultCode =\n  | " + quoted(codes, "\n  | ") + ";\n"
}

func union(values []string) string { return quoted(values, " | ") }

func quoted(values []string, sep string) string {
	out := make([]string, len(values))
	for i, v := range values {
		out[i] = fmt.Sprintf("%q", v)
	}
	return strings.Join(out, sep)
}

// moduleRoot walks up to the folder of go.mod, so that typegen can be run from anywhere inside.
func moduleRoot() (string, error) {
	dir, err := os.Getwd()
	if err != nil {
		return "", err
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir, nil
		}
		if parent := filepath.Dir(dir); parent != dir {
			dir = parent
			continue
		}
		return "", fmt.Errorf("no go.mod above the working directory")
	}
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, "typegen:", err)
	os.Exit(1)
}
