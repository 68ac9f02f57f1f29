package main

import (
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"samspor/backend"
	"samspor/backend/config"
	"samspor/sync/plan"
)

// linkCommand mints sign-in links for somebody in a case, while the server is stopped.
func linkCommand(cfg *config.Config) *cobra.Command {
	var count int
	var life time.Duration
	cmd := &cobra.Command{
		Use: "link CASE PERSON", Short: "Print a one-time sign-in link for a person in a case", Args: cobra.ExactArgs(2),
		RunE: func(cmd *cobra.Command, args []string) (err error) {
			s, err := backend.Open(backend.Options{Data: cfg.Data, Log: logger()})
			if err != nil {
				return err
			}
			defer func() {
				if closed := s.Close(); err == nil {
					err = closed
				}
			}()
			accounts, err := s.Hub.Accounts(plan.SpaceID(args[0]))
			if err != nil {
				return err
			}
			account, ok := accounts[plan.PersonID(args[1])]
			if !ok {
				return fmt.Errorf("nobody with this id signs in to this case")
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
		},
	}
	cmd.Flags().IntVar(&count, "count", 1, "how many links")
	cmd.Flags().DurationVar(&life, "life", 72*time.Hour, "how long they work")
	bind(cmd, cfg, "addr", "data", "origin")
	return cmd
}
