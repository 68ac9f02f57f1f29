package backend_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"
)

// mayImport is the map: what each folder may import of ours. A new edge is a line
// here and a reason in the commit.
var mayImport = map[string][]string{
	"sync/calendar":  {},
	"sync/fault":     {},
	"sync/plan":      {"sync/calendar"},
	"sync/models":    {"sync/plan"},
	"sync/forms":     {"sync/plan"},
	"sync/merge":     {"sync/plan"},
	"sync/rules":     {"sync/plan", "sync/calendar", "sync/fault"},
	"sync/wire":      {"sync/plan", "sync/fault", "sync/merge"}, // a change is made of merge\'s operations
	"sync/kv":        {"sync/plan"},                             // keys take named ids, so that a person and a task cannot be swapped
	"sync/kv/kvtest": {"sync/kv"},
	"sync/hub":       {"sync/*"},
	"sync/sim":       {"sync/*"},

	"backend/config":       {},
	"backend/store":        {"sync/kv"},
	"backend/store/badger": {"sync/kv"},
	"backend/auth":         {"sync/kv", "sync/plan"},
	"backend/casefile":     {"sync/*"},
	"backend/print":        {"sync/forms"},
	"backend/mail":         {},
	"backend/push":         {"sync/calendar", "sync/kv", "sync/plan"},
	"backend/feed":         {"sync/calendar", "sync/hub", "sync/kv", "sync/plan", "sync/wire"},
	"backend/remind":       {"backend/push", "sync/calendar", "sync/hub", "sync/kv", "sync/plan"}, // what it sends, it sends as push does
	"backend/api":          {"backend/auth", "backend/feed", "backend/mail", "backend/print", "backend/push", "backend/remind", "sync/forms", "sync/hub", "sync/plan", "sync/wire"},
	"backend/world":        {"backend/*", "sync/*"},
	"backend":              {"backend/*", "sync/*"},

	"frontend":         {},
	"cmd/samspor":      {"backend", "backend/*", "frontend", "sync/*"},
	"cmd/typegen":      {"sync/*"},
	"cmd/soak":         {"sync/sim"},
	"cmd/bench":        {"sync/plan", "sync/merge", "sync/wire"}, // it acts as phones do, over HTTP
	"cmd/requirements": {},
}

// home says which folder alone may import a library, so that it can be replaced there.
var home = map[string][]string{
	"github.com/gofiber/fiber":    {"backend/api"},
	"github.com/dgraph-io/badger": {"backend/store/badger"},
	"github.com/jackc/pgx":        {"backend/store/postgres"},
	"github.com/golang-jwt/jwt":   {"backend/auth"},
	"codeberg.org/go-pdf":         {"backend/print"},
	"golang.org/x/image":          {"backend/print"},
	"github.com/SherClockHolmes":  {"backend/push"},
	"github.com/wneessen":         {"backend/mail"},
	"github.com/arran4":           {"backend/feed"},
	"github.com/caarlos0/env":     {"backend/config"},
	"github.com/spf13/cobra":      {"cmd/samspor"},
	"github.com/santhosh-tekuri":  {"sync/models"},
	"testing":                     {"backend/world", "sync/kv/kvtest"}, // outside of tests
	"github.com/rickar":           {},                                  // in tests only: the second source of holidays
	"github.com/getkin":           {},                                  // in tests only; it is not in the program
}

// calls says where alone a function may be called, with the reason.
var calls = map[string]struct {
	where []string
	why   string
}{
	"os.Getenv":    {[]string{"backend/config"}, "settings are read in one place"},
	"os.LookupEnv": {[]string{"backend/config"}, "settings are read in one place"},
	"time.Now":     {[]string{"backend/backend.go", "cmd"}, "time comes in, so that tests own the clock"},
	"time.Sleep":   {nil, "sleeping is not synchronisation"},
}

// breach is one thing that the map does not allow.
type breach struct{ file, what string }

