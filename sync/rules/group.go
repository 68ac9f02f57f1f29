package rules

import "regexp"

// personNumber is six digits of a birthday and four (Danish CPR) or five (Norwegian
// fødselsnummer) behind them, however people set them apart. Norwegian D-numbers add
// 40 to the day; some synthetic numbers add 40 or 80 to the month.
var personNumber = regexp.MustCompile(`(^|[^0-9])([0-7][0-9][0189][0-9][0-9]{2}|[0-7][0-9][45][0-9][0-9]{2})[ .\-–]?[0-9]{4,5}($|[^0-9])`)

// HoldsPersonNumber says whether a text has something in it that looks like a person
// number (R11). group.ts is its twin: the phone says so while one writes.
func HoldsPersonNumber(text string) bool { return personNumber.MatchString(text) }

// HidePersonNumbers puts dots in the place of every digit of a person number, so that
// a change which was refused for one can be kept for its author without it.
func HidePersonNumbers(text []byte) []byte {
	return personNumber.ReplaceAllFunc(text, func(found []byte) []byte {
		return digit.ReplaceAll(found, []byte("•"))
	})
}

var digit = regexp.MustCompile(`[0-9]`)
