package calendar

import (
	"fmt"
	"slices"
	"time"
)

// Calendar knows the working days of one place.
type Calendar struct {
	profile string
	closing []string
}

// For gives the calendar of a profile with a municipality's own closing days.
func For(profile string, closing []string) (Calendar, error) {
	if !slices.Contains([]string{"DK", "DK-kommune", "NO"}, profile) {
		return Calendar{}, fmt.Errorf("no calendar %q", profile)
	}
	return Calendar{profile, closing}, nil
}

func easter(y int) time.Time {
	a, b, c := y%19, y/100, y%100
	d, e := b/4, b%4
	f := (b + 8) / 25
	g := (b - f + 1) / 3
	h := (19*a + b - d - g + 15) % 30
	i, k := c/4, c%4
	l := (32 + 2*e + 2*i - h - k) % 7
	m := (a + 11*h + 22*l) / 451
	return time.Date(y, time.Month((h+l-7*m+114)/31), (h+l-7*m+114)%31+1, 0, 0, 0, 0, time.UTC)
}

// IsWorkday says whether people work on a day.
func (c Calendar) IsWorkday(d Day) bool {
	t, err := time.Parse(dayLayout, string(d))
	if err != nil || t.Weekday() == time.Saturday || t.Weekday() == time.Sunday {
		return false
	}
	off := int(t.Sub(easter(t.Year())).Hours() / 24)
	md := t.Format("01-02")
	if slices.Contains([]int{-3, -2, 0, 1, 39, 49, 50}, off) || slices.Contains([]string{"01-01", "12-25", "12-26"}, md) {
		return false
	}
	switch c.profile {
	case "NO":
		return md != "05-01" && md != "05-17"
	case "DK-kommune":
		if md == "12-24" || md == "12-31" {
			return false
		}
	}
	return !(off == 26 && t.Year() < 2024)
}

// WorkdaysBefore gives the n-th working day before a day.
func (c Calendar) WorkdaysBefore(d Day, n int) Day { return c.step(d, n, -1) }

// WorkdaysAfter gives the n-th working day after a day.
func (c Calendar) WorkdaysAfter(d Day, n int) Day { return c.step(d, n, 1) }

func (c Calendar) step(d Day, n, by int) Day {
	for n > 0 {
		d = d.AddDays(by)
		if c.IsWorkday(d) {
			n--
		}
	}
	return d
}

// MonthsAfter gives the day n months later, at most the month's last.
func MonthsAfter(d Day, n int) Day {
	t, err := time.Parse(dayLayout, string(d))
	if err != nil {
		return d
	}
	first := time.Date(t.Year(), t.Month()+time.Month(n), 1, 0, 0, 0, 0, time.UTC)
	last := first.AddDate(0, 1, -1).Day()
	return Day(first.AddDate(0, 0, min(t.Day(), last)-1).Format(dayLayout))
}

// WeekdaysAfter gives the n-th day after a day that is not a Sunday.
func WeekdaysAfter(d Day, n int) Day {
	for n > 0 {
		d = d.AddDays(1)
		if t, err := time.Parse(dayLayout, string(d)); err == nil && t.Weekday() != time.Sunday {
			n--
		}
	}
	return d
}

// Local gives the moment of a clock time ("08:00") on a day in a zone. A time that the
// clocks jump over is the next one that exists.
func Local(d Day, clock string, zone *time.Location) (time.Time, error) {
	t, err := time.ParseInLocation(dayLayout+" 15:04", string(d)+" "+clock, zone)
	if err != nil {
		return time.Time{}, fmt.Errorf("not a day and a time: %w", err)
	}
	return t, nil
}
