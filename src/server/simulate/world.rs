//! The world of one season: the application on a clock of its own, who acts, what stands outside, and what was done so far.

use std::{collections::BTreeMap, fmt};

use chrono::{DateTime, TimeDelta, Utc};

use super::{deeds::Deed, ground::Ground, outside::Outside, people::People};
use crate::{
    model::{base::calendar::to_local, problem::Problem},
    server::{
        app::App,
        clock::Clock,
        db::{Db, DbError},
        dice::Dice,
        random::Random,
    },
};

/// One form in so many comes to a process that dies over it, and is sent again.
const CUT_OFF: i64 = 12;
/// One in so many is sent twice, as by a double click.
const TWICE: i64 = 10;
/// One in so many is found in the browser's history much later, and sent again.
const LATE: i64 = 12;
/// The most that a browser's history remembers.
const REMEMBERED: usize = 30;
/// The most waits of a use case before its process dies.
const WAITS: i64 = 24;

/// Something that must not be: it ends the season.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fault(pub String);

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<sqlx::Error> for Fault {
    fn from(error: sqlx::Error) -> Self {
        Self(format!("the database: {error}"))
    }
}

impl From<DbError> for Fault {
    fn from(error: DbError) -> Self {
        Self(format!("the database: {error}"))
    }
}

impl From<Problem> for Fault {
    fn from(problem: Problem) -> Self {
        Self(format!("{problem:?}"))
    }
}

/// The world of one season.
pub(super) struct World {
    pub app: App,
    pub people: People,
    pub outside: Outside,
    /// A line for each deed and each bad hour.
    pub history: Vec<String>,
    counts: BTreeMap<&'static str, u64>,
    /// Forms that are still in the history of browsers.
    late: Vec<Deed>,
    /// When the upkeep last looked at what is due: each minute, and each hour.
    pub kept_up: [DateTime<Utc>; 2],
}

impl World {
    pub async fn new(ground: &Ground, seed: u64) -> anyhow::Result<Self> {
        let clock = Clock::manual(ground.begins());
        let random = Random::seeded(seed);
        let outside = Outside::open(&clock, random).await?;
        let db: Db = ground.copy().await?;
        let app = outside.app(db, clock, random)?;
        let people = People::of(&app).await?;
        let kept_up = [ground.begins(); 2];
        Ok(Self { app, people, outside, history: Vec::new(), counts: BTreeMap::new(), late: Vec::new(), kept_up })
    }

    pub fn now(&self) -> DateTime<Utc> {
        self.app.clock.now()
    }

    /// Moves the clock on; it never goes back.
    pub fn pass_until(&self, at: DateTime<Utc>) {
        self.app.clock.advance((at - self.now()).max(TimeDelta::zero()));
    }

    pub fn count(&mut self, what: &'static str) {
        *self.counts.entry(what).or_default() += 1;
    }

    pub fn counts(&self) -> Vec<(&'static str, u64)> {
        self.counts.iter().map(|(what, count)| (*what, *count)).collect()
    }

    pub fn note(&mut self, what: impl fmt::Display) {
        let at = to_local(self.now());
        self.history.push(format!("{} {what}", at.format("%F %R")));
    }

    /// What a page shows somebody; none where it is refused.
    pub async fn look<T>(&self, at: &str, page: impl Future<Output = Result<T, Problem>>) -> Result<Option<T>, Fault> {
        match page.await {
            Ok(shown) => Ok(Some(shown)),
            Err(problem) if self.is_fault(&problem) => Err(Fault(format!("{at}: {problem:?}"))),
            Err(_) => Ok(None),
        }
    }

    /// Sends a form, with all that may happen to one. Whether it was taken.
    pub async fn send(&mut self, dice: &mut Dice, deed: Deed) -> Result<bool, Fault> {
        if dice.one_in(CUT_OFF) {
            let waits = dice.below(WAITS);
            self.note(format!("{} – cut off after {waits} waits", deed.says));
            self.count("cut off");
            deed.send_in_vain(&self.app, waits).await;
        }
        let is_done = self.send_once(&deed).await?;
        if is_done && dice.one_in(TWICE) {
            self.count("sent twice");
            self.send_again(&deed).await?;
        }
        if is_done && deed.is_for_good && dice.one_in(LATE) && self.late.len() < REMEMBERED {
            self.late.push(deed);
        }
        Ok(is_done)
    }

    /// Somebody goes back in the browser to a form that was taken long ago, and sends it once more.
    pub async fn send_late(&mut self, dice: &mut Dice) -> Result<(), Fault> {
        if self.late.is_empty() {
            return Ok(());
        }
        let deed = self.late.swap_remove(dice.place(self.late.len()));
        self.count("sent late");
        self.send_again(&deed).await
    }

    async fn send_once(&mut self, deed: &Deed) -> Result<bool, Fault> {
        let outcome = deed.send(&self.app).await;
        let Some(outcome) = outcome else { return Err(Fault(format!("{}: a panic", deed.says))) };
        match outcome {
            Ok(()) => {
                self.note(&deed.says);
                self.count("done");
                Ok(true)
            }
            Err(problem) if self.is_fault(&problem) => Err(Fault(format!("{}: {problem:?}", deed.says))),
            Err(problem) => {
                self.note(format!("{} – refused: {problem}", deed.says));
                self.count("refused");
                Ok(false)
            }
        }
    }

    /// A form that was taken changes nothing when it comes again.
    async fn send_again(&mut self, deed: &Deed) -> Result<(), Fault> {
        let before = self.marks().await?;
        let again = deed.again();
        self.send_once(&again).await?;
        let after = self.marks().await?;
        if before == after { Ok(()) } else { Err(Fault(format!("{}: {before} became {after}", again.says))) }
    }

    /// How much there is of all that a form could add to.
    async fn marks(&self) -> Result<String, Fault> {
        Ok(sqlx::query_scalar(MARKS).fetch_one(self.app.db.pool()).await?)
    }

    /// Whether a refusal is one that nobody should ever read.
    fn is_fault(&self, problem: &Problem) -> bool {
        match problem {
            // Who asks the payment site in a bad hour is told to come again.
            Problem::Unavailable => !self.outside.do_cards_fail(),
            Problem::Internal { .. }
            | Problem::Malformed
            | Problem::SignInRequired
            | Problem::ConfirmRequired
            | Problem::FactorRequired
            | Problem::Forbidden { .. }
            | Problem::TooLarge
            | Problem::BuyingNotYet
            | Problem::SupplierUnconfirmed => true,
            _ => false,
        }
    }
}

const MARKS: &str = "
    select concat_ws(' ',
        (select 'requests ' || count(*) from service_request where number is not null),
        (select 'appointments ' || count(*) from appointment where state <> 'held'),
        (select 'events ' || count(*) from request_event),
        (select 'segments ' || count(*) from time_segment),
        (select 'receipts ' || count(*) from receipt),
        (select 'entries ' || count(*) from ledger_entry),
        (select 'documents ' || count(*) from tax_document),
        (select 'purchases ' || count(*) from purchase),
        (select 'payments ' || count(*) from bank_payment),
        (select 'refunds ' || count(*) from refund),
        (select 'contests ' || count(*) from contest),
        (select 'mails ' || count(*) from mail))";
