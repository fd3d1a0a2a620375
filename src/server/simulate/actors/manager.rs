//! The manager: decides on payments that nothing was found for, gives minutes back, looks at what is sold.

use super::super::{
    deeds::deed,
    world::{Fault, World},
};
use crate::{
    model::{
        base::ids::RefundId,
        money::{bank::BankPayment, purchases::PaymentMethod, refunds::RefundState},
    },
    server::{
        dice::Dice,
        service::money::{bank, refunds, sales},
    },
};

pub(super) async fn act(world: &mut World, dice: &mut Dice) -> Result<(), Fault> {
    let manager = world.people.manager.clone();
    let page = world.look("the bank's statements", bank::page(&world.app, &manager, None)).await?;
    let unmatched = page.map(|page| page.unmatched.rows).unwrap_or_default();
    match dice.pick(&unmatched).cloned() {
        Some(payment) => decide(world, dice, &payment).await,
        None if dice.one_in(3) => give_back(world, dice).await,
        None => world.look("the sales", sales::page(&world.app, &manager, None)).await.map(drop),
    }
}

/// Assigns a payment to what it most likely pays, or sets it aside.
async fn decide(world: &mut World, dice: &mut Dice, payment: &BankPayment) -> Result<(), Fault> {
    let manager = world.people.manager.clone();
    let likely = payment.candidates.first().map(|candidate| candidate.document.number.clone());
    let number = payment.document.as_ref().map(|document| document.number.clone()).or(likely);
    let id = payment.id;
    match number.filter(|_| !dice.one_in(8)) {
        Some(number) => {
            let says = format!("the manager assigns the payment {id} to {number}");
            let deed = deed!(says, |app, manager, id, number| {
                bank::assign(&app, &manager, id, &number, "Zbytek zůstává zákazníkovi.").await
            });
            world.send(dice, deed).await.map(drop)
        }
        None => {
            let says = format!("the manager sets the payment {id} aside");
            let deed = deed!(says, |app, manager, id| {
                bank::set_aside(&app, &manager, id, "Nepatří k ničemu našemu.").await
            });
            world.send(dice, deed).await.map(drop)
        }
    }
}

/// Gives minutes of a purchase back, or notes that their money went.
async fn give_back(world: &mut World, dice: &mut Dice) -> Result<(), Fault> {
    let manager = world.people.manager.clone();
    let sold = world.look("the purchases", sales::purchases(&world.app, &manager, None, "", None)).await?;
    let Some(number) = sold.and_then(|sold| dice.pick(&sold.purchases).map(|sold| sold.number)) else { return Ok(()) };
    let page = world.look("a purchase for the manager", sales::purchase(&world.app, &manager, number)).await?;
    let Some(page) = page else { return Ok(()) };
    // What goes back by card goes by itself, unless that fails.
    let is_by_hand = |state| match page.purchase.method {
        PaymentMethod::Transfer => state == RefundState::Requested,
        PaymentMethod::Card => state == RefundState::Failed,
    };
    if let Some(refund) = page.refunds.iter().find(|refund| is_by_hand(refund.state)).map(|refund| refund.id) {
        let says = format!("the manager has sent the money of {number}");
        let deed = deed!(says, |app, manager, refund| refunds::note_paid(&app, &manager, refund).await.map(drop));
        return world.send(dice, deed).await.map(drop);
    }
    let Some(refundable) = page.refundable.filter(|refundable| refundable.minutes > 0) else { return Ok(()) };
    let minutes = (1 + dice.below(refundable.minutes.into())).to_string();
    let key = RefundId(world.app.random.uuid());
    let says = format!("the manager gives {minutes} minutes of {number} back");
    let deed = deed!(says, |app, manager, number, minutes, key| {
        refunds::request(&app, &manager, number, &minutes, "Na přání zákazníka.", key).await
    });
    if world.send(dice, deed).await? {
        world.count("refunds");
    }
    Ok(())
}
