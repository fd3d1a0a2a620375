//! The bank: customers pay what they were asked for, more or less of it, or under a wrong symbol; then its statement is taken in.

use super::super::{
    deeds::deed,
    world::{Fault, World},
};
use crate::{
    model::{
        base::calendar::to_local,
        money::tax_documents::{DocumentFilter, Settlement},
    },
    server::{
        dice::Dice,
        service::money::{
            bank::{self, Said},
            tax_documents,
        },
    },
};

pub(super) async fn act(world: &mut World, dice: &mut Dice) -> Result<(), Fault> {
    let day = to_local(world.now()).date().format("%d.%m.%Y").to_string();
    let mut statement = "\"ID pohybu\";\"Datum\";\"Objem\";\"Měna\";\"Název protiúčtu\";\"VS\"\r\n".to_owned();
    let mut lines = 0;
    for buyer in world.people.buyers.clone() {
        let viewer = buyer.may_see_billing()?;
        let list = tax_documents::list(&world.app, &viewer, DocumentFilter::default(), None);
        let Some(list) = world.look("the documents", list).await? else { continue };
        for document in &list.documents.page.rows {
            let is_asked = matches!(document.settlement, Settlement::Due | Settlement::Overdue);
            if !is_asked || !document.kind.asks_for_payment() || !dice.one_in(2) {
                continue;
            }
            let (haler, symbol) = paid(dice, document.total.haler(), &document.number);
            let reference = dice.below(1_000_000_000_000);
            let (crowns, rest) = (haler / 100, haler % 100);
            statement +=
                &format!("\"{reference}\";\"{day}\";\"{crowns},{rest:02}\";\"CZK\";\"Zákazník\";\"{symbol}\"\r\n");
            lines += 1;
        }
    }
    if lines == 0 {
        return Ok(());
    }
    let manager = world.people.manager.clone();
    let file = statement.into_bytes();
    let says = format!("a statement with {lines} payments is taken in");
    let deed = deed!(says, |app, manager, file| {
        bank::import(&app, &manager, "vypis.csv", &file, Said::default()).await.map(drop)
    });
    world.count("statements");
    world.send(dice, deed).await.map(drop)
}

/// What somebody pays who was asked for so much, and under which symbol.
fn paid(dice: &mut Dice, haler: i64, number: &str) -> (i64, String) {
    let symbol: String = number.chars().filter(char::is_ascii_digit).collect();
    match dice.below(12) {
        0 => (1 + haler / 2, symbol),
        1 => (haler + 10_000, symbol),
        2 => (haler, "77".to_owned()),
        3 => (haler, String::new()),
        _ => (haler, symbol),
    }
}
