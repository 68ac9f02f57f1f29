package main

import (
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"samspor/backend"
	"samspor/backend/auth"
	"samspor/backend/config"
	"samspor/sync/models"
)

// examination is one thing that the doctor looks at: what it says when all is well, or what is wrong.
type examination struct {
	name string
	look func(*config.Config) (well string, err error)
}

// examinations are all of them, in the order of a first installation. None opens
// the store, so that a running server can be examined.
var examinations = []examination{
	{"settings", lookAtSettings},
	{"data", lookAtData},
	{"models", lookAtModels},
	{"overrides", lookAtOverrides},
}

func doctorCommand(cfg *config.Config) *cobra.Command {
	cmd := &cobra.Command{
		Use: "doctor", Short: "Look whether everything is right: settings, data folder, models, local changes", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return examine(cmd.OutOrStdout(), cfg) },
	}
	bind(cmd, cfg, "addr", "data", "origin", "tls-cert", "tls-key", "overrides")
	return cmd
}

// examine prints one line for what is right and one for each mistake.
func examine(out io.Writer, cfg *config.Config) error {
	mistakes := 0
	for _, e := range examinations {
		well, err := e.look(cfg)
		lines := []string{"ok     " + e.name + ": " + well}
		if err != nil {
			lines = nil
			for line := range strings.Lines(err.Error()) {
				lines = append(lines, "WRONG  "+e.name+": "+strings.TrimSpace(line))
			}
			mistakes += len(lines)
		}
		if _, err := fmt.Fprintln(out, strings.Join(lines, "\n")); err != nil {
			return err
		}
	}
	if mistakes > 0 {
		return fmt.Errorf("the doctor found what is wrong: %d", mistakes)
	}
	return nil
}

func lookAtSettings(cfg *config.Config) (string, error) {
	return "they fit together", cfg.Check()
}

func lookAtData(cfg *config.Config) (string, error) {
	if _, err := auth.LoadKeys(cfg.Data); err != nil {
		return "", err
	}
	store := filepath.Join(cfg.Data, "store")
	info, err := os.Stat(store)
	if err == nil && !info.IsDir() {
		err = errors.New(store + " is not a folder")
	}
	return cfg.Data + " is initialised", err
}

func lookAtModels(*config.Config) (string, error) {
	all, err := models.All()
	var names []string
	for _, id := range slices.Sorted(maps.Keys(all)) {
		names = append(names, fmt.Sprintf("%s version %d", id, all[id].Version))
	}
	return strings.Join(names, ", "), err
}

func lookAtOverrides(cfg *config.Config) (string, error) {
	if cfg.Overrides == "" {
		return "none", nil
	}
	_, err := backend.Models(cfg.Overrides)
	return cfg.Overrides + " is right", err
}
