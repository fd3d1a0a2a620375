//! Who of the vendor is told what (design, Who of us is told): of what waits at the desk, and of what customers change at agreed
//! times.

use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

use super::{
    pushes,
    standings::{self, item},
};
use crate::{
    model::{
        base::terms::Urgency,
        mails::{ChangedTime, MOST_TOLD, MailContent, WaitingItem},
        problem::Problem,
        work::{
            lanes::{QueueItem, together},
            pages::WishesPage,
            pushes::{MOST_AT_ONCE, Push},
            wishes::{Listener, TypedWishes, Ways, WishKind},
        },
    },
    server::{
        app::App,
        auth::Caller,
        db::{
            Tx,
            line::{catalogue, limits},
            mails, retrying,
            work::{
                lanes, pushes as devices, sms,
                standings::in_lanes,
                wishes::{self, ChangeForDesk, ChangeOfPlan, OwnWishes},
            },
        },
    },
};

/// How long after a customer changed a time somebody may still be told: a night of quiet, and no more.
const CHANGES_TOLD_FOR: TimeDelta = TimeDelta::hours(24);
/// How long is known what somebody was told.
const TOLD_KEPT_FOR: TimeDelta = TimeDelta::days(90);

/// What somebody wishes to be told, and on which devices.
///
/// # Errors
/// [`Problem::SignInRequired`] for a visitor.
pub async fn page(app: &App, caller: &Caller) -> Result<WishesPage, Problem> {
    let login = caller.session()?.login;
    let push_key = pushes::key(app).await?.public_text();
    let mut tx = app.db.system().await?;
    let OwnWishes { reader, wishes, phone } = wishes::of(&mut tx, login).await?.ok_or(Problem::SignInRequired)?;
    let devices = devices::devices(&mut tx, login).await?;
    let most_devices = limits::in_force(&mut tx).await?.devices;
    let phone = (app.sms.is_set_up() && !phone.is_empty()).then_some(phone);
    Ok(WishesPage { reader, wishes, devices, most_devices, push_key, phone })
}

/// Writes what somebody wishes to be told.
///
/// # Errors
/// [`Problem::Invalid`] with every field that is not right.
pub async fn save(app: &App, caller: &Caller, typed: &TypedWishes) -> Result<(), Problem> {
    let login = caller.session()?.login;
    retrying(|| async {
        let mut tx = app.db.system().await?;
        let own = wishes::of(&mut tx, login).await?.ok_or(Problem::SignInRequired)?;
        let wishes = typed.check(own.reader).map_err(|fields| Problem::Invalid { fields })?;
        wishes::save(&mut tx, login, &wishes).await?;
        tx.commit().await?;
        Ok(())
    })
    .await
}

/// Tells everybody who wishes it what began to wait and what became of agreed times, and technicians what customers changed in their
/// plan: each thing once, however many processes do it.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn tell_staff(app: &App) -> Result<(), Problem> {
    let now = app.clock.now();
    // Whom there is to tell is asked first: for nobody, at night, the queue is not read each minute.
    let listeners = wishes::listeners(&mut app.db.system().await?).await?;
    let at_desk: Vec<_> = listeners.iter().filter(|listener| listener.hears_desk(now)).collect();
    let planned: Vec<_> = listeners.iter().filter(|listener| listener.ways(WishKind::Plan, now).any()).collect();
    // The desk's own tables are not read in the system's role; and nobody waits for a second connection while holding one.
    let waiting = if at_desk.is_empty() { Vec::new() } else { waiting(app, now).await? };
    if at_desk.is_empty() && planned.is_empty() {
        return Ok(());
    }
    let mut tx = app.db.system().await?;
    if !planned.is_empty() {
        let changes = wishes::changes_of_plans(&mut tx, now - CHANGES_TOLD_FOR, now).await?;
        for listener in planned {
            tell_of_plan(&mut tx, listener, &changes, now).await?;
        }
    }
    if !at_desk.is_empty() {
        let changes = wishes::changes_for_desk(&mut tx, now - CHANGES_TOLD_FOR, now).await?;
        for listener in at_desk {
            tell_desk(&mut tx, listener, (&waiting, &changes), (now, app.random.uuid())).await?;
        }
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
    let before = app.clock.now() - TOLD_KEPT_FOR;
    wishes::forget_told(&mut tx, before).await?;
    devices::forget(&mut tx, before).await?;
    sms::forget(&mut tx, before).await?;
    tx.commit().await?;
    Ok(())
}

/// The queue as everybody sees it, what breaks first before the rest.
async fn waiting(app: &App, now: DateTime<Utc>) -> Result<Vec<QueueItem>, Problem> {
    let (mut tx, _) = standings::current(app, None, now).await?;
    let calendar = catalogue::calendar(&mut tx).await?;
    let waiting = in_lanes(&mut tx).await?;
    let cases = lanes::open_cases(&mut tx, &waiting).await?;
    let mut items = together(cases.into_iter().filter_map(|case| item(case, &calendar, now)).collect());
    items.sort_by_key(|item| item.standing);
    Ok(items)
}

