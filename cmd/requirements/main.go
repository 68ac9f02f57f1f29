// Command requirements says which demands of docs/requirements.md a test carries.
//
// It reads the ids from that file and looks for each as a whole word in every test.
// It cannot know whether the test proves the demand: that is for who writes the id
// down. `npm run requirements -- --strict PR,LS` exits 1 when something that must
// be carried is not.
package main

import (
	"flag"
	"fmt"
	"io/fs"
	"os"
	"strings"
)

func main() {
	strict := flag.String("strict", "", "groups that must be carried, with a comma between; R1 to R32 always are")
	flag.Parse()
	missing, err := report(os.DirFS("."), *strict)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
	if *strict != "" && len(missing) > 0 {
		fmt.Printf("\nmust be carried and is not: %s\n", strings.Join(missing, " "))
		os.Exit(1)
	}
}

// report prints the count of each group with the ids that no test carries, and gives
// those of them that a strict run asks for.
func report(root fs.FS, strict string) (missing []string, err error) {
	doc, err := fs.ReadFile(root, "docs/requirements.md")
	if err != nil {
		return nil, err
	}
	carried, err := inTests(root)
	if err != nil {
		return nil, err
	}
	all, have := demands(string(doc)), 0
	var groups []string
	of, bare := map[string]int{}, map[string][]string{}
	for _, d := range all {
		if of[d.group]++; of[d.group] == 1 {
			groups = append(groups, d.group)
		}
		if carried[d.id] {
			have++
			continue
		}
		bare[d.group] = append(bare[d.group], d.id+" "+d.strength)
		if mustBeCarried(d, strings.Split(strict, ",")) {
			missing = append(missing, d.id)
		}
	}
	for _, g := range groups {
		fmt.Printf("%-3s %3d of %3d  %s\n", g, of[g]-len(bare[g]), of[g], strings.Join(bare[g], ", "))
	}
	fmt.Printf("all %3d of %3d\n", have, len(all))
	return missing, nil
}

// inTests gives every id that some test names.
func inTests(root fs.FS) (map[string]bool, error) {
	found := map[string]bool{}
	err := fs.WalkDir(root, ".", func(path string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if e.IsDir() && (e.Name() == "node_modules" || e.Name() == ".git" || e.Name() == "dist") {
			return fs.SkipDir
		}
		if e.IsDir() || !isTest(path) {
			return nil
		}
		raw, err := fs.ReadFile(root, path)
		if err != nil {
			return err
		}
		for _, id := range mentioned(text(path, string(raw))) {
			found[id] = true
		}
		return nil
	})
	return found, err
}
