//! What the vendor shows of its line on its own web sites (design, Embedding).

use chrono::{DateTime, Utc};

use crate::{
    model::{
        base::{ids::RequestId, seen::Seen, terms::Urgency},
        line::{
            catalogue::{SlotChoice, WorkType},
            embed::{EMBED_BELIEVED, EmbedForm, EmbedLine, EmbedPage},
        },
        ordering::offers::offers,
        problem::Problem,
    },
    server::{
        app::{App, ReadEmbed},
        auth::Manager,
        db::{
            DbError, Tx,
            line::{catalogue, embed},
            locks::{self, Lock},
            ordering::outages,
        },
        service::ordering::availability::Availability,
    },
};

/// What is set.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn page(app: &App, _manager: &Manager) -> Result<EmbedPage, Problem> {
    let form = embed::find(&mut app.db.staff().await?).await?;
    Ok(EmbedPage { form, site: app.mail.link("") })
}

/// Sets it. Other processes know within a minute.
///
/// # Errors
/// [`Problem::Invalid`] for what is no site; [`Problem::ChangedMeanwhile`].
pub async fn save(app: &App, _manager: &Manager, typed: &EmbedForm, seen: &Seen) -> Result<(), Problem> {
    let kept = typed.check().map_err(|field| Problem::Invalid { fields: vec![field] })?;
    let mut tx = app.db.staff().await?;
    locks::take(&mut tx, Lock::Saving).await?;
    let now = embed::find(&mut tx).await?;
    seen.admit(&now.fields(), &kept.fields())?;
    embed::save(&mut tx, &kept).await?;
    tx.commit().await?;
    // What is being read meanwhile may be what was.
    let _reading = app.line.reading_embed().lock().await;
    app.line.keep_embed(None);
    Ok(())
}

/// What other sites are told, read once a minute however many ask. Who comes while it is read hears at once what was told last, and so
/// does everybody while the database is away.
///
/// # Errors
/// [`Problem::NotFound`] where nothing is shown; [`Problem::Unavailable`] when the database does not answer and nothing is known from
/// before.
pub async fn line(app: &App) -> Result<EmbedLine, Problem> {
    told(app, app.clock.now()).await?.ok_or(Problem::NotFound)
}

async fn told(app: &App, now: DateTime<Utc>) -> Result<Option<EmbedLine>, Problem> {
    let known = app.line.embed();
    if let Some(line) = believed(known.as_ref(), now) {
        return Ok(line);
    }
    let _reading = match (app.line.reading_embed().try_lock(), &known) {
        (Ok(reading), _) => reading,
        (Err(_), Some((_, line))) => return Ok(line.clone()),
        (Err(_), None) => app.line.reading_embed().lock().await,
    };
    // Whoever was waited for has read it.
    if let Some(line) = believed(app.line.embed().as_ref(), now) {
        return Ok(line);
    }
    match look_up(app, now).await {
        Ok(line) => {
            app.line.keep_embed(Some((now, line.clone())));
            Ok(line)
        }
        Err(problem) => known.map(|(_, line)| line).ok_or(problem),
    }
}

/// What was read a short while ago.
fn believed(known: Option<&ReadEmbed>, now: DateTime<Utc>) -> Option<Option<EmbedLine>> {
    let (_, line) = known.filter(|(read_at, _)| *read_at <= now && now < *read_at + EMBED_BELIEVED)?;
    Some(line.clone())
}

/// What is told now; nothing where it is not set.
async fn look_up(app: &App, now: DateTime<Utc>) -> Result<Option<EmbedLine>, Problem> {
    let mut tx = app.db.system().await?;
    let form = embed::find(&mut tx).await?;
    if !form.is_on {
        return Ok(None);
    }
    let availability = Availability::load(&mut tx, now, None::<RequestId>).await?;
    let work = shown_work(&mut tx, now).await?;
    let starts = |urgency: Urgency| -> Vec<DateTime<Utc>> {
        let asked = work.iter().filter(|work| urgency == Urgency::Normal || !work.plannable);
        let offered = asked.flat_map(|work| offers(&availability.query(work, urgency)));
        offered.map(|offer| offer.slot.start).collect()
    };
    Ok(Some(EmbedLine {
        regions: catalogue::regions(&mut tx, now).await?,
        outages: outages::known(&mut tx, None).await?.into_iter().map(|outage| outage.name).collect(),
        urgent: starts(Urgency::Urgent),
        normal: starts(Urgency::Normal),
        work_type: work.map(|work| work.name),
        calendar: availability.calendar,
        origins: form.origins.lines().map(str::to_owned).collect(),
    }))
}

/// Of which work times are shown: the first of the catalogue whose time customers pick, before those that can be planned.
async fn shown_work(tx: &mut Tx, now: DateTime<Utc>) -> Result<Option<WorkType>, DbError> {
    let all = catalogue::work_types(tx, now).await?;
    Ok(all.into_iter().find(|work| work.choice == SlotChoice::Customer))
}
