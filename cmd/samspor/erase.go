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

// eraseCommand erases how a person can be reached, or a whole case, while the server is stopped.
func eraseCommand(cfg *config.Config) *cobra.Command {
	var whole bool
	cmd := &cobra.Command{
		Use:   "erase CASE PERSON | CASE --whole",
		Short: "Erase for good how a person in a case can be reached, or the whole case, and print the receipt",
		Args: func(_ *cobra.Command, args []string) error {
			if whole && len(args) == 1 || !whole && len(args) == 2 {
				return nil
			}
			return errors.New("name a case and a person in it, or a case and --whole")
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			return opened(backend.Options{Data: cfg.Data, Log: logger()}, func(s *backend.Server) (err error) {
				var receipt hub.Erasure
				if whole {
					receipt, err = s.Hub.EraseSpace(cmd.Context(), plan.SpaceID(args[0]))
				} else {
					receipt, err = s.Hub.ErasePerson(cmd.Context(), plan.SpaceID(args[0]), plan.PersonID(args[1]))
				}
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
			})
		},
	}
	cmd.Flags().BoolVar(&whole, "whole", false, "the whole case, with its history; it is gone from every phone when that phone next asks")
	bind(cmd, cfg, "data")
	return cmd
}
