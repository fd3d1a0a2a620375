//! Appointments whose technician is not there after all: what is proposed for each, and carried out (design, Redistribution).

use chrono::{DateTime, Days, NaiveDate, Utc};

use crate::{
    model::{
        base::{
            calendar::{BusinessCalendar, midnight, to_local},
            ids::{AppointmentId, StaffId},
            preview::MailPreview,
        },
        line::settings::LineSettings,
        mails::{AppointmentMail, MailContent},
        minutes::billing_terms::billing_terms,
        ordering::{
            appointments::{AppointmentEvent, cut_off},
            offers::{FreeTime, TechnicianPlan},
            redistribution::{
                Cause, Choice, Displaced, DisplacedPage, LeavingPage, PREVIEWED, PROPOSED, Place, PresentTechnician,
                Proposal, redistribute,
            },
            requests::RequestEvent,
            timeline::TimelineKind,
        },
        paths,
        problem::Problem,
    },
    server::{
        app::App,
        auth::{Desk, Manager},
        db::{
            OnConstraint, Tx,
            line::{catalogue, plans},
            locks::{self, Lock},
            mails::{self, WrittenMail},
            ordering::{
                redistribution::{self, DisplacedRow, Leaver},
                requests,
            },
            people::staff,
            retrying,
            work::{lanes, missed, visits},
        },
        service::{
            minutes::billing_terms,
            ordering::drafts::estimate_of,
            work::{
                attempts::appointment_mail,
                dispatch::tell_technician,
                missed::{leave_preparation_free, make_room},
            },
        },
    },
};

/// Displaced appointments, each with a proposal.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn page(app: &App, desk: &Desk) -> Result<DisplacedPage, Problem> {
    let mut tx = app.db.staff().await?;
    let line = Line::load(&mut tx, app.clock.now()).await?;
    let rows = line.displaced(&mut tx, None, None).await?;
    let total = u32::try_from(rows.len()).unwrap_or(u32::MAX);
    let mut proposals = line.propose(app, &mut tx, rows.into_iter().take(PROPOSED).collect(), None).await?;
    drop(tx);
    for proposal in proposals.iter_mut().filter(|proposal| !proposal.keeps_time()).take(PREVIEWED) {
        proposal.mails = rehearse(app, desk, &line, proposal).await?;
    }
    Ok(DisplacedPage { proposals, total })
}

/// What its customer's people would read if a proposal were carried out: it is, under the request's lock, and taken back. Nothing
/// where it cannot be any more: then it is proposed anew.
async fn rehearse(app: &App, desk: &Desk, line: &Line, proposal: &Proposal) -> Result<Vec<MailPreview>, Problem> {
    retrying(|| async {
        let mut tx = app.db.staff().await?;
        requests::lock_for_staff(&mut tx, proposal.number).await?.ok_or(Problem::NotFound)?;
        let latest = mails::about(&mut tx, proposal.number).await?.first().map(|mail| mail.id);
        match carry_out(app, &mut tx, line, desk, (proposal.id, proposal.choice()), None).await {
            Err(Problem::SlotTaken | Problem::Conflict) => return Ok(Vec::new()),
            done => done?,
        }
        let written = mails::about_since(&mut tx, proposal.number, latest).await?;
        tx.rollback().await?;
        let said = written.into_iter().filter_map(WrittenMail::said);
        let mails = said.map(|(to, content, phone)| app.mail.preview(to, &content, &phone, line.now));
        Ok(mails.filter(|mail| mail.is_customers).collect())
    })
    .await
}

/// Where one goes on after an entry: to what is displaced, or where one came from if that is nothing.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn next_page(app: &App, _: &Desk, else_to: &str) -> Result<String, Problem> {
    let mut tx = app.db.staff().await?;
    let line = Line::load(&mut tx, app.clock.now()).await?;
    let is_any = !line.displaced(&mut tx, None, None).await?.is_empty();
    Ok(if is_any { paths::DISPLACED } else { else_to }.to_owned())
}

