//! What breaks outside, and is mended again; and a clock that jumps.

use chrono::TimeDelta;

use super::super::world::{Fault, World};
use crate::server::dice::Dice;

pub(super) async fn act(world: &mut World, dice: &mut Dice) -> Result<(), Fault> {
    match dice.below(3) {
        0 => {
            let is_down = !world.outside.post.is_down();
            world.outside.post.set_down(is_down);
            world.note(if is_down { "the mail server takes nothing" } else { "the mail server is mended" });
        }
        1 => {
            let fail = !world.outside.do_cards_fail();
            world.outside.cards_fail(fail);
            world.note(if fail { "the payment site fails" } else { "the payment site is mended" });
        }
        _ => {
            let minutes = 1 + dice.below(180);
            world.app.clock.advance(TimeDelta::minutes(minutes));
            world.note(format!("the clock jumps on by {minutes} minutes"));
        }
    }
    world.count("troubles");
    Ok(())
}
