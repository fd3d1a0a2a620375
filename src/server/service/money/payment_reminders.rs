//! Reminders of what is overdue: what managers let them say, and who is written to at the line's opening.

use std::collections::BTreeMap;

use chrono::{DateTime, Days, NaiveDate, Utc};

use crate::{
    model::{
        base::{calendar::to_local, fields::FieldCode, ids::CustomerId, money::Money, seen::Seen},
        mails::MailContent,
        money::{
            payment_reminders::{
                PaymentStage, ReceivableRule, RemindedDebt, ReminderMail, RemindersPage, StageText, TypedStage,
                WrittenReminder, due_stage, names_interest, stage_of,
            },
            receivables::Debt,
            tax_documents::Supplier,
        },
        people::members::Capability,
        problem::Problem,
    },
    server::{
        app::App,
        auth::Manager,
        db::{
            Tx,
            line::catalogue,
            locks::{self, Lock},
            mails,
            money::{payment_plans, payment_reminders, receivables, supplier},
            people::customers,
        },
    },
};

/// What reminders say, and one of them of debts that are made up.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn page(app: &App, _: &Manager, open: PaymentStage) -> Result<RemindersPage, Problem> {
    let today = to_local(app.clock.now()).date();
    let mut tx = app.db.staff().await?;
    let stages = payment_reminders::stages(&mut tx).await?;
    let rule = payment_reminders::rule(&mut tx).await?;
    let supplier = supplier::find(&mut tx).await?.map(|(supplier, _)| supplier);
    let text = stages.iter().find(|stage| stage.stage == open).ok_or(Problem::NotFound)?;
    let debts = [(1_u64, 121_000, 21_u64), (2, 60_500, 16)].map(|(serial, haler, days)| RemindedDebt {
        number: format!("{}3{serial:05}", today.format("%Y")),
        variable_symbol: format!("{}3{serial:05}", today.format("%Y")),
        due_on: today - Days::new(days),
        owed: Money::from_haler(haler),
        is_ours: true,
    });
    let example = letter_of(text, (CustomerId(0), String::new()), today, debts.into(), rule, supplier.as_ref());
    Ok(RemindersPage { open, rule, example, stages })
}

/// Writes what a stage says and when it begins.
///
/// # Errors
/// [`Problem::Invalid`] with every field that is not right, [`Problem::ChangedMeanwhile`].
pub async fn save_stage(
    app: &App,
    _: &Manager,
    stage: PaymentStage,
    typed: &TypedStage,
    seen: &Seen,
) -> Result<(), Problem> {
    let mut tx = app.db.staff().await?;
    locks::take(&mut tx, Lock::Saving).await?;
    let has_interest = payment_reminders::rule(&mut tx).await?.interest > 0;
    let kept = typed.check(stage, has_interest).map_err(|fields| Problem::Invalid { fields })?;
    let stages = payment_reminders::stages(&mut tx).await?;
    let now = stages.iter().find(|kept| kept.stage == stage).ok_or(Problem::NotFound)?;
    seen.admit(&now.fields(), &kept.fields())?;
    payment_reminders::save_stage(&mut tx, &kept).await?;
    Ok(tx.commit().await?)
}

/// Writes what follows from debts by itself. Interest that a stage names stays set.
///
/// # Errors
/// [`Problem::Invalid`] with every field that is not right, [`Problem::ChangedMeanwhile`].
pub async fn save_rule(
    app: &App,
    _: &Manager,
    (block_after_days, interest): (&str, &str),
    seen: &Seen,
) -> Result<(), Problem> {
    let kept = ReceivableRule::check(block_after_days, interest).map_err(|fields| Problem::Invalid { fields })?;
    let mut tx = app.db.staff().await?;
    locks::take(&mut tx, Lock::Saving).await?;
    let names = |stage: &StageText| {
        [&stage.subject, &stage.text].into_iter().flat_map(|said| [&said.cs, &said.en]).any(|text| names_interest(text))
    };
    if kept.interest == 0 && payment_reminders::stages(&mut tx).await?.iter().any(names) {
        return Err(Problem::field("interest", FieldCode::Missing));
    }
    let now = payment_reminders::rule(&mut tx).await?;
    seen.admit(&now.fields(), &kept.fields())?;
    payment_reminders::save_rule(&mut tx, kept).await?;
    Ok(tx.commit().await?)
}

fn letter_of(
    text: &StageText,
    (customer, name): (CustomerId, String),
    day: NaiveDate,
    debts: Vec<RemindedDebt>,
    rule: ReceivableRule,
    supplier: Option<&Supplier>,
) -> ReminderMail {
    let of = |part: fn(&Supplier) -> &String| supplier.map(part).cloned().unwrap_or_default();
    ReminderMail {
        stage: text.stage,
        customer,
        name,
        day,
        subject: text.subject.clone(),
        text: text.text.clone(),
        debts,
        interest: rule.interest,
        account: of(|supplier| &supplier.account),
        iban: of(|supplier| &supplier.iban),
        bic: of(|supplier| &supplier.bic),
        recipient: of(|supplier| &supplier.party.name),
    }
}

