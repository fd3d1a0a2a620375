//! No minute is lost or created: random histories of an account, kept by a small ledger that trusts nobody.

use chrono::{DateTime, TimeDelta, Utc};
use proptest::{prelude::*, sample::Index, test_runner::TestRunner};
use std::{
    cell::{Cell, RefCell},
    collections::{BTreeMap, BTreeSet},
};

use crate::model::{
    base::ids::GrantId,
    fixtures::{clock, local, short_or_long},
    minutes::{
        ledger::{
            Allocation, EntryKind, GrantBalance, Posting, allocated, in_drawing_order, rescued, rescued_until, settle,
        },
        pools::PoolKind,
    },
    work::{
        billing::bill,
        segments::{Segment, SegmentKind},
    },
};

/// Something that happens to an account. What it happens to is any of what is there; if there is none, it does not.
#[derive(Debug, Clone)]
enum Event {
    /// Time goes by.
    Pass { hours: i64 },
    /// Minutes are credited, sooner or later to be drawn.
    Credit { kind: PoolKind, minutes: u32, in_days: i64, for_days: Option<i64> },
    /// The job posts what expired; until it comes, that stands in the balances.
    Expire,
    /// An intervention begins.
    Begin { minimum: u32 },
    /// A technician works on an intervention, which may be closed already.
    Work { on: Index, kind: SegmentKind, micros: i64 },
    /// A segment is cut in two.
    Split { on: Index, segment: Index, permille: u32 },
    /// A contest is accepted: a segment costs nothing any more, and its intervention is settled again.
    Contest { on: Index, segment: Index },
    /// An intervention is closed, or settled again.
    Close { on: Index },
    /// A part of what is left of a grant is given back for money.
    Refund { on: Index, permille: u32 },
    /// The payment of a grant is disputed.
    Dispute { on: Index },
    /// A dispute is won.
    Win { on: Index },
    /// What was used elsewhere is taken from a grant.
    Correct { on: Index, permille: u32 },
}

/// Made of a few numbers: a choice among strategies would take ten times as long as the histories themselves.
fn any_event() -> impl Strategy<Value = Event> {
    (0..24_u8, any::<Index>(), any::<Index>(), any::<u32>()).prop_map(|(what, on, segment, number)| {
        let mut digits = number;
        let mut below = |count: u32| {
            let digit = digits % count;
            digits /= count;
            digit
        };
        match what {
            0..2 => Event::Pass { hours: 1 + i64::from(below(48)) },
            2..5 => Event::Credit {
                minutes: 1 + below(120),
                in_days: i64::from(below(3)) - 1,
                for_days: Some(1 + i64::from(below(6))).filter(|&days| days > 1),
                kind: PoolKind::ALL[below(3) as usize],
            },
            5 => Event::Expire,
            6..8 => Event::Begin { minimum: below(31) },
            8..13 => Event::Work { on, kind: SegmentKind::ALL[below(5) as usize], micros: below(3_000_000_000).into() },
            13 => Event::Split { on, segment, permille: below(1_001) },
            14..17 => Event::Contest { on, segment },
            20 => Event::Refund { on, permille: below(1_001) },
            21 => Event::Dispute { on },
            22 => Event::Win { on },
            23 => Event::Correct { on, permille: below(1_001) },
            _ => Event::Close { on },
        }
    })
}

/// An entry, with the running balance of the account.
struct Entry {
    at: DateTime<Utc>,
    kind: EntryKind,
    grant: Option<GrantId>,
    intervention: Option<usize>,
    minutes: i64,
    over_minutes: i64,
    balance_after: i64,
}

struct Intervention {
    started_at: DateTime<Utc>,
    minimum: u32,
    segments: Vec<Segment>,
    billed: u32,
    allocation: Allocation,
}

/// How long rescued minutes can be drawn, in days.
const RESCUED_DAYS: u32 = 3;

struct Account {
    now: DateTime<Utc>,
    grants: Vec<GrantBalance>,
    /// Grants over whose payment there is a dispute.
    disputed: BTreeSet<GrantId>,
    interventions: Vec<Intervention>,
    entries: Vec<Entry>,
    tally: Tally,
}

/// What went in and out of the account, counted apart from its entries.
#[derive(Default)]
struct Tally {
    credited: i64,
    lapsed: i64,
    rescued: i64,
    refunded: i64,
    used_elsewhere: i64,
    /// Those that are frozen now.
    frozen: i64,
    /// Those that were frozen when they came back to a grant that had expired.
    frozen_late: i64,
}

