//! Of what people are told, the vendor's and the customers', by which ways, and when not (design, Who of us is told; design, Wishes).

use std::collections::BTreeMap;

use chrono::{DateTime, Timelike, Utc};
use serde::{Deserialize, Serialize};

use super::lanes::{Lane, QueueItem};
use crate::model::{
    base::{
        calendar::to_local,
        codes::{coded_enum, coded_set},
        fields::{FieldCode, FieldProblem},
        ids::{LoginId, StaffId},
        terms::Urgency,
    },
    ordering::timeline::TimeChange,
    people::members::{StaffRole, StaffRoles},
};

coded_enum! {
    /// What somebody may be told of.
    pub enum WishKind {
        /// Something urgent was ordered: it waits at the desk, or has its time.
        Urgent = "urgent",
        /// Anything else waits at the desk.
        Waits = "waits",
        /// Something goes wrong: nobody began, nobody came, work goes on into the next appointment, a customer is asked.
        Trouble = "trouble",
        /// A customer objects to what was billed.
        Objection = "objection",
        /// A customer moves or calls off an agreed time, whoever's it is.
        Changes = "changes",
        /// Something changes in a technician's own plan or work.
        Plan = "plan",
        /// To a customer's person: something needs an answer, or we have changed an agreed time.
        Asked = "asked",
        /// To a customer's person: the own organisation agreed, moved or called off a time.
        Agreed = "agreed",
        /// To a customer's person: an agreed time comes.
        Reminder = "reminder",
        /// To a customer's person: something became of a request.
        Course = "course",
        /// To a customer's person: work is done and billed, or an objection decided.
        Settled = "settled",
        /// To a customer's person: the vendor wrote.
        Messages = "messages",
        /// To a customer's person: minutes run low or expire, the contract ends.
        Minutes = "minutes",
    }
}

coded_set! {
    /// What somebody is told of.
    pub struct WishKinds(WishKind) as "Vec<WishKind>";
}

impl WishKind {
    /// Of what somebody has to be told that something is in a lane; none for what waits for its customer.
    #[must_use]
    pub const fn of(lane: Lane, is_urgent: bool) -> Option<Self> {
        match lane {
            Lane::Offered => None,
            Lane::Overdue | Lane::RunsOver | Lane::MissedByUs | Lane::ConsentAsked => Some(Self::Trouble),
            Lane::Objection => Some(Self::Objection),
            Lane::New
            | Lane::TimeToChoose
            | Lane::OfferLapsed
            | Lane::AnswerCame
            | Lane::FollowUp
            | Lane::NoShow
            | Lane::Outage
            | Lane::CallBack => Some(if is_urgent { Self::Urgent } else { Self::Waits }),
        }
    }

    /// Of what the desk has to be told that a time was agreed, changed or called off; none for what is as it should be.
    #[must_use]
    pub const fn of_change(change: TimeChange, is_urgent: bool) -> Option<Self> {
        match change {
            TimeChange::Agreed if is_urgent => Some(Self::Urgent),
            TimeChange::Agreed => None,
            TimeChange::Moved | TimeChange::Cancelled => Some(Self::Changes),
        }
    }

    /// Whether it can be wished for by somebody: the desk's are the desk's, a plan is a technician's.
    #[must_use]
    pub const fn is_for(self, reader: Reader) -> bool {
        match (self, reader) {
            (Self::Urgent | Self::Waits | Self::Trouble | Self::Objection | Self::Changes, Reader::Staff(roles)) => {
                roles.is_desk()
            }
            (Self::Plan, Reader::Staff(roles)) => roles.contains(StaffRole::Technician),
            (
                Self::Asked
                | Self::Agreed
                | Self::Reminder
                | Self::Course
                | Self::Settled
                | Self::Messages
                | Self::Minutes,
                Reader::Member,
            ) => true,
            _ => false,
        }
    }

    /// In which ways it may come by mail. What somebody has to act on cannot be put off or left; what is told of a morning is of no
    /// use a day later.
    #[must_use]
    pub const fn mail_ways(self) -> &'static [MailWay] {
        match self {
            Self::Asked => &[MailWay::Now],
            Self::Reminder
            | Self::Urgent
            | Self::Waits
            | Self::Trouble
            | Self::Objection
            | Self::Changes
            | Self::Plan => &[MailWay::Now, MailWay::Off],
            Self::Agreed | Self::Course | Self::Settled | Self::Messages | Self::Minutes => MailWay::ALL,
        }
    }
}

coded_enum! {
    /// How something comes by mail.
    pub enum MailWay {
        /// At once.
        Now = "now",
        /// With all else of a day, at the line's opening.
        Digest = "digest",
        /// Not by mail at all.
        Off = "off",
    }
}

