package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"samspor/backend"
	"samspor/backend/auth"
	"samspor/backend/casefile"
	"samspor/backend/config"
)

// linkLife is how long a demo's links work.
const linkLife = 24 * time.Hour

type demo struct {
	cfg   *config.Config
	file  string
	at    string
	fresh bool
	json  bool
}

// demoLink is one line of the demo's output: how to open a case as one person.
type demoLink struct {
	Case    string `json:"case"`
	Person  string `json:"person"`
	Name    string `json:"name"`
	Role    string `json:"role"`
	Access  string `json:"access"`
	URL     string `json:"url"`
	Contact bool   `json:"contact"`
}

func demoCommand(cfg *config.Config) *cobra.Command {
	d := &demo{cfg: cfg}
	folder := cfg.Data
	if folder == config.DefaultData { // a demo never touches the folder of a real server by default
		folder = ".demo"
	}
	cmd := &cobra.Command{
		Use: "demo", Short: "Serve the sample cases, moved to this week, with a link for everybody in them", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			cfg.Data = folder // only now: all commands share the settings
			return d.run(cmd.Context(), cmd.OutOrStdout())
		},
	}
	bind(cmd, cfg, "addr", "overrides")
	cmd.Flags().StringVar(&folder, "data", folder, "folder of the store and the keys (SAMSPOR_DATA)")
	cmd.Flags().StringVar(&d.file, "file", "", "another case file than the one inside the program")
	cmd.Flags().StringVar(&d.at, "now", "", "serve as if it were this moment (RFC 3339), with the file's days as they stand")
	cmd.Flags().BoolVar(&d.fresh, "fresh", false, "throw away what an earlier demo wrote in the folder")
	cmd.Flags().BoolVar(&d.json, "json", false, "print one object a line instead of a table")
	return cmd
}

func (d *demo) run(ctx context.Context, out io.Writer) error {
	if err := d.cfg.Check(); err != nil {
		return err
	}
	now, err := d.clock()
	if err != nil {
		return err
	}
	if err := d.prepare(); err != nil {
		return err
	}
	file, err := d.read()
	if err != nil {
		return err
	}
	s, l, err := open(d.cfg, now, slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelWarn})))
	if err != nil {
		return err
	}
	in, err := file.Import(ctx, s.Hub)
	if err == nil {
		err = d.print(out, file, in, s.Auth, l.Addr())
	}
	if err != nil {
		return errors.Join(err, s.Close())
	}
	return run(ctx, s, l)
}

// clock gives the demo's own time: it starts at --now and runs on like any other.
func (d *demo) clock() (func() time.Time, error) {
	if d.at == "" {
		return time.Now, nil
	}
	at, err := time.Parse(time.RFC3339, d.at)
	if err != nil {
		return nil, fmt.Errorf("--now is not a moment like 2026-09-11T08:00:00+02:00: %w", err)
	}
	ahead := time.Until(at)
	return func() time.Time { return time.Now().Add(ahead) }, nil
}

// prepare makes the folder on the first start. Only a folder that a demo or init
// has made is ever thrown away.
func (d *demo) prepare() error {
	_, err := auth.LoadKeys(d.cfg.Data)
	if d.fresh && err == nil {
		for _, name := range []string{"store", "keys.json", "push.json"} {
			if err := os.RemoveAll(filepath.Join(d.cfg.Data, name)); err != nil {
				return fmt.Errorf("start afresh: %w", err)
			}
		}
		err = auth.ErrNotInitialised
	}
	if errors.Is(err, auth.ErrNotInitialised) {
		return backend.Init(d.cfg.Data)
	}
	return err
}

func (d *demo) read() (*casefile.File, error) {
	raw := casefile.Sample
	if d.file != "" {
		var err error
		if raw, err = os.ReadFile(d.file); err != nil {
			return nil, err
		}
	}
	if d.at != "" {
		return casefile.Read(raw, 0)
	}
	weeks, err := casefile.Weeks(raw, time.Now())
	if err != nil {
		return nil, err
	}
	return casefile.Read(raw, weeks)
}

func (d *demo) print(out io.Writer, file *casefile.File, in casefile.Imported, a *auth.Auth, addr net.Addr) error {
	host, err := shownHost(addr)
	if err != nil {
		return err
	}
	var links []demoLink
	for _, p := range file.People {
		if !p.Login() || p.Space == "" || isOrg(file, p) {
			continue
		}
		code, err := a.MintLink(in.Accounts[p.Key()], linkLife)
		if err != nil {
			return err
		}
		links = append(links, demoLink{
			Case: string(p.Space), Person: string(p.ID), Name: p.Name, Role: p.Title, Access: string(p.Role),
			URL: "http://" + host + "/in#" + code, Contact: p.Contact,
		})
	}
	if d.json {
		enc := json.NewEncoder(out)
		for _, l := range links {
			if err := enc.Encode(l); err != nil {
				return err
			}
		}
		return nil
	}
	return table(out, host, links)
}

func isOrg(file *casefile.File, p casefile.Person) bool {
	for _, s := range file.Spaces {
		if s.ID == p.Space {
			return s.Org
		}
	}
	return false
}

func table(out io.Writer, host string, links []demoLink) error {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "CASE\tPERSON\tROLE\tOPEN AS THIS PERSON (once, within 24 hours)")
	for _, l := range links {
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\n", l.Case, l.Name, l.Role, l.URL)
	}
	if err := w.Flush(); err != nil {
		return err
	}
	_, err := fmt.Fprintf(out, `
Samspor runs on http://%s. Try a parent (Signe), a teacher (Karen) and a contact
person (Jonas) in three browser profiles. A phone on the same network needs HTTPS:
browsers keep sign-in and offline use for secure addresses and for this machine.
Stop with Ctrl-C; a new start prints new links and keeps what was written.
`, host)
	return err
}

// shownHost gives the address as a browser on this machine should write it.
func shownHost(addr net.Addr) (string, error) {
	host, port, err := net.SplitHostPort(addr.String())
	if err != nil {
		return "", fmt.Errorf("address: %w", err)
	}
	if ip := net.ParseIP(host); ip == nil || ip.IsUnspecified() || ip.IsLoopback() {
		host = "localhost"
	}
	return net.JoinHostPort(host, port), nil
}
