//! A member who buys minutes, by transfer or by card, and sometimes thinks better of it.

use super::super::{
    deeds::deed,
    world::{Fault, World},
};
use crate::{
    model::{
        base::ids::PurchaseId,
        money::{
            purchases::{PaymentMethod, TypedPurchase},
            tax_documents::DocumentFilter,
        },
    },
    server::{
        auth::{BillingViewer, Buyer},
        dice::Dice,
        service::money::{bundles, purchases, tax_documents},
    },
};

pub(super) async fn act(world: &mut World, dice: &mut Dice) -> Result<(), Fault> {
    let Some(caller) = dice.pick(&world.people.buyers).cloned() else { return Ok(()) };
    let (buyer, viewer) = (caller.may_buy()?, caller.may_see_billing()?);
    if dice.one_in(6) { cancel(world, dice, &buyer, &viewer).await } else { buy(world, dice, &buyer, &viewer).await }
}

async fn buy(world: &mut World, dice: &mut Dice, buyer: &Buyer, viewer: &BillingViewer) -> Result<(), Fault> {
    let shop = world.look("the shop", bundles::shop(&world.app, Some(viewer), None)).await?;
    let Some(shop) = shop else { return Ok(()) };
    let Some(bundle) = dice.pick(&shop.bundles).map(|(bundle, _)| bundle.id) else { return Ok(()) };
    let quantity = 1 + u32::from(dice.one_in(5));
    let form = world.look("a bundle", purchases::form(&world.app, buyer, bundle, quantity)).await?;
    let Some(form) = form else { return Ok(()) };
    let method = if form.card && dice.one_in(2) { PaymentMethod::Card } else { PaymentMethod::Transfer };
    let (quantity, reference) = (quantity.to_string(), String::new());
    let typed = TypedPurchase { quantity, reference, method: Some(method), shown: form.quote.total };
    let id = PurchaseId(world.app.random.uuid());
    let says = format!("customer {} buys {} minutes by {}: {id}", buyer.customer(), form.bundle.minutes, method.code());
    let bought = deed!(says, |app, buyer, id, bundle, typed| {
        purchases::buy(&app, &buyer, id, bundle, &typed).await.map(drop)
    });
    if world.send(dice, bought).await? {
        world.count("purchases");
    }
    Ok(())
}

/// Calls a purchase off that may still be.
async fn cancel(world: &mut World, dice: &mut Dice, buyer: &Buyer, viewer: &BillingViewer) -> Result<(), Fault> {
    let list = tax_documents::list(&world.app, viewer, DocumentFilter::default(), None);
    let Some(list) = world.look("the documents", list).await? else { return Ok(()) };
    let bought: Vec<_> = list.documents.page.rows.iter().filter_map(|document| document.purchase).collect();
    let Some(number) = dice.pick(&bought).copied() else { return Ok(()) };
    let page = world.look("a purchase", purchases::page(&world.app, viewer, number)).await?;
    if !page.is_some_and(|page| page.may_cancel) {
        return Ok(());
    }
    let says = format!("the purchase {number} is called off");
    let cancelled = deed!(says, |app, buyer, number| purchases::cancel(&app, &buyer, number).await);
    world.send(dice, cancelled).await.map(drop)
}
