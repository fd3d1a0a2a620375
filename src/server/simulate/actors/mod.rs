//! Who acts: each has the seeded chance and the world, looks at what its person would see, and does one thing.

mod bank;
mod buyer;
mod cards;
mod customer;
mod dispatcher;
mod letter;
mod manager;
mod technician;
mod trouble;

use super::{
    days::Actor,
    world::{Fault, World},
};
use crate::server::dice::Dice;

/// Lets somebody act.
pub(super) async fn act(world: &mut World, dice: &mut Dice, actor: Actor) -> Result<(), Fault> {
    match actor {
        Actor::Customer => Box::pin(customer::act(world, dice)).await,
        Actor::Buyer => Box::pin(buyer::act(world, dice)).await,
        Actor::Technician => Box::pin(technician::act(world, dice)).await,
        Actor::Dispatcher => Box::pin(dispatcher::act(world, dice)).await,
        Actor::Manager => Box::pin(manager::act(world, dice)).await,
        Actor::Bank => Box::pin(bank::act(world, dice)).await,
        Actor::Cards => Box::pin(cards::act(world, dice)).await,
        Actor::Letter => Box::pin(letter::act(world, dice)).await,
        Actor::Trouble => Box::pin(trouble::act(world, dice)).await,
        Actor::Late => Box::pin(world.send_late(dice)).await,
    }
}
