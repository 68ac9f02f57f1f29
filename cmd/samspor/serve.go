package main

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"time"

	"github.com/spf13/cobra"

	"samspor/backend"
	"samspor/backend/config"
	"samspor/frontend"
)

func initCommand(cfg *config.Config) *cobra.Command {
	cmd := &cobra.Command{
		Use: "init", Short: "Make a data folder: its store and its keys", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := backend.Init(cfg.Data); err != nil {
				return err
			}
			_, err := fmt.Fprintf(cmd.OutOrStdout(), "%s is ready. Keep keys.json and push.json safe and apart from the backups.\n", cfg.Data)
			return err
		},
	}
	bind(cmd, cfg, "data")
	return cmd
}

func serveCommand(cfg *config.Config) *cobra.Command {
	cmd := &cobra.Command{
		Use: "serve", Short: "Serve the plan and the app", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := cfg.Check(); err != nil {
				return err
			}
			log := logger()
			s, l, err := open(cfg, time.Now, log)
			if err != nil {
				return err
			}
			if cfg.Metrics != "" {
				stop, err := measure(s, cfg.Metrics, log)
				if err != nil {
					return errors.Join(err, l.Close(), s.Close())
				}
				defer stop()
			}
			log.Info("serving", "addr", l.Addr().String())
			return run(cmd.Context(), s, l)
		},
	}
	bind(cmd, cfg, "addr", "data", "origin", "tls-cert", "tls-key", "overrides", "push-contact", "smtp", "mail-from", "metrics")
	return cmd
}

// measure answers an operator's collector on an address of its own, until it is stopped.
func measure(s *backend.Server, addr string, log *slog.Logger) (stop func(), err error) {
	l, err := net.Listen("tcp", addr)
	if err != nil {
		return nil, fmt.Errorf("metrics: %w", err)
	}
	server := &http.Server{Handler: s.MetricsHandler(), ReadTimeout: 10 * time.Second, WriteTimeout: 10 * time.Second}
	go func() {
		if err := server.Serve(l); !errors.Is(err, http.ErrServerClosed) {
			log.Error("metrics", "err", err)
		}
	}()
	return func() {
		if err := server.Close(); err != nil {
			log.Error("metrics", "err", err)
		}
	}, nil
}

// options turns the settings into what a server is made from.
func options(cfg *config.Config, log *slog.Logger) backend.Options {
	return backend.Options{
		Data: cfg.Data, Origin: cfg.Origin, Log: log, Overrides: cfg.Overrides,
		PushContact: cfg.PushContact, SMTP: cfg.SMTP, MailFrom: cfg.MailFrom,
	}
}

// open opens the folder and the address. A program that was built without the
// page says so.
func open(cfg *config.Config, now func() time.Time, log *slog.Logger) (*backend.Server, net.Listener, error) {
	opts := options(cfg, log)
	opts.Now = now
	if frontend.IsBuilt() {
		opts.Static = frontend.Files()
	} else {
		log.Warn("this program was built without the app, so it answers phones and shows no page: run `npm run build` and build again")
	}
	s, err := backend.Open(opts)
	if err != nil {
		return nil, nil, err
	}
	l, err := listen(cfg)
	if err != nil {
		return nil, nil, errors.Join(err, s.Close())
	}
	return s, l, nil
}

func listen(cfg *config.Config) (net.Listener, error) {
	l, err := net.Listen("tcp", cfg.Addr)
	if err != nil {
		return nil, fmt.Errorf("listen: %w", err)
	}
	if cfg.TLSCert == "" {
		return l, nil
	}
	cert, err := tls.LoadX509KeyPair(cfg.TLSCert, cfg.TLSKey)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("certificate: %w", err), l.Close())
	}
	return tls.NewListener(l, &tls.Config{Certificates: []tls.Certificate{cert}, MinVersion: tls.VersionTLS12}), nil
}

// run serves until the program is asked to stop or the store fails.
func run(ctx context.Context, s *backend.Server, l net.Listener) error {
	served := make(chan error, 1)
	go func() { served <- s.Serve(l) }()
	select {
	case err := <-served:
		return errors.Join(err, s.Close())
	case err := <-s.Failed():
		return fmt.Errorf("the store failed, nothing more was answered: %w", err)
	case <-ctx.Done():
		return s.Close()
	}
}
