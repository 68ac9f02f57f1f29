package kv

import (
	"crypto/sha256"
	"encoding/binary"
	"strings"

	"samspor/sync/plan"
)

// The key space. A space's keys all lie under one prefix, so that its bytes can
// be dropped, moved or sharded as one.
//
//	key                          value                                  written by
//	s/<space>/h                  head: number, chain hash               each change
//	s/<space>/a                  access: who is a member, as what       changes of membership
//	s/<space>/r/<record>         record state                           each change
//	s/<space>/i/<seq><record>    index row: who could see it, ever      each change, moved
//	s/<space>/l/<seq>            history entry, chained by hash         each change
//	s/<space>/m/<client>         last number, and the newest answers    each change
//	s/<space>/m/<client>/<slot>  eight answers, in a ring of 32         each eighth change
//	a/<account>/s/<space>        this account's person in the space     index, can be rebuilt
//	d/<seconds><space>/<record>/<kind>  what is due, and when              index, can be rebuilt
//	c/<client>                   the account a client is bound to       first push
//	t/link/<sha256>              a one-time link                        demo, invite
//	t/refresh/<sha256>           a refresh secret                       sign-in
//	t/session/<session>          a session, until it ends               sign-in
//	a/<account>/r                how this account wants to be reminded  its owner
//	a/<account>/q                when this account is looked at next    remind
//	a/<account>/n/<seconds><notice>  one thing this account was told    remind
//	o/<seconds><account>         that an account is to be looked at     remind
//	t/lease/remind               which node sends                       remind
//	a/<account>/p/<sha256>       one phone that may be pushed to        its owner
//	a/<account>/f                this account's calendar feed           its owner
//	t/feed/<sha256>              the account of a calendar's address    its owner
//
// Numbers are 8 bytes big-endian, so that byte order is number order.
const (
	spacePrefix   = "s/"
	accountPrefix = "a/"
)

// Space is the prefix of everything a space holds.
func Space(s plan.SpaceID) []byte { return []byte(spacePrefix + string(s) + "/") }

// Head is the key of a space's head.
func Head(s plan.SpaceID) []byte { return append(Space(s), 'h') }

// Access is the key of a space's list of members.
func Access(s plan.SpaceID) []byte { return append(Space(s), 'a') }

// Records is the prefix of a space's records.
func Records(s plan.SpaceID) []byte { return append(Space(s), "r/"...) }

// Record is the key of one record's state.
func Record(s plan.SpaceID, r plan.RecordID) []byte { return append(Records(s), r...) }

// Indexes is the prefix of a space's change index.
func Indexes(s plan.SpaceID) []byte { return append(Space(s), "i/"...) }

// Index is the key of the one index row of a record, at its last change.
func Index(s plan.SpaceID, seq uint64, r plan.RecordID) []byte {
	return append(number(Indexes(s), seq), r...)
}

// IndexAt takes a key of Index apart again.
func IndexAt(s plan.SpaceID, key []byte) (seq uint64, r plan.RecordID) {
	rest := key[len(Indexes(s)):]
	return binary.BigEndian.Uint64(rest), plan.RecordID(rest[8:])
}

// Histories is the prefix of a space's history.
func Histories(s plan.SpaceID) []byte { return append(Space(s), "l/"...) }

// History is the key of one history entry.
func History(s plan.SpaceID, seq uint64) []byte { return number(Histories(s), seq) }

// Client is the key of what the server remembers of one client in one space.
func Client(s plan.SpaceID, c plan.ClientID) []byte {
	return append(append(Space(s), "m/"...), c...)
}

// Blocks is how many rows of answers the server keeps for each client and space.
const Blocks = 32

// Answers is the key of one row of a client's ring of answers.
func Answers(s plan.SpaceID, c plan.ClientID, n uint64) []byte {
	return append(Client(s, c), '/', byte(n%Blocks))
}

// AccountSpaces is the prefix of an account's list of spaces.
func AccountSpaces(a plan.AccountID) []byte { return []byte(accountPrefix + string(a) + "/s/") }