/// Technicians, or one of them, for whoever enters that one is not there today.
///
/// # Errors
/// [`Problem::NotFound`] for who is no technician.
pub async fn present(app: &App, _: &Desk, only: Option<StaffId>) -> Result<Vec<PresentTechnician>, Problem> {
    let now = app.clock.now();
    let mut tx = app.db.staff().await?;
    let tomorrow = midnight(to_local(now).date() + Days::new(1));
    let mut present = redistribution::present(&mut tx, now, tomorrow).await?;
    present.retain(|technician| only.is_none_or(|only| only == technician.id));
    if only.is_some() && present.is_empty() { Err(Problem::NotFound) } else { Ok(present) }
}

/// Carries out what was chosen for displaced appointments, each in a transaction of its own: what is refused for one leaves the
/// others done. An appointment is its own key: what was done is done when the form comes again.
///
/// # Errors
/// [`Problem::PlacesTaken`] with the requests whose places were taken or that changed meanwhile; the others are done.
pub async fn apply(app: &App, desk: &Desk, choices: &[(AppointmentId, Choice)]) -> Result<(), Problem> {
    let mut refused = Vec::new();
    for &(id, choice) in choices.iter().filter(|(_, choice)| *choice != Choice::NotNow) {
        let number = {
            let mut tx = app.db.staff().await?;
            redistribution::number_of(&mut tx, id).await?.ok_or(Problem::NotFound)?
        };
        let done = retrying(|| async {
            // A hold that was abandoned is in the way of nothing.
            make_room(app).await?;
            let mut tx = app.db.staff().await?;
            requests::lock_for_staff(&mut tx, number).await?.ok_or(Problem::NotFound)?;
            let line = Line::load(&mut tx, app.clock.now()).await?;
            carry_out(app, &mut tx, &line, desk, (id, choice), None).await?;
            Ok(tx.commit().await?)
        })
        .await;
        match done {
            Err(Problem::SlotTaken | Problem::Conflict) => refused.push(number),
            done => done?,
        }
    }
    if refused.is_empty() { Ok(()) } else { Err(Problem::PlacesTaken { numbers: refused }) }
}

/// Who leaves from a day on, and where the appointments from then on can go.
///
/// # Errors
/// [`Problem::NotFound`] for who does not work here.
pub async fn leaving_page(
    app: &App,
    manager: &Manager,
    person: StaffId,
    from: Option<NaiveDate>,
) -> Result<LeavingPage, Problem> {
    let now = app.clock.now();
    let today = to_local(now).date();
    let mut tx = app.db.staff().await?;
    let found = {
        let mut tx = app.db.system().await?;
        staff::people(&mut tx, Some(person), now).await?.pop()
    };
    let found = found.filter(|found| found.active && found.id != manager.id()).ok_or(Problem::NotFound)?;
    let from = from.map_or(today, |from| from.max(today));
    let line = Line::load(&mut tx, now).await?;
    let leaver = Leaver { person, from };
    let rows = line.displaced(&mut tx, None, Some(leaver)).await?;
    let proposals = line.propose(app, &mut tx, rows, Some(leaver)).await?;
    Ok(LeavingPage { person: found, from, proposals })
}

/// Lets a person go from a day on: every appointment from then on goes where it was chosen, and who goes today is out, all in one
/// transaction.
///
/// # Errors
/// [`Problem::PlacesTaken`] with the requests whose places were taken, or of which nothing was chosen: then nothing is done.
/// [`Problem::AppointmentsAhead`] while work is under way; [`Problem::LastManager`]; [`Problem::NotFound`].
pub async fn let_go(
    app: &App,
    manager: &Manager,
    person: StaffId,
    from: NaiveDate,
    choices: &[(AppointmentId, Choice)],
) -> Result<(), Problem> {
    if person == manager.id() {
        return Err(Problem::NotFound);
    }
    retrying(|| async {
        let now = app.clock.now();
        make_room(app).await?;
        let leaver = Leaver { person, from: from.max(to_local(now).date()) };
        let mut tx = app.db.staff().await?;
        // Requests are locked before anything else, in one order; who leaves, before anything is placed.
        let mut numbers = Vec::new();
        for row in redistribution::displaced(&mut tx, None, Some(leaver), now).await? {
            numbers.push(row.number);
        }
        numbers.sort_unstable();
        for number in numbers {
            requests::lock_for_staff(&mut tx, number).await?.ok_or(Problem::NotFound)?;
        }
        let gone = redistribution::let_go(&mut tx, leaver, to_local(now).date()).await;
        if !gone.on_constraint("a_manager_stays", Problem::LastManager)? {
            // Sent again, it finds that the person is gone already.
            let is_done = staff::leaves_on(&mut tx, person).await? == Some(leaver.from);
            return if is_done { Ok(()) } else { Err(Problem::NotFound) };
        }
        redistribution::release_holds(&mut tx, Some(person), midnight(leaver.from), None).await?;
        let line = Line::load(&mut tx, now).await?;
        let mut refused = Vec::new();
        for row in redistribution::displaced(&mut tx, None, Some(leaver), now).await? {
            let choice = choices.iter().find(|(id, _)| *id == row.id).map(|(_, choice)| *choice);
            let Some(choice) = choice.filter(|choice| matches!(choice, Choice::Move(_) | Choice::PickAgain)) else {
                refused.push(row.number);
                continue;
            };
            match carry_out(app, &mut tx, &line, manager, (row.id, choice), Some(leaver)).await {
                Err(Problem::SlotTaken | Problem::Conflict) => refused.push(row.number),
                done => done?,
            }
        }
        if !refused.is_empty() {
            return Err(Problem::PlacesTaken { numbers: refused });
        }
        if leaver.from <= to_local(now).date() && staff::appointments_ahead(&mut tx, person, now).await? > 0 {
            return Err(Problem::AppointmentsAhead);
        }
        Ok(tx.commit().await?)
    })
    .await
}

