package main

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"samspor/backend"
	"samspor/backend/config"
	"samspor/backend/push"
)

// pushCommand is what an operator needs for reminders on phones.
func pushCommand(cfg *config.Config) *cobra.Command {
	cmd := &cobra.Command{Use: "push", Short: "Reminders on phones: their keys, and a test", Args: cobra.NoArgs}
	cmd.AddCommand(pushKeysCommand(cfg), pushTestCommand(cfg))
	return cmd
}

func pushKeysCommand(cfg *config.Config) *cobra.Command {
	cmd := &cobra.Command{
		Use: "keys", Short: "Make the server's keys for push, once, in a folder from before there was push", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := push.MakeKeys(cfg.Data); err != nil {
				return err
			}
			_, err := fmt.Fprintf(cmd.OutOrStdout(), "%s has its keys for push. Keep push.json as safe as keys.json: with others, every phone has to subscribe again.\n", cfg.Data)
			return err
		},
	}
	bind(cmd, cfg, "data")
	return cmd
}

// pushTestCommand sends a test to somebody's phones, while the server is stopped.
func pushTestCommand(cfg *config.Config) *cobra.Command {
	cmd := &cobra.Command{
		Use: "test CASE PERSON", Short: "Push a test to the phones of a person in a case", Args: cobra.ExactArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			return opened(options(cfg, logger()), func(s *backend.Server) error {
				if s.Push == nil {
					return errors.New("this folder has no keys for push: run `samspor push keys`")
				}
				account, err := accountOf(s, args[0], args[1])
				if err != nil {
					return err
				}
				out, err := s.Push.Send(cmd.Context(), account, push.TestMessage())
				if err != nil {
					return err
				}
				_, err = fmt.Fprintf(cmd.OutOrStdout(), "phones: %d, taken by a push service: %d\n", out.Phones, out.Accepted)
				return err
			})
		},
	}
	bind(cmd, cfg, "data", "origin", "push-contact")
	return cmd
}
