package api

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"mime"
	"path"
	"strings"

	"github.com/gofiber/fiber/v2"

	"samspor/sync/hub"
)

// asset is one file of the app in every encoding it was built in.
type asset struct {
	plain, br, gz []byte
	kind, tag     string
}

// static is the whole app in memory: about a megabyte, read once.
type static map[string]*asset

func loadStatic(files fs.FS) (static, error) {
	s := static{}
	err := fs.WalkDir(files, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || path.Base(name) == ".keep" {
			return err
		}
		body, err := fs.ReadFile(files, name)
		if err != nil {
			return err
		}
		s.add(name, body)
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read the app: %w", err)
	}
	return s, nil
}

func (s static) add(name string, body []byte) {
	base, ext := name, path.Ext(name)
	if ext == ".br" || ext == ".gz" {
		base = strings.TrimSuffix(name, ext)
	}
	a := s["/"+base]
	if a == nil {
		a = &asset{kind: kindOf(base)}
		s["/"+base] = a
	}
	switch ext {
	case ".br":
		a.br = body
	case ".gz":
		a.gz = body
	default:
		sum := sha256.Sum256(body)
		a.plain, a.tag = body, `"`+hex.EncodeToString(sum[:8])+`"`
	}
}

func kindOf(name string) string {
	if path.Ext(name) == ".webmanifest" {
		return "application/manifest+json"
	}
	if t := mime.TypeByExtension(path.Ext(name)); t != "" {
		return t
	}
	return "application/octet-stream"
}

// serve gives a file of the app, or its one page for every path that is a screen.
func (s static) serve(c *fiber.Ctx) error {
	name := c.Path()
	if strings.HasPrefix(name, "/api/") || name == "/api" {
		return c.Next()
	}
	a, ok := s[name]
	if !ok && path.Ext(name) == "" {
		a, ok = s["/index.html"]
	}
	if !ok {
		return newProblem(string(hub.NotFound))
	}
	if strings.HasPrefix(name, "/assets/") { // their names change with what they hold
		c.Set(fiber.HeaderCacheControl, "public, max-age=31536000, immutable")
	} else {
		c.Set(fiber.HeaderCacheControl, "no-cache")
		c.Set(fiber.HeaderETag, a.tag)
		if c.Get(fiber.HeaderIfNoneMatch) == a.tag {
			return c.SendStatus(fiber.StatusNotModified)
		}
	}
	c.Set(fiber.HeaderContentType, a.kind)
	c.Set(fiber.HeaderVary, fiber.HeaderAcceptEncoding)
	accepts := c.Get(fiber.HeaderAcceptEncoding)
	switch {
	case a.br != nil && strings.Contains(accepts, "br"):
		c.Set(fiber.HeaderContentEncoding, "br")
		return c.Send(a.br)
	case a.gz != nil && strings.Contains(accepts, "gzip"):
		c.Set(fiber.HeaderContentEncoding, "gzip")
		return c.Send(a.gz)
	}
	return c.Send(a.plain)
}
