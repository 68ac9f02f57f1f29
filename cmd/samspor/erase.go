package main

import (
	"encoding/json"
	"errors"

	"github.com/spf13/cobra"

	"samspor/backend"
	"samspor/backend/config"
	"samspor/sync/hub"
	"samspor/sync/plan"
)

// eraseCommand erases how a person can be reached, while the server is stopped.
func eraseCommand(cfg *config.Config) *cobra.Command {
	cmd := &cobra.Command{
		Use: "erase CASE PERSON", Short: "Erase for good how a person in a case can be reached, and print the receipt", Args: cobra.ExactArgs(2),
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
			receipt, err := s.Hub.ErasePerson(cmd.Context(), plan.SpaceID(args[0]), plan.PersonID(args[1]))
			var refused *hub.Refused
			if errors.As(err, &refused) {
				return errors.New("nothing was erased: there is no such case, or nothing is kept of how to reach this person in it")
			}
			if err != nil {
				return err
			}
			out := json.NewEncoder(cmd.OutOrStdout())
			out.SetIndent("", "  ")
			return out.Encode(receipt)
		},
	}
	bind(cmd, cfg, "data")
	return cmd
}
