//! What the customer says shortly before the agreed time, by the link of a mail and without signing in (design, Readiness). Opening the
//! link changes nothing: programs that look into mails open links, too.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::missed;
use crate::{
    model::{
        base::ids::StaffId,
        mails::{MailContent, MailedLink},
        ordering::{
            appointments::{Change, may_change},
            offers::{Slot, free_technicians},
            requests::RequestEvent,
            timeline::TimelineKind,
        },
        problem::Problem,
        work::readiness::{ASKED_AHEAD, JUST_AGREED, ReadinessPage, ReadyAnswer, Stands, later, may_be_later, stands},
    },
    server::{
        app::App,
        auth::{Orderer, tokens::Token},
        db::{
            Tx, installation,
            line::catalogue,
            mails::{self, reminders},
            ordering::{conversations as talked_of, requests::page::RequestRow, timeline},
            retrying,
            work::{
                readiness::{self, Linked},
                remote_sessions,
            },
        },
        mail::{Locale, call_me},
        service::ordering::{
            availability::Availability,
            conversations,
            requests::{self, Agreement},
        },
    },
};

/// Asks whoever ordered it whether everything is ready, half an hour before each agreed time: once, however many processes do it.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn ask(app: &App) -> Result<(), Problem> {
    let now = app.clock.now();
    let mut tx = app.db.system().await?;
    for due in reminders::soon(&mut tx, now, now + ASKED_AHEAD, JUST_AGREED).await? {
        let id = app.random.uuid();
        if !readiness::add_link(&mut tx, id, &due).await? {
            continue;
        }
        let link = MailedLink { id, until: due.appointment.slot.end, secret: String::new() };
        let computers = readiness::computers(&mut tx, due.request).await?;
        let session = remote_sessions::link(&mut tx, due.request, now).await?;
        let key = format!("soon:{}", due.id);
        let content = MailContent::Soon { appointment: due.appointment, computers, session, link };
        mails::to_member(&mut tx, due.member, &content, now, &key).await?;
    }
    Ok(tx.commit().await?)
}

/// What the page of a link shows.
///
/// # Errors
/// [`Problem::NotFound`] for one that was never mailed.
pub async fn page(app: &App, link: Uuid, secret: &str) -> Result<ReadinessPage, Problem> {
    let (mut tx, linked) = open(app, link, secret).await?;
    let now = app.clock.now();
    let stands = stands_now(&linked, now);
    // A link that is over tells nothing more of who sits where.
    let computers = match stands {
        Stands::Over => Vec::new(),
        Stands::Ahead | Stands::Running => readiness::computers(&mut tx, linked.request).await?,
    };
    // It is over with the time by itself.
    let session = remote_sessions::link(&mut tx, linked.request, now).await?.filter(|_| stands != Stands::Over);
    let unless_over = |text: String| if stands == Stands::Over { String::new() } else { text };
    drop(tx);
    let time = linked.time.filter(|_| stands != Stands::Over);
    let (may_be_later, may_move) =
        if stands == Stands::Ahead { changes(app, &linked, now).await? } else { (false, false) };
    Ok(ReadinessPage {
        link,
        secret: secret.to_owned(),
        number: linked.number,
        program: linked.program,
        contact_name: unless_over(linked.contact_name),
        contact_phone: unless_over(linked.contact_phone),
        computers,
        session,
        slot: time.map(|time| time.slot),
        answer: time.and_then(|time| time.answer),
        stands,
        may_be_later,
        may_move,
        line_phone: linked.line_phone,
    })
}

/// Keeps what the customer says. Whoever wants to be called says so in the conversation as well: there it waits for an answer, and
/// the technician is told.
///
/// # Errors
/// [`Problem::Conflict`] when the time is not ahead any more; [`Problem::NotFound`].
pub async fn say(
    app: &App,
    (link, secret): (Uuid, &str),
    answer: ReadyAnswer,
    (locale, key): (Locale, Uuid),
) -> Result<(), Problem> {
    let now = app.clock.now();
    let (mut tx, linked) = open(app, link, secret).await?;
    let time = linked.time.filter(|_| stands_now(&linked, now) == Stands::Ahead).ok_or(Problem::Conflict)?;
    if time.answer != Some(answer) && !readiness::say(&mut tx, &linked, time.id, answer, now).await? {
        return Err(Problem::Conflict);
    }
    tx.commit().await?;
    if answer == ReadyAnswer::CallMe {
        let message = call_me(locale, &linked.contact_phone);
        let orderer = Orderer::unsigned(linked.member, linked.customer);
        // Under the form's key: what died between the two is done when the form comes again.
        conversations::write(app, &orderer, linked.number, &message, &[], key).await?;
    }
    Ok(())
}

