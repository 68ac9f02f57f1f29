package calendar

import (
	"errors"
	"fmt"
	"slices"
	"time"
)

// Calendar knows the working days of one place: Monday to Friday, less its holidays
// and its own closing days (R26). workdays.ts is its twin.
type Calendar struct {
	profile string
	closing []string // "2026-05-15", or "06-05" for each year
}

// Profiles are the calendars there are: Danish law, what Danish municipalities close
// beside it, and Norwegian law.
var Profiles = []string{"DK", "DK-kommune", "NO"}

// maxClosing is how many days of its own a municipality may close.
const maxClosing = 200

// For gives the calendar of a profile with a municipality's own closing days, each as
// a day ("2026-05-15") or as one that comes back each year ("06-05").
func For(profile string, closing []string) (Calendar, error) {
	if !slices.Contains(Profiles, profile) {
		return Calendar{}, fmt.Errorf("no calendar %q", profile)
	}
	if len(closing) > maxClosing { // a town that is never open would have no working day to find
		return Calendar{}, fmt.Errorf("more than %d closing days", maxClosing)
	}
	for _, c := range closing {
		_, whole := number(Day(c))
		_, yearly := number(Day("2024-" + c)) // a leap year has every day
		if !whole && !yearly {
			return Calendar{}, errors.New("a closing day is none: want YYYY-MM-DD or MM-DD")
		}
	}
	return Calendar{profile, closing}, nil
}

// movable are the holidays that lie a number of days from Easter Sunday.
var movable = map[int]string{
	-3: "maundyThursday", -2: "goodFriday", 0: "easter", 1: "easterMonday", 39: "ascension", 49: "whit", 50: "whitMonday",
}

// fixed are the holidays of a day of the year, by profile.
var fixed = map[string]map[string]string{
	"DK":         {"01-01": "newYear", "12-25": "christmas", "12-26": "christmas2"},
	"DK-kommune": {"01-01": "newYear", "12-24": "christmasEve", "12-25": "christmas", "12-26": "christmas2", "12-31": "newYearsEve"},
	"NO":         {"01-01": "newYear", "05-01": "labourDay", "05-17": "constitutionDay", "12-25": "christmas", "12-26": "christmas2"},
}

// prayerDay is store bededag, a Danish holiday until 2023 (R26).
const prayerDay, lastPrayerDay = 26, 2023

// Holiday gives what a day is kept for, and whether it is kept at all. "closed" is a
// municipality's own; a weekend is no holiday.
func (c Calendar) Holiday(d Day) (key string, ok bool) {
	n, valid := number(d)
	if !valid {
		return "", false
	}
	return c.holiday(n)
}

func (c Calendar) holiday(n int) (key string, ok bool) {
	d := day(n)
	year := atoi(string(d[:4]))
	off := n - easter(year)
	if key, ok = movable[off]; ok {
		return key, true
	}
	if key, ok = fixed[c.profile][string(d[5:])]; ok {
		return key, true
	}
	if off == prayerDay && c.profile != "NO" && year <= lastPrayerDay {
		return "prayerDay", true
	}
	if slices.Contains(c.closing, string(d)) || slices.Contains(c.closing, string(d[5:])) {
		return "closed", true
	}
	return "", false
}

// IsWorkday says whether people work on a day. What is no day is none.
func (c Calendar) IsWorkday(d Day) bool {
	n, valid := number(d)
	return valid && c.isWorkday(n)
}

func (c Calendar) isWorkday(n int) bool {
	if w := weekday(n); w == 0 || w == 6 {
		return false
	}
	_, off := c.holiday(n)
	return !off
}

// WorkdaysBefore gives the n-th working day before a day; the day itself for 0.
func (c Calendar) WorkdaysBefore(d Day, n int) Day { return c.step(d, n, -1) }

// WorkdaysAfter gives the n-th working day after a day; the day itself for 0.
func (c Calendar) WorkdaysAfter(d Day, n int) Day { return c.step(d, n, 1) }

func (c Calendar) step(d Day, n, by int) Day {
	at, valid := number(d)
	for ; valid && n > 0; at += by {
		if c.isWorkday(at + by) {
			n--
		}
	}
	if !valid {
		return d
	}
	return day(at)
}

// WorkdaysBetween counts the working days after one day, up to and with another; 0 when it lies before.
func (c Calendar) WorkdaysBetween(from, to Day) int {
	count := 0
	for d := from.AddDays(1); d <= to; d = d.AddDays(1) {
		if c.IsWorkday(d) {
			count++
		}
	}
	return count
}