/// Who wishes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Reader {
    /// Somebody of the vendor, with these roles now: what was wished for under others counts no more.
    Staff(StaffRoles),
    /// Somebody of a customer.
    Member,
}

/// Hours of each day, on the wall, at which somebody is not written to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quiet {
    /// The hour at which they begin.
    pub from: u32,
    /// The hour at which they end; earlier than their beginning when that is on the next day.
    pub until: u32,
}

impl Quiet {
    /// Whether an hour of the day lies within.
    #[must_use]
    pub const fn covers(self, hour: u32) -> bool {
        if self.from < self.until {
            self.from <= hour && hour < self.until
        } else {
            self.from <= hour || hour < self.until
        }
    }
}

/// What somebody wishes to be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wishes {
    /// Of what by mail, at once.
    pub kinds: WishKinds,
    /// Of what by mail, together with all else of a day.
    pub digest_kinds: WishKinds,
    /// Of what on the devices that they have added.
    pub push_kinds: WishKinds,
    /// Of what on their telephone.
    pub sms_kinds: WishKinds,
    /// When not; what happens then is told when they are over, if it still matters.
    pub quiet: Option<Quiet>,
}

impl Wishes {
    /// What somebody is told who has never said anything: a customer's people of all; dispatchers of what cannot wait, whoever decides
    /// about objections of those, technicians of their plan. Short messages cost money, and are for who asks for them.
    #[must_use]
    pub fn usual(reader: Reader) -> Self {
        let kinds = match reader {
            Reader::Staff(roles) => Self::usual_of_staff(roles),
            Reader::Member => WishKind::ALL.iter().copied().filter(|kind| kind.is_for(Reader::Member)).collect(),
        };
        Self { kinds, digest_kinds: WishKinds::NONE, push_kinds: kinds, sms_kinds: WishKinds::NONE, quiet: None }
    }

    const fn usual_of_staff(roles: StaffRoles) -> WishKinds {
        let mut kinds = WishKinds::NONE;
        if roles.contains(StaffRole::Dispatcher) {
            kinds = kinds.with(WishKind::Urgent).with(WishKind::Trouble);
        }
        if roles.is_desk() {
            kinds = kinds.with(WishKind::Objection);
        }
        if roles.contains(StaffRole::Technician) {
            kinds = kinds.with(WishKind::Plan);
        }
        kinds
    }

    /// How a kind comes by mail.
    #[must_use]
    pub const fn mail_way(&self, kind: WishKind) -> MailWay {
        match kind.mail_ways() {
            [only] => *only,
            _ if self.kinds.contains(kind) => MailWay::Now,
            _ if self.digest_kinds.contains(kind) => MailWay::Digest,
            _ => MailWay::Off,
        }
    }

    /// Whether they are to be left alone at an instant.
    #[must_use]
    pub fn is_quiet(&self, now: DateTime<Utc>) -> bool {
        self.quiet.is_some_and(|quiet| quiet.covers(to_local(now).hour()))
    }
}

/// By which ways somebody is told of something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Ways {
    /// By mail.
    pub mail: bool,
    /// On their devices.
    pub push: bool,
}

impl Ways {
    /// Whether there is any.
    #[must_use]
    pub const fn any(self) -> bool {
        self.mail || self.push
    }
}

/// Somebody of the vendor who may be told something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Listener {
    /// Which person it is.
    pub id: StaffId,
    /// How that person signs in.
    pub login: LoginId,
    /// Their roles now: what they wished for under others counts no more.
    pub roles: StaffRoles,
    /// What they wish.
    pub wishes: Wishes,
    /// Whether there is a device on which they are notified.
    pub has_device: bool,
}

impl Listener {
    /// Whether they are to be left alone at an instant.
    #[must_use]
    pub fn is_quiet(&self, now: DateTime<Utc>) -> bool {
        self.wishes.is_quiet(now)
    }

    /// By which ways they want to be told of something of this kind at an instant.
    #[must_use]
    pub fn ways(&self, kind: WishKind, now: DateTime<Utc>) -> Ways {
        if !kind.is_for(Reader::Staff(self.roles)) || self.is_quiet(now) {
            return Ways::default();
        }
        Ways { mail: self.wishes.kinds.contains(kind), push: self.has_device && self.wishes.push_kinds.contains(kind) }
    }

    /// Whether they want to be told of anything at the desk at an instant.
    #[must_use]
    pub fn hears_desk(&self, now: DateTime<Utc>) -> bool {
        WishKind::ALL.iter().any(|kind| *kind != WishKind::Plan && self.ways(*kind, now).any())
    }

