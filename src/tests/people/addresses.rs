//! Another address to sign in with, and another password: asked for by whoever is signed in.

use chrono::TimeDelta;
use linka::{
    model::{base::fields::FieldCode, problem::Problem},
    server::{
        auth::{Caller, tokens::Token},
        db::{MIGRATIONS, people::sessions},
        service::people::{accounts, addresses, passwords},
    },
};
use sqlx::PgPool;

use super::{
    links::mailed,
    sign_in::{PASSWORD, client, world},
};
use crate::support::World;

const NEW: &str = "nova.adresa@skola.cz";

/// Signs in, as who asks.
async fn caller(world: &World, email: &str, password: &str) -> Caller {
    let signed_in = accounts::sign_in(&world.app, &client(None), email, password).await.expect("signed in");
    of(world, &signed_in.token).await
}

async fn of(world: &World, token: &Token) -> Caller {
    let mut tx = world.app.db.system().await.expect("a transaction");
    let found = sessions::find(&mut tx, token.hash(), false, world.app.clock.now()).await.expect("an answer");
    Caller(found.map(|live| live.session))
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn another_address_counts_once_both_mailboxes_agree(pool: PgPool) {
    let (world, _, email) = world(pool).await;
    let who = caller(&world, &email, PASSWORD).await;
    for (typed, code) in [("nova", FieldCode::NotAnEmail), (email.as_str(), FieldCode::AlreadyUsed)] {
        assert_eq!(
            addresses::ask(&world.app, &who.confirmed().expect("fresh"), typed).await,
            Err(Problem::field("email", code))
        );
    }
    for first in [0, 1] {
        addresses::ask(&world.app, &who.confirmed().expect("fresh"), NEW).await.expect("asked");
        let again = addresses::ask(&world.app, &who.confirmed().expect("fresh"), "dalsi@skola.cz").await;
        assert_eq!(again, Err(Problem::Throttled { retry_after_s: 120 }), "not a stream of mails to strangers");
        let tokens = mailed(&world, "address_asked").await;
        assert_eq!(addresses::agree(&world.app, &tokens[first]).await, Ok(false));
        assert_eq!(addresses::agree(&world.app, &tokens[first]).await, Ok(false), "twice is once");
        let asked = addresses::page(&world.app, &tokens[first]).await.expect("a page").asked.expect("good");
        assert!(asked.has_agreed);
        assert!(accounts::sign_in(&world.app, &client(None), &email, PASSWORD).await.is_ok(), "nothing has changed");
        let wanted = addresses::own_page(&world.app, &who).await.expect("a page").wanted.expect("it waits");
        assert_eq!((wanted.former_agreed, wanted.new_agreed), (first == 1, first == 0), "the new one was mailed last");
        world.app.clock.advance(TimeDelta::minutes(2));
    }
    let tokens = mailed(&world, "address_asked").await;
    assert_eq!(addresses::agree(&world.app, &tokens[3]).await, Err(Problem::NotFound), "of what was asked before");
    assert_eq!(addresses::agree(&world.app, &tokens[0]).await, Ok(true));
    assert_eq!(world.id("select count(*) from session").await, 0, "signed out everywhere");
    assert!(accounts::sign_in(&world.app, &client(None), &email, PASSWORD).await.is_err());
    assert!(accounts::sign_in(&world.app, &client(None), NEW, PASSWORD).await.is_ok());
    assert_eq!(addresses::agree(&world.app, &tokens[0]).await, Err(Problem::NotFound), "it is used up");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn an_address_that_somebody_has_is_nobody_else_s_and_a_late_yes_is_none(pool: PgPool) {
    let (world, _, email) = world(pool).await;
    let other = world.place("B").await.boss.session().expect("a session").login;
    world.sql(&format!("update login set email = '{NEW}' where id = {other}")).await;
    let who = caller(&world, &email, PASSWORD).await;
    addresses::ask(&world.app, &who.confirmed().expect("fresh"), NEW)
        .await
        .expect("who has it is not told to who asks");
    let tokens = mailed(&world, "address_asked").await;
    assert_eq!(addresses::agree(&world.app, &tokens[1]).await, Ok(false));
    let used = Problem::field("email", FieldCode::AlreadyUsed);
    assert_eq!(addresses::agree(&world.app, &tokens[0]).await, Err(used));
    assert!(accounts::sign_in(&world.app, &client(None), &email, PASSWORD).await.is_ok());
    world.app.clock.advance(TimeDelta::hours(72));
    assert_eq!(addresses::agree(&world.app, &tokens[1]).await, Err(Problem::NotFound));
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn one_changes_one_s_password_with_the_former_and_stays_signed_in_only_here(pool: PgPool) {
    let (world, _, email) = world(pool).await;
    let here = accounts::sign_in(&world.app, &client(None), &email, PASSWORD).await.expect("signed in").token;
    let there = accounts::sign_in(&world.app, &client(None), &email, PASSWORD).await.expect("signed in").token;
    let who = of(&world, &here).await;
    let new = "kolo stoji u plotu";
    let change = async |former: &str, again: &str| {
        passwords::change(&world.app, &client(None), &who, former, (new, again)).await
    };
    assert_eq!(change("spatne heslo 1234", new).await, Err(Problem::field("own_password", FieldCode::DoesNotMatch)));
    assert_eq!(change(PASSWORD, "x").await, Err(Problem::field("password_again", FieldCode::DoesNotMatch)));
    world.sql("update customer set name = 'Jídelna Habrov'").await;
    let guessed = ("Jídelna Habrov 2026", "Jídelna Habrov 2026");
    let guessed = passwords::change(&world.app, &client(None), &who, PASSWORD, guessed).await;
    assert_eq!(guessed, Err(Problem::field("password", FieldCode::TooCommon)), "it says where that person works");
    assert!(of(&world, &there).await.0.is_some(), "what is refused changes nothing");
    change(PASSWORD, new).await.expect("changed");
    assert!(of(&world, &here).await.0.is_some() && of(&world, &there).await.0.is_none());
    assert!(accounts::sign_in(&world.app, &client(None), &email, PASSWORD).await.is_err());
    assert!(accounts::sign_in(&world.app, &client(None), &email, new).await.is_ok());
    assert_eq!(world.id("select count(*) from mail where kind = 'password_changed'").await, 1);
}