// checkLayout looks at every Go file of a tree.
func checkLayout(tree fs.FS) ([]breach, error) {
	var found []breach
	err := fs.WalkDir(tree, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (d.Name() == "node_modules" || d.Name() == ".git" || d.Name() == "dist") {
			return fs.SkipDir
		}
		if path.Ext(name) != ".go" {
			return nil
		}
		src, err := fs.ReadFile(tree, name)
		if err != nil {
			return err
		}
		f, err := parser.ParseFile(token.NewFileSet(), name, src, 0)
		if err != nil {
			return err
		}
		found = append(found, imports(name, f)...)
		if !strings.HasSuffix(name, "_test.go") {
			found = append(found, calling(name, f)...)
		}
		return nil
	})
	return found, err
}

func imports(name string, f *ast.File) (found []breach) {
	dir, isTest := path.Dir(name), strings.HasSuffix(name, "_test.go")
	allowed, known := mayImport[dir]
	if !known {
		return []breach{{name, "this folder is not on the map"}}
	}
	for _, spec := range f.Imports {
		p, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			continue
		}
		if ours, ok := strings.CutPrefix(p, "samspor/"); ok {
			if isTest { // a test may stand anywhere and use what its level has; it still never turns back
				if strings.HasPrefix(dir, "sync") && !strings.HasPrefix(ours, "sync") {
					found = append(found, breach{name, "sync never imports " + ours})
				}
			} else if ours != dir && !matches(allowed, ours) {
				found = append(found, breach{name, dir + " may not import " + ours})
			}
			continue
		}
		for lib, where := range home {
			if (p == lib || strings.HasPrefix(p, lib+"/")) && !slices.Contains(where, dir) && !isTest {
				found = append(found, breach{name, p + " has its home in " + fmt.Sprint(where)})
			}
		}
	}
	return found
}

func calling(name string, f *ast.File) (found []breach) {
	ast.Inspect(f, func(n ast.Node) bool {
		sel, ok := n.(*ast.SelectorExpr)
		if !ok {
			return true
		}
		pkg, ok := sel.X.(*ast.Ident)
		if !ok {
			return true
		}
		rule, ok := calls[pkg.Name+"."+sel.Sel.Name]
		if ok && !slices.ContainsFunc(rule.where, func(w string) bool { return name == w || strings.HasPrefix(name, w+"/") }) {
			found = append(found, breach{name, pkg.Name + "." + sel.Sel.Name + ": " + rule.why})
		}
		return true
	})
	return found
}

func matches(allowed []string, p string) bool {
	return slices.ContainsFunc(allowed, func(a string) bool {
		folder, all := strings.CutSuffix(a, "/*")
		return a == p || all && strings.HasPrefix(p, folder+"/")
	})
}

func TestTheLayoutIsTheMap(t *testing.T) {
	root, err := filepath.Abs("..")
	if err != nil {
		t.Fatal(err)
	}
	found, err := checkLayout(os.DirFS(root))
	if err != nil {
		t.Fatal(err)
	}
	for _, b := range found {
		t.Errorf("%s: %s", b.file, b.what)
	}
	if goFiles, err := filepath.Glob(filepath.Join(root, "sync", "*.go")); err != nil || len(goFiles) > 0 {
		t.Errorf("sync/ itself holds Go files %v (%v): a package named sync would hide the standard one", goFiles, err)
	}
}

func TestTheLayoutGuardSeesWhatIsForbidden(t *testing.T) { // the guard's own control
	for name, src := range map[string]string{
		"sync/hub/x.go":      `package hub; import _ "samspor/backend/auth"`,
		"sync/hub/x_test.go": `package hub; import _ "samspor/backend/auth"`,
		"sync/plan/x.go":     `package plan; import _ "samspor/sync/wire"`,
		"backend/api/x.go":   `package api; import _ "github.com/dgraph-io/badger/v4"`,
		"backend/auth/x.go":  `package auth; import "time"; var t = time.Now()`,
		"backend/api/y.go":   `package api; import "os"; var h = os.Getenv("HOME")`,
		"backend/x.go":       `package backend; import "time"; func f() { time.Sleep(1) }`,
		"backend/util/x.go":  `package util`,
	} {
		found, err := checkLayout(fstest.MapFS{name: {Data: []byte(src)}})
		if err != nil || len(found) != 1 {
			t.Errorf("%s: found %v, %v; want one breach", name, found, err)
		}
	}
}
