//! Ordering the same again.

use linka::{
    model::{
        base::{ids::RequestId, terms::Urgency},
        ordering::drafts::DraftStep,
        problem::{MovedOn, Problem},
    },
    server::{
        db::MIGRATIONS,
        service::ordering::{again, drafts},
    },
};
use sqlx::PgPool;

use crate::support::{World, details};

#[sqlx::test(migrator = "MIGRATIONS")]
async fn the_same_again_leads_to_the_times_and_what_was_urgent_is_asked_for_anew(pool: PgPool) {
    let world = World::new(pool).await;
    world.technicians(2, "07:00", "15:30").await;
    let place = world.place("Škola").await;
    let orderer = place.boss.may_order().expect("an orderer");
    for (urgency, next) in [(Urgency::Normal, DraftStep::Time), (Urgency::Urgent, DraftStep::What)] {
        let order = world.order(&orderer, urgency).await;
        let start = world.starts(&orderer, order).await[0];
        let number = world.book(&orderer, order, start).await.expect("a booking");
        let id = RequestId(world.app.random.uuid());
        for _ in 0..2 {
            assert_eq!(again::order_again(&world.app, &orderer, number, id).await, Ok(next), "{urgency}");
        }
        let choice = drafts::what_choice(&world.app, &orderer, id).await.expect("the screen");
        assert_eq!(choice.drafts.len(), usize::from(urgency == Urgency::Urgent), "one draft of each order");
        let draft = choice.draft.expect("a draft");
        assert_eq!(draft.what_happened, details().what_happened);
        assert_eq!((draft.claim, draft.work_type.map(|work_type| work_type.id)), (None, Some(world.repair)));
        let mut wish = world.wish(world.repair, Urgency::Normal);
        wish.details.what_happened = "Tentokrát netiskne jen pokladna.".into();
        drafts::save_wish(&world.app, &orderer, id, &wish).await.expect("changed");
        assert_eq!(again::order_again(&world.app, &orderer, number, id).await, Ok(DraftStep::Time), "from Back");
        let draft = drafts::what_choice(&world.app, &orderer, id).await.expect("the screen").draft.expect("a draft");
        assert_eq!(draft.what_happened, wish.details.what_happened, "what was changed stays");
        let stranger = world.place(urgency.code()).await.boss.may_order().expect("an orderer");
        assert_eq!(again::order_again(&world.app, &stranger, number, id).await, Err(Problem::NotFound));
    }
    let recent = world.new_order(&orderer).await.recent;
    assert_eq!(recent.iter().map(|subject| subject.work_type).collect::<Vec<_>>(), [world.repair], "each once");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn what_is_offered_no_more_leads_to_a_new_order(pool: PgPool) {
    let world = World::new(pool).await;
    world.technicians(1, "07:00", "15:30").await;
    let place = world.place("Škola").await;
    let orderer = place.boss.may_order().expect("an orderer");
    let order = world.order(&orderer, Urgency::Normal).await;
    let start = world.starts(&orderer, order).await[0];
    let number = world.book(&orderer, order, start).await.expect("a booking");
    world.sql("delete from licence").await;
    let id = RequestId(world.app.random.uuid());
    let begun = Problem::MovedOn(MovedOn::OrderBegun(id));
    assert_eq!(again::order_again(&world.app, &orderer, number, id).await, Err(begun));
    assert_eq!(world.new_order(&orderer).await.recent, [], "nor is it among what was ordered last");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn nobody_orders_again_beside_an_outage_of_which_they_could_have_read(pool: PgPool) {
    let world = World::new(pool).await;
    world.technicians(2, "07:00", "15:30").await;
    let place = world.place("Škola").await;
    let orderer = place.boss.may_order().expect("an orderer");
    let order = world.order(&orderer, Urgency::Normal).await;
    let start = world.starts(&orderer, order).await[0];
    let number = world.book(&orderer, order, start).await.expect("a booking");
    world.outage("Sklad se nespustí").await;
    let id = RequestId(world.app.random.uuid());
    for _ in 0..2 {
        assert_eq!(again::order_again(&world.app, &orderer, number, id).await, Ok(DraftStep::What));
    }
    let choice = drafts::what_choice(&world.app, &orderer, id).await.expect("the screen");
    assert_eq!(choice.outages.len(), 1, "it is asked there");
    assert_eq!(
        choice.draft.map(|draft| draft.what_happened),
        Some(details().what_happened),
        "and nothing is typed anew"
    );
}
