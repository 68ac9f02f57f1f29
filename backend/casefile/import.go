package casefile

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"

	"samspor/sync/hub"
	"samspor/sync/plan"
)

// Imported says what an import did with each space, and who signs in as whom.
type Imported struct {
	New, Already []plan.SpaceID
	Accounts     map[string]plan.AccountID // by Person.Key
}

// Import seeds every space of a file that is not there already. People keep the
// sign-in they have; the same person in two cases has one. Cases follow the
// models of the server that they come to.
func (f *File) Import(ctx context.Context, h *hub.Hub) (Imported, error) {
	in := Imported{Accounts: map[string]plan.AccountID{}}
	for _, s := range f.Spaces {
		known, err := h.Accounts(s.ID)
		if err != nil {
			return in, err
		}
		for person, account := range known {
			in.Accounts[string(s.ID)+"/"+string(person)] = account
		}
	}
	for _, p := range f.People {
		f.settle(p, in.Accounts)
	}
	for _, s := range f.Spaces {
		records, err := h.Follow(s.withAccounts(in.Accounts))
		if err == nil {
			err = h.Seed(s.ID, records)
		}
		switch {
		case errors.Is(err, hub.ErrExists):
			in.Already = append(in.Already, s.ID)
		case err != nil:
			return in, fmt.Errorf("import %s: %w", s.ID, err)
		default:
			in.New = append(in.New, s.ID)
		}
	}
	return in, nil
}

// settle gives a person a sign-in: their own, that of the same person elsewhere, or a new one.
func (f *File) settle(p Person, accounts map[string]plan.AccountID) {
	if !p.Login() || accounts[p.Key()] != "" {
		return
	}
	if p.Same == "" {
		accounts[p.Key()] = newAccount()
		return
	}
	for _, other := range f.People {
		if other.Key() == p.Same {
			f.settle(other, accounts)
		}
	}
	accounts[p.Key()] = accounts[p.Same]
}

func (s Space) withAccounts(accounts map[string]plan.AccountID) []hub.Seed {
	out := make([]hub.Seed, len(s.Records))
	for i, r := range s.Records {
		out[i] = r
		if r.Kind != "membership" {
			continue
		}
		f := make(map[string]plan.Value, len(r.F)+1)
		for k, v := range r.F {
			f[k] = v
		}
		if a := accounts[string(s.ID)+"/"+plan.Str(r.F["person"])]; a != "" {
			f["account"] = plan.String(string(a))
		}
		out[i].F = f
	}
	return out
}

func newAccount() plan.AccountID {
	b := make([]byte, 16)
	_, _ = rand.Read(b) // never fails: crypto/rand ends the program instead
	return plan.AccountID(base64.RawURLEncoding.EncodeToString(b))
}