/// What decides where something can go.
struct Line {
    now: DateTime<Utc>,
    settings: LineSettings,
    calendar: BusinessCalendar,
}

impl Line {
    async fn load(tx: &mut Tx, now: DateTime<Utc>) -> Result<Self, Problem> {
        let (settings, calendar) = catalogue::rules(tx, now).await?;
        Ok(Self { now, settings, calendar })
    }

    /// The last day on which anything is placed, as far ahead as customers can pick.
    fn last_day(&self) -> NaiveDate {
        let days = self.settings.normal_horizon_days.max(self.settings.urgent_horizon_days);
        self.calendar.add_working_days(to_local(self.now).date(), days)
    }

    async fn technicians(&self, tx: &mut Tx, last: NaiveDate) -> Result<Vec<TechnicianPlan>, Problem> {
        let from = midnight(to_local(self.now).date());
        Ok(plans::technicians(tx, from, midnight(last + Days::new(1)), self.now, None).await?)
    }

    /// What is displaced: of those whose plan does not cover them in one span, those only that it does not cover in several.
    async fn displaced(
        &self,
        tx: &mut Tx,
        one: Option<AppointmentId>,
        leaver: Option<Leaver>,
    ) -> Result<Vec<DisplacedRow>, Problem> {
        let mut rows = redistribution::displaced(tx, one, leaver, self.now).await?;
        let last = rows.iter().filter(|row| row.cause == Cause::Plan).map(|row| to_local(row.slot.start).date()).max();
        let Some(last) = last else { return Ok(rows) };
        let technicians = self.technicians(tx, last).await?;
        let free = FreeTime::new(&self.calendar, &technicians, to_local(self.now).date(), last);
        rows.retain(|row| {
            let place = technicians.iter().position(|technician| technician.technician == row.technician);
            row.cause != Cause::Plan || !place.is_some_and(|place| free.is_at_work(place, row.slot))
        });
        Ok(rows)
    }

    /// A proposal for each.
    async fn propose(
        &self,
        app: &App,
        tx: &mut Tx,
        rows: Vec<DisplacedRow>,
        leaver: Option<Leaver>,
    ) -> Result<Vec<Proposal>, Problem> {
        let latest = rows.iter().map(|row| to_local(row.slot.start).date()).max();
        let last = self.last_day().max(latest.unwrap_or(NaiveDate::MIN));
        let mut technicians = self.technicians(tx, last).await?;
        technicians.retain(|technician| leaver.is_none_or(|leaver| leaver.person != technician.technician));
        let asked: Vec<Displaced<'_>> = rows.iter().map(question).collect();
        let agreed = redistribution::other_times(tx, &rows, self.now).await?;
        let places = redistribute(&self.calendar, &technicians, &asked, &agreed, self.now, last);
        let names = plans::planned(tx, None, self.now).await?;
        let numbers: Vec<_> = rows.iter().map(|row| row.number).collect();
        let to_call = {
            let mut tx = app.db.system().await?;
            redistribution::without_address(&mut tx, &numbers).await?
        };
        let named = |place: Place| {
            let name = names.iter().find(|one| one.id == place.technician).map(|one| one.name.clone());
            (place, name.unwrap_or_default())
        };
        let proposals = rows.into_iter().zip(places).map(|(row, place)| Proposal {
            id: row.id,
            number: row.number,
            customer: row.customer_name,
            contact_name: row.contact_name,
            contact_phone: row.contact_phone,
            gets_mails: !to_call.contains(&row.number),
            program: row.program,
            work_type: row.work_type_name,
            urgency: row.urgency,
            slot: row.slot,
            technician: row.technician_name,
            cause: row.cause,
            choice: row.choice,
            place: place.map(named),
            mails: Vec::new(),
        });
        Ok(proposals.collect())
    }