/// Reminds whoever is due, from the line's opening on a working day on: a letter a day to a customer at most, and of no document twice at
/// one stage.
///
/// # Errors
/// The first failure's; the other customers are reminded nevertheless.
pub async fn remind(app: &App) -> Result<(), Problem> {
    let now = app.clock.now();
    let local = to_local(now);
    let today = local.date();
    let (stages, customers) = {
        let mut tx = app.db.system().await?;
        let calendar = catalogue::calendar(&mut tx).await?;
        if !calendar.is_working_day(today) || local.time() < calendar.wall_hours(today).0 {
            return Ok(());
        }
        let stages = payment_reminders::stages(&mut tx).await?;
        if stages.iter().all(|stage| stage.days_after == 0) {
            return Ok(());
        }
        (stages, payment_reminders::to_look_at(&mut tx, today).await?)
    };
    let mut outcome = Ok(());
    for customer in customers {
        outcome = outcome.and(remind_one(app, customer, &stages, now).await);
    }
    outcome
}

async fn remind_one(app: &App, customer: CustomerId, stages: &[StageText], now: DateTime<Utc>) -> Result<(), Problem> {
    let today = to_local(now).date();
    let mut tx = app.db.system().await?;
    // A plan that is being agreed at this moment comes first.
    locks::take(&mut tx, Lock::PurchasesOf(customer)).await?;
    if payment_plans::rests(&mut tx, customer, today).await? {
        return Ok(());
    }
    let told: BTreeMap<String, PaymentStage> = payment_reminders::told(&mut tx, customer).await?.into_iter().fold(
        BTreeMap::new(),
        |mut told, (number, at)| {
            told.entry(number).and_modify(|known| *known = at.max(*known)).or_insert(at);
            told
        },
    );
    let mut debts = receivables::debts(&mut tx, customer).await?;
    debts.retain(|debt| debt.late(today) > 0);
    let due = due_stage(stages, debts.iter().map(|debt| (debt.late(today), told.get(&debt.number).copied())));
    let Some(text) = stages.iter().find(|stage| Some(stage.stage) == due) else { return Ok(()) };
    let written = WrittenReminder { stage: text.stage, day: today };
    // Another process may have written it since.
    let Some(reminder) = payment_reminders::note(&mut tx, customer, written, now).await? else { return Ok(()) };
    for debt in &debts {
        let reached = stage_of(stages, debt.late(today)).filter(|stage| Some(*stage) > told.get(&debt.number).copied());
        if let Some(stage) = reached {
            payment_reminders::note_debt(&mut tx, reminder, customer, debt, stage).await?;
        }
    }
    write(&mut tx, (customer, reminder), text, &debts, now).await?;
    Ok(tx.commit().await?)
}

async fn write(
    tx: &mut Tx,
    (customer, reminder): (CustomerId, i64),
    text: &StageText,
    debts: &[Debt],
    now: DateTime<Utc>,
) -> Result<(), Problem> {
    let name = customers::facts(tx, customer).await?.map(|facts| facts.name).unwrap_or_default();
    let rule = payment_reminders::rule(tx).await?;
    let supplier = supplier::find(tx).await?.map(|(supplier, _)| supplier);
    let listed = debts.iter().map(|debt| RemindedDebt {
        number: debt.number.clone(),
        variable_symbol: debt.variable_symbol.clone(),
        due_on: debt.due_on,
        owed: debt.owed,
        is_ours: debt.document.is_some(),
    });
    let day = to_local(now).date();
    let letter = letter_of(text, (customer, name), day, listed.collect(), rule, supplier.as_ref());
    let content = MailContent::PaymentReminder(letter);
    let key = format!("payment-reminder:{reminder}");
    Ok(mails::to_people(tx, customer, (Capability::SeeBilling, None), &content, now, &key).await?)
}

/// Leaves out of a reminder what was paid or given up since it was written, and says what is owed of the rest now.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn still_owed(app: &App, letter: &mut ReminderMail) -> Result<(), Problem> {
    let owed: BTreeMap<String, Money> = receivables::debts(&mut app.db.system().await?, letter.customer)
        .await?
        .into_iter()
        .map(|debt| (debt.number, debt.owed))
        .collect();
    letter.debts.retain_mut(|debt| match owed.get(&debt.number) {
        Some(owed) => {
            debt.owed = *owed;
            true
        }
        None => false,
    });
    Ok(())
}

/// Why a reminder is not sent any more, if so.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn pointless(app: &App, letter: &ReminderMail) -> Result<Option<&'static str>, Problem> {
    let today = to_local(app.clock.now()).date();
    if payment_plans::rests(&mut app.db.system().await?, letter.customer, today).await? {
        return Ok(Some("a plan of payment was agreed"));
    }
    let mut left = letter.clone();
    still_owed(app, &mut left).await?;
    Ok(left.debts.is_empty().then_some("nothing of what it asks for is owed any more"))
}
