//! A member of a customer, at requests: orders, moves, cancels, picks what is offered, answers, writes, objects.

use chrono::TimeDelta;

use super::super::{
    deeds::deed,
    world::{Fault, World},
};
use crate::{
    model::{
        base::{
            ids::RequestId,
            numbers::{InterventionRef, RequestNumber},
            terms::Urgency,
        },
        line::catalogue::{SlotChoice, WorkType},
        ordering::{
            drafts::{Subject, TypedWish},
            pages::{RequestSummary, WhatChoice},
            requests::{RequestDetails, RequestState},
            urgency::UrgencyClaim,
        },
    },
    server::{
        auth::{Caller, Orderer},
        dice::Dice,
        service::{
            ordering::{conversations, drafts, earlier, requests, undoing},
            work::{ceiling, contests, receipts},
        },
    },
};

/// Of so many starts that are offered one is picked.
const LOOKED_AT: usize = 14;

pub(super) async fn act(world: &mut World, dice: &mut Dice) -> Result<(), Fault> {
    let Some(caller) = dice.pick(&world.people.members).cloned() else { return Ok(()) };
    if dice.below(20) < 11 {
        return order(world, dice, &caller.may_order()?).await;
    }
    let member = caller.member()?;
    let list = world.look("the list of requests", requests::list(&world.app, &member, None)).await?;
    let Some(list) = list else { return Ok(()) };
    let (open, over) = (list.upcoming.page.rows, list.earlier.page.rows);
    let waiting = list.waiting.page.rows;
    if let Some(asked) = open.iter().find(|request| request.awaits_consent) {
        return answer(world, dice, &caller, asked.number).await;
    }
    if let Some(offered) = waiting.iter().find(|request| request.awaits_pick()) {
        return move_to(world, dice, &caller.may_order()?, offered.number).await;
    }
    match dice.below(8) {
        0..=2 => change(world, dice, &caller.may_order()?, &open).await,
        3 => {
            let any: Vec<RequestSummary> = open.into_iter().chain(waiting).collect();
            let Some(number) = dice.pick(&any).map(|request| request.number) else { return Ok(()) };
            cancel(world, dice, &caller.may_order()?, number).await
        }
        4..=5 => object(world, dice, &caller, &over).await,
        _ => {
            let any: Vec<RequestSummary> = open.into_iter().chain(waiting).chain(over).collect();
            let Some(number) = dice.pick(&any).map(|request| request.number) else { return Ok(()) };
            let (member, key) = (member.clone(), world.app.random.uuid());
            let says = format!("the customer writes about {number}");
            let text = "Dobrý den, posílám ještě podrobnosti.";
            let deed = deed!(says, |app, member, number, key| {
                conversations::write(&app, &member, number, text, &[], key).await
            });
            world.send(dice, deed).await.map(drop)
        }
    }
}

/// An order from its first screen to its last, or as far as it comes.
async fn order(world: &mut World, dice: &mut Dice, orderer: &Orderer) -> Result<(), Fault> {
    let id = RequestId(world.app.random.uuid());
    let choice = world.look("the order", drafts::new_order(&world.app, orderer, Some(id))).await?;
    let Some(choice) = choice else { return Ok(()) };
    let Some(work) = dice.pick(&choice.work_types).cloned() else { return Ok(()) };
    let Some(wish) = wish(dice, &choice, &work) else { return Ok(()) };
    let says = format!("customer {} wants {}", orderer.customer(), work.name.cs);
    let saved = deed!(says, |app, orderer, id, wish| drafts::save_wish(&app, &orderer, id, &wish).await.map(drop));
    if !world.send(dice, saved).await? {
        return Ok(());
    }
    if work.choice == SlotChoice::Customer && !pick(world, dice, orderer, id).await? {
        return Ok(());
    }
    // Some think so long that what is held runs out, and some never come back.
    let minutes = dice.below(14);
    world.app.clock.advance(TimeDelta::minutes(minutes));
    if dice.one_in(9) {
        return Ok(());
    }
    let ceiling = if dice.one_in(5) { "45" } else { "" };
    let says = format!("customer {} sends the order {id} {minutes} minutes later", orderer.customer());
    let sent = deed!(says, |app, orderer, id| drafts::confirm(&app, &orderer, id, ceiling).await.map(drop));
    if world.send(dice, sent).await? {
        world.count("orders");
    }
    Ok(())
}

fn wish(dice: &mut Dice, choice: &WhatChoice, work: &WorkType) -> Option<TypedWish> {
    let (program, _) = dice.pick(&choice.programs)?;
    let subject = Subject { program: program.id, work_type: work.id };
    // One who claims that what can be planned is urgent is refused.
    let is_urgent = if work.plannable { dice.one_in(12) } else { dice.one_in(3) };
    let details = RequestDetails {
        what_happened: "Program hlásí chybu při uzávěrce.".to_owned(),
        contact_name: "Jitka".to_owned(),
        contact_phone: "601 234 567".to_owned(),
    };
    let claim = UrgencyClaim { what_stopped: "Nemůžeme vydávat obědy.".to_owned(), since: "od rána".to_owned() };
    let urgency = Some(if is_urgent { Urgency::Urgent } else { Urgency::Normal });
    Some(TypedWish { subject: subject.to_string(), details, urgency, claim })
}