    /// Whether a place can be had for an appointment: by the rules of proposals, not by what was proposed once.
    async fn admits(&self, tx: &mut Tx, row: &DisplacedRow, place: Place) -> Result<bool, Problem> {
        let date = to_local(place.slot.start).date();
        let same_length = place.slot.end - place.slot.start == row.slot.end - row.slot.start;
        if !same_length || place.slot.start < row.slot.start || place.slot.start <= self.now {
            return Ok(false);
        }
        let technicians = self.technicians(tx, date).await?;
        let free = FreeTime::new(&self.calendar, &technicians, date, date);
        Ok(technicians.iter().enumerate().any(|(number, technician)| {
            technician.technician == place.technician
                && technician.knows(&row.skill)
                && free.is_free(number, place.slot)
        }))
    }
}

fn question(row: &DisplacedRow) -> Displaced<'_> {
    Displaced {
        id: row.id,
        technician: row.technician,
        customer: row.customer,
        slot: row.slot,
        skill: &row.skill,
        urgency: row.urgency,
    }
}

/// Does what was chosen for one appointment, whose request is locked.
async fn carry_out(
    app: &App,
    tx: &mut Tx,
    line: &Line,
    desk: &Desk,
    (id, choice): (AppointmentId, Choice),
    leaver: Option<Leaver>,
) -> Result<(), Problem> {
    let Some(row) = line.displaced(tx, Some(id), leaver).await?.pop() else {
        return if is_done(tx, id, choice).await? { Ok(()) } else { Err(Problem::Conflict) };
    };
    match choice {
        Choice::Move(place) if place.slot == row.slot => {
            put(tx, line, &row, place).await?;
            let visit = visits::latest(tx, row.number).await?.ok_or(Problem::Conflict)?;
            redistribution::keep_preparation(tx, visit.request, line.now).await?;
            let kind = TimelineKind::Reassigned;
            redistribution::add_event(tx, visit.request, desk.id(), kind, None, line.now).await?;
            tell_technicians(tx, desk, &row, Some(place), line.now).await
        }
        Choice::Move(place) => move_to(tx, line, desk, &row, place).await,
        Choice::PickAgain => call_off(app, tx, line, desk, &row).await,
        Choice::Leave => Ok(redistribution::leave(tx, id).await?),
        Choice::NotNow => Ok(()),
    }
}

/// Whether what was chosen is what has become of an appointment already.
async fn is_done(tx: &mut Tx, id: AppointmentId, choice: Choice) -> Result<bool, Problem> {
    let Some(number) = redistribution::number_of(tx, id).await? else { return Ok(false) };
    let Some(latest) = visits::latest(tx, number).await? else { return Ok(false) };
    use crate::model::ordering::appointments::AppointmentState as State;
    Ok(match choice {
        Choice::Move(Place { technician, slot }) => {
            (latest.technician, latest.appointment.slot, latest.appointment.state)
                == (technician, slot, State::Confirmed)
        }
        Choice::PickAgain => latest.appointment_id == id && latest.appointment.state == State::MissedByUs,
        Choice::Leave => redistribution::is_left(tx, id).await?,
        Choice::NotNow => true,
    })
}

/// Gives an appointment its place, if it can be had.
async fn put(tx: &mut Tx, line: &Line, row: &DisplacedRow, place: Place) -> Result<(), Problem> {
    if !line.admits(tx, row, place).await? {
        return Err(Problem::SlotTaken);
    }
    redistribution::replace(tx, row.id, place).await?.ok_or(Problem::SlotTaken).map(drop)
}

