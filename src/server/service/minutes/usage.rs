//! What is left and where it went.

use chrono::{DateTime, Datelike, Days, Months, NaiveDate, TimeDelta, Utc};

use super::billing_terms;
use crate::{
    model::{
        base::{
            bilingual::Bilingual,
            calendar::{BusinessCalendar, last_day, midnight, to_local},
            money::Money,
            paging::Page,
        },
        minutes::{
            alerts,
            billing_terms::billing_terms,
            outlook::Outlook,
            pages::{Statement, UsageBar, UsageExport, UsageFilter, UsageList, UsageRow, UsageSlice},
            pools::{Pool, reserve, sort_pools},
            usage::{BurnDown, Course, DayDraw, PACE_DAYS, Pace, StatementSpan, course, statement_period},
        },
        money::pages::UsagePage,
        people::members::Capability,
        problem::Problem,
    },
    server::{
        app::App,
        auth::BillingViewer,
        db::{
            line::catalogue,
            minutes::{
                ledger,
                usage::{self, Asked, MonthSum, Used},
            },
            people::customers,
        },
        service::{
            money::bundles::{MONTHS, advise, summed_since},
            plausible,
        },
    },
};

/// How far ahead minutes are shown that never expire.
const SHOWN_WITHOUT_END: Days = Days::new(90);
/// How much is shown of what is credited next.
const SHOWN_OF_NEXT: Days = Days::new(30);
/// How many interventions the usage page shows.
const LATEST: usize = 8;
/// How many a page of the list shows.
const PAGE: usize = 25;

/// `/usage`.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn page(app: &App, viewer: &BillingViewer) -> Result<UsagePage, Problem> {
    let customer = viewer.customer();
    let now = app.clock.now();
    let today = to_local(now).date();
    let mut tx = app.db.member(customer).await?;
    let (settings, calendar) = catalogue::rules(&mut tx, now).await?;
    let (all_pools, outlook) = billing_terms::account(&mut tx, customer, None, now).await?;
    let terms = billing_terms(&outlook, &settings, now);
    let (mut pools, upcoming): (Vec<Pool>, Vec<Pool>) =
        all_pools.into_iter().partition(|pool| pool.effective_at <= now);
    sort_pools(&mut pools);
    reserve(&mut pools, terms.reserved);
    let since = summed_since(today);
    let asked = Asked {
        since,
        today,
        pace_from: today - Days::new(PACE_DAYS.unsigned_abs()),
        steps_from: pools.first().map(|leading| burnt_since(leading, today)),
        before: now + TimeDelta::days(1),
    };
    let Used { sums, first, bundles, draws, balances, latest } = usage::used(&mut tx, customer, &asked, LATEST).await?;
    Ok(UsagePage {
        alert: alerts::standing(&pools, now),
        burn_down: burn_down(&pools, (&draws, balances), &outlook, &calendar, today),
        by_month: months(&sums, since, today),
        by_program: bars(&sums, |sum| (UsageSlice::Program(sum.program.0), &sum.program.1)),
        by_work_type: bars(&sums, |sum| (UsageSlice::WorkType(sum.work_type.0), &sum.work_type.1)),
        by_member: bars(&sums, |sum| (UsageSlice::Member(sum.member.0), &sum.member.1)),
        latest: UsageList {
            filter: UsageFilter::default(),
            filter_names: Vec::new(),
            more: latest.next,
            rows: latest.rows,
        },
        rates: terms.rates,
        advice: advise(&outlook, (&sums, first), &settings, &bundles),
        has_contract: terms.has_contract,
        may_buy: viewer.may(Capability::Buy),
        reserved_over: outlook.reserved_over(),
        pools,
        upcoming,
        today,
    })
}

