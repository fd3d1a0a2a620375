//! Who of the vendor is told what by mail (design, Who of us is told): of what waits at the desk, and of what customers change in
//! technicians' plans.

use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

use super::lanes::item;
use crate::{
    model::{
        mails::{MailContent, WaitingItem},
        problem::Problem,
        work::{
            lanes::{QueueItem, together},
            wishes::{Listener, TypedWishes, WishKind, WishesPage},
        },
    },
    server::{
        app::App,
        auth::Staff,
        db::{
            Tx,
            line::catalogue,
            mails, retrying,
            work::{
                lanes,
                wishes::{self, ChangeOfPlan},
            },
        },
    },
};

/// How long after a customer changed a plan its technician may still be told: a night of quiet, and no more.
const PLANS_TOLD_FOR: TimeDelta = TimeDelta::hours(24);
/// How long is known what somebody was told.
const TOLD_KEPT_FOR: TimeDelta = TimeDelta::days(90);

/// What somebody wishes to be told.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn page(app: &App, staff: &Staff) -> Result<WishesPage, Problem> {
    let mut tx = app.db.system().await?;
    let listener = wishes::listeners(&mut tx, Some(staff.id())).await?.pop().ok_or(Problem::NotFound)?;
    Ok(WishesPage { roles: listener.roles, wishes: listener.wishes })
}

/// Writes what somebody wishes to be told.
///
/// # Errors
/// [`Problem::Invalid`] with every field that is not right.
pub async fn save(app: &App, staff: &Staff, typed: &TypedWishes) -> Result<(), Problem> {
    let wishes = typed.check().map_err(|fields| Problem::Invalid { fields })?;
    retrying(|| async {
        let mut tx = app.db.staff().await?;
        wishes::save(&mut tx, staff.id(), &wishes).await?;
        tx.commit().await?;
        Ok(())
    })
    .await
}

/// Tells everybody who wishes it what began to wait, and what customers changed in their plan: each thing once, however many
/// processes do it, and all that is new to somebody in one mail.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn tell(app: &App) -> Result<(), Problem> {
    let now = app.clock.now();
    // The desk's own tables are not read in the system's role; and nobody waits for a second connection while holding one.
    let waiting = waiting(&mut app.db.staff().await?, now).await?;
    let mut tx = app.db.system().await?;
    let listeners = wishes::listeners(&mut tx, None).await?;
    let hears = |kind| listeners.iter().any(|listener| listener.hears(kind, now));
    let changes = if hears(WishKind::Plan) {
        wishes::changes_of_plans(&mut tx, now - PLANS_TOLD_FOR, now).await?
    } else {
        Vec::new()
    };
    for listener in &listeners {
        tell_what_waits(&mut tx, listener, &waiting, (now, app.random.uuid())).await?;
        tell_of_plan(&mut tx, listener, &changes, now).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// Forgets what somebody was told long ago.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn sweep(app: &App) -> Result<(), Problem> {
    let mut tx = app.db.system().await?;
    wishes::forget_told(&mut tx, app.clock.now() - TOLD_KEPT_FOR).await?;
    tx.commit().await?;
    Ok(())
}

/// The queue as everybody sees it, what breaks first before the rest.
async fn waiting(tx: &mut Tx, now: DateTime<Utc>) -> Result<Vec<QueueItem>, Problem> {
    let calendar = catalogue::calendar(tx).await?;
    let cases = lanes::open_cases(tx, None, now).await?;
    let mut items = together(cases.into_iter().filter_map(|case| item(case, &calendar, now)).collect());
    items.sort_by_key(|item| item.standing);
    Ok(items)
}

async fn tell_what_waits(
    tx: &mut Tx,
    listener: &Listener,
    waiting: &[QueueItem],
    (now, mail): (DateTime<Utc>, Uuid),
) -> Result<(), Problem> {
    let heard: Vec<_> = waiting.iter().filter(|item| listener.hears_of(item, now)).collect();
    if heard.is_empty() {
        return Ok(());
    }
    let things: Vec<_> = heard.iter().map(|item| thing(item)).collect();
    let new = wishes::note_told(tx, listener.id, &things, now).await?;
    let items: Vec<_> = heard.into_iter().filter(|item| new.contains(&thing(item))).map(waiting_item).collect();
    if items.is_empty() {
        return Ok(());
    }
    // That each thing is told once is written down; the key is only this mail's.
    let key = format!("desk_waits:{mail}:{}", listener.id);
    mails::to_staff(tx, listener.id, &MailContent::DeskWaits { items }, now, &key).await?;
    Ok(())
}

/// What waits, since when: a request that comes back to a lane is another thing.
fn thing(item: &QueueItem) -> String {
    format!("{}:{}:{}", item.standing.number, item.lane, item.standing.since.timestamp())
}

fn waiting_item(item: &QueueItem) -> WaitingItem {
    WaitingItem {
        number: item.standing.number,
        lane: item.lane,
        urgency: item.standing.urgency,
        customer: item.customer.clone(),
        program: item.program.clone(),
        work_type: item.work_type.clone(),
        due: item.standing.due,
    }
}

async fn tell_of_plan(
    tx: &mut Tx,
    listener: &Listener,
    changes: &[ChangeOfPlan],
    now: DateTime<Utc>,
) -> Result<(), Problem> {
    if !listener.hears(WishKind::Plan, now) {
        return Ok(());
    }
    let own: Vec<_> = changes.iter().filter(|change| change.technician == listener.id).collect();
    let things: Vec<_> = own.iter().map(|change| plan_thing(change)).collect();
    let new = wishes::note_told(tx, listener.id, &things, now).await?;
    for change in own.into_iter().filter(|change| new.contains(&plan_thing(change))) {
        let content = MailContent::VisitPlanned {
            number: change.number,
            customer: change.customer.clone(),
            slot: change.slot,
            is_theirs: change.is_theirs,
        };
        let key = format!("{}:{}", plan_thing(change), listener.id);
        mails::to_staff(tx, listener.id, &content, now, &key).await?;
    }
    Ok(())
}

fn plan_thing(change: &ChangeOfPlan) -> String {
    format!("plan:{}", change.what)
}
