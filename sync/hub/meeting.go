package hub

import (
	"cmp"
	"slices"

	"samspor/sync/calendar"
	"samspor/sync/fault"
	"samspor/sync/plan"
	"samspor/sync/rules"
)

// answerDays is how many working days somebody has to answer a wish (R18, R21).
const answerDays = 5

// keepMeeting takes a meeting from its draft to its end: it starts the clocks, asks an
// invitation for everything it needs, and asks people anew when the time moves.
func keepMeeting(d *draft, r *plan.Record) error {
	if d.fresh[r.ID] {
		if r.Str("kind") == "" {
			return fault.ValueMissing
		}
		d.orElse(r, "state", string(plan.MeetingDraft))
		d.orElse(r, "convenor", string(d.member.Person))
	}
	if err := d.setClocks(r); err != nil {
		return err
	}
	from, to, err := d.moved(r, "state")
	if err != nil {
		return err
	}
	if from != to {
		switch plan.MeetingState(to) {
		case plan.MeetingInvited:
			return d.invite(r)
		case plan.MeetingCancelled:
			if r.Str("cancelled") == "" {
				return fault.MeetingNoReason
			}
		case plan.MeetingMinutesShared: // only the sharing of the minutes brings it there
			return fault.MoveNotAllowed
		}
	}
	if was, is, err := d.moved(r, "start"); err != nil || plan.MeetingState(from) == plan.MeetingInvited && was != is {
		return firstError(err, d.askAnew(r))
	}
	if was, is, err := d.moved(r, "minutesState"); err != nil || was != is && is == string(plan.MinutesShared) {
		return firstError(err, d.share(r))
	}
	return nil
}

// dayOf gives the day of a moment, in the plan's own country.
func (d *draft) dayOf(at string) plan.Day {
	t, err := calendar.ParseInstant(at)
	if err != nil {
		return ""
	}
	return calendar.DayOf(t, calendar.Zone(string(d.s.access.Country)))
}

// workdays is the calendar of the plan, with its municipality's closing days.
func (d *draft) workdays() (calendar.Calendar, error) {
	profile := d.s.access.Calendar
	if profile == "" { // the case is being opened
		c, err := d.Get(plan.RecordID(d.s.id))
		if err != nil || c == nil {
			return calendar.Calendar{}, err
		}
		profile = profileOf(c)
	}
	return calendar.For(profile, d.s.access.Closing)
}

// profileOf names the calendar of a case; what it does not say follows from its country.
func profileOf(c *plan.Record) string {
	if p := c.Str("calendar"); slices.Contains(calendar.Profiles, p) {
		return p
	}
	if c.Str("country") == "NO" {
		return "NO"
	}
	return "DK-kommune"
}

// setClocks counts the day by which the agenda goes out from the day of the meeting,
// and, until it is called, the day by which it is held from today.
func (d *draft) setClocks(r *plan.Record) error {
	if plan.MeetingState(r.Str("state")) != plan.MeetingDraft && r.Str("invitedAt") != "" && !d.fields[fieldRef{r.ID, "start"}] {
		return nil
	}
	cal, err := d.workdays()
	if err != nil {
		return err
	}
	all, err := d.pinned()
	if err != nil {
		return err
	}
	start := d.dayOf(r.Str("start"))
	if days := meetingClock(all, r, "meeting"); days > 0 && start != "" {
		d.text(r, "agendaDeadline", string(cal.WorkdaysBefore(start, days)))
	}
	if days := meetingClock(all, r, "invitation"); days > 0 && r.Str("invitedAt") == "" {
		d.text(r, "heldByDeadline", string(cal.WorkdaysAfter(d.today(), days)))
	}
	return nil
}

// invite sends an invitation that has all it needs: from now on everybody owes an answer.
func (d *draft) invite(r *plan.Record) error {
	sector, err := d.sector()
	if err != nil {
		return err
	}
	if !rules.MayConvene(d.member, sector, plan.MeetingKind(r.Str("kind"))) {
		return fault.MeetingNotConvenor
	}
	places, err := d.all("participant", "agendaItem")
	if err != nil {
		return err
	}
	invitation, err := d.invitation(r, places)
	if err != nil {
		return err
	}
	if missing := rules.MissingToInvite(invitation, d.today()); len(missing) > 0 {
		return missing[0]
	}
	now := string(instant(d.now))
	d.text(r, "invitedAt", now)
	d.text(r, "agendaSentAt", now)
	for _, p := range of(places, "participant", "meeting", r.ID) {
		d.ask(r, d.mine(p))
	}
	return nil
}

