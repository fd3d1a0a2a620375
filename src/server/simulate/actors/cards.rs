//! The payment site: customers pay there or are declined, and it tells of it – twice, late, or in another order.

use super::super::{
    deeds::deed,
    world::{Fault, World},
};
use crate::{
    model::money::{purchases::PaymentMethod, tax_documents::DocumentFilter},
    server::{
        dice::Dice,
        payments::{sandbox::SECRET, webhook},
        service::money::{card, purchases, stripe_events, tax_documents},
    },
};

pub(super) async fn act(world: &mut World, dice: &mut Dice) -> Result<(), Fault> {
    if dice.one_in(3) {
        return world.hand_over_told().await;
    }
    let Some(caller) = dice.pick(&world.people.buyers).cloned() else { return Ok(()) };
    let (buyer, viewer) = (caller.may_buy()?, caller.may_see_billing()?);
    let list = tax_documents::list(&world.app, &viewer, DocumentFilter::default(), None);
    let Some(list) = world.look("the documents", list).await? else { return Ok(()) };
    let bought: Vec<_> = list.documents.page.rows.iter().filter_map(|document| document.purchase).collect();
    let Some(number) = dice.pick(&bought).copied() else { return Ok(()) };
    let page = world.look("a purchase", purchases::page(&world.app, &viewer, number)).await?;
    if !page.is_some_and(|page| page.purchase.method == PaymentMethod::Card && page.purchase.is_unpaid()) {
        return Ok(());
    }
    let Some(Some(site)) =
        world.look("the payment site", Box::pin(card::payment_page(&world.app, &buyer, number))).await?
    else {
        return Ok(());
    };
    let session = site.rsplit('/').next().unwrap_or_default();
    let is_declined = dice.one_in(5);
    let said = if is_declined { world.outside.cards.decline(session) } else { world.outside.cards.pay(session) };
    let became = if is_declined { "declined" } else { "paid" };
    world.note(format!("{number} is {became} by card: {}", said.err().unwrap_or_default()));
    // Not everybody waits for the page that leads back.
    if dice.one_in(2) {
        let says = format!("the buyer of {number} comes back");
        let back = deed!(says, |app, buyer, number| card::look_again(&app, &buyer, number).await);
        // Later there may be more to be found.
        world.send(dice, back.for_now()).await?;
    }
    if dice.one_in(2) { world.hand_over_told().await } else { Ok(()) }
}

impl World {
    /// Hands over what the payment site has told since last time, and once more what it told last.
    pub(in crate::server::simulate) async fn hand_over_told(&mut self) -> Result<(), Fault> {
        let told = self.outside.cards.waiting();
        let from = self.outside.told.saturating_sub(1);
        for told in &told[from.min(told.len())..] {
            let signature = self.outside.cards.sign(&told.body);
            let event = webhook::read(&told.body, &signature, SECRET, self.now());
            let event = event.map_err(|error| Fault(format!("what the payment site tells: {error}")))?;
            stripe_events::receive(&self.app, &event).await?;
        }
        self.outside.told = told.len();
        Ok(())
    }
}
