// Package calendar knows days: the unit in which people agree ("by Thursday").
//
// Its one rule: a deadline is a calendar day in the case's own country, never
// an instant and never a midnight. Start with Day.
package calendar

import (
	"fmt"
	"time"
)

// Day is a calendar day written as "2026-03-04"; the empty Day means no day.
type Day string

// Instant is a moment written as RFC 3339 with its offset, kept for people to read.
type Instant string

const dayLayout = "2006-01-02"

// ParseDay reads a day and refuses everything that is not one in the calendar.
func ParseDay(s string) (Day, error) {
	t, err := time.Parse(dayLayout, s)
	if err != nil || t.Year() < 1900 || t.Year() > 2200 {
		return "", fmt.Errorf("not a day: want YYYY-MM-DD")
	}
	return Day(s), nil
}

// ParseInstant reads a moment with its offset.
func ParseInstant(s string) (time.Time, error) {
	t, err := time.Parse(time.RFC3339, s)
	if err != nil {
		return time.Time{}, fmt.Errorf("not a moment: want RFC 3339")
	}
	return t, nil
}

// DayOf gives the calendar day at a moment in a zone.
func DayOf(t time.Time, zone *time.Location) Day {
	return Day(t.In(zone).Format(dayLayout))
}

// AddDays gives the day n days later (earlier when n is negative).
func (d Day) AddDays(n int) Day {
	t, err := time.Parse(dayLayout, string(d))
	if err != nil {
		return d
	}
	return Day(t.AddDate(0, 0, n).Format(dayLayout))
}

// Zone gives the time zone in which a country counts its days.
func Zone(country string) *time.Location {
	if country == "NO" {
		return oslo
	}
	return copenhagen
}

var (
	copenhagen = mustZone("Europe/Copenhagen")
	oslo       = mustZone("Europe/Oslo")
)

// mustZone falls back to the offset both countries share in winter, so that a
// machine without zone data is an hour wrong in summer rather than dead.
func mustZone(name string) *time.Location {
	z, err := time.LoadLocation(name)
	if err != nil {
		return time.FixedZone(name, 3600)
	}
	return z
}
