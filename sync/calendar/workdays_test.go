package calendar

import (
	"encoding/json"
	"os"
	"strconv"
	"testing"
	"time"

	"github.com/rickar/cal/v2"
	"github.com/rickar/cal/v2/dk"
	"github.com/rickar/cal/v2/no"
)

func TestWorkdayVectors(t *testing.T) { // R13, R14, R26, R27, R28, DL1, DL2, DL7
	raw, err := os.ReadFile("vectors/workdays.json")
	if err != nil {
		t.Fatal(err)
	}
	var vectors []struct {
		Name, Op, Profile string
		Date              Day
		N                 int
		Closing           []string
		Want              json.RawMessage
	}
	if err := json.Unmarshal(raw, &vectors); err != nil {
		t.Fatal(err)
	}
	if len(vectors) < 76 {
		t.Fatalf("only %d vectors", len(vectors))
	}
	for _, v := range vectors {
		c, err := For(v.Profile, v.Closing)
		if err != nil {
			t.Fatal(err)
		}
		ask := map[string]func() string{
			"before":    func() string { return strconv.Quote(string(c.WorkdaysBefore(v.Date, v.N))) },
			"after":     func() string { return strconv.Quote(string(c.WorkdaysAfter(v.Date, v.N))) },
			"months":    func() string { return strconv.Quote(string(MonthsAfter(v.Date, v.N))) },
			"weekdays":  func() string { return strconv.Quote(string(c.WeekdaysAfter(v.Date, v.N))) },
			"isWorkday": func() string { return strconv.FormatBool(c.IsWorkday(v.Date)) },
		}[v.Op]
		if got := ask(); got != string(v.Want) {
			t.Errorf("%s: got %s, want %s", v.Name, got, v.Want)
		}
	}
}

// TestHolidaysAgreeWithASecondSource holds every day of twenty years against another
// library's holidays. Where the two differ on purpose, it is said here.
func TestHolidaysAgreeWithASecondSource(t *testing.T) { // R26, DL7
	danish, norwegian := &cal.Calendar{}, &cal.Calendar{}
	danish.AddHoliday(dk.Holidays...)
	norwegian.AddHoliday(no.Holidays...)
	law, _ := For("DK", nil)
	norway, _ := For("NO", nil)
	municipal, _ := For("DK-kommune", nil)
	for at := time.Date(2020, 1, 1, 12, 0, 0, 0, time.UTC); at.Year() < 2041; at = at.AddDate(0, 0, 1) {
		d := DayOf(at, time.UTC)
		_, ours := law.Holiday(d)
		theirs, _, _ := danish.IsHoliday(at)
		isConstitutionDay := at.Month() == time.June && at.Day() == 5 // kept whole there; a working day until noon, says R26
		if ours != theirs && !isSunday(at) && !isConstitutionDay {
			t.Errorf("Denmark, %s: %v here, %v there", d, ours, theirs)
		}
		_, ours = norway.Holiday(d)
		if actual, _, _ := norwegian.IsHoliday(at); ours != actual && !isSunday(at) {
			t.Errorf("Norway, %s: %v here, %v there", d, ours, actual)
		}
		// Municipalities close two days more than the law, and no other.
		_, closes := municipal.Holiday(d)
		_, keeps := law.Holiday(d)
		if eve := d[5:] == "12-24" || d[5:] == "12-31"; closes != (keeps || eve) {
			t.Errorf("municipality, %s: closes %v, law %v", d, closes, keeps)
		}
	}
}

// A holiday on a Sunday (Easter, Whit) changes no working day; the two libraries list different ones.
func isSunday(at time.Time) bool { return at.Weekday() == time.Sunday }

func TestStepsThereAndBackMeet(t *testing.T) {
	c, _ := For("DK-kommune", []string{"06-05"})
	for d := Day("2024-01-01"); d < "2030-01-01"; d = d.AddDays(1) {
		if n, ok := number(d); !ok || day(n) != d {
			t.Fatalf("%s is not read as it is written", d)
		}
		if !c.IsWorkday(d) {
			continue
		}
		for _, n := range []int{1, 3, 5} {
			if got := c.WorkdaysBefore(c.WorkdaysAfter(d, n), n); got != d {
				t.Errorf("%s, %d days on and back: %s", d, n, got)
			}
			if got := c.WorkdaysBetween(d, c.WorkdaysAfter(d, n)); got != n {
				t.Errorf("%s: %d days on are counted as %d", d, n, got)
			}
		}
	}
}

func TestWhatIsNoDayIsNoWorkday(t *testing.T) {
	c, err := For("DK", nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range []Day{"", "2026-02-30", "2026-13-01", "26-01-01", "2026/01/01", "2026-1-1", "x026-01-01"} {
		if c.IsWorkday(d) || c.WorkdaysAfter(d, 3) != d || MonthsAfter(d, 1) != d {
			t.Errorf("%q is taken for a day", d)
		}
	}
	if _, err := For("SE", nil); err == nil {
		t.Error("there is no Swedish calendar yet")
	}
	if _, err := For("DK", make([]string, 201)); err == nil {
		t.Error("a town that is never open is taken")
	}
	for _, closing := range []string{"", "5. juni", "13-01", "2026-02-30"} {
		if _, err := For("DK", []string{closing}); err == nil {
			t.Errorf("%q is taken for a closing day", closing)
		}
	}
}

func TestAMorningIsEightOClockOnBothSidesOfTheClockChange(t *testing.T) { // R27, R49, DL7
	for _, zone := range []string{"DK", "NO"} {
		for d, want := range map[Day]string{
			"2026-03-28": "07:00", "2026-03-29": "06:00", "2026-10-24": "06:00", "2026-10-25": "07:00",
		} {
			at, err := Local(d, "08:00", Zone(zone))
			if err != nil || at.UTC().Format("15:04") != want {
				t.Errorf("%s %s: got %s, want %s UTC, %v", zone, d, at.UTC().Format("15:04"), want, err)
			}
		}
		gap, err := Local("2026-03-29", "02:30", Zone(zone))
		if err != nil || gap.Format("15:04") != "03:00" {
			t.Errorf("a time that is jumped over is %s, want the moment after, %v", gap.Format("15:04"), err)
		}
		twice, err := Local("2026-10-25", "02:30", Zone(zone))
		if err != nil || twice.UTC().Format("15:04") != "00:30" {
			t.Errorf("a time that comes twice is %s UTC, want the first, %v", twice.UTC().Format("15:04"), err)
		}
	}
}

func BenchmarkFiveWorkdaysBefore(b *testing.B) {
	c, _ := For("DK-kommune", nil)
	for b.Loop() {
		c.WorkdaysBefore("2026-04-09", 5)
	}
}