/// Tells somebody of the desk what is new to them: one mail of what waits, one of what became of agreed times, and on their devices
/// each thing by itself, or how many there are.
async fn tell_desk(
    tx: &mut Tx,
    listener: &Listener,
    (waiting, changes): (&[QueueItem], &[ChangeForDesk]),
    (now, mail): (DateTime<Utc>, Uuid),
) -> Result<(), Problem> {
    let waits = waiting.iter().map(|item| (thing(item), listener.ways_of(item, now), Told::Waits(item)));
    let changed = changes.iter().map(|change| {
        let ways = ways_of_change(listener, change, now);
        (format!("changed:{}", change.event), ways, Told::Changed(&change.told))
    });
    let heard: Vec<_> = waits.chain(changed).filter(|(_, ways, _)| ways.any()).collect();
    if heard.is_empty() {
        return Ok(());
    }
    let things: Vec<_> = heard.iter().map(|(thing, ..)| thing.clone()).collect();
    let told = wishes::note_told(tx, listener.id, &things, now).await?;
    let new: Vec<_> = heard.into_iter().filter(|(thing, ..)| told.contains(thing)).collect();
    let (mut items, mut times) = (Vec::new(), Vec::new());
    for (_, _, what) in new.iter().filter(|(_, ways, _)| ways.mail) {
        match what {
            Told::Waits(item) => items.push(waiting_item(item)),
            Told::Changed(change) => times.push((*change).clone()),
        }
    }
    // That each thing is told once is written down; the keys are only these mails'.
    if let Some((items, more)) = listed(items) {
        let key = format!("desk_waits:{mail}:{}", listener.id);
        mails::to_staff(tx, listener.id, &MailContent::DeskWaits { items, more }, now, &key).await?;
    }
    if let Some((changes, more)) = listed(times) {
        let key = format!("customers_changed:{mail}:{}", listener.id);
        mails::to_staff(tx, listener.id, &MailContent::CustomersChanged { changes, more }, now, &key).await?;
    }
    let pushed: Vec<_> = new.into_iter().filter(|(_, ways, _)| ways.push).collect();
    if pushed.len() > MOST_AT_ONCE {
        let several = Push::Several { count: u32::try_from(pushed.len()).unwrap_or(u32::MAX) };
        return Ok(devices::write(tx, listener.login, &several, now, &format!("several:{mail}")).await?);
    }
    for (thing, _, what) in pushed {
        devices::write(tx, listener.login, &what.push(), now, &thing).await?;
    }
    Ok(())
}

/// What the desk is told.
#[derive(Debug, Clone, Copy)]
enum Told<'a> {
    /// Something waits.
    Waits(&'a QueueItem),
    /// Something became of an agreed time.
    Changed(&'a ChangedTime),
}

impl Told<'_> {
    fn push(self) -> Push {
        match self {
            Self::Waits(QueueItem { standing, lane, .. }) => {
                Push::Waits { number: standing.number, lane: *lane, urgency: standing.urgency }
            }
            Self::Changed(&ChangedTime { number, change, urgency, slot, .. }) => {
                Push::Changed { number, change, urgency, slot }
            }
        }
    }
}

/// By which ways somebody of the desk is told what became of an agreed time: not what they did themselves, and not what they are
/// told as its technician.
fn ways_of_change(listener: &Listener, change: &ChangeForDesk, now: DateTime<Utc>) -> Ways {
    let is_own = change.technicians.contains(&listener.id) && listener.ways(WishKind::Plan, now).any();
    match WishKind::of_change(change.told.change, change.told.urgency == Urgency::Urgent) {
        Some(kind) if !is_own && change.by != Some(listener.id) => listener.ways(kind, now),
        _ => Ways::default(),
    }
}

/// As many as one mail lists, and how many there are beside those; nothing of nothing.
fn listed<T>(mut all: Vec<T>) -> Option<(Vec<T>, u32)> {
    let more = u32::try_from(all.len().saturating_sub(MOST_TOLD)).unwrap_or(u32::MAX);
    all.truncate(MOST_TOLD);
    (!all.is_empty()).then_some((all, more))
}

/// What waits, since when: a request that comes back to a lane is another thing, and so is one that turns out to be urgent. An outage
/// is one thing as long as it lasts, whichever of its requests stands for it.
fn thing(item: &QueueItem) -> String {
    let urgent = if item.standing.urgency == Urgency::Urgent { ":urgent" } else { "" };
    if let Some((outage, _)) = &item.outage {
        return format!("outage:{}{urgent}", outage.id);
    }
    format!("{}:{}:{}{urgent}", item.standing.number, item.lane, item.standing.since.timestamp())
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

/// Tells a technician what customers changed in their plan. What comes together is sent together ([`MailContent::PlanChanged`]).
async fn tell_of_plan(
    tx: &mut Tx,
    listener: &Listener,
    changes: &[ChangeOfPlan],
    now: DateTime<Utc>,
) -> Result<(), Problem> {
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
