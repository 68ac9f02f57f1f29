package push

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httputil"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/go-json-experiment/json"

	"samspor/sync/plan"
)

// Somebody else's receiver: web-push-testing (npm) checks the VAPID token, opens the
// body with http_ece, and tells what a browser would have been handed.

type otherReceiver struct {
	t    *testing.T
	base string
}

type otherPhone struct {
	Endpoint   string
	ClientHash string `json:"clientHash"`
	Keys       struct{ P256dh, Auth string }
}

func receiveElsewhere(t *testing.T) otherReceiver {
	t.Helper()
	module, err := filepath.Abs("../../node_modules/web-push-testing/src")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(module); err != nil {
		if os.Getenv("CI") != "" {
			t.Fatal(err)
		}
		t.Skip("web-push-testing is not installed: npm ci does it, and npm test before the Go tests")
	}
	free, err := net.Listen("tcp", "localhost:0")
	if err != nil {
		t.Fatal(err)
	}
	port := free.Addr().(*net.TCPAddr).Port
	if err := free.Close(); err != nil {
		t.Fatal(err)
	}
	script := fmt.Sprintf(`const Server = require(%q); const { PushApiModel } = require(%q);
		new Server(new PushApiModel(), %d).startServer()`, module+"/server.js", module+"/PushApiModel.js", port)
	cmd := exec.CommandContext(t.Context(), "node", "-e", script)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cmd.Wait() }) // killed with the test's context
	if line, err := bufio.NewReader(out).ReadString('\n'); err != nil || !strings.HasPrefix(line, "Server running") {
		t.Fatalf("%q, %v", line, err)
	}
	return otherReceiver{t, "http://localhost:" + strconv.Itoa(port)}
}

func ask[T any](r otherReceiver, path string, body any) T {
	r.t.Helper()
	raw, err := json.Marshal(body)
	if err != nil {
		r.t.Fatal(err)
	}
	resp, err := http.Post(r.base+path, "application/json", bytes.NewReader(raw))
	if err != nil {
		r.t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	answer, err := io.ReadAll(resp.Body)
	if err != nil || resp.StatusCode != http.StatusOK {
		r.t.Fatalf("%s: %d %s, %v", path, resp.StatusCode, answer, err)
	}
	var got struct{ Data T }
	if bytes.HasPrefix(answer, []byte("{")) { // some are answered "OK"
		if err := json.Unmarshal(answer, &got, json.MatchCaseInsensitiveNames(true)); err != nil {
			r.t.Fatalf("%s: %s: %v", path, answer, err)
		}
	}
	return got.Data
}

// R25: ten thousand pushes are read by a receiver that is not ours, in order, and say
// nothing; a phone that has unsubscribed there is forgotten here.
func TestTenThousandPushesAreReadByAnotherReceiver(t *testing.T) {
	other := receiveElsewhere(t)
	at, err := url.Parse(other.base)
	if err != nil {
		t.Fatal(err)
	}
	r := receive(t)
	r.server.Config.Handler = httputil.NewSingleHostReverseProxy(at) // it speaks no TLS
	p, now := r.service(io.Discard)
	now.pass(time.Since(now.now())) // it looks at its own clock
	const people, each = 20, 500
	var phones [people]otherPhone
	var wait sync.WaitGroup
	for i := range people {
		phones[i] = ask[otherPhone](other, "/subscribe", map[string]string{"applicationServerKey": p.Keys.Public, "userVisibleOnly": "true"})
		path := strings.TrimPrefix(phones[i].Endpoint, other.base)
		subscribe(t, p, "a"+strconv.Itoa(i), Subscription{
			Endpoint: "https://fcm.googleapis.com" + path, P256dh: unpadded(phones[i].Keys.P256dh), Auth: unpadded(phones[i].Keys.Auth), Lang: "da",
		})
		wait.Go(func() {
			for n := range each {
				m := Message{Notice: plan.NoticeID(fmt.Sprintf("%03d-%03d-0123456789012", i, n)), Text: TaskDue, TTL: time.Hour}
				if out, err := p.Send(t.Context(), plan.AccountID("a"+strconv.Itoa(i)), m); err != nil || out.Accepted != 1 {
					t.Errorf("%d of %d: %+v, %v", n, i, out, err)
					return
				}
			}
		})
	}
	wait.Wait()
	secret, read := fixtureWords(t), 0
	for i, phone := range phones {
		got := ask[struct{ Messages []string }](other, "/get-notifications", map[string]string{"clientHash": phone.ClientHash})
		for n, text := range got.Messages {
			if want := fmt.Sprintf(`"%03d-%03d-0123456789012"`, i, n); !strings.Contains(text, want) {
				t.Fatalf("push %d of %d is %s", n, i, text)
			}
			for _, w := range words(text) {
				if secret[w] {
					t.Fatalf("a push says %q: %s", w, text)
				}
			}
			read++
		}
	}
	if read != people*each {
		t.Fatalf("%d were read", read)
	}
	ask[any](other, "/expire-subscription/"+phones[0].ClientHash, map[string]string{})
	for i, phones := range []int{1, 0} {
		if out := send(t, p, "a0", Message{Notice: "n", Text: TaskDue, TTL: time.Hour}); out.Phones != phones || out.Accepted != 0 {
			t.Errorf("push %d after unsubscribing: %+v", i, out)
		}
	}
}

func unpadded(key string) string { return strings.TrimRight(key, "=") }
