package api

import (
	_ "embed" // for the description

	"github.com/gofiber/fiber/v2"
)

// description says what each endpoint takes and answers. It is kept by hand, and
// every exchange of the tests is held to it.
//
//go:embed openapi.yaml
var description []byte

// describe gives the description to whoever wants to write another client.
func describe(c *fiber.Ctx) error {
	c.Set(fiber.HeaderCacheControl, "no-cache")
	c.Set(fiber.HeaderContentType, "application/yaml")
	return c.Send(description)
}
