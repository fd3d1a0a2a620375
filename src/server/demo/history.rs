//! The past, told through the services with a clock that goes along with it: click by click in the order of time, so that the
//! account of minutes, receipts and sums follow as they would have.
//!
//! Each step does nothing when it has been done: a load that was interrupted is repeated from the start.

use anyhow::Context;
use chrono::{DateTime, Days, Months, TimeDelta, Utc};
use std::collections::HashMap;
use uuid::Uuid;

use super::{
    connections,
    ground::{Cast, agree},
    people::{CANTEEN, SCHOOL},
    plan::{Course, Job, Objection, Plan, Visit},
    subscriber,
};
use crate::{
    model::{
        base::{
            calendar::{midnight, to_local},
            numbers::{InterventionRef, RequestNumber},
            terms::Urgency,
        },
        minutes::pools::PoolKind,
        ordering::appointments::missed_by_us_from,
        work::{
            attempts::{AttemptChannel, NO_SHOW_WAIT_MINUTES},
            contests::ContestState,
            segments::SegmentKind,
        },
    },
    server::{
        app::App,
        clock::Clock,
        db::{
            line::catalogue,
            minutes::ledger::{self, NewGrant},
        },
        service::{
            minutes::billing_terms,
            ordering::drafts,
            upkeep,
            work::{attempts, clock, closing, contests, missed, receipts},
        },
    },
};

pub(super) struct History<'a> {
    app: &'a App,
    plan: &'a Plan,
    cast: &'a Cast<'a>,
    numbers: HashMap<Uuid, RequestNumber>,
    /// Appointments that were agreed, by request and start, and whether they are over.
    agreed: HashMap<(Uuid, DateTime<Utc>), bool>,
}

/// Something that somebody does.
enum Step<'a> {
    /// A quarter begins.
    Quarter,
    /// A month is over.
    Month,
    /// A bundle is bought.
    Bundle(usize, u32),
    /// Minutes are subscribed to by card.
    Subscription,
    /// The next period of them is due.
    Renewal,
    /// Another time is agreed.
    Agree(&'a Job, &'a Visit),
    /// The clock is started or switched over.
    Start(&'a Job, &'a Visit, SegmentKind),
    /// The work is closed: for good, or to be taken up again.
    Close(&'a Job, &'a Visit, bool),
    /// The technician calls in vain.
    Attempt(&'a Job, &'a Visit),
    /// The customer was not there.
    Missed(&'a Job, &'a Visit),
    /// No technician came.
    Unmet(&'a Job, &'a Visit),
    /// A member objects to a stretch.
    Object(&'a Job, &'a Objection),
    /// The objection is decided.
    Decide(&'a Job, bool, &'a str),
}

impl<'a> History<'a> {
    pub async fn new(app: &'a App, plan: &'a Plan, cast: &'a Cast<'a>) -> anyhow::Result<Self> {
        let mut tx = app.db.staff().await?;
        let rows = sqlx::query!(
            r#"select r.id, r.number as "number!", lower(a.during) as "start!",
                      a.state in ('done', 'no_show', 'missed_by_us') as "is_over!"
               from service_request r join appointment a on a.request_id = r.id
               where r.number is not null"#
        )
        .fetch_all(&mut *tx)
        .await?;
        let mut history = Self { app, plan, cast, numbers: HashMap::new(), agreed: HashMap::new() };
        for row in rows {
            history.numbers.insert(row.id, row.number.parse()?);
            history.agreed.insert((row.id, row.start), row.is_over);
        }
        Ok(history)
    }

    pub async fn run(&self) -> anyhow::Result<()> {
        for (nth, (at, step)) in self.steps().iter().enumerate() {
            let app = App { clock: Clock::manual(*at), ..self.app.clone() };
            // The same key whenever it is repeated.
            let key = Uuid::from_u64_pair(u64::MAX, nth as u64);
            self.act(&app, step, key).await.with_context(|| format!("step {nth}, {at}"))?;
        }
        self.pay_invoices().await?;
        self.freeze_estimates().await
    }