/// What can be drawn now, in drawing order, how much of it nothing agreed needs, and how much what is agreed needs beyond it.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn balance(app: &App, viewer: &BillingViewer) -> Result<(Vec<Pool>, u32, u32), Problem> {
    let (customer, now) = (viewer.customer(), app.clock.now());
    let mut tx = app.db.member(customer).await?;
    let settings = catalogue::settings(&mut tx, now).await?;
    let (mut pools, outlook) = billing_terms::account(&mut tx, customer, None, now).await?;
    let terms = billing_terms(&outlook, &settings, now);
    pools.retain(|pool| pool.effective_at <= now);
    sort_pools(&mut pools);
    reserve(&mut pools, terms.reserved);
    Ok((pools, terms.free(), outlook.reserved_over()))
}

/// Since when it is shown how the account went down: since the earliest of today's contract pools, or within a year.
fn burnt_since(leading: &Pool, today: NaiveDate) -> NaiveDate {
    to_local(leading.effective_at).date().max(today - Months::new(12))
}

/// How the account went down, and where that leads: to the end of the leading pool, and on until a while after what is credited next.
fn burn_down(
    pools: &[Pool],
    (draws, mut steps): (&[DayDraw], Vec<(NaiveDate, u32)>),
    outlook: &Outlook,
    calendar: &BusinessCalendar,
    today: NaiveDate,
) -> Option<BurnDown> {
    let leading = pools.first()?;
    let from = burnt_since(leading, today);
    let ends = leading.expires_at.map_or(today + SHOWN_WITHOUT_END, last_day);
    let ahead = outlook.credits().iter().map(|credit| credit.effective_at).filter(|from| *from > outlook.now());
    let next = ahead.min().map(|from| to_local(from).date() + SHOWN_OF_NEXT);
    let until = ends.max(next.unwrap_or(ends)).clamp(today, today + Months::new(12));
    // What has expired but is not posted yet is no longer there today.
    if let Some(last) = steps.last_mut() {
        last.1 = pools.iter().map(|pool| pool.left).sum();
    }
    steps.dedup_by_key(|step| step.1);
    let pace = Pace::of(draws, today, calendar);
    let Course { points, turns, forecast } =
        course(outlook.credits(), outlook.reservations(), pace.as_ref(), (today, until), calendar);
    Some(BurnDown { from, until, today, steps, ahead: points, turns, forecast })
}

/// One bar per month of the span, those without use included.
fn months(sums: &[MonthSum], since: NaiveDate, today: NaiveDate) -> Vec<UsageBar> {
    let months = (0..MONTHS).filter_map(|ahead| since.checked_add_months(Months::new(ahead)));
    months
        .take_while(|month| *month <= today)
        .map(|month| {
            let mut bar = empty_bar(UsageSlice::Month(month), Bilingual::default());
            sums.iter().filter(|sum| sum.month == month).for_each(|sum| add(&mut bar, sum));
            bar
        })
        .collect()
}

/// One bar per thing that `slice` names, the most used first.
fn bars(sums: &[MonthSum], slice: impl Fn(&MonthSum) -> (UsageSlice, &Bilingual)) -> Vec<UsageBar> {
    let mut bars: Vec<UsageBar> = Vec::new();
    for sum in sums {
        let (slice, name) = slice(sum);
        match bars.iter_mut().find(|bar| bar.slice == slice) {
            Some(bar) => add(bar, sum),
            None => {
                let mut bar = empty_bar(slice, name.clone());
                add(&mut bar, sum);
                bars.push(bar);
            }
        }
    }
    bars.sort_by(|one, other| other.minutes.cmp(&one.minutes).then_with(|| one.name.cmp(&other.name)));
    bars
}

fn empty_bar(slice: UsageSlice, name: Bilingual) -> UsageBar {
    UsageBar { slice, name, interventions: 0, minutes: 0, over_minutes: 0, amount: Money::ZERO }
}

fn add(bar: &mut UsageBar, sum: &MonthSum) {
    bar.interventions += sum.interventions;
    bar.minutes += sum.minutes;
    bar.over_minutes += sum.over_minutes;
    bar.amount = bar.amount + sum.amount;
}

