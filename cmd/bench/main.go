// Command bench measures the real program as phones see it: over HTTP, on a
// store that syncs to disk before it answers, with every right and check on.
//
// W1: 1,000 offline edits of one client in pushes of 200, until all are answered.
// W2: a fresh client's first pull of 600 records in 10 cases. W3: a pull of one
// change. W4: 50 clients, 100 edits each of their own tasks, one at a time. W5:
// memory after it. What W1 and W4 send is made before the clock starts. Each line is
// the median of the runs, with the smallest and largest behind it. The load and the
// server share the machine's cores.
package main

import (
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
)

func main() {
	bin := flag.String("bin", "bin/samspor", "the program to measure")
	runs := flag.Int("runs", 3, "how often everything is measured")
	what := flag.String("what", "work", "work (W1 to W5), scale (size and number of cases), live (10,000 streams)")
	flag.Parse()
	measures := map[string]func(string) ([]figure, error){"work": measure, "scale": scale, "live": live}
	do, ok := measures[*what]
	if !ok {
		fmt.Fprintln(os.Stderr, "bench: -what takes work, scale or live")
		os.Exit(2)
	}
	figures := map[string][]float64{}
	var order []string
	for run := range *runs {
		got, err := do(*bin)
		if err != nil {
			fmt.Fprintln(os.Stderr, "bench:", err)
			os.Exit(1)
		}
		for _, f := range got {
			if run == 0 {
				order = append(order, f.name)
			}
			figures[f.name] = append(figures[f.name], f.value)
		}
	}
	fmt.Printf("median of %d runs [smallest .. largest]\n", *runs)
	for _, name := range order {
		v := slices.Sorted(slices.Values(figures[name]))
		fmt.Printf("%-58s %10.2f  [%.2f .. %.2f]\n", name, v[len(v)/2], v[0], v[len(v)-1])
	}
}

// figure is one measured number; its name says what of, and the unit.
type figure struct {
	name  string
	value float64
}

// measure starts the program on a new folder, does the work and stops it.
func measure(bin string) (figures []figure, err error) {
	s, err := startServer(bin)
	if err != nil {
		return nil, err
	}
	defer func() {
		if stopped := s.stop(); err == nil {
			err = stopped
		}
	}()
	figures = append(figures, figure{"start until healthy, ms", s.startMS}, figure{"memory idle, MB", s.memory()})
	for _, work := range []func(*server) ([]figure, error){w2, w1, w3, w4} {
		more, err := work(s)
		if err != nil {
			return nil, err
		}
		figures = append(figures, more...)
	}
	figures = append(figures, figure{"W5 memory after it, MB", s.memory()})
	slices.SortStableFunc(figures, func(a, b figure) int { return strings.Compare(group(a.name), group(b.name)) })
	return figures, nil
}

// group sorts W1 before W2, and what belongs to none before both.
func group(name string) string {
	if name[0] == 'W' {
		return name[:2]
	}
	return ""
}

func percentile(values []float64, p float64) float64 {
	v := slices.Sorted(slices.Values(values))
	return v[min(len(v)-1, int(p/100*float64(len(v))))]
}
