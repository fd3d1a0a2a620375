//! A dispatcher: takes the first of what waits at the desk, and does what its lane asks for.

use super::super::{
    deeds::deed,
    world::{Fault, World},
};
use crate::{
    model::{
        base::{numbers::RequestNumber, seen::Seen},
        work::{
            attempts::AttemptChannel,
            cases::CaseAct,
            chosen::{ChosenAct, OfferedStarts},
            contests::ContestState,
            lanes::{Lane, QueueView},
        },
    },
    server::{
        dice::Dice,
        service::{
            ordering::conversations,
            work::{
                cases, consequences, contests,
                dispatch::{self, TypedTime},
                lanes,
            },
        },
    },
};

/// Of so many times that are free one is taken.
const LOOKED_AT: usize = 20;
/// How many are offered.
const OFFERED: usize = 3;

pub(super) async fn act(world: &mut World, dice: &mut Dice) -> Result<(), Fault> {
    let desk = world.people.desk.clone();
    let page = world.look("the queue", lanes::page(&world.app, &desk, QueueView::All, true)).await?;
    let Some(page) = page else { return Ok(()) };
    // Mostly the first of all, as it should be.
    let item = if dice.one_in(3) { dice.pick(&page.items) } else { page.items.first() };
    let Some((lane, number)) = item.map(|item| (item.lane, item.standing.number)) else { return Ok(()) };
    match lane {
        Lane::Objection => decide(world, dice).await,
        Lane::AnswerCame => reply(world, dice, number).await,
        // They wait for somebody else, who is called.
        Lane::ConsentAsked | Lane::RunsOver | Lane::Overdue | Lane::CallBack => call(world, dice, number).await,
        Lane::Offered | Lane::Outage => Ok(()),
        _ if dice.one_in(12) => cancel(world, dice, number).await,
        Lane::New | Lane::TimeToChoose | Lane::OfferLapsed | Lane::FollowUp | Lane::NoShow | Lane::MissedByUs => {
            agree(world, dice, number).await
        }
    }
}

/// Offers times, or agrees one as if by telephone.
async fn agree(world: &mut World, dice: &mut Dice, number: RequestNumber) -> Result<(), Fault> {
    let desk = world.people.desk.clone();
    let page = Box::pin(cases::act_page(&world.app, &desk, number, CaseAct::Time, None));
    let Some(page) = world.look("the times of a case", page).await? else { return Ok(()) };
    let near = &page.times[..page.times.len().min(LOOKED_AT)];
    let key = world.app.random.uuid();
    if page.can_be_written_to && dice.one_in(2) {
        let starts: Vec<_> = (0..OFFERED).filter_map(|_| dice.pick(near)).map(|offer| offer.slot.start).collect();
        let Some(offered) = OfferedStarts::of(starts) else { return Ok(()) };
        let chosen = ChosenAct::Offer { starts: offered };
        let Some(seen) = shown(world, number, chosen).await? else { return Ok(()) };
        let says = format!("the desk offers times for {number}");
        let deed = deed!(says, |app, desk, number, offered, seen, key| {
            let starts: Vec<_> = offered.instants().collect();
            dispatch::offer_times(&app, &desk, number, &starts, &seen, key).await
        });
        return world.send(dice, deed).await.map(drop);
    }
    let Some(start) = dice.pick(near).map(|offer| offer.slot.start) else { return Ok(()) };
    let Some(seen) = shown(world, number, ChosenAct::Time { start, technician: None }).await? else { return Ok(()) };
    let typed = TypedTime { start: Some(start), technician: None, reason: String::new(), seen };
    let says = format!("the desk agrees {start} for {number}");
    let deed = deed!(says, |app, desk, number, typed, key| dispatch::set_time(&app, &desk, number, &typed, key).await);
    world.send(dice, deed).await.map(drop)
}

/// What the page before an act shows of what it would mean.
async fn shown(world: &World, number: RequestNumber, chosen: ChosenAct) -> Result<Option<Seen>, Fault> {
    let page = Box::pin(consequences::page(&world.app, &world.people.desk, number, chosen));
    Ok(world.look("what it would mean", page).await?.map(|page| page.seen))
}

async fn cancel(world: &mut World, dice: &mut Dice, number: RequestNumber) -> Result<(), Fault> {
    let (desk, key) = (world.people.desk.clone(), world.app.random.uuid());
    let Some(seen) = shown(world, number, ChosenAct::Cancel).await? else { return Ok(()) };
    let says = format!("the desk calls {number} off");
    let deed = deed!(says, |app, desk, number, seen, key| {
        dispatch::cancel(&app, &desk, number, "Po dohodě se zákazníkem.", &seen, key).await
    });
    world.send(dice, deed).await.map(drop)
}

async fn call(world: &mut World, dice: &mut Dice, number: RequestNumber) -> Result<(), Fault> {
    let (desk, key) = (world.people.desk.clone(), world.app.random.uuid());
    let says = format!("the desk calls about {number}");
    let deed = deed!(says, |app, desk, number, key| {
        cases::add_note(&app, &desk, number, Some(AttemptChannel::Phone), "", key).await
    });
    world.send(dice, deed).await.map(drop)
}

async fn reply(world: &mut World, dice: &mut Dice, number: RequestNumber) -> Result<(), Fault> {
    let desk = world.people.desk.clone();
    let page = world.look("a case", cases::page(&world.app, &desk, number)).await?;
    let Some(page) = page else { return Ok(()) };
    let (seen, key) = (page.conversation.last, world.app.random.uuid());
    if dice.one_in(3) {
        let says = format!("nobody need answer {number}");
        let deed = deed!(says, |app, desk, number| conversations::need_no_answer(&app, &desk, number, seen).await);
        return world.send(dice, deed).await.map(drop);
    }
    let says = format!("the desk answers {number}");
    let deed = deed!(says, |app, desk, number, key| {
        conversations::reply(&app, &desk, number, "Děkujeme, podíváme se na to.", (seen, &[]), key).await
    });
    world.send(dice, deed).await.map(drop)
}

/// Decides the objection that has waited longest.
async fn decide(world: &mut World, dice: &mut Dice) -> Result<(), Fault> {
    let desk = world.people.desk.clone();
    let open = world.look("the objections", contests::open(&world.app, &desk)).await?;
    let Some(contest) = open.and_then(|open| open.rows.first().map(|case| case.contest.id)) else { return Ok(()) };
    let states = [ContestState::Accepted, ContestState::Rejected, ContestState::PartlyAccepted];
    let (state, key) = (dice.pick(&states).copied(), world.app.random.uuid());
    let says = format!("the desk decides the objection {contest}: {}", state.map_or("", ContestState::code));
    let deed = deed!(says, |app, desk, contest, key| {
        contests::decide(&app, &desk, contest, state, "1", "Prověřili jsme záznam.", key).await
    });
    world.send(dice, deed).await.map(drop)
}
