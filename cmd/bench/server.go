package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync/atomic"
	"syscall"
	"time"

	"samspor/sync/plan"
	"samspor/sync/wire"
)

const (
	cases   = 10
	leads   = 5 // people in each case, each with their own six tasks
	perLead = 6
	perCase = 60 // records
)

// server is the program under measurement.
type server struct {
	cmd     *exec.Cmd
	dir     string
	base    string
	startMS float64
	links   map[string]string // "case/person" → code
}

type link struct{ Case, Person, URL string }

func startServer(bin string) (*server, error) {
	dir, err := os.MkdirTemp("", "samspor-bench-")
	if err != nil {
		return nil, err
	}
	file := filepath.Join(dir, "cases.json")
	if err := os.WriteFile(file, casesOf(cases, perCase), 0o600); err != nil {
		return nil, err
	}
	port, err := freePort()
	if err != nil {
		return nil, err
	}
	s := &server{dir: dir, base: "http://127.0.0.1:" + port, links: map[string]string{}}
	s.cmd = exec.Command(bin, "demo", "--json", "--file", file, "--data", filepath.Join(dir, "data"), "--addr", "127.0.0.1:"+port)
	s.cmd.Stderr = os.Stderr
	out, err := s.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := s.cmd.Start(); err != nil {
		return nil, err
	}
	lines := bufio.NewScanner(out)
	for range cases * leads {
		var l link
		if !lines.Scan() || json.Unmarshal(lines.Bytes(), &l) != nil {
			return nil, errors.Join(errors.New("the program printed no links"), s.stop())
		}
		_, code, _ := strings.Cut(l.URL, "#")
		s.links[l.Case+"/"+l.Person] = code
	}
	go func() { _, _ = io.Copy(io.Discard, out) }() // nothing more is expected; the pipe must not fill
	if s.startMS, err = startTime(bin, dir); err != nil {
		return nil, errors.Join(err, s.stop())
	}
	return s, nil
}

// startTime measures how long an initialised, empty server takes until it is healthy.
func startTime(bin, dir string) (float64, error) {
	data := filepath.Join(dir, "empty")
	if out, err := exec.Command(bin, "init", "--data", data).CombinedOutput(); err != nil {
		return 0, fmt.Errorf("init: %w: %s", err, out)
	}
	port, err := freePort()
	if err != nil {
		return 0, err
	}
	cmd := exec.Command(bin, "serve", "--data", data, "--addr", "127.0.0.1:"+port)
	began := time.Now()
	if err := cmd.Start(); err != nil {
		return 0, err
	}
	if err := (&server{base: "http://127.0.0.1:" + port, cmd: cmd}).wait(); err != nil {
		return 0, err
	}
	ms := float64(time.Since(began).Microseconds()) / 1000
	if err := cmd.Process.Signal(syscall.SIGTERM); err != nil {
		return 0, err
	}
	return ms, cmd.Wait()
}

// wait returns when the program is healthy.
func (s *server) wait() error {
	began := time.Now()
	for {
		resp, err := http.Get(s.base + "/healthz")
		if err == nil {
			return resp.Body.Close()
		}
		if time.Since(began) > 60*time.Second {
			return errors.Join(errors.New("the program did not start"), s.cmd.Process.Kill())
		}
	}
}

func (s *server) stop() error {
	err := s.cmd.Process.Signal(syscall.SIGTERM)
	return errors.Join(err, s.cmd.Wait(), os.RemoveAll(s.dir))
}

// memory gives the resident memory of the program in MB.
func (s *server) memory() float64 {
	raw, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", s.cmd.Process.Pid))
	if err != nil {
		return 0
	}
	_, rest, _ := strings.Cut(string(raw), "VmRSS:")
	fields := strings.Fields(rest)
	if len(fields) == 0 {
		return 0
	}
	kb, err := strconv.Atoi(fields[0])
	if err != nil {
		return 0
	}
	return float64(kb) / 1024
}

// phone is one signed-in client with a connection of its own, whose bytes are counted.
type phone struct {
	s      *server
	line   *line
	bytes  *atomic.Int64
	token  string
	client plan.ClientID
	cur    map[plan.SpaceID]string
	has    []string
	n      map[plan.SpaceID]uint64
	base   map[plan.SpaceID]uint64
}

func (s *server) phone(key, client string) (*phone, error) {
	count := &atomic.Int64{}
	p := &phone{
		s: s, line: &line{addr: strings.TrimPrefix(s.base, "http://"), n: count}, client: plan.ClientID(client), bytes: count,
		cur: map[plan.SpaceID]string{}, has: []string{}, n: map[plan.SpaceID]uint64{}, base: map[plan.SpaceID]uint64{},
	}
	var in struct{ Access string }
	if err := p.post("/api/v1/auth/link", map[string]string{"code": s.links[key]}, &in); err != nil {
		return nil, fmt.Errorf("sign in as %s: %w", key, err)
	}
	p.token = in.Access
	return p, nil
}

