package main

import (
	"errors"

	"samspor/backend"
	"samspor/sync/plan"
)

// opened does something with a folder's store, while no server runs on it.
func opened(o backend.Options, do func(*backend.Server) error) error {
	s, err := backend.Open(o)
	if err != nil {
		return err
	}
	return errors.Join(do(s), s.Close())
}

// accountOf finds the account of a person in a case.
func accountOf(s *backend.Server, space, person string) (plan.AccountID, error) {
	accounts, err := s.Hub.Accounts(plan.SpaceID(space))
	if err != nil {
		return "", err
	}
	account, ok := accounts[plan.PersonID(person)]
	if !ok {
		return "", errors.New("nobody with this id signs in to this case")
	}
	return account, nil
}
