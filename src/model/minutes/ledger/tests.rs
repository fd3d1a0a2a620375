//! Tests of the ledger's rules: by example, by property, and over ten thousand random histories of an account.

mod examples;
mod histories;
mod properties;

use super::{Allocation, Draw, GrantBalance};
use crate::model::base::ids::GrantId;

fn draw(grant: i64, minutes: u32) -> Draw {
    Draw { grant: GrantId(grant), minutes }
}

fn allocation(draws: &[Draw], remainder: u32) -> Allocation {
    Allocation { draws: draws.to_vec(), remainder }
}

impl GrantBalance {
    fn with_left(self, left: u32) -> Self {
        Self { left, ..self }
    }
}