// invitation gathers what a meeting has before it is called.
func (d *draft) invitation(r *plan.Record, places []*plan.Record) (rules.Invitation, error) {
	yes := func(field string) bool { return r.Str(field) != "" || string(r.Get(field)) == "true" }
	i := rules.Invitation{
		Kind: plan.MeetingKind(r.Str("kind")), Purpose: yes("purpose"), Start: d.dayOf(r.Str("start")), Form: yes("form"),
		Chosen: yes("chosenAt"), FormChosen: yes("formChosenAt"), ChildAsked: yes("childAsked"), Relevant: yes("relevantAt"),
		GPTalk: yes("gpDialogueHeld"), AgendaDue: plan.Day(r.Str("agendaDeadline")), AgendaLate: yes("agendaLate"),
		HeldBy: plan.Day(r.Str("heldByDeadline")), HeldLate: yes("heldLate"), Anonymous: d.isNameless(),
		Agenda: len(of(places, "agendaItem", "meeting", r.ID)),
	}
	for _, p := range of(places, "participant", "meeting", r.ID) {
		if p.Str("person") == r.Str("convenor") {
			continue
		}
		i.Participants++
		if p.Str("role") == "" {
			i.NoRole++
		}
		who, err := d.Get(plan.RecordID(p.Str("person")))
		if err != nil {
			return i, err
		}
		i.WithGP = i.WithGP || who != nil && who.Str("sector") == "general_practice"
	}
	return i, nil
}

// ask lets a participant owe an answer; whoever calls the meeting comes.
func (d *draft) ask(meeting, p *plan.Record) {
	d.text(p, "invitedAt", string(instant(d.now)))
	reply := plan.ReplyNone
	if p.Str("person") == meeting.Str("convenor") {
		reply = plan.ReplyAccepted
	}
	d.text(p, "reply", string(reply))
	d.see(meeting, p)
}

// see notes on the meeting whom it was sent to: who sees only the core of a plan sees
// the meetings they are asked to (R45).
func (d *draft) see(meeting, p *plan.Record) {
	f := plan.Kinds["meeting"].Field("invited")
	invited, _ := plan.Set(f, append(plan.Members(meeting.Get("invited")), p.Str("person"))) // ids, fewer than 500
	d.put(meeting, "invited", invited)
}

// askAnew forgets the answers that were given to another time (MT7, DL1b).
func (d *draft) askAnew(r *plan.Record) error {
	places, err := d.all("participant")
	for _, p := range of(places, "participant", "meeting", r.ID) {
		if p.Str("reply") != string(plan.ReplyNotInvited) {
			d.ask(r, d.mine(p))
		}
	}
	return err
}

// hostsOnly refuses a new part of a meeting that somebody else calls.
func (d *draft) hostsOnly(r *plan.Record) error {
	meeting, err := d.meetingOf(r)
	if err != nil || meeting == nil {
		return firstError(err, fault.ValueMissing)
	}
	if isKeeper := len(rules.Rights(d.member)[r.Kind].Set) > 0 && r.Kind != "goal"; isKeeper || rules.Own(d.member, meeting) {
		return nil
	}
	return fault.MeetingNotYours
}

// keepParticipant begins with nobody asked; who is added to a called meeting is asked at once.
func keepParticipant(d *draft, r *plan.Record) error {
	if !d.fresh[r.ID] {
		return nil
	}
	if err := d.hostsOnly(r); err != nil {
		return err
	}
	if r.Str("person") == "" {
		return fault.ValueMissing
	}
	d.orElse(r, "reply", string(plan.ReplyNotInvited))
	meeting, err := d.meetingOf(r)
	if err == nil && plan.MeetingState(meeting.Str("state")) == plan.MeetingInvited && r.Str("invitedAt") == "" {
		d.ask(d.mine(meeting), r)
	}
	return err
}

// keepAgendaItem notes whose point it is: the family brings its own (R21, MT6).
func keepAgendaItem(d *draft, r *plan.Record) error {
	if r.Str("title") == "" || r.Str("meeting") == "" {
		return fault.ValueMissing
	}
	if d.fresh[r.ID] {
		d.text(r, "proposedBy", string(d.member.Person))
	}
	return nil
}

// keepWish gives the convenor a day by which a wish for others is answered (R18).
func keepWish(d *draft, r *plan.Record) error {
	if !d.fresh[r.ID] {
		return nil
	}
	if r.Str("wish") == "" || r.Str("meeting") == "" {
		return fault.ValueMissing
	}
	d.text(r, "person", string(d.member.Person))
	return d.answerBy(r, "due")
}

func (d *draft) answerBy(r *plan.Record, field string) error {
	cal, err := d.workdays()
	if err == nil {
		d.text(r, field, string(cal.WorkdaysAfter(d.today(), answerDays)))
	}
	return err
}

// keepRequest gives a wish for a meeting an owner and a day, and lets nobody refuse it
// without a reason (R21, MT12).
func keepRequest(d *draft, r *plan.Record) error {
	if r.Str("background") == "" {
		return fault.RequestNoBackground
	}
	if d.fresh[r.ID] {
		d.sign(r)
		d.orElse(r, "owner", string(d.inCharge()))
		return d.answerBy(r, "answerDue")
	}
	if r.Str("owner") == "" {
		return fault.ValueMissing
	}
	_, is, err := d.moved(r, "answer")
	if is == "no" && r.Str("reason") == "" {
		return cmp.Or[error](err, fault.RequestNoReason)
	}
	return err
}

// inCharge gives whoever answers for the plan today: who holds the rope, else its
// leader, else anybody who leads; nothing is without an owner.
func (d *draft) inCharge() plan.PersonID {
	if h := d.holder(); h != "" {
		return h
	}
	today := d.today()
	for _, m := range d.s.access.Members {
		if m.Role == plan.RoleProfessionalLead && m.on(today) {
			return m.Person
		}
	}
	return d.member.Person
}