/// Picks one of the times; whether one is held.
async fn pick(world: &mut World, dice: &mut Dice, orderer: &Orderer, id: RequestId) -> Result<bool, Fault> {
    let choice = world.look("the times of an order", drafts::time_choice(&world.app, orderer, id, None)).await?;
    let Some(choice) = choice else { return Ok(false) };
    let near = &choice.offers[..choice.offers.len().min(LOOKED_AT)];
    let Some(start) = dice.pick(near).map(|offer| offer.slot.start) else { return Ok(false) };
    let says = format!("customer {} picks {start} for {id}", orderer.customer());
    let picked =
        deed!(says, |app, orderer, id, start| drafts::pick_slot(&app, &orderer, id, Some(start)).await.map(drop));
    world.send(dice, picked).await
}

async fn change(world: &mut World, dice: &mut Dice, orderer: &Orderer, open: &[RequestSummary]) -> Result<(), Fault> {
    let agreed: Vec<_> = open.iter().filter(|request| request.state == RequestState::Scheduled).collect();
    let Some(number) = dice.pick(&agreed).map(|request| request.number) else { return Ok(()) };
    match dice.below(6) {
        0 => {
            let says = format!("{number} would rather be earlier");
            let asked = deed!(says, |app, orderer, number| earlier::ask(&app, &orderer, number, "").await);
            world.send(dice, asked).await.map(drop)
        }
        1 => {
            let says = format!("the order {number} is taken back");
            let undone = deed!(says, |app, orderer, number| undoing::undo(&app, &orderer, number).await);
            world.send(dice, undone).await.map(drop)
        }
        _ => move_to(world, dice, orderer, number).await,
    }
}

/// Agrees another time, or the first of those that dispatch offers.
async fn move_to(world: &mut World, dice: &mut Dice, orderer: &Orderer, number: RequestNumber) -> Result<(), Fault> {
    let choice = world.look("other times", requests::move_choice(&world.app, orderer, number)).await?;
    let Some(choice) = choice else { return Ok(()) };
    let near = &choice.offers[..choice.offers.len().min(LOOKED_AT)];
    let Some(start) = dice.pick(near).map(|offer| offer.slot.start) else { return Ok(()) };
    let key = world.app.random.uuid();
    let says = format!("the customer agrees {start} for {number}");
    let moved = deed!(says, |app, orderer, number, start, key| {
        requests::move_appointment(&app, &orderer, number, Some(start), key).await
    });
    if world.send(dice, moved).await? {
        world.count("moves");
    }
    Ok(())
}

async fn cancel(world: &mut World, dice: &mut Dice, orderer: &Orderer, number: RequestNumber) -> Result<(), Fault> {
    let key = world.app.random.uuid();
    let says = format!("the customer cancels {number}");
    let cancelled = deed!(says, |app, orderer, number, key| {
        requests::cancel(&app, &orderer, number, "Už to funguje.", key).await
    });
    world.send(dice, cancelled).await.map(drop)
}

/// Answers whether the work may go on above the ceiling.
async fn answer(world: &mut World, dice: &mut Dice, caller: &Caller, number: RequestNumber) -> Result<(), Fault> {
    let Ok(buyer) = caller.may_buy() else { return Ok(()) };
    let agreed = !dice.one_in(3);
    let says = format!("the customer says about going on with {number}: {agreed}");
    let answered = deed!(says, |app, buyer, number, agreed| {
        ceiling::answer(&app, &buyer, number, None, Some(agreed), "").await
    });
    // Later it may be asked again.
    world.send(dice, answered.for_now()).await.map(drop)
}

/// Objects to something that was billed.
async fn object(world: &mut World, dice: &mut Dice, caller: &Caller, over: &[RequestSummary]) -> Result<(), Fault> {
    let closed: Vec<_> = over.iter().filter(|request| request.state == RequestState::Closed).collect();
    let Some(number) = dice.pick(&closed).map(|request| request.number) else { return Ok(()) };
    let name = InterventionRef { number, ordinal: 1 };
    let page = world.look("the receipt", receipts::page(&world.app, caller, name)).await?;
    let Some(page) = page else { return Ok(()) };
    let billed: Vec<_> = page.receipt.segments.iter().filter(|segment| segment.kind.is_billable()).collect();
    let Some(segment) = dice.pick(&billed).map(|segment| segment.id) else { return Ok(()) };
    let member = caller.member()?;
    let says = format!("the customer objects to {segment} of {number}");
    let reason = "Tak dlouho to netrvalo.";
    let objected =
        deed!(says, |app, member, name, segment| contests::add(&app, &member, name, Some(segment), reason).await);
    if world.send(dice, objected).await? {
        world.count("objections");
    }
    Ok(())
}