    /// Customers pay their invoices two days before they have to.
    async fn pay_invoices(&self) -> anyhow::Result<()> {
        let manager = self.cast.manager().manager()?;
        let mut tx = self.app.db.staff().await?;
        sqlx::query!(
            "with statement as (
                 insert into bank_statement (sha256, file_name, format, imported_at, staff_id, lines, incoming)
                 select sha256('demo'), 'vypis.gpc', 'gpc', $1, $2, count(*), count(*) from tax_document
                 where kind = 'invoice' and due_on - 2 <= $3
                 on conflict do nothing returning id)
             insert into bank_payment (statement_id, booked_on, amount, currency, variable_symbol, counter_name, reference,
                                       state, document_id, decided_at)
             select s.id, d.due_on - 2, d.total, 'CZK', d.number, c.name, 'demo:' || d.number, 'matched', d.id, $1
             from statement s, tax_document d join customer c on c.id = d.customer_id
             where d.kind = 'invoice' and d.due_on - 2 <= $3",
            self.plan.now,
            manager.id().0,
            to_local(self.plan.now).date()
        )
        .execute(&mut *tx)
        .await?;
        Ok(tx.commit().await?)
    }

    /// Everything up to now in the order of time.
    fn steps(&self) -> Vec<(DateTime<Utc>, Step<'a>)> {
        let mut steps = Vec::new();
        for quarter in 0..=4 {
            steps.push((midnight(self.plan.begins + Months::new(3 * quarter)), Step::Quarter));
        }
        for month in 1..=12 {
            let morning = midnight(self.plan.begins + Months::new(month)) + TimeDelta::hours(1);
            steps.push((morning, Step::Month));
        }
        let today = to_local(self.plan.now).date();
        let bundle = midnight(self.plan.begins + Months::new(6)) + TimeDelta::days(5);
        steps.push((bundle, Step::Bundle(SCHOOL, 120)));
        steps.push((midnight(today - Days::new(45)), Step::Bundle(CANTEEN, 120)));
        steps.push((midnight(today - Months::new(1)) + TimeDelta::hours(9), Step::Subscription));
        steps.push((self.plan.now, Step::Renewal));
        for job in &self.plan.jobs {
            self.steps_of(job, &mut steps);
        }
        steps.retain(|(at, _)| *at <= self.plan.now);
        steps.sort_by_key(|(at, _)| *at);
        steps
    }

    fn steps_of(&self, job: &'a Job, steps: &mut Vec<(DateTime<Utc>, Step<'a>)>) {
        let mut last_end = None;
        for visit in &job.visits {
            if let Some(end) = last_end {
                steps.push((end + TimeDelta::hours(1), Step::Agree(job, visit)));
            }
            last_end = Some(visit.end);
            match &visit.course {
                Course::Ahead => {}
                Course::Missed => {
                    for minutes in [2, 7] {
                        steps.push((visit.start + TimeDelta::minutes(minutes), Step::Attempt(job, visit)));
                    }
                    let missed = visit.start + TimeDelta::minutes(NO_SHOW_WAIT_MINUTES + 2);
                    steps.push((missed, Step::Missed(job, visit)));
                }
                Course::Unmet => steps.push((missed_by_us_from(visit.start, None), Step::Unmet(job, visit))),
                Course::Worked { stretches, finished } => {
                    let mut at = visit.start + TimeDelta::minutes(1);
                    for (kind, minutes) in stretches {
                        steps.push((at, Step::Start(job, visit, *kind)));
                        at += TimeDelta::minutes(*minutes);
                    }
                    steps.push((at, Step::Close(job, visit, *finished)));
                }
            }
        }
        if let Some(objection) = &job.objection {
            steps.push((objection.at, Step::Object(job, objection)));
            if let Some((at, accepted, answer)) = objection.decision {
                steps.push((at, Step::Decide(job, accepted, answer)));
            }
        }
    }

    async fn act(&self, app: &App, step: &Step<'_>, key: Uuid) -> anyhow::Result<()> {
        match *step {
            Step::Quarter => {
                upkeep::credit_periods(app).await?;
                upkeep::expire_grants(app, upkeep::Expired::AtAnyTime).await?;
            }
            Step::Month => upkeep::invoice_months(app).await?,
            Step::Bundle(customer, minutes) => self.bundle(app, customer, minutes).await?,
            Step::Subscription => subscriber::subscribe(app, self.cast).await?,
            Step::Renewal => subscriber::renew(app, self.cast).await?,
            Step::Agree(job, visit) => self.agree(app, job, visit).await?,
            Step::Start(_, visit, _)
            | Step::Close(_, visit, _)
            | Step::Attempt(_, visit)
            | Step::Missed(_, visit)
            | Step::Unmet(_, visit) => {
                self.work(app, step, visit, key).await?;
            }
            Step::Object(job, objection) => self.object(app, job, objection).await?,
            Step::Decide(job, accepted, answer) => self.decide(app, job, accepted, answer, key).await?,
        }
        Ok(())
    }

    async fn bundle(&self, app: &App, customer: usize, minutes: u32) -> anyhow::Result<()> {
        let now = app.clock.now();
        let mut tx = app.db.staff().await?;
        let customer = self.cast.customers[customer];
        ledger::lock(&mut tx, customer).await?;
        let grant = NewGrant {
            customer,
            kind: PoolKind::Bundle,
            minutes,
            effective_at: now,
            expires_at: Some(midnight(to_local(now).date() + Months::new(12))),
            source: &format!("demo:{customer}"),
            at: now,
            reason: "",
            covers: None,
        };
        ledger::credit(&mut tx, &grant).await?;
        Ok(tx.commit().await?)
    }

    async fn agree(&self, app: &App, job: &Job, visit: &Visit) -> anyhow::Result<()> {
        if self.agreed.contains_key(&(job.request, visit.start)) {
            return Ok(());
        }
        let mut tx = app.db.staff().await?;
        agree(&mut tx, self.cast, job, visit, app.clock.now()).await?;
        Ok(tx.commit().await?)
    }

    /// A step of a technician; what is over is not repeated.
    async fn work(&self, app: &App, step: &Step<'_>, visit: &Visit, key: Uuid) -> anyhow::Result<()> {
        let technician = self.cast.technician(visit.technician).technician()?;
        match *step {
            Step::Start(job, ..)
            | Step::Close(job, ..)
            | Step::Attempt(job, _)
            | Step::Missed(job, _)
            | Step::Unmet(job, _)
                if self.agreed.get(&(job.request, visit.start)) == Some(&true) => {}
            Step::Start(job, _, kind) => clock::start(app, &technician, self.number(job)?, Some(kind), key).await?,
            Step::Close(job, _, finished) => {
                if connections::differs(self.plan, job, |member| self.cast.examples.customer_of(member)) {
                    let mut tx = app.db.staff().await?;
                    connections::around_the_clock(&mut tx, job, visit, app.clock.now()).await?;
                    tx.commit().await?;
                }
                let report = if finished { self.cast.examples.work[job.work_type].told.report } else { UNFINISHED };
                closing::close(app, &technician, self.number(job)?, report, Some(finished), key).await?;
            }
            Step::Attempt(job, _) => {
                let channel = Some(AttemptChannel::Phone);
                attempts::note(app, &technician, self.number(job)?, channel, "Nikdo to nebere.", key).await?;
            }
            Step::Missed(job, _) => attempts::call_missed(app, &technician, self.number(job)?, key).await?,
            Step::Unmet(job, _) => {
                let mut tx = app.db.staff().await?;
                connections::without_a_clock(&mut tx, job, visit).await?;
                tx.commit().await?;
                missed::note(app, self.number(job)?).await?;
            }
            _ => {}
        }
        Ok(())
    }

    async fn object(&self, app: &App, job: &Job, objection: &Objection) -> anyhow::Result<()> {
        let caller = self.cast.member(job.member);
        let name = self.receipt(job)?;
        let page = receipts::page(app, &caller, name).await?;
        let segment = page.receipt.segments.get(objection.stretch).map(|segment| segment.id);
        Ok(contests::add(app, &caller.member()?, name, segment, objection.reason).await?)
    }

    async fn decide(&self, app: &App, job: &Job, accepted: bool, answer: &str, key: Uuid) -> anyhow::Result<()> {
        let manager = self.cast.manager();
        let page = receipts::page(app, &manager, self.receipt(job)?).await?;
        let contest = page.contests.first().context("no objection")?.id;
        let state = if accepted { ContestState::Accepted } else { ContestState::Rejected };
        Ok(contests::decide(app, &manager.desk()?, contest, Some(state), "", answer, key).await?)
    }

    fn number(&self, job: &Job) -> anyhow::Result<RequestNumber> {
        self.numbers.get(&job.request).copied().context("a request without a number")
    }

    fn receipt(&self, job: &Job) -> anyhow::Result<InterventionRef> {
        Ok(InterventionRef { number: self.number(job)?, ordinal: 1 })
    }

    /// What each request that is still ahead will take, frozen as with any order.
    async fn freeze_estimates(&self) -> anyhow::Result<()> {
        let mut tx = self.app.db.staff().await?;
        let work_types = catalogue::work_types(&mut tx, self.app.clock.now()).await?;
        for job in &self.plan.jobs {
            let Some(Visit { start, course: Course::Ahead, .. }) = job.visits.last() else {
                continue;
            };
            let customer = self.cast.customer_of(job.member);
            let work_type = work_types
                .iter()
                .find(|known| known.name.cs == self.cast.examples.work[job.work_type].kind.name.0)
                .context("a kind of work that is not in the catalogue")?;
            let now = self.app.clock.now();
            let terms = billing_terms::terms(&mut tx, customer, *start, now).await?;
            let urgency = if job.is_urgent { Urgency::Urgent } else { Urgency::Normal };
            let estimate = drafts::estimate_of(work_type, urgency, &terms, terms.ceiling_minutes);
            sqlx::query!(
                "update service_request set estimate = $2 where id = $1",
                job.request,
                serde_json::to_value(&estimate)?
            )
            .execute(&mut *tx)
            .await?;
        }
        Ok(tx.commit().await?)
    }
}

const UNFINISHED: &str = "Příčinu jsme našli, opravu dokončíme při dalším spojení.";
