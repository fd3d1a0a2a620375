//! How the line works from a day on: changed by managers, shown what changes before it does.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use uuid::Uuid;

use crate::{
    model::{
        base::{
            calendar::{midnight, to_local},
            fields::FieldCode,
            text,
        },
        line::{
            setting_changes::{ChangePreview, ChangeState, LineSetting, LineSettingsPage, SettingValues, SettingsPage},
            settings::LineSettings,
        },
        problem::Problem,
    },
    server::{
        app::App,
        auth::Manager,
        db::{
            OnConstraint, Tx,
            line::{
                catalogue,
                setting_changes::{self, NewChange},
            },
            locks::{self, Lock},
            retrying,
        },
    },
};

/// How far ahead a change can be planned, in days.
const PLANNED_DAYS: i64 = 730;

/// What holds now, and what was and will be changed.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn page(app: &App, _manager: &Manager, page: SettingsPage) -> Result<LineSettingsPage, Problem> {
    let now = app.clock.now();
    let mut tx = app.db.staff().await?;
    Ok(LineSettingsPage {
        page,
        now: SettingValues::shown(page, &catalogue::settings(&mut tx, now).await?),
        today: to_local(now).date(),
        changes: setting_changes::of_page(&mut tx, page, now).await?,
    })
}

/// The day and the values of a change as they were typed into the form that showed `shown`.
///
/// # Errors
/// [`Problem::Invalid`] with every field that is not right; a day that has passed is none.
pub async fn check(
    app: &App,
    _manager: &Manager,
    page: SettingsPage,
    valid_from: &str,
    typed: &BTreeMap<LineSetting, String>,
    shown: &SettingValues,
) -> Result<(NaiveDate, SettingValues), Problem> {
    let now = app.clock.now();
    let from = day(valid_from, now).map_err(|code| Problem::field("valid_from", code));
    match (SettingValues::typed(page, typed, shown), from) {
        (Ok(values), Ok(from)) => {
            let mut tx = app.db.staff().await?;
            let settings = before(&mut tx, from, now).await?;
            values.check_day(&settings).map_err(|field| Problem::Invalid { fields: vec![field] })?;
            Ok((from, values))
        }
        (Err(mut fields), from) => {
            if let Err(Problem::Invalid { fields: of_day }) = from {
                fields.extend(of_day);
            }
            Err(Problem::Invalid { fields })
        }
        (Ok(_), Err(problem)) => Err(problem),
    }
}

/// The day from which on a change shall hold, as it was typed.
pub(super) fn day(typed: &str, now: DateTime<Utc>) -> Result<NaiveDate, FieldCode> {
    let typed = text::one_line(typed);
    if typed.is_empty() {
        return Err(FieldCode::Missing);
    }
    let date: NaiveDate = typed.parse().map_err(|_| FieldCode::Unknown)?;
    plannable(date, now)
}

/// A day from which on a change can hold: today, or one that is not too far ahead.
pub(super) fn plannable(date: NaiveDate, now: DateTime<Utc>) -> Result<NaiveDate, FieldCode> {
    let ahead = (date - to_local(now).date()).num_days();
    if (0..=PLANNED_DAYS).contains(&ahead) { Ok(date) } else { Err(FieldCode::OutOfRange) }
}

/// From when on a change holds: from now on, or from the first moment of a later day.
pub(super) fn instant(from: NaiveDate, now: DateTime<Utc>) -> DateTime<Utc> {
    midnight(from).max(now)
}

/// What holds from a day on as far as is known.
async fn before(tx: &mut Tx, from: NaiveDate, now: DateTime<Utc>) -> Result<LineSettings, Problem> {
    Ok(catalogue::settings_known(tx, instant(from, now), now).await?)
}

