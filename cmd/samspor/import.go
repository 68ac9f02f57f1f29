package main

import (
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"samspor/backend"
	"samspor/backend/casefile"
	"samspor/backend/config"
)

func importCommand(cfg *config.Config) *cobra.Command {
	cmd := &cobra.Command{
		Use: "import FILE", Short: "Read whole cases from a file, all of it or nothing", Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			raw, err := os.ReadFile(args[0])
			if err != nil {
				return err
			}
			file, err := casefile.Read(raw, 0)
			if err != nil {
				return fmt.Errorf("nothing was imported: %w", err)
			}
			s, err := backend.Open(backend.Options{Data: cfg.Data, Log: logger(), Overrides: cfg.Overrides})
			if err != nil {
				return err
			}
			in, err := file.Import(cmd.Context(), s.Hub)
			if err != nil {
				return err
			}
			for _, id := range in.New {
				fmt.Fprintln(cmd.OutOrStdout(), "imported", id)
			}
			for _, id := range in.Already {
				fmt.Fprintln(cmd.OutOrStdout(), "already there:", id)
			}
			return s.Close()
		},
	}
	bind(cmd, cfg, "data", "overrides")
	return cmd
}
