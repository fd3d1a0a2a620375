//! Somebody writes a mail to the line: a customer's person, or somebody whom nobody knows; and it is handed over twice.

use super::super::{
    deeds::deed,
    ground::{MEMBERS, address_of},
    world::{Fault, World},
};
use crate::server::{dice::Dice, service::work::mail_in};

pub(super) async fn act(world: &mut World, dice: &mut Dice) -> Result<(), Fault> {
    let from = match dice.below(3) {
        0 => "cukrarna@narohu.example".to_owned(),
        _ => address_of(1 + dice.below(MEMBERS)),
    };
    let id = world.app.random.uuid();
    let raw = format!(
        "From: <{from}>\r\nTo: Linka <linka@linka.example>\r\nSubject: Nejde tisk\r\nMessage-ID: <{id}@psano.example>\r\n\
         MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nDobrý den,\r\n\r\nnejde nám tisk stravenek.\r\n"
    );
    let says = format!("a mail comes from {from}");
    let deed = deed!(says, |app, raw| {
        let bytes = u64::try_from(raw.len()).unwrap_or(u64::MAX);
        mail_in::take_in(&app, raw.as_bytes(), bytes).await.map(drop)
    });
    world.count("letters");
    world.send(dice, deed).await.map(drop)
}