/// Tells whose appointment it was, and whose it is now, if it is anybody's. An appointment is given away once: it is the key.
async fn tell_technicians(
    tx: &mut Tx,
    desk: &Desk,
    row: &DisplacedRow,
    place: Option<Place>,
    now: DateTime<Utc>,
) -> Result<(), Problem> {
    let (about, key) = ((row.number, row.customer_name.as_str()), format!("displaced:{}", row.id));
    tell_technician(tx, about, (row.technician, desk.id()), (row.slot, false), now, &key).await?;
    if let Some(place) = place {
        tell_technician(tx, about, (place.technician, desk.id()), (place.slot, true), now, &key).await?;
    }
    Ok(())
}

/// Moves an appointment to another time, and tells its customer.
async fn move_to(tx: &mut Tx, line: &Line, desk: &Desk, row: &DisplacedRow, place: Place) -> Result<(), Problem> {
    let visit = visits::latest(tx, row.number).await?.ok_or(Problem::Conflict)?;
    let (now, slot) = (line.now, place.slot);
    put(tx, line, row, place).await?;
    tell_technicians(tx, desk, row, Some(place), now).await?;
    requests::note_change(tx, visit.request, visit.state.after(RequestEvent::Move)?, 0).await?;
    redistribution::keep_preparation(tx, visit.request, now).await?;
    // Other grants may be effective then; two that are agreed at once are not promised the same minutes.
    locks::take(tx, Lock::PromisesTo(row.customer)).await?;
    let outlook = billing_terms::outlook(tx, row.customer, Some(visit.request), now).await?;
    let settings = catalogue::settings_known(tx, slot.start, now).await?;
    let terms = billing_terms(&outlook, &settings, slot.start);
    let work_type = catalogue::ordered_work(tx, visit.request, now).await?.ok_or(Problem::Conflict)?;
    let ceiling = visit.ceiling_minutes.or(terms.ceiling_minutes);
    let estimate = estimate_of(&work_type, row.urgency, &terms, ceiling);
    requests::keep_estimate(tx, visit.request, &estimate, now).await?;
    redistribution::add_event(tx, visit.request, desk.id(), TimelineKind::Moved, Some(slot), now).await?;
    let cut_off = cut_off(&line.calendar, &line.settings, slot.start, row.urgency, now);
    let appointment = AppointmentMail {
        sequence: visit.sequence + 1,
        slot,
        cut_off: Some(cut_off),
        estimate: Some(estimate),
        ..appointment_mail(&visit)
    };
    let content = MailContent::MovedByUs { appointment, former: row.slot, is_closed: row.cause == Cause::Closure };
    let key = format!("moved_by_us:{}:{}", visit.request, visit.sequence + 1);
    mails::to_member(tx, visit.member, &content, now, &key).await?;
    Ok(lanes::ask_to_call(tx, visit.request, &key, now).await?)
}

/// Calls an appointment off, so that its customer picks another time, as if we had missed it.
async fn call_off(app: &App, tx: &mut Tx, line: &Line, desk: &Desk, row: &DisplacedRow) -> Result<(), Problem> {
    let visit = visits::latest(tx, row.number).await?.ok_or(Problem::Conflict)?;
    let now = line.now;
    let appointment = visit.appointment.state.after(AppointmentEvent::MissedByUs)?;
    let request = visit.state.after(RequestEvent::Unschedule)?;
    leave_preparation_free(app, tx, &visit, now, now).await?;
    missed::note(tx, row.id, appointment, now).await?;
    tell_technicians(tx, desk, row, None, now).await?;
    requests::note_change(tx, visit.request, request, 0).await?;
    redistribution::add_event(tx, visit.request, desk.id(), TimelineKind::CalledOffByUs, Some(row.slot), now).await?;
    let content = MailContent::CalledOffByUs {
        appointment: AppointmentMail { sequence: visit.sequence + 1, ..appointment_mail(&visit) },
        choice: row.choice,
        is_closed: row.cause == Cause::Closure,
    };
    let key = format!("called_off_by_us:{}", row.id);
    Ok(mails::to_member(tx, visit.member, &content, now, &key).await?)
}