    /// By which ways they want to be told that something waits: nobody has it but they themselves, it does not rest, and it does not
    /// wait by their own doing.
    #[must_use]
    pub fn ways_of(&self, item: &QueueItem, now: DateTime<Utc>) -> Ways {
        let is_anothers = item.claimed_by.as_ref().is_some_and(|colleague| colleague.id != self.id);
        let is_known = item.brought_by == Some(self.id);
        let is_urgent = item.standing.urgency == Urgency::Urgent;
        match WishKind::of(item.lane, is_urgent) {
            Some(kind) if !is_anothers && !is_known && item.snoozed_until.is_none() => self.ways(kind, now),
            _ => Ways::default(),
        }
    }
}

/// Wishes as a form sends them.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct TypedWishes {
    /// How each kind comes by mail; none is what it always does.
    pub mail: BTreeMap<WishKind, MailWay>,
    /// Of what on devices.
    pub push_kinds: WishKinds,
    /// Of what on the telephone.
    pub sms_kinds: WishKinds,
    /// The hour at which quiet begins; empty for none.
    pub quiet_from: String,
    /// The hour at which it ends; empty for none.
    pub quiet_until: String,
}

impl TypedWishes {
    /// The wishes as kept.
    ///
    /// # Errors
    /// Every field that is not right: quiet has both ends or none, and they are not the same hour.
    pub fn check(&self, reader: Reader) -> Result<Wishes, Vec<FieldProblem>> {
        let hour = |typed: &str| match typed.trim() {
            "" => Ok(None),
            typed => typed.parse().ok().filter(|hour| *hour < 24).map(Some).ok_or(FieldCode::Unknown),
        };
        let wrong = |field: &str, code| Err(vec![FieldProblem::new(field, code)]);
        let quiet = match (hour(&self.quiet_from), hour(&self.quiet_until)) {
            (Err(code), _) => return wrong("quiet_from", code),
            (_, Err(code)) => return wrong("quiet_until", code),
            (Ok(None), Ok(None)) => None,
            (Ok(None), Ok(Some(_))) => return wrong("quiet_from", FieldCode::Missing),
            (Ok(Some(_)), Ok(None)) => return wrong("quiet_until", FieldCode::Missing),
            (Ok(Some(from)), Ok(Some(until))) if from == until => return wrong("quiet_until", FieldCode::OutOfRange),
            (Ok(Some(from)), Ok(Some(until))) => Some(Quiet { from, until }),
        };
        // What the form does not offer is not asked for.
        let offered = |kinds: WishKinds| kinds.iter().filter(|kind| kind.is_for(reader)).collect();
        let mailed = |wanted: MailWay| {
            let by_mail = self.mail.iter().filter(|(kind, way)| **way == wanted && kind.mail_ways().contains(way));
            offered(by_mail.map(|(kind, _)| *kind).collect())
        };
        Ok(Wishes {
            kinds: mailed(MailWay::Now),
            digest_kinds: mailed(MailWay::Digest),
            push_kinds: offered(self.push_kinds),
            sms_kinds: if reader == Reader::Member { offered(self.sms_kinds) } else { WishKinds::NONE },
            quiet,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::fixtures::local;

    fn typed(from: &str, until: &str) -> TypedWishes {
        TypedWishes { quiet_from: from.into(), quiet_until: until.into(), ..TypedWishes::default() }
    }

    #[test]
    fn quiet_hours_may_pass_midnight() {
        let night = Quiet { from: 20, until: 6 };
        assert!([20, 23, 0, 5].into_iter().all(|hour| night.covers(hour)));
        assert!([6, 12, 19].into_iter().all(|hour| !night.covers(hour)));
        let noon = Quiet { from: 11, until: 13 };
        assert!(noon.covers(11) && noon.covers(12) && !noon.covers(13) && !noon.covers(10));
    }

    #[test]
    fn quiet_has_two_ends_or_none() {
        let quiet = |from, until| typed(from, until).check(Reader::Member).map(|wishes| wishes.quiet);
        assert_eq!(quiet("", ""), Ok(None));
        assert_eq!(quiet("18", "7"), Ok(Some(Quiet { from: 18, until: 7 })));
        let wrong = |field: &str, code| Err(vec![FieldProblem::new(field, code)]);
        assert_eq!(quiet("18", ""), wrong("quiet_until", FieldCode::Missing));
        assert_eq!(quiet("", "7"), wrong("quiet_from", FieldCode::Missing));
        assert_eq!(quiet("24", "7"), wrong("quiet_from", FieldCode::Unknown));
        assert_eq!(quiet("7", "7"), wrong("quiet_until", FieldCode::OutOfRange));
    }

    #[test]
    fn every_lane_of_ours_is_somebodys_to_hear_of() {
        for lane in Lane::ALL {
            for is_urgent in [false, true] {
                assert_eq!(WishKind::of(*lane, is_urgent).is_some(), lane.is_ours(), "{lane:?}");
            }
        }
    }

    #[test]
    fn nobody_hears_what_their_roles_do_not_let_them_see() {
        let all = WishKinds::all();
        let wishes = Wishes { kinds: all, digest_kinds: WishKinds::NONE, push_kinds: all, sms_kinds: all, quiet: None };
        let hears = |role: StaffRole, kind| {
            let listener = Listener { id: StaffId(1), login: LoginId(1), roles: role.into(), wishes, has_device: true };
            listener.ways(kind, local("2026-11-24 09:00")).any()
        };
        assert!(hears(StaffRole::Dispatcher, WishKind::Urgent) && !hears(StaffRole::Dispatcher, WishKind::Plan));
        assert!(hears(StaffRole::Technician, WishKind::Plan) && !hears(StaffRole::Technician, WishKind::Trouble));
        let usual = Wishes::usual(Reader::Staff(StaffRole::Manager.into()));
        assert_eq!(usual.kinds, WishKinds::NONE.with(WishKind::Objection), "a manager asks for the rest");
    }

    #[test]
    fn nothing_goes_to_devices_that_there_are_not_or_in_quiet_hours() {
        let quiet = Some(Quiet { from: 18, until: 7 });
        let wishes =
            Wishes { kinds: WishKinds::NONE, quiet, ..Wishes::usual(Reader::Staff(StaffRole::Dispatcher.into())) };
        let ways = |has_device, at: &str| {
            let listener =
                Listener { id: StaffId(1), login: LoginId(1), roles: StaffRole::Dispatcher.into(), wishes, has_device };
            listener.ways(WishKind::Urgent, local(at))
        };
        assert_eq!(ways(true, "2026-11-24 09:00"), Ways { mail: false, push: true });
        assert!(!ways(false, "2026-11-24 09:00").any() && !ways(true, "2026-11-24 19:00").any());
    }

    #[test]
    fn a_form_keeps_what_it_offers_and_nothing_else() {
        let mail = WishKind::ALL.iter().map(|kind| (*kind, MailWay::Digest)).collect();
        let all = WishKinds::all();
        let typed = TypedWishes { mail, push_kinds: all, sms_kinds: all, ..TypedWishes::default() };
        let of_member = typed.check(Reader::Member).expect("right");
        assert!(of_member.digest_kinds.contains(WishKind::Agreed) && of_member.sms_kinds.contains(WishKind::Asked));
        for kind in [WishKind::Asked, WishKind::Reminder, WishKind::Urgent, WishKind::Plan] {
            assert!(!of_member.digest_kinds.contains(kind), "{kind}");
        }
        assert!(!of_member.push_kinds.contains(WishKind::Trouble), "the desk's is the desk's");
        assert_eq!(of_member.mail_way(WishKind::Asked), MailWay::Now, "whatever was wished");
        assert_eq!(of_member.mail_way(WishKind::Agreed), MailWay::Digest);
        assert_eq!(of_member.mail_way(WishKind::Reminder), MailWay::Off);
        let of_staff = typed.check(Reader::Staff(StaffRole::Dispatcher.into())).expect("right");
        assert_eq!(of_staff.digest_kinds, WishKinds::NONE, "what waits at the desk cannot wait a day");
        assert_eq!(of_staff.sms_kinds, WishKinds::NONE);
        assert!(of_staff.push_kinds.contains(WishKind::Trouble) && !of_staff.push_kinds.contains(WishKind::Minutes));
    }

    #[test]
    fn everything_of_a_customer_is_told_at_once_until_somebody_wishes_otherwise() {
        let usual = Wishes::usual(Reader::Member);
        for kind in WishKind::ALL.iter().filter(|kind| kind.is_for(Reader::Member)) {
            assert_eq!(usual.mail_way(*kind), MailWay::Now, "{kind}");
        }
        assert_eq!(usual.sms_kinds, WishKinds::NONE);
    }

    #[test]
    fn a_change_is_told_of_what_is_urgent_or_is_no_longer_as_agreed() {
        assert_eq!(WishKind::of_change(TimeChange::Agreed, true), Some(WishKind::Urgent));
        assert_eq!(WishKind::of_change(TimeChange::Agreed, false), None);
        for change in [TimeChange::Moved, TimeChange::Cancelled] {
            assert_eq!(WishKind::of_change(change, true), Some(WishKind::Changes));
        }
    }
}