// line is a phone's one connection. A client of net/http keeps two goroutines for
// each, which on shared cores would be measured as time of the server.
type line struct {
	addr string
	n    *atomic.Int64 // bytes, both ways
	conn net.Conn
	in   *bufio.Reader
}

// do sends a request as it stands on the wire and gives the answer, whose body is to
// be read to its end before the next.
func (l *line) do(request []byte) (*http.Response, error) {
	if l.conn == nil {
		conn, err := net.Dial("tcp", l.addr)
		if err != nil {
			return nil, err
		}
		l.conn = counted{conn, l.n}
		l.in = bufio.NewReader(l.conn)
	}
	if _, err := l.conn.Write(request); err != nil {
		return nil, err
	}
	return http.ReadResponse(l.in, nil)
}

// close ends the connection; the next request opens another.
func (l *line) close() error {
	if l.conn == nil {
		return nil
	}
	err := l.conn.Close()
	l.conn = nil
	return err
}

type counted struct {
	net.Conn
	n *atomic.Int64
}

func (c counted) Read(b []byte) (int, error) {
	n, err := c.Conn.Read(b)
	c.n.Add(int64(n))
	return n, err
}

func (c counted) Write(b []byte) (int, error) {
	n, err := c.Conn.Write(b)
	c.n.Add(int64(n))
	return n, err
}

func (p *phone) post(path string, in, into any) error {
	request, err := p.request(path, in)
	if err != nil {
		return err
	}
	return p.send(request, into)
}

// request writes a POST as it goes out.
func (p *phone) request(path string, in any) ([]byte, error) {
	body, err := wire.Encode(in)
	if err != nil {
		return nil, err
	}
	req, err := http.NewRequest("POST", p.s.base+path, bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Accept-Encoding", "gzip")
	if p.token != "" {
		req.Header.Set("Authorization", "Bearer "+p.token)
	}
	var out bytes.Buffer
	err = req.Write(&out)
	return out.Bytes(), err
}

func (p *phone) send(request []byte, into any) error {
	resp, err := p.line.do(request)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	raw, err := unzip(resp)
	if err != nil {
		return err
	}
	if resp.StatusCode != 200 {
		return fmt.Errorf("answered %d: %s", resp.StatusCode, raw)
	}
	return json.Unmarshal(raw, into)
}

// oneCase makes a case of so many records of about 300 bytes, 30 of them tasks.
func oneCase(rng *rand.Rand, c, records int) map[string]any {
	id := fmt.Sprintf("case%d", c)
	var parties, tasks, goals []map[string]any
	for l := range leads {
		p := map[string]any{
			"id": person(c, l), "name": text(rng, 20), "role": text(rng, 20), "sector": "school", "organisation": text(rng, 20),
			"access": "professional_lead", "phone": "00 00 00 00", "email": "nobody@school.example",
		}
		if l == 0 && c > 0 && c < 100 { // one person is in many cases, and nobody in a thousand
			p["samePersonAs"] = person(0, 0)
		}
		parties = append(parties, p)
		for k := range perLead {
			tasks = append(tasks, map[string]any{
				"id": task(c, l, k), "title": text(rng, 150), "state": "open", "responsibleId": person(c, l),
				"due": "2026-12-01", "sector": "school", "sensitivity": "plan",
			})
		}
	}
	// case, track, model, and person, membership and reach of each: the rest are goals
	for g := range records - 3 - 3*leads - len(tasks) {
		goals = append(goals, map[string]any{
			"id": fmt.Sprintf("%s-g%d", id, g), "track": "institution", "title": text(rng, 80), "childWords": text(rng, 100), "state": "active",
		})
	}
	return map[string]any{
		"id": id, "kind": "named", "state": "active", "country": "DK", "locale": "da-DK", "calendarProfile": "DK-kommune", "title": text(rng, 40),
		"municipality": "Bench Kommune", "modelIds": []string{"randers-5x2"}, "tracks": []map[string]string{{"id": "institution", "label": "Skole"}},
		"parties": parties, "tasks": tasks, "goals": goals,
	}
}

func person(c, l int) string  { return fmt.Sprintf("p%d-%d", c, l) }
func task(c, l, k int) string { return fmt.Sprintf("case%d-t%d-%d", c, l, k) }

var words = strings.Fields("plan samtykke skole indsats opfølgning barn forælder koordinator møde ansvar frist behov mål evaluering støtte hjemme uge næste aftale klasse")

func text(rng *rand.Rand, n int) string {
	var b strings.Builder
	for b.Len() < n {
		b.WriteString(words[rng.IntN(len(words))])
		b.WriteByte(' ')
	}
	return strings.TrimSpace(b.String())
}

func freePort() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	_, port, err := net.SplitHostPort(l.Addr().String())
	return port, errors.Join(err, l.Close())
}
