package backend

import (
	"fmt"
	"io"
	"maps"
	"net/http"
	"slices"
)

// Metrics writes what an operator watches, as Prometheus reads it: how many reminders
// came how far, and what push services said. There is no person and no plan in it.
func (s *Server) Metrics(w io.Writer) error {
	var err error
	write := func(format string, args ...any) {
		if err == nil {
			_, err = fmt.Fprintf(w, format, args...)
		}
	}
	counts := func(name, help, label string, of map[string]uint64) {
		write("# HELP %s %s\n# TYPE %s counter\n", name, help, name)
		for _, key := range slices.Sorted(maps.Keys(of)) {
			write("%s{%s=%q} %d\n", name, label, key, of[key])
		}
	}
	if c := s.clock.Load(); c != nil {
		told, latest := c.Counts()
		counts("samspor_notices_total", "Reminders, by how far they came.", "state", told)
		write("# HELP samspor_reminder_delay_seconds_max The longest from a reminder's moment to its push, since the start.\n")
		write("# TYPE samspor_reminder_delay_seconds_max gauge\nsamspor_reminder_delay_seconds_max %g\n", latest.Seconds())
	}
	if s.Push != nil {
		counts("samspor_push_total", "Pushes, by what the push service said.", "result", s.Push.Counts())
	}
	healthy := 0
	if s.engine.Healthy() {
		healthy = 1
	}
	write("# HELP samspor_store_healthy Whether the store has reported no error.\n# TYPE samspor_store_healthy gauge\nsamspor_store_healthy %d\n", healthy)
	return err
}

// MetricsHandler answers an operator's collector, on an address of its own.
func (s *Server) MetricsHandler() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
		if err := s.Metrics(w); err != nil {
			s.log.Debug("metrics", "err", err)
		}
	})
}