impl Account {
    fn after(history: &[Event]) -> Self {
        let now = local("2026-03-25 09:00");
        let mut account = Self {
            now,
            grants: Vec::new(),
            disputed: BTreeSet::new(),
            interventions: Vec::new(),
            entries: Vec::new(),
            tally: Tally::default(),
        };
        history.iter().for_each(|event| account.happen(event));
        account
    }

    fn happen(&mut self, event: &Event) {
        match *event {
            Event::Pass { hours } => self.now += TimeDelta::hours(hours),
            Event::Credit { kind, minutes, in_days, for_days } => {
                let effective_at = self.now + TimeDelta::days(in_days);
                let expires_at = for_days.map(|days| effective_at + TimeDelta::days(days));
                self.credit(kind, minutes, effective_at, expires_at);
                self.tally.credited += i64::from(minutes);
            }
            Event::Expire => self.expire(),
            Event::Begin { minimum } => self.interventions.push(Intervention {
                started_at: self.now,
                minimum,
                segments: Vec::new(),
                billed: 0,
                allocation: Allocation::default(),
            }),
            Event::Work { ref on, kind, micros } => {
                let started_at = self.now;
                if let Some(intervention) = pick(on, &mut self.interventions) {
                    self.now += TimeDelta::microseconds(micros);
                    intervention.segments.push(clock(kind, started_at, Some(self.now)));
                }
            }
            Event::Split { ref on, ref segment, permille } => {
                let Some(intervention) = pick(on, &mut self.interventions) else { return };
                let Some(first) = pick(segment, &mut intervention.segments) else { return };
                let (whole, started_at) = (*first, first.started_at);
                let middle =
                    started_at + (whole.ended_at.unwrap() - started_at) * i32::try_from(permille).unwrap() / 1_000;
                first.ended_at = Some(middle);
                intervention.segments.push(Segment { started_at: middle, ..whole });
            }
            Event::Contest { ref on, ref segment } => {
                let Some(intervention) = pick(on, &mut self.interventions) else { return };
                if let Some(contested) = pick(segment, &mut intervention.segments) {
                    contested.kind = SegmentKind::OurFault;
                    self.close(on.index(self.interventions.len()));
                }
            }
            Event::Close { ref on } if !self.interventions.is_empty() => self.close(on.index(self.interventions.len())),
            Event::Close { .. } => {}
            Event::Refund { ref on, permille } => self.refund(on, permille),
            Event::Dispute { ref on } => self.dispute(on),
            Event::Win { ref on } => self.win(on),
            Event::Correct { ref on, permille } => self.correct(on, permille),
        }
    }

    fn refund(&mut self, on: &Index, permille: u32) {
        let Some(grant) = pick(on, &mut self.grants).copied() else { return };
        let minutes = grant.left * permille / 1_000;
        if minutes > 0 {
            self.post(EntryKind::Refund, grant.id, None, -i64::from(minutes));
            self.tally.refunded += i64::from(minutes);
        }
    }

    /// What was used elsewhere of a grant from which nothing was taken here.
    fn correct(&mut self, on: &Index, permille: u32) {
        let Some(grant) = pick(on, &mut self.grants).copied() else { return };
        let used = grant.left * permille / 1_000;
        if used > 0 && grant.left == grant.granted {
            self.post(EntryKind::Correction, grant.id, None, -i64::from(used));
            self.tally.used_elsewhere += i64::from(used);
        }
    }

    fn dispute(&mut self, on: &Index) {
        let Some(grant) = pick(on, &mut self.grants).copied() else { return };
        if self.disputed.insert(grant.id) {
            self.freeze(grant.id, grant.left);
        }
    }

    fn freeze(&mut self, grant: GrantId, minutes: u32) {
        if minutes > 0 {
            self.post(EntryKind::Freeze, grant, None, -i64::from(minutes));
            self.tally.frozen += i64::from(minutes);
        }
    }

    fn win(&mut self, on: &Index) {
        let disputed: Vec<GrantId> = self.disputed.iter().copied().collect();
        if disputed.is_empty() {
            return;
        }
        let grant = *on.get(&disputed);
        self.disputed.remove(&grant);
        let frozen = -self
            .minutes(|entry| entry.grant == Some(grant) && matches!(entry.kind, EntryKind::Freeze | EntryKind::Thaw));
        if frozen > 0 {
            self.post(EntryKind::Thaw, grant, None, frozen);
            self.tally.frozen -= frozen;
        }
    }