// MonthsAfter gives the same day n months later, or the last of a shorter month.
func MonthsAfter(d Day, n int) Day {
	if _, valid := number(d); !valid {
		return d
	}
	month := atoi(string(d[:4]))*12 + atoi(string(d[5:7])) - 1 + n
	first, next := civil(month/12, month%12+1, 1), civil((month+1)/12, (month+1)%12+1, 1)
	return day(min(first+atoi(string(d[8:]))-1, next-1))
}

// WeekdaysAfter gives the n-th day after a day that is neither a Sunday nor a holiday:
// the hverdage of Danish law, where Saturday may count (R28).
func (c Calendar) WeekdaysAfter(d Day, n int) Day {
	at, valid := number(d)
	for ; valid && n > 0; at++ {
		if _, off := c.holiday(at + 1); !off && weekday(at+1) != 0 {
			n--
		}
	}
	if !valid {
		return d
	}
	return day(at)
}

var errClock = errors.New("not a day and a time")

// Local gives the moment of a clock time ("08:00") on a day in a zone. A time that the
// clocks jump over is the moment just after the jump; one that comes twice is the first.
func Local(d Day, clock string, zone *time.Location) (time.Time, error) {
	n, ok := number(d)
	if !ok || len(clock) != 5 || clock[2] != ':' {
		return time.Time{}, errClock
	}
	hour, minute := atoi(clock[:2]), atoi(clock[3:])
	if hour < 0 || hour > 23 || minute < 0 || minute > 59 {
		return time.Time{}, errClock
	}
	shows := func(t time.Time) bool { return t.Hour() == hour && t.Minute() == minute }
	t := time.Date(1970, 1, 1+n, hour, minute, 0, 0, zone)
	if !shows(t) { // it fell into the gap of spring
		_, end := t.ZoneBounds()
		if start, _ := t.ZoneBounds(); t.Sub(start) < 2*time.Hour {
			return start, nil
		}
		return end, nil
	}
	if earlier := t.Add(-time.Hour); shows(earlier) {
		return earlier, nil
	}
	return t, nil
}

// easter gives the number of Easter Sunday (the anonymous Gregorian computus).
func easter(y int) int {
	a, b, c := y%19, y/100, y%100
	h := (19*a + b - b/4 - (b-(b+8)/25+1)/3 + 15) % 30
	l := (32 + 2*(b%4) + 2*(c/4) - h - c%4) % 7
	m := (a + 11*h + 22*l) / 451
	return civil(y, (h+l-7*m+114)/31, (h+l-7*m+114)%31+1)
}

// number counts the days from 1 January 1970; false for what is no day.
func number(d Day) (int, bool) {
	if len(d) != 10 || d[4] != '-' || d[7] != '-' {
		return 0, false
	}
	y, m, dd := atoi(string(d[:4])), atoi(string(d[5:7])), atoi(string(d[8:]))
	if y < 0 || m < 1 || m > 12 || dd < 1 {
		return 0, false
	}
	n := civil(y, m, dd)
	return n, day(n) == d
}

// civil is the number of a day of the Gregorian calendar, with the year begun in March
// so that the leap day comes last.
func civil(y, m, d int) int {
	if m <= 2 {
		y, m = y-1, m+12
	}
	return 365*y + y/4 - y/100 + y/400 + (153*(m-3)+2)/5 + d - 1 - 719468
}

// day writes the day of a number.
func day(n int) Day {
	n += 719468
	era := n / 146097
	doe := n % 146097
	yoe := (doe - doe/1460 + doe/36524 - doe/146096) / 365
	doy := doe - (365*yoe + yoe/4 - yoe/100)
	mp := (5*doy + 2) / 153
	m, y := mp+3, yoe+era*400
	if m > 12 {
		m, y = m-12, y+1
	}
	d := doy - (153*mp+2)/5 + 1
	return Day([]byte{
		byte('0' + y/1000%10), byte('0' + y/100%10), byte('0' + y/10%10), byte('0' + y%10), '-',
		byte('0' + m/10), byte('0' + m%10), '-', byte('0' + d/10), byte('0' + d%10),
	})
}

// weekday is 0 on a Sunday. 1 January 1970 was a Thursday.
func weekday(n int) int { return ((n+4)%7 + 7) % 7 }

// atoi reads digits; -1 when there is anything else.
func atoi(s string) int {
	n := 0
	for _, c := range s {
		if c < '0' || c > '9' {
			return -1
		}
		n = 10*n + int(c-'0')
	}
	return n
}
