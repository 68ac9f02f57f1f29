package config

import (
	"strings"
	"testing"
)

func TestEverySettingHasAFlagAndAHelp(t *testing.T) {
	var c Config
	for _, s := range c.Settings() {
		if s.Flag == "" || s.Help == "" || !strings.HasPrefix(s.Env, "SAMSPOR_") {
			t.Errorf("setting %+v lacks its flag, its variable or its sentence", s)
		}
	}
}

func TestAllMistakesAreReportedTogether(t *testing.T) {
	err := Config{Addr: "nowhere", Origin: "http://plain.example", TLSCert: "/no/such/file", Overrides: "/no/such/overrides.json"}.Check()
	if err == nil {
		t.Fatal("a config full of mistakes was accepted")
	}
	for _, want := range []string{"addr", "data", "origin", "tls-cert and tls-key", "no such file", "overrides: "} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("%q is not reported in: %v", want, err)
		}
	}
	if err := (Config{Addr: ":0", Data: "d", Origin: "https://plan.example"}).Check(); err != nil {
		t.Errorf("a good config was refused: %v", err)
	}
}

func TestTheEnvironmentIsRead(t *testing.T) {
	t.Setenv("SAMSPOR_ADDR", "127.0.0.1:9")
	c, err := Load()
	if err != nil || c.Addr != "127.0.0.1:9" || c.Data != "data" {
		t.Errorf("got %+v, %v", c, err)
	}
}