    fn credit(&mut self, kind: PoolKind, minutes: u32, effective_at: DateTime<Utc>, expires_at: Option<DateTime<Utc>>) {
        let id = GrantId(i64::try_from(self.grants.len()).unwrap());
        self.grants.push(GrantBalance { id, kind, granted: minutes, left: 0, effective_at, expires_at });
        self.post(EntryKind::Grant, id, None, i64::from(minutes));
    }

    fn expire(&mut self) {
        for grant in self.grants.clone() {
            if grant.has_expired(self.now) && grant.left > 0 {
                self.post(EntryKind::Expiry, grant.id, None, -i64::from(grant.left));
                self.tally.lapsed += i64::from(grant.left);
            }
        }
    }

    fn close(&mut self, on: usize) {
        let Intervention { started_at, minimum, ref segments, ref allocation, .. } = self.interventions[on];
        let billed = bill(segments, minimum, self.now).billed;
        let postings = settle(allocation, billed, &in_drawing_order(&self.grants, started_at));
        let allocation = allocated(allocation, &postings);
        assert_eq!(allocation.total(), billed, "allocations and remainder are what is billed");
        (self.interventions[on].billed, self.interventions[on].allocation) = (billed, allocation);

        for posting in &postings {
            match *posting {
                Posting::Draw(draw) => self.post(EntryKind::Draw, draw.grant, Some(on), -i64::from(draw.minutes)),
                Posting::Return(draw) => self.post(EntryKind::Return, draw.grant, Some(on), draw.minutes.into()),
                Posting::Charge(minutes) => self.post_money(EntryKind::Charge, on, minutes.into()),
                Posting::Waive(minutes) => self.post_money(EntryKind::Waive, on, -i64::from(minutes)),
            }
        }
        if postings.iter().any(|posting| matches!(posting, Posting::Charge(_))) {
            let payers = in_drawing_order(&self.grants, started_at);
            assert!(payers.iter().all(|grant| grant.left == 0), "nobody pays for what a grant would cover");
        }
        // What returns to a disputed grant is frozen, expired or not.
        for posting in &postings {
            if let Posting::Return(draw) = *posting
                && self.disputed.contains(&draw.grant)
            {
                self.freeze(draw.grant, draw.minutes);
                if self.grant(draw.grant).has_expired(self.now) {
                    self.tally.frozen_late += i64::from(draw.minutes);
                }
            }
        }
        let undisputed: Vec<_> =
            self.grants.iter().copied().filter(|grant| !self.disputed.contains(&grant.id)).collect();
        for draw in rescued(&postings, &undisputed, self.now) {
            self.post(EntryKind::Expiry, draw.grant, None, -i64::from(draw.minutes));
            let expires_at = rescued_until(self.now, RESCUED_DAYS);
            self.credit(PoolKind::Correction, draw.minutes, self.now, Some(expires_at));
            self.tally.rescued += i64::from(draw.minutes);
        }
    }

    /// Posts a change of a grant's balance, as the database would accept it.
    fn post(&mut self, kind: EntryKind, id: GrantId, intervention: Option<usize>, minutes: i64) {
        assert_ne!(minutes, 0, "an entry changes something");
        let grant = self.grants.iter_mut().find(|grant| grant.id == id).unwrap();
        let left = i64::from(grant.left) + minutes;
        assert!((0..=i64::from(grant.granted)).contains(&left), "{id} would have {left} of {}", grant.granted);
        grant.left = u32::try_from(left).unwrap();
        self.append(Entry { kind, grant: Some(id), intervention, minutes, ..self.blank(kind) });
    }

    /// Posts a change of what is to be paid in money.
    fn post_money(&mut self, kind: EntryKind, intervention: usize, over_minutes: i64) {
        assert_ne!(over_minutes, 0, "an entry changes something");
        self.append(Entry { intervention: Some(intervention), over_minutes, ..self.blank(kind) });
    }

    fn blank(&self, kind: EntryKind) -> Entry {
        let balance_after = self.entries.last().map_or(0, |entry| entry.balance_after);
        Entry { at: self.now, kind, grant: None, intervention: None, minutes: 0, over_minutes: 0, balance_after }
    }

    fn append(&mut self, mut entry: Entry) {
        entry.balance_after += entry.minutes;
        self.entries.push(entry);
    }

    fn grant(&self, id: GrantId) -> &GrantBalance {
        self.grants.iter().find(|grant| grant.id == id).unwrap()
    }

