package merge

import (
	"slices"
	"strings"
)

// maxCells bounds the table that aligns two texts: 2,000 changed paragraphs on
// each side. Beyond it people decide.
const maxCells = 2000 * 2000

// Paragraphs merges two versions of a text by what each changed in the version
// that both started from (diff3). Where an unchanged paragraph stands between
// their changes both hold; where they touch, and differ, nobody knows what was
// meant: then it is not clean, and merged is the kept version.
//
// A paragraph is a run of lines that are not blank; a blank line holds nothing
// but spaces, tabs and carriage returns. Otherwise characters are compared as
// they are. A moved paragraph is one taken out and one put in.
func Paragraphs(base, kept, claimed string) (merged string, clean bool) {
	switch {
	case kept == claimed || claimed == base:
		return kept, true
	case kept == base:
		return claimed, true
	}
	b, k, c := split(base), split(kept), split(claimed)
	inKept, inClaimed := align(b, k), align(b, c)
	if inKept == nil || inClaimed == nil {
		return kept, false
	}
	var out []string
	bi, ki, ci := 0, 0, 0 // everything before is merged
	for i := range inKept {
		kj, cj := inKept[i], inClaimed[i]
		if kj < 0 || cj < 0 {
			continue // up to the next paragraph that both have left
		}
		region, ok := pick(b[bi:i], k[ki:kj], c[ci:cj])
		if !ok {
			return kept, false
		}
		out = append(append(out, region...), b[i:min(i+1, len(b))]...)
		bi, ki, ci = i+1, kj+1, cj+1
	}
	return strings.Join(out, "")[len(edge):], true
}

// pick takes the one version of a region that somebody changed.
func pick(base, kept, claimed []string) ([]string, bool) {
	switch {
	case slices.Equal(kept, claimed) || slices.Equal(claimed, base):
		return kept, true
	case slices.Equal(kept, base):
		return claimed, true
	}
	return nil, false
}

// edge stands before a text while it is merged, so that its first paragraph looks
// like all others: another one can be put before it, or it can be taken out.
const edge = "\n\n"

// split cuts a text into its paragraphs, each with the blank lines before it:
// joined again they are the text, and one put at the end leaves the others alone.
// Blank lines at the end of the text are a part of their own.
func split(text string) (parts []string) {
	text = edge + text
	from, filled := 0, false // filled: the line before is not blank
	for at := 0; at <= len(text); {
		end := len(text)
		if n := strings.IndexByte(text[at:], '\n'); n >= 0 {
			end = at + n
		}
		blank := strings.Trim(text[at:end], " \t\r") == ""
		if blank && filled {
			parts = append(parts, text[from:at-1])
			from = at - 1
		}
		filled = !blank
		at = end + 1
	}
	return append(parts, text[from:])
}

// align says where a side holds each paragraph of base, -1 where it does not: a
// longest common subsequence. Past the last paragraph it gives the side's end. It
// gives nil where the table would be too large.
func align(base, side []string) []int {
	n, m := len(base), len(side)
	at := slices.Repeat([]int{-1}, n+1)
	at[n] = m
	lo := 0
	for ; lo < n && lo < m && base[lo] == side[lo]; lo++ {
		at[lo] = lo
	}
	for n > lo && m > lo && base[n-1] == side[m-1] {
		n, m = n-1, m-1
		at[n] = m
	}
	if (n-lo)*(m-lo) > maxCells {
		return nil
	}
	common := table(base[lo:n], side[lo:m])
	for i, j := lo, lo; i < n && j < m; {
		switch {
		case base[i] == side[j]:
			at[i] = j
			i, j = i+1, j+1
		case common[i-lo+1][j-lo] >= common[i-lo][j-lo+1]:
			i++ // a tie must fall the same way in both languages
		default:
			j++
		}
	}
	return at
}

// table says how many paragraphs base[i:] and side[j:] have in common at most.
func table(base, side []string) [][]uint16 {
	number := map[string]int32{} // equal paragraphs, equal numbers: the table compares no texts
	numbers := func(parts []string) []int32 {
		out := make([]int32, len(parts))
		for i, p := range parts {
			if number[p] == 0 {
				number[p] = int32(len(number) + 1)
			}
			out[i] = number[p]
		}
		return out
	}
	b, s := numbers(base), numbers(side)
	rows := make([][]uint16, len(b)+1)
	rows[len(b)] = make([]uint16, len(s)+1)
	for i := len(b) - 1; i >= 0; i-- {
		row, below := make([]uint16, len(s)+1), rows[i+1][:len(s)+1]
		best, mine := uint16(0), b[i]
		for j := len(s) - 1; j >= 0; j-- {
			best = max(best, below[j])
			v := below[j+1] + 1
			if mine == s[j] {
				best = v
			}
			row[j] = best
		}
		rows[i] = row
	}
	return rows
}
