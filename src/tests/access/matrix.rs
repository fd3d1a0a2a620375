//! Each capability alone against every row of the access table.

use linka::{
    model::people::{access::Access, members::Capability},
    server::{db::MIGRATIONS, http::access},
};
use sqlx::PgPool;

use super::everybody::Customers;
use crate::support::some_of;

/// Whether a row is for a person of a customer who has this capability and no other.
fn is_for(access: Access, capability: Option<Capability>) -> bool {
    let has = |wanted: &[Capability]| capability.is_some_and(|capability| wanted.contains(&capability));
    match access {
        Access::Public | Access::SignedIn | Access::Member => true,
        Access::Orderer => has(&[Capability::Order]),
        Access::Buyer => has(&[Capability::Buy]),
        Access::BillingViewer => has(&[Capability::Buy, Capability::SeeBilling]),
        Access::CustomerManager | Access::Integrator => has(&[Capability::Manage]),
        Access::Staff | Access::Corrector | Access::Technician | Access::Desk | Access::Manager => false,
    }
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn each_capability_alone_opens_the_rows_that_are_for_it_and_no_other(pool: PgPool) {
    let customers = Customers::build(pool).await;
    let (mut wrong, mut tried) = (Vec::new(), 0);
    // What is everybody's tells nothing here, and signing out would end the trying.
    let rows = access::table().iter().filter(|(_, access)| !matches!(access, Access::Public | Access::SignedIn));
    for (place, (route, access)) in rows.enumerate() {
        // Who is let in is tried each time; of those who are not, one in turn.
        let (inside, outside): (Vec<_>, Vec<_>) =
            customers.each.iter().partition(|(capability, _)| is_for(*access, *capability));
        for (capability, cookie) in inside.into_iter().chain(some_of(&outside, place).copied()) {
            let status = customers.call(route, cookie).await.status;
            tried += 1;
            // A page for members refuses by itself who lacks what it needs, and tells whom to ask.
            let tells_whom_to_ask = status == 403 && *access == Access::Member && !route.starts_with("/api/");
            let is_right = (status == 403) != is_for(*access, *capability) || tells_whom_to_ask;
            if !is_right || status == 401 || status >= 500 {
                wrong.push(format!("{route} with {capability:?}: {status}"));
            }
        }
    }
    assert!(wrong.is_empty() && tried > 300, "{tried} were tried: {wrong:#?}");
}
