// Command samspor is the whole program: the server with the app inside it, and
// the commands that a municipality's operator needs.
package main

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"os/signal"
	"syscall"

	"github.com/spf13/cobra"

	"samspor/backend/config"
)

// version is set by the build.
var version = "dev"

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	cfg, err := config.Load()
	if err == nil {
		err = root(&cfg).ExecuteContext(ctx)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "samspor:", err)
		os.Exit(1)
	}
}

func root(cfg *config.Config) *cobra.Command {
	cmd := &cobra.Command{
		Use:           "samspor",
		Short:         "One shared plan around a child, in everybody's pocket",
		SilenceUsage:  true,
		SilenceErrors: true,
	}
	cmd.AddCommand(initCommand(cfg), serveCommand(cfg), importCommand(cfg), demoCommand(cfg), linkCommand(cfg), eraseCommand(cfg), doctorCommand(cfg), pushCommand(cfg), versionCommand())
	return cmd
}

// bind makes a flag of each named setting; its default is what the environment said.
func bind(cmd *cobra.Command, cfg *config.Config, names ...string) {
	for _, s := range cfg.Settings() {
		for _, name := range names {
			if s.Flag == name {
				cmd.Flags().StringVar(s.Value, s.Flag, *s.Value, s.Help+" ("+s.Env+")")
			}
		}
	}
}

func logger() *slog.Logger { return slog.New(slog.NewJSONHandler(os.Stderr, nil)) }

func versionCommand() *cobra.Command {
	return &cobra.Command{
		Use: "version", Short: "Print the version", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			_, err := fmt.Fprintln(cmd.OutOrStdout(), "samspor", version)
			return err
		},
	}
}