/// Makes the agreed time a quarter of an hour later, if its technician is free for that.
///
/// * `shown` – when it was to begin as the page showed it
///
/// # Errors
/// [`Problem::SlotTaken`] when the technician is not; [`Problem::Change`]; [`Problem::Conflict`] when the time is another one by now.
pub async fn be_later(app: &App, (link, secret): (Uuid, &str), shown: DateTime<Utc>, key: Uuid) -> Result<(), Problem> {
    let (tx, linked) = open(app, link, secret).await?;
    drop(tx);
    let orderer = Orderer::unsigned(linked.member, linked.customer);
    let is_ahead = |now| stands_now(&linked, now) == Stands::Ahead;
    let slot = retrying(|| async {
        let now = app.clock.now();
        missed::make_room(app).await?;
        let (mut tx, row, state) = requests::lock(app, &orderer, linked.number, now).await?;
        if timeline::is_done(&mut tx, row.id, key).await? {
            return Ok(row.summary.slot);
        }
        let agreed = row.agreed.filter(|agreed| agreed.start == shown && is_ahead(now)).ok_or(Problem::Conflict)?;
        let state = state.after(RequestEvent::Move)?;
        let availability = Availability::load(&mut tx, now, row.id).await?;
        let settings = catalogue::settings(&mut tx, agreed.agreed_at).await?;
        may_be_later(&settings, now, &agreed)?;
        let (slot, technician) = room(&mut tx, &row, &availability).await?.ok_or(Problem::SlotTaken)?;
        let slot = requests::take_with(&mut tx, &row, now, slot, &[technician]).await?;
        let agreement = Agreement { state, kind: TimelineKind::Moved, slot, moves: 1, key };
        requests::note_agreed(&mut tx, &orderer, &row, &availability, &agreement).await?;
        tx.commit().await?;
        Ok(Some(slot))
    })
    .await?;
    // The link goes with the time. Where this is lost, it is good until the time ends that was.
    if let Some(slot) = slot {
        let mut tx = app.db.system().await?;
        readiness::extend_link(&mut tx, link, slot.end).await?;
        tx.commit().await?;
    }
    Ok(())
}

/// Whether the agreed time can be a quarter of an hour later, and whether another one can be picked in its place.
async fn changes(app: &App, linked: &Linked, now: DateTime<Utc>) -> Result<(bool, bool), Problem> {
    let orderer = Orderer::unsigned(linked.member, linked.customer);
    let mut tx = app.db.member(linked.customer).await?;
    let row = requests::find(&mut tx, &orderer, linked.number, now).await?;
    let Some(agreed) = row.agreed else { return Ok((false, false)) };
    let settings = catalogue::settings(&mut tx, agreed.agreed_at).await?;
    let availability = Availability::load(&mut tx, now, row.id).await?;
    let may_move = may_change(&availability.calendar, &settings, now, &agreed, Change::Move).is_ok();
    let is_later = may_be_later(&settings, now, &agreed).is_ok() && room(&mut tx, &row, &availability).await?.is_some();
    Ok((is_later, may_move))
}

/// The time of a request a quarter of an hour later, and who comes then as now; none where that technician has something else.
async fn room(tx: &mut Tx, row: &RequestRow, availability: &Availability) -> Result<Option<(Slot, StaffId)>, Problem> {
    let Some((agreed, technician)) = row.agreed.zip(talked_of::technician(tx, row.id).await?) else { return Ok(None) };
    let work_type = requests::work_type(tx, row, availability.now).await?;
    let slot = later(agreed.start, work_type.slot_minutes);
    let free = free_technicians(&availability.query(&work_type, agreed.urgency), slot.start);
    Ok(free.contains(&technician).then_some((slot, technician)))
}

fn stands_now(linked: &Linked, now: DateTime<Utc>) -> Stands {
    stands(linked.time.map(|time| (time.state, time.slot)), linked.good_until, now)
}

/// What a link is about, for whoever has its secret.
async fn open(app: &App, link: Uuid, secret: &str) -> Result<(Tx, Linked), Problem> {
    let given = Token::parse(secret).ok_or(Problem::NotFound)?;
    let mut tx = app.db.system().await?;
    let key = installation::key(&mut tx).await?;
    // The hashes: how long they are compared tells nothing of the secret.
    if Token::of_link(&key, link).hash() != given.hash() {
        return Err(Problem::NotFound);
    }
    let linked = readiness::find(&mut tx, link, app.clock.now()).await?.ok_or(Problem::NotFound)?;
    Ok((tx, linked))
}