/// What a change would bring; without a day, from now on.
///
/// # Errors
/// [`Problem::NotFound`] for a day that has passed.
pub async fn preview(
    app: &App,
    _manager: &Manager,
    page: SettingsPage,
    from: Option<NaiveDate>,
    values: SettingValues,
) -> Result<ChangePreview, Problem> {
    let now = app.clock.now();
    let from = from.unwrap_or_else(|| to_local(now).date());
    plannable(from, now).map_err(|_| Problem::NotFound)?;
    let mut tx = app.db.staff().await?;
    let settings = before(&mut tx, from, now).await?;
    let starts = instant(from, now);
    let of_these = |setting: &LineSetting| values.0.contains_key(setting);
    let mut later = setting_changes::of_page(&mut tx, page, now).await?;
    later.retain(|change| {
        change.state == ChangeState::Coming && change.valid_from > starts && change.values.0.keys().any(of_these)
    });
    later.reverse();
    let changes_hours = [LineSetting::Opens, LineSetting::Closes].iter().any(of_these);
    let outside = if changes_hours {
        let time = |setting: LineSetting, holds: NaiveTime| values.clock(setting).unwrap_or(holds);
        let opens = time(LineSetting::Opens, settings.opens);
        let closes = time(LineSetting::Closes, settings.closes);
        setting_changes::outside(&mut tx, starts, opens, closes).await?
    } else {
        0
    };
    Ok(ChangePreview {
        id: app.random.uuid(),
        page,
        from,
        at_once: midnight(from) <= now,
        old: of_old(&values, &settings),
        new: values,
        later,
        outside,
    })
}

/// What the settings that a change brings would be without it.
fn of_old(values: &SettingValues, settings: &LineSettings) -> SettingValues {
    SettingValues(values.0.keys().map(|setting| (*setting, setting.of(settings))).collect())
}

/// Makes the change that was shown; the same form once more finds it made.
///
/// # Errors
/// [`Problem::Conflict`] when what was shown as holding until then does not hold any more, or nothing would change;
/// [`Problem::Invalid`] when the line would close before it opens, or the day has passed.
pub async fn make(
    app: &App,
    manager: &Manager,
    id: Uuid,
    from: NaiveDate,
    new: &SettingValues,
    shown: &SettingValues,
) -> Result<(), Problem> {
    retrying(|| async {
        let now = app.clock.now();
        let mut tx = app.db.staff().await?;
        // Of two that were shown the same, one is made and the other is shown what holds now.
        locks::take(&mut tx, Lock::LineChanges).await?;
        if setting_changes::is_made(&mut tx, id).await? {
            return Ok(());
        }
        plannable(from, now).map_err(|code| Problem::field("valid_from", code))?;
        let settings = before(&mut tx, from, now).await?;
        if of_old(new, &settings) != *shown || new.0.is_empty() {
            return Err(Problem::Conflict);
        }
        new.check_day(&settings).map_err(|field| Problem::Invalid { fields: vec![field] })?;
        let valid_from = instant(from, now);
        let change = NewChange { id, valid_from, made_at: now, made_by: manager.id(), values: new };
        setting_changes::insert(&mut tx, &change).await.on_constraints([
            ("line_opens_before_it_closes", Problem::Conflict),
            ("one_change_at_a_time", Problem::Conflict),
        ])?;
        Ok(tx.commit().await?)
    })
    .await
}

/// Withdraws a change that is still to come; one that was withdrawn is withdrawn.
///
/// # Errors
/// [`Problem::Conflict`] when its day has come, or the line would close before it opens without it.
pub async fn withdraw(app: &App, manager: &Manager, page: SettingsPage, id: Uuid) -> Result<(), Problem> {
    retrying(|| async {
        let now = app.clock.now();
        let mut tx = app.db.staff().await?;
        let withdrawn = setting_changes::withdraw(&mut tx, id, manager.id(), now)
            .await
            .on_constraint("line_opens_before_it_closes", Problem::Conflict)?;
        if !withdrawn {
            let known = setting_changes::of_page(&mut tx, page, now).await?;
            let known = known.into_iter().find(|change| change.id == id).ok_or(Problem::NotFound)?;
            return if known.state == ChangeState::Withdrawn { Ok(()) } else { Err(Problem::Conflict) };
        }
        Ok(tx.commit().await?)
    })
    .await
}