    /// Recomputes everything from the entries alone.
    fn audit(&self) {
        let mut balance = 0;
        for (at, entry) in self.entries.iter().enumerate() {
            balance += entry.minutes;
            assert_eq!(entry.balance_after, balance, "the running balance of entry {at}");
        }
        let left: i64 = self.grants.iter().map(|grant| i64::from(grant.left)).sum();
        assert_eq!(balance, left, "the balance is what is left of all grants");

        let anew = self.tally.rescued + self.tally.frozen_late;
        assert_eq!(self.returned_too_late(), anew, "what comes back too late is credited anew, or frozen");
        assert!(
            self.grants.iter().all(|grant| grant.left == 0 || !self.disputed.contains(&grant.id)),
            "nothing disputed can be drawn"
        );
        self.grants.iter().for_each(|grant| self.audit_grant(grant));
        let allocated: i64 = (0..self.interventions.len()).map(|on| self.audit_intervention(on)).sum();

        assert_eq!(
            self.tally.credited,
            allocated + left + self.tally.lapsed + self.tally.refunded + self.tally.used_elsewhere + self.tally.frozen,
            "no minute is lost or created"
        );
    }

    fn audit_grant(&self, grant: &GrantBalance) {
        let of_grant = |kind| self.minutes(|entry| entry.grant == Some(grant.id) && entry.kind == kind);
        let drawn = -of_grant(EntryKind::Draw) - of_grant(EntryKind::Return);
        assert_eq!(of_grant(EntryKind::Grant), i64::from(grant.granted), "credited once");
        let frozen = -of_grant(EntryKind::Freeze) - of_grant(EntryKind::Thaw);
        assert!(frozen >= 0, "no more is thawed than was frozen");
        let taken = of_grant(EntryKind::Expiry) + of_grant(EntryKind::Refund) + of_grant(EntryKind::Correction);
        let gone = drawn + frozen - taken;
        assert_eq!(i64::from(grant.granted), gone + i64::from(grant.left));
    }

    /// Answers how many minutes grants pay for it.
    fn audit_intervention(&self, on: usize) -> i64 {
        let Intervention { started_at, billed, ref allocation, .. } = self.interventions[on];
        let entries = || self.entries.iter().filter(|entry| entry.intervention == Some(on));
        for draw in &allocation.draws {
            assert!(self.grant(draw.grant).is_effective(started_at), "{} was not effective", draw.grant);
            let from_grant = -self.minutes(|entry| entry.intervention == Some(on) && entry.grant == Some(draw.grant));
            assert_eq!(from_grant, i64::from(draw.minutes));
        }
        let drawn: i64 = entries().map(|entry| -entry.minutes).sum();
        let over: i64 = entries().map(|entry| entry.over_minutes).sum();
        assert_eq!((drawn, over), (allocation.from_grants().into(), allocation.remainder.into()));
        assert_eq!(drawn + over, i64::from(billed));
        drawn
    }

    /// The minutes of all entries of some sort.
    fn minutes(&self, wanted: impl Fn(&Entry) -> bool) -> i64 {
        self.entries.iter().filter(|entry| wanted(entry)).map(|entry| entry.minutes).sum()
    }

    /// Minutes that came back when their grant had expired.
    fn returned_too_late(&self) -> i64 {
        self.minutes(|entry| {
            let expires_at = entry.grant.and_then(|id| self.grant(id).expires_at);
            entry.kind == EntryKind::Return && expires_at.is_some_and(|end| end <= entry.at)
        })
    }
}

fn pick<'a, T>(index: &Index, things: &'a mut [T]) -> Option<&'a mut T> {
    (!things.is_empty()).then(|| index.get_mut(things))
}

/// Two or ten thousand histories, and something of everything in them.
#[test]
fn no_minute_is_lost_or_created() {
    let entries = RefCell::new(BTreeMap::new());
    let rescues = Cell::new(0);
    let cases = short_or_long(2_000, 10_000);
    let config = ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() };
    TestRunner::new(config)
        .run(&prop::collection::vec(any_event(), 1..100), |history| {
            let account = Account::after(&history);
            account.audit();
            account.entries.iter().for_each(|entry| *entries.borrow_mut().entry(entry.kind).or_insert(0) += 1);
            rescues.update(|count| count + u32::from(account.tally.rescued > 0));
            Ok(())
        })
        .unwrap_or_else(|fault| panic!("{fault}"));
    // What one account hands over to another is a history of two (the integration tests of merged customers).
    for kind in EntryKind::ALL.iter().filter(|kind| **kind != EntryKind::Handover) {
        assert!(entries.borrow()[kind] > cases / 10, "too few entries of kind {kind}: {entries:?}");
    }
    // About one history in twenty has one: asked is half of that, which chance does not miss.
    assert!(rescues.get() > cases / 40, "too few histories in which minutes come back too late: {rescues:?}");
}
