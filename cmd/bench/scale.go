package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"time"
)

// scale shows that the cost of a pull of one change grows neither with the size
// of the case nor with the number of cases.
func scale(bin string) ([]figure, error) {
	var out []figure
	for _, size := range []struct{ cases, records int }{{10, 60}, {10, 600}, {10, 6000}, {100, 60}, {1000, 60}} {
		s, err := startScaled(bin, size.cases, size.records, "case0/p0-0", 2)
		if err != nil {
			return nil, err
		}
		took, size2, err := s.pullOne()
		if err = errors.Join(err, s.stop()); err != nil {
			return nil, err
		}
		name := fmt.Sprintf("one-change pull, %d cases of %d records", size.cases, size.records)
		out = append(out, figure{name + ", ms", took}, figure{name + ", kB", size2})
	}
	return out, nil
}

// startScaled starts the program on as many cases as wanted, with links for one person.
func startScaled(bin string, cases, records int, who string, links int) (*server, error) {
	dir, err := os.MkdirTemp("", "samspor-bench-")
	if err != nil {
		return nil, err
	}
	data, file := filepath.Join(dir, "data"), filepath.Join(dir, "cases.json")
	if err := os.WriteFile(file, casesOf(cases, records), 0o600); err != nil {
		return nil, err
	}
	port, err := freePort()
	if err != nil {
		return nil, err
	}
	space, person, _ := strings.Cut(who, "/")
	var minted []byte
	for _, args := range [][]string{{"init"}, {"import", file}, {"link", space, person, "--count", fmt.Sprint(links)}} {
		cmd := exec.Command(bin, append(args, "--data", data)...)
		cmd.Stderr = os.Stderr
		if minted, err = cmd.Output(); err != nil {
			return nil, fmt.Errorf("%s: %w", args[0], err)
		}
	}
	s := &server{dir: dir, base: "http://127.0.0.1:" + port, links: map[string]string{}}
	for i, l := range strings.Fields(string(minted)) {
		_, code, _ := strings.Cut(l, "#")
		s.links[fmt.Sprint(i)] = code
	}
	s.cmd = exec.Command(bin, "serve", "--data", data, "--addr", "127.0.0.1:"+port)
	if err := s.cmd.Start(); err != nil {
		return nil, err
	}
	return s, s.wait()
}

// pullOne gives the median time and size of 200 pulls of one change.
func (s *server) pullOne() (ms50, kb float64, err error) {
	writer, err := s.phone("0", "bench_sw")
	if err != nil {
		return 0, 0, err
	}
	reader, err := s.phone("1", "bench_sr")
	if err != nil {
		return 0, 0, err
	}
	for _, p := range []*phone{writer, reader} {
		if _, err := p.pull(); err != nil {
			return 0, 0, err
		}
	}
	rng := rand.New(rand.NewPCG(3, 3))
	var took, size []float64
	for range 200 {
		if err := writer.push(writer.edit("case0", task(0, rng.IntN(leads), rng.IntN(perLead)), rng)); err != nil {
			return 0, 0, err
		}
		reader.bytes.Store(0)
		began := time.Now()
		if n, err := reader.pull("case0"); err != nil || n != 1 {
			return 0, 0, fmt.Errorf("pulled %d records: %w", n, err)
		}
		took, size = append(took, ms(began)), append(size, float64(reader.bytes.Load()))
		if _, err := writer.pull("case0"); err != nil {
			return 0, 0, err
		}
	}
	return percentile(took, 50), percentile(size, 50) / 1000, nil
}

const (
	streams    = 10_000
	perSession = 3
	pokes      = 20
)

// live opens 10,000 streams of one case and measures how long a change takes to reach all of them (R12).
func live(bin string) ([]figure, error) {
	sessions := (streams + perSession - 1) / perSession
	s, err := startScaled(bin, 1, 60, "case0/p0-0", sessions+1)
	if err != nil {
		return nil, err
	}
	defer func() { _ = s.stop() }() // the figures are read; an error of stopping is the next run's
	writer, err := s.phone(fmt.Sprint(sessions), "bench_live")
	if err != nil {
		return nil, err
	}
	if _, err := writer.pull(); err != nil {
		return nil, err
	}
	heard := make(chan time.Time, streams)
	if err := s.listen(sessions, heard); err != nil {
		return nil, err
	}
	memory := s.memory()
	rng := rand.New(rand.NewPCG(5, 5))
	var took []float64
	for range pokes {
		began := time.Now()
		if err := writer.push(writer.edit("case0", task(0, 0, 0), rng)); err != nil {
			return nil, err
		}
		for range streams {
			took = append(took, float64((<-heard).Sub(began).Microseconds())/1000)
		}
	}
	return []figure{
		{"10,000 streams: memory, MB", memory},
		{"10,000 streams: push to poke p50, ms", percentile(took, 50)}, {"10,000 streams: push to poke p99, ms", percentile(took, 99)},
	}, nil
}

// listen opens the streams and returns when each has said where it stands.
func (s *server) listen(sessions int, heard chan<- time.Time) error {
	var open sync.WaitGroup
	fails := make(chan error, streams)
	opened := 0
	for i := range sessions {
		p, err := s.phone(fmt.Sprint(i), fmt.Sprintf("live%d", i))
		if err != nil {
			return err
		}
		if err := p.line.close(); err != nil {
			return err
		}
		for range min(perSession, streams-opened) {
			opened++
			open.Add(1)
			go func() {
				if err := s.stream(p.token, open.Done, heard); err != nil {
					fails <- err
				}
			}()
		}
	}
	open.Wait()
	select {
	case err := <-fails:
		return err
	default:
		return nil
	}
}

// stream reads one live stream over a bare connection and tells when it hears of a change.
func (s *server) stream(token string, ready func(), heard chan<- time.Time) error {
	conn, err := net.Dial("tcp", strings.TrimPrefix(s.base, "http://"))
	if err != nil {
		ready()
		return err
	}
	defer conn.Close()
	fmt.Fprintf(conn, "GET /api/v1/sync/live HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\n\r\n", token)
	lines := bufio.NewScanner(bufio.NewReaderSize(conn, 512))
	for lines.Scan() {
		switch line := lines.Text(); {
		case line == "event: head":
			ready()
		case strings.HasPrefix(line, `data: {"k"`):
			heard <- time.Now()
		}
	}
	return lines.Err()
}

// casesOf is caseFile for any number of cases and records.
func casesOf(cases, records int) []byte {
	rng := rand.New(rand.NewPCG(42, 1))
	var list []map[string]any
	for c := range cases {
		list = append(list, oneCase(rng, c, records))
	}
	raw, err := json.Marshal(map[string]any{"demoNow": time.Now().Format(time.RFC3339), "cases": list})
	if err != nil {
		panic(err) // plain maps always encode
	}
	return raw
}
