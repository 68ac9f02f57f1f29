package main

import (
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"samspor/backend"
	"samspor/backend/config"
)

// linkCommand mints sign-in links for somebody in a case, while the server is stopped.
func linkCommand(cfg *config.Config) *cobra.Command {
	var count int
	var life time.Duration
	cmd := &cobra.Command{
		Use: "link CASE PERSON", Short: "Print a one-time sign-in link for a person in a case", Args: cobra.ExactArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			return opened(backend.Options{Data: cfg.Data, Log: logger()}, func(s *backend.Server) error {
				account, err := accountOf(s, args[0], args[1])
				if err != nil {
					return err
				}
				origin := cfg.Origin
				if origin == "" {
					origin = "http://" + cfg.Addr
				}
				for range count {
					code, err := s.Auth.MintLink(account, life)
					if err != nil {
						return err
					}
					fmt.Fprintln(cmd.OutOrStdout(), origin+"/in#"+code)
				}
				return nil
			})
		},
	}
	cmd.Flags().IntVar(&count, "count", 1, "how many links")
	cmd.Flags().DurationVar(&life, "life", 72*time.Hour, "how long they work")
	bind(cmd, cfg, "addr", "data", "origin")
	return cmd
}
