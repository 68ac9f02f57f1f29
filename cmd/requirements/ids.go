package main

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// demand is one line of docs/requirements.md.
type demand struct {
	id       string // R13, LS20b
	group    string // R, LS: what stands before the number
	number   int
	strength string // M, S, C or D
}

var (
	line     = regexp.MustCompile(`(?m)^- \*\*(([A-Z]+)(\d+)[a-z]?)\*\* \(([MSCD])\) `)
	word     = regexp.MustCompile(`\b[A-Z]{1,2}\d+[a-z]?\b`)
	stretch  = regexp.MustCompile(`\b[A-Z]{1,2}\d+[a-z]?[-–](?:[A-Z]{1,2})?\d+[a-z]?\b`)
	nameLine = regexp.MustCompile(`"name":\s*"[^"]*"`)
)

// demands reads the lines of docs/requirements.md in their order.
func demands(doc string) (all []demand) {
	for _, m := range line.FindAllStringSubmatch(doc, -1) {
		n, _ := strconv.Atoi(m[3]) // the pattern lets digits through alone
		all = append(all, demand{id: m[1], group: m[2], number: n, strength: m[4]})
	}
	return all
}

// mentioned gives the ids that a test names, each as a whole word. A range names none
// of its ids: nobody can say which of them the test proves.
func mentioned(test string) []string {
	return word.FindAllString(stretch.ReplaceAllString(test, ""), -1)
}

// isTest says whether a file is a test, and so may carry ids.
func isTest(path string) bool {
	ends := func(s string) bool { return strings.HasSuffix(path, s) }
	return ends("_test.go") || ends(".test.ts") || ends(".test.tsx") || ends(".journey.ts") || isVectors(path)
}

// isVectors says whether a file holds shared test vectors, of which only the names carry ids.
func isVectors(path string) bool {
	return strings.Contains(path, "/vectors/") && strings.HasSuffix(path, ".json")
}

// text gives what of a test file may carry ids.
func text(path, content string) string {
	if isVectors(path) {
		return strings.Join(nameLine.FindAllString(content, -1), "\n")
	}
	return content
}

// mustBeCarried says whether a demand fails a strict run when no test carries it:
// the rules R1 to R32 always, else what is M or S in one of the groups.
func mustBeCarried(d demand, groups []string) bool {
	if d.group == "R" && d.number <= 32 {
		return true
	}
	return slices.Contains(groups, d.group) && strings.Contains("MS", d.strength)
}
