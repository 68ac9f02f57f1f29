// Package frontend carries the built page inside the program.
//
// Its one rule: it holds files and decides nothing. It is the only Go file in
// this folder and cmd alone imports it; the page is built by vite.config.ts.
package frontend

import (
	"embed"
	"io/fs"
)

// The folder is in git with nothing but .keep in it, so that Go builds never
// wait for a web build; all: takes that dot file too.
//
//go:embed all:dist
var dist embed.FS

// Files gives the built page, rooted where a browser sees "/".
func Files() fs.FS {
	files, _ := fs.Sub(dist, "dist") // fails only for a malformed path
	return files
}

// IsBuilt says whether a page was built before this program was.
func IsBuilt() bool {
	_, err := fs.Stat(Files(), "index.html")
	return err == nil
}
