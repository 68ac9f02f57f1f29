package hub

import (
	"cmp"
	"slices"

	"samspor/sync/plan"
	"samspor/sync/rules"
	"samspor/sync/wire"

	"samspor/sync/kv"
)

// Visible gives the live records of one kind that a member may see in a space, as
// they may see them, in the order of their making. It goes through the same gate as a
// pull: export and print have no other way to read. A space that is not theirs is a *Refused.
func (c *Core) Visible(account plan.AccountID, space plan.SpaceID, kind string) (seen []wire.Record, err error) {
	if !plan.ValidID(string(space)) {
		return nil, &Refused{Reason: NotFound, Change: -1}
	}
	err = c.Store.View(func(r kv.Reader) error {
		st := c.newState(r, nil)
		s, err := st.load(space)
		if err != nil {
			return err
		}
		m, ok, _ := s.access.member(account, c.Now())
		if !ok {
			return &Refused{Reason: NotFound, Change: -1}
		}
		sight := rules.SightOf(m)
		return st.each(s, func(r *plan.Record) {
			if fields, shown := rules.Project(r, sight, 0); shown && r.Kind == kind && !r.Del {
				seen = append(seen, wire.Record{ID: r.ID, Kind: r.Kind, Seq: r.Born, F: fields})
			}
		})
	})
	slices.SortFunc(seen, func(a, b wire.Record) int { return cmp.Or(cmp.Compare(a.Seq, b.Seq), cmp.Compare(a.ID, b.ID)) })
	return seen, err
}