// AccountSpace is the key that says which person an account is in a space.
func AccountSpace(a plan.AccountID, s plan.SpaceID) []byte { return append(AccountSpaces(a), s...) }

// Dues is the prefix of everything that is due some time.
func Dues() []byte { return []byte("d/") }

// Due is the key of one timer of a record; the earliest comes first.
func Due(s plan.SpaceID, r plan.RecordID, t plan.Timer) []byte {
	return append(number(Dues(), uint64(t.At)), string(s)+"/"+string(r)+"/"+string(t.Kind)...)
}

// DueAt takes a key of Due apart again.
func DueAt(key []byte) (s plan.SpaceID, r plan.RecordID, t plan.Timer, ok bool) {
	rest := key[len(Dues()):]
	if len(rest) < 8 {
		return "", "", t, false
	}
	parts := strings.SplitN(string(rest[8:]), "/", 3)
	if len(parts) != 3 {
		return "", "", t, false
	}
	return plan.SpaceID(parts[0]), plan.RecordID(parts[1]), plan.Timer{
		At: int64(binary.BigEndian.Uint64(rest)), Kind: plan.TimerKind(parts[2]),
	}, true
}

// ClientOwner is the key that binds a client to the account that first used it.
func ClientOwner(c plan.ClientID) []byte { return append([]byte("c/"), c...) }

// Spaces is the prefix of all spaces.
func Spaces() []byte { return []byte(spacePrefix) }

// Link is the key of a one-time link; only the hash of its secret is kept.
func Link(secret []byte) []byte { return hashed("t/link/", secret) }

// Refresh is the key of a refresh secret; only its hash is kept.
func Refresh(secret []byte) []byte { return hashed("t/refresh/", secret) }

// Reminders is the key of how an account wants to be reminded.
func Reminders(a plan.AccountID) []byte { return []byte(accountPrefix + string(a) + "/r") }

// Queue is the key of when an account is looked at next.
func Queue(a plan.AccountID) []byte { return []byte(accountPrefix + string(a) + "/q") }

// Notices is the prefix of what an account was told.
func Notices(a plan.AccountID) []byte { return []byte(accountPrefix + string(a) + "/n/") }

// Notice is the key of one of them; the oldest comes first.
func Notice(a plan.AccountID, at int64, id plan.NoticeID) []byte {
	return append(number(Notices(a), uint64(at)), id...)
}

// Looks is the prefix of the accounts that are to be looked at, the earliest first.
func Looks() []byte { return []byte("o/") }

// Look is the key of one of them.
func Look(at int64, a plan.AccountID) []byte { return append(number(Looks(), uint64(at)), a...) }

// LookAt takes a key of Look apart again.
func LookAt(key []byte) (at int64, a plan.AccountID, ok bool) {
	rest := key[len(Looks()):]
	if len(rest) <= 8 {
		return 0, "", false
	}
	return int64(binary.BigEndian.Uint64(rest)), plan.AccountID(rest[8:]), true
}

// Lease is the key of which node does a job that only one may do.
func Lease(job string) []byte { return []byte("t/lease/" + job) }

// Subscriptions is the prefix of the phones of an account that may be pushed to.
func Subscriptions(a plan.AccountID) []byte { return []byte(accountPrefix + string(a) + "/p/") }

// Subscription is the key of one of them, by the hash of its address.
func Subscription(a plan.AccountID, hash []byte) []byte { return append(Subscriptions(a), hash...) }

// FeedOf is the key of an account's calendar feed.
func FeedOf(a plan.AccountID) []byte { return []byte(accountPrefix + string(a) + "/f") }

// Feed is the key that says whose calendar stands under a secret address; only the hash of the secret is kept.
func Feed(hash []byte) []byte { return append([]byte("t/feed/"), hash...) }

// Session is the key of a signed-in session.
func Session(id string) []byte { return []byte("t/session/" + id) }

func number(prefix []byte, n uint64) []byte { return binary.BigEndian.AppendUint64(prefix, n) }

func hashed(prefix string, secret []byte) []byte {
	sum := sha256.Sum256(secret)
	return append([]byte(prefix), sum[:]...)
}