/// Interventions, the newest first; `before` continues a former page.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn list(
    app: &App,
    viewer: &BillingViewer,
    filter: UsageFilter,
    before: Option<i64>,
) -> Result<UsageList, Problem> {
    filter.month.map(plausible).transpose()?;
    let (customer, now) = (viewer.customer(), app.clock.now());
    let span = match filter.month.map(first_of_month) {
        Some(month) => (midnight(month), midnight(month.checked_add_months(Months::new(1)).unwrap_or(month))),
        // The span of the bars that lead here.
        None if filter != UsageFilter::default() => {
            (midnight(summed_since(to_local(now).date())), now + TimeDelta::days(1))
        }
        None => (DateTime::<Utc>::UNIX_EPOCH, now + TimeDelta::days(1)),
    };
    let mut tx = app.db.member(customer).await?;
    let page = usage::interventions(&mut tx, customer, &filter, span, before, PAGE).await?;
    Ok(UsageList {
        filter,
        filter_names: if filter == UsageFilter::default() {
            Vec::new()
        } else {
            usage::names(&mut tx, customer, &filter).await?
        },
        more: page.next,
        rows: page.rows,
    })
}

/// Interventions that began on the days from one to another, the newest first; `before` continues a former page.
///
/// # Errors
/// [`Problem::NotFound`] for days that the calendar does not know.
pub async fn between(
    app: &App,
    viewer: &BillingViewer,
    (from, until): (NaiveDate, NaiveDate),
    before: Option<i64>,
) -> Result<Page<UsageRow, i64>, Problem> {
    let (first, last) = (plausible(from)?, plausible(until)?);
    let span = (midnight(first), midnight(last.succ_opt().unwrap_or(last)));
    let mut tx = app.db.member(viewer.customer()).await?;
    Ok(usage::interventions(&mut tx, viewer.customer(), &UsageFilter::default(), span, before, PAGE).await?)
}

/// The account's entries of the period in which `date` lies.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn statement(
    app: &App,
    viewer: &BillingViewer,
    span: StatementSpan,
    date: Option<NaiveDate>,
) -> Result<Statement, Problem> {
    let customer = viewer.customer();
    let now = app.clock.now();
    let today = to_local(now).date();
    let (from, until) = statement_period(span, plausible(date.unwrap_or(today))?.min(today));
    let end = until.succ_opt().unwrap_or(until);
    let mut tx = app.db.member(customer).await?;
    let first = ledger::first_entry(&mut tx, customer).await?.map(|at| to_local(at).date());
    let opening = ledger::balance_before(&mut tx, customer, midnight(from)).await?;
    let entries = ledger::entries(&mut tx, customer, midnight(from), midnight(end)).await?;
    Ok(Statement {
        span,
        from,
        until,
        earlier: from.pred_opt().filter(|_| first.is_some_and(|first| first < from)),
        later: Some(end).filter(|end| *end <= today),
        opening,
        closing: entries.last().map_or(opening, |entry| entry.balance_after),
        entries,
    })
}

/// Everything of one year, to take home.
///
/// # Errors
/// [`Problem::NotFound`] for a year that the calendar does not know.
pub async fn export(app: &App, viewer: &BillingViewer, year: i32) -> Result<UsageExport, Problem> {
    let customer = viewer.customer();
    let first_day = |year| NaiveDate::from_ymd_opt(year, 1, 1).ok_or(Problem::NotFound).and_then(plausible);
    let (from, end) = (first_day(year)?, first_day(year.saturating_add(1))?);
    let span = (midnight(from), midnight(end));
    let mut tx = app.db.member(customer).await?;
    let name = customers::facts(&mut tx, customer).await?.ok_or(Problem::NotFound)?.name;
    let found = usage::interventions(&mut tx, customer, &UsageFilter::default(), span, None, usize::MAX).await?;
    let statement = ledger::entries(&mut tx, customer, span.0, span.1).await?;
    Ok(UsageExport {
        customer: name,
        from,
        until: end.pred_opt().unwrap_or(end),
        rows: found.rows.into_iter().rev().collect(),
        statement,
    })
}

fn first_of_month(date: NaiveDate) -> NaiveDate {
    date.with_day(1).unwrap_or(date)
}
