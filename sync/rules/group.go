package rules

import "regexp"

// personNumber is six digits of a birthday and four (Danish CPR) or five (Norwegian
// fødselsnummer) behind them, however people set them apart. Norwegian D-numbers add
// 40 to the day; some synthetic numbers add 40 or 80 to the month.
var personNumber = regexp.MustCompile(`(^|[^0-9])([0-7][0-9][0189][0-9][0-9]{2}|[0-7][0-9][45][0-9][0-9]{2})[ .\-–]?[0-9]{4,5}($|[^0-9])`)

// HoldsPersonNumber says whether a text has something in it that looks like a person
// number (R11). group.ts is its twin: the phone says so while one writes.
func HoldsPersonNumber(text string) bool { return personNumber.MatchString(text) }
