//! A technician: whoever has something to do now does the next of it.

use chrono::TimeDelta;

use super::super::{
    deeds::deed,
    world::{Fault, World},
};
use crate::{
    model::{
        base::numbers::RequestNumber,
        ordering::appointments::AppointmentState,
        work::{
            attempts::AttemptChannel,
            pages::{RunningClock, WorkAppointment, WorkDay},
            segments::SegmentKind,
        },
    },
    server::{
        auth::Technician,
        dice::Dice,
        service::work::{
            attempts, bench,
            clock::{self, TypedEnd},
            closing, day,
        },
    },
};

/// How long before the agreed time a technician begins to prepare.
const PREPARES: TimeDelta = TimeDelta::minutes(20);

pub(super) async fn act(world: &mut World, dice: &mut Dice) -> Result<(), Fault> {
    let count = world.people.technicians.len();
    let first = dice.place(count);
    for place in 0..count {
        let technician = world.people.technicians[(first + place) % count].clone();
        let page = world.look("a technician's day", day::page(&world.app, &technician, None)).await?;
        let Some(page) = page else { continue };
        if let Some(running) = page.running.clone() {
            return go_on(world, dice, &technician, &running).await;
        }
        if let Some(next) = next(world, &page) {
            return begin(world, dice, &technician, &next).await;
        }
    }
    Ok(())
}

/// What a technician whose clock stands would turn to.
fn next(world: &World, page: &WorkDay) -> Option<WorkAppointment> {
    let now = world.now();
    let is_due = |appointment: &&WorkAppointment| match appointment.state {
        AppointmentState::Running => true,
        AppointmentState::Confirmed => appointment.slot.start <= now + PREPARES,
        _ => false,
    };
    page.left_open.iter().chain(&page.appointments).find(is_due).cloned()
}

/// The clock runs: it is switched over, paused, or the work is closed.
async fn go_on(
    world: &mut World,
    dice: &mut Dice,
    technician: &Technician,
    running: &RunningClock,
) -> Result<(), Fault> {
    let number = running.number;
    if running.forgotten_since.is_some() {
        return pause(world, dice, technician, running).await;
    }
    let minutes = (world.now() - running.since).num_minutes();
    match dice.below(10) {
        // Some forget their clock.
        0 => Ok(()),
        1 => pause(world, dice, technician, running).await,
        2 | 3 if minutes < 40 => start(world, dice, technician, number).await,
        _ => close(world, dice, technician, number).await,
    }
}

/// The clock stands: work begins, goes on, or nobody is there.
async fn begin(
    world: &mut World,
    dice: &mut Dice,
    technician: &Technician,
    appointment: &WorkAppointment,
) -> Result<(), Fault> {
    let number = appointment.number;
    let has_begun = appointment.state == AppointmentState::Running;
    let is_late = world.now() > appointment.slot.end;
    match dice.below(12) {
        // Some do not come at all.
        0 => Ok(()),
        1 | 2 if !has_begun && world.now() > appointment.slot.start => miss(world, dice, technician, number).await,
        3..=6 if has_begun || is_late => close(world, dice, technician, number).await,
        _ => start(world, dice, technician, number).await,
    }
}

async fn start(
    world: &mut World,
    dice: &mut Dice,
    technician: &Technician,
    number: RequestNumber,
) -> Result<(), Fault> {
    let kinds = [
        SegmentKind::Preparation,
        SegmentKind::Communication,
        SegmentKind::Work,
        SegmentKind::Work,
        SegmentKind::Waiting,
        SegmentKind::OurFault,
    ];
    let kind = dice.pick(&kinds).copied();
    let key = world.app.random.uuid();
    let says =
        format!("technician {} starts {} for {number}", technician.id(), kind.map_or("nothing", SegmentKind::code));
    let started = deed!(says, |app, technician, number, key| clock::start(&app, &technician, number, kind, key).await);
    if world.send(dice, started).await? {
        world.count("stretches of work");
    }
    Ok(())
}

/// Stops the clock, one that was forgotten at one of the ends that are likely.
async fn pause(
    world: &mut World,
    dice: &mut Dice,
    technician: &Technician,
    running: &RunningClock,
) -> Result<(), Fault> {
    let (number, segment) = (running.number, running.segment);
    let mut end = TypedEnd::default();
    if running.forgotten_since.is_some() {
        let page = world.look("the workbench", bench::page(&world.app, technician, number)).await?;
        let forgotten = page.and_then(|page| page.forgotten);
        let likely = forgotten.and_then(|clock| dice.pick(&clock.suggestions).map(|likely| likely.at));
        end.true_end = likely.map_or_else(|| clock::NOW.to_owned(), |at| at.to_rfc3339());
        end.reason = "Zapomenuté hodiny.".to_owned();
    }
    let says = format!("technician {} stops the clock of {number}", technician.id());
    let stopped = deed!(says, |app, technician, number, end| {
        clock::pause(&app, &technician, number, Some(segment), &end).await
    });
    world.send(dice, stopped).await.map(drop)
}

async fn close(
    world: &mut World,
    dice: &mut Dice,
    technician: &Technician,
    number: RequestNumber,
) -> Result<(), Fault> {
    let (finished, key) = (!dice.one_in(6), world.app.random.uuid());
    let says = format!("technician {} closes {number}, finished: {finished}", technician.id());
    let report = "Chyba je opravena, uzávěrka proběhla.";
    let closed = deed!(says, |app, technician, number, finished, key| {
        closing::close(&app, &technician, number, report, Some(finished), key).await
    });
    if world.send(dice, closed).await? {
        world.count("receipts");
    }
    Ok(())
}

/// Calls in vain, and after some time says that nobody was there.
async fn miss(world: &mut World, dice: &mut Dice, technician: &Technician, number: RequestNumber) -> Result<(), Fault> {
    for _ in 0..2 {
        let key = world.app.random.uuid();
        let says = format!("technician {} calls about {number} in vain", technician.id());
        let channel = Some(AttemptChannel::Phone);
        let noted = deed!(says, |app, technician, number, key| {
            attempts::note(&app, &technician, number, channel, "nebere", key).await
        });
        if !world.send(dice, noted).await? {
            return Ok(());
        }
        world.app.clock.advance(TimeDelta::minutes(8));
    }
    let key = world.app.random.uuid();
    let says = format!("nobody was there for {number}");
    let missed =
        deed!(says, |app, technician, number, key| attempts::call_missed(&app, &technician, number, key).await);
    world.send(dice, missed).await.map(drop)
}
