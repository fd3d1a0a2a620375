//! What nobody asks for at the time when it is due. Each chore is idempotent: any number of processes may do it at once.

use chrono::{DateTime, NaiveTime, Utc};

use crate::{
    model::{
        appointments::change_deadline,
        calendar::{BusinessCalendar, from_local, to_local},
        line::LineSettings,
        mails::MailContent,
        problem::Problem,
    },
    server::{
        app::App,
        db::{Tx, catalogue, mails, reminders},
    },
};

/// Does every chore that is due. Called each minute.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer; the next call makes up for it.
pub async fn tick(app: &App) -> Result<(), Problem> {
    let now = app.clock.now();
    let mut tx = app.db.system().await?;
    let settings = catalogue::settings(&mut tx).await?;
    let calendar = settings.calendar(catalogue::closures(&mut tx).await?);
    write_reminders(&mut tx, &settings, &calendar, now).await?;
    tx.commit().await?;
    Ok(())
}

/// Reminds of agreed times on the working day before, from its opening on. A time that was agreed on that very day needs no
/// reminder.
async fn write_reminders(
    tx: &mut Tx,
    settings: &LineSettings,
    calendar: &BusinessCalendar,
    now: DateTime<Utc>,
) -> Result<(), Problem> {
    let local = to_local(now);
    let today = local.date();
    if !calendar.is_working_day(today) || local.time() < settings.opens {
        return Ok(());
    }
    let midnight = |date| from_local(date, NaiveTime::MIN);
    let tomorrow = today.succ_opt().unwrap_or(today);
    // Up to the next working day, so that a time agreed for a closed day in between is not forgotten.
    let next = calendar.add_working_days(today, 1);
    let until = next.succ_opt().unwrap_or(next);
    for reminder in reminders::due(tx, midnight(today), midnight(tomorrow), midnight(until)).await? {
        let mut appointment = reminder.appointment;
        appointment.change_deadline =
            Some(change_deadline(calendar, settings, appointment.slot.start, reminder.urgency));
        let key = format!("reminder:{}:{}", reminder.request, appointment.sequence);
        mails::to_member(tx, reminder.member, &MailContent::Reminder(appointment), now, &key).await?;
    }
    Ok(())
}
