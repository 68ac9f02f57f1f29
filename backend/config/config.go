// Package config is every setting of the program: read once from the
// environment, checked once, then passed on as a value.
//
// Its one rule: nothing else reads the environment. A new setting is a field
// here, with its default, its check and its sentence of help. Start with Config.
package config

import (
	"errors"
	"fmt"
	"net"
	"net/url"
	"os"
	"reflect"
	"strings"

	"github.com/caarlos0/env/v11"
)

// Config is how one server runs. Flags of the same name win over the environment.
type Config struct {
	Addr    string `env:"SAMSPOR_ADDR" envDefault:"127.0.0.1:8080" flag:"addr" help:"where to listen, host:port"`
	Data    string `env:"SAMSPOR_DATA" envDefault:"data" flag:"data" help:"folder of the store and the keys"`
	Origin  string `env:"SAMSPOR_ORIGIN" flag:"origin" help:"public address, https://plan.example; empty: the local one"`
	TLSCert string `env:"SAMSPOR_TLS_CERT" flag:"tls-cert" help:"certificate file; empty: plain HTTP behind a proxy, or local"`
	TLSKey  string `env:"SAMSPOR_TLS_KEY" flag:"tls-key" help:"key file of the certificate"`

	Overrides   string `env:"SAMSPOR_OVERRIDES" flag:"overrides" help:"JSON file of a municipality's changes to the collaboration models; empty: none"`
	PushContact string `env:"SAMSPOR_PUSH_CONTACT" flag:"push-contact" help:"whom push services may ask, an e-mail or https address; empty: the public address"`
	Metrics     string `env:"SAMSPOR_METRICS" flag:"metrics" help:"where an operator reads metrics, host:port; empty: nowhere"`
	SMTP        string `env:"SAMSPOR_SMTP" flag:"smtp" help:"where e-mails leave, smtp://user:password@host:587 or smtps://…; empty: none are sent"`
	MailFrom    string `env:"SAMSPOR_MAIL_FROM" flag:"mail-from" help:"the address that e-mails come from"`
}

// DefaultData is the data folder when nobody names one.
const DefaultData = "data"

// Setting is one row of the table of settings: where a flag writes, and its words.
type Setting struct {
	Flag, Env, Default, Help string
	Value                    *string
}

// Load reads the environment.
func Load() (Config, error) {
	var c Config
	if err := env.Parse(&c); err != nil {
		return c, fmt.Errorf("read settings: %w", err)
	}
	return c, nil
}

// Settings lists the fields of a config, to make flags and help from.
func (c *Config) Settings() []Setting {
	v := reflect.ValueOf(c).Elem()
	list := make([]Setting, v.NumField())
	for i := range list {
		tag := v.Type().Field(i).Tag
		value, ok := v.Field(i).Addr().Interface().(*string)
		if !ok {
			panic("config: every setting is a string") // found by TestEverySettingHasAFlagAndAHelp
		}
		list[i] = Setting{Flag: tag.Get("flag"), Env: tag.Get("env"), Default: tag.Get("envDefault"), Help: tag.Get("help"), Value: value}
	}
	return list
}

// Check reports everything that is wrong, together.
func (c Config) Check() error {
	var wrong []error
	if _, _, err := net.SplitHostPort(c.Addr); err != nil {
		wrong = append(wrong, fmt.Errorf("addr %q: want host:port", c.Addr))
	}
	if c.Data == "" {
		wrong = append(wrong, errors.New("data: want a folder"))
	}
	if u, err := url.Parse(c.Origin); c.Origin != "" && (err != nil || u.Scheme != "https" || u.Host == "" || strings.Trim(u.Path, "/") != "") {
		wrong = append(wrong, fmt.Errorf("origin %q: want https://host", c.Origin))
	}
	if (c.TLSCert == "") != (c.TLSKey == "") {
		wrong = append(wrong, errors.New("tls-cert and tls-key go together"))
	}
	if _, _, err := net.SplitHostPort(c.Metrics); c.Metrics != "" && err != nil {
		wrong = append(wrong, fmt.Errorf("metrics %q: want host:port", c.Metrics))
	}
	if (c.SMTP == "") != (c.MailFrom == "") {
		wrong = append(wrong, errors.New("smtp and mail-from go together"))
	}
	if c.Overrides != "" {
		if _, err := os.Stat(c.Overrides); err != nil {
			wrong = append(wrong, fmt.Errorf("overrides: %w", err))
		}
	}
	for _, f := range []string{c.TLSCert, c.TLSKey} {
		if f == "" {
			continue
		}
		if _, err := os.Stat(f); err != nil {
			wrong = append(wrong, fmt.Errorf("tls: %w", err))
		}
	}
	return errors.Join(wrong...)
}
