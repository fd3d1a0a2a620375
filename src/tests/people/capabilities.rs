//! What each capability alone lets a person do with what is their own, a colleague's and another organisation's: a table, tried
//! over HTTP.

use linka::{
    model::{
        base::{
            ids::{BundleId, MemberId, PurchaseId},
            money::Money,
            terms::Urgency,
        },
        money::purchases::PaymentMethod,
        people::members::{Capabilities, Capability},
    },
    server::{
        auth::Caller,
        db::MIGRATIONS,
        service::{money::purchases, people::colleagues},
    },
};
use sqlx::PgPool;

use crate::support::{Place, Site, World, typed_purchase};

/// Whose a thing is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Whose {
    Own,
    Colleagues,
    Foreign,
}

use Whose::{Colleagues, Foreign, Own};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Action {
    SeeRequest,
    SeePurchase,
    SeePerson,
    RemovePerson,
    CancelRequest,
}

const ACTIONS: [Action; 5] =
    [Action::SeeRequest, Action::SeePurchase, Action::SeePerson, Action::RemovePerson, Action::CancelRequest];

/// What the answer is to a person who has this capability and no other.
fn expected(action: Action, capability: Option<Capability>, whose: Whose) -> u16 {
    let has = |wanted: Capability| capability == Some(wanted);
    match (action, whose) {
        // Who reads pages for members is told whom to ask, and what is somebody else's does not exist.
        (Action::SeeRequest, Own) => 200,
        (Action::SeeRequest, Colleagues) if has(Capability::SeeAll) => 200,
        (Action::SeeRequest, _) => 404,
        (Action::SeePurchase, _) if !has(Capability::Buy) && !has(Capability::SeeBilling) => 403,
        (Action::SeePurchase, Own | Colleagues) => 200,
        (Action::SeePurchase, Foreign) => 404,
        (Action::SeePerson | Action::RemovePerson, _) if !has(Capability::Manage) => 403,
        (Action::SeePerson, Own | Colleagues) => 200,
        (Action::RemovePerson, Own | Colleagues) => 303,
        (Action::SeePerson | Action::RemovePerson, Foreign) => 404,
        // A form that is refused comes back on its page, which is not there for who may not see the request.
        (Action::CancelRequest, Own) if has(Capability::Order) => 303,
        (Action::CancelRequest, Own) => 403,
        (Action::CancelRequest, Colleagues) if has(Capability::SeeAll) => 403,
        (Action::CancelRequest, Colleagues | Foreign) => 404,
    }
}

fn member(caller: &Caller) -> MemberId {
    caller.member().expect("a member").id()
}

/// A request of a member's, whatever that member may do.
async fn request_of(world: &World, boss: &Caller, whose: MemberId) -> String {
    let orderer = boss.may_order().expect("an orderer");
    let order = world.order(&orderer, Urgency::Normal).await;
    let starts = world.starts(&orderer, order).await;
    let number = world.book(&orderer, order, starts[starts.len() - 1]).await.expect("a booking");
    world.sql(&format!("update service_request set member_id = {whose} where number = '{number}'")).await;
    number.to_string()
}

/// A purchase of a member's, whatever that member may do.
async fn purchase_of(world: &World, boss: &Caller) -> String {
    let id = PurchaseId(world.app.random.uuid());
    let typed = typed_purchase("1", PaymentMethod::Transfer, Money::from_haler(166_980));
    let buyer = boss.may_buy().expect("a buyer");
    purchases::buy(&world.app, &buyer, id, BundleId(1), &typed).await.expect("bought").number.to_string()
}

/// Calls an action on one thing.
async fn answer(site: &Site, world: &World, cookie: &str, action: Action, thing: &str) -> u16 {
    let post = |function: &'static str, page: String, name: &'static str| async move {
        let key = world.app.random.uuid().to_string();
        let fields = [(name, thing), ("key", &key), ("heir", "call_off")];
        site.post(function, cookie, &page, &fields).await.status
    };
    match action {
        Action::SeeRequest => site.get(&format!("/requests/{thing}"), cookie).await.status,
        Action::SeePurchase => site.get(&format!("/bundles/purchases/{thing}"), cookie).await.status,
        Action::SeePerson => site.get(&format!("/account/people/{thing}"), cookie).await.status,
        Action::RemovePerson => post("/api/colleagues/remove", format!("/account/people/{thing}"), "member").await,
        Action::CancelRequest => post("/api/requests/cancel", format!("/requests/{thing}/cancel"), "number").await,
    }
}

/// What there is of each, for whoever tries.
async fn thing(
    world: &World,
    (ours, theirs): (&Place, &Place),
    actor: &Caller,
    action: Action,
    whose: Whose,
) -> String {
    let boss = if whose == Foreign { &theirs.boss } else { &ours.boss };
    match action {
        Action::SeeRequest | Action::CancelRequest => {
            let of = if whose == Own { member(actor) } else { member(boss) };
            request_of(world, boss, of).await
        }
        Action::SeePurchase => purchase_of(world, boss).await,
        Action::SeePerson | Action::RemovePerson => match whose {
            Own => member(actor).to_string(),
            Colleagues | Foreign => {
                let customer = if whose == Foreign { theirs.customer } else { ours.customer };
                member(&world.member(customer, Capabilities::NONE).await).to_string()
            }
        },
    }
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn each_capability_alone_does_what_the_table_says_and_nothing_else(pool: PgPool) {
    let world = World::new(pool).await;
    world.technicians(6, "07:00", "15:30").await;
    world.without_limits().await;
    let (ours, theirs) = (world.place("Naše").await, world.place("Jejich").await);
    let site = Site::serve(world.app.clone()).await;
    let mut wrong = Vec::new();
    for capability in [None].into_iter().chain(Capability::ALL.iter().copied().map(Some)) {
        let actor = world.member(ours.customer, capability.into_iter().collect()).await;
        let cookie = world.cookie(&actor).await;
        // The own person last: that ends the session.
        for action in ACTIONS {
            for whose in [Foreign, Colleagues, Own] {
                if (action, whose) == (Action::RemovePerson, Own) {
                    continue;
                }
                let thing = thing(&world, (&ours, &theirs), &actor, action, whose).await;
                let status = answer(&site, &world, &cookie, action, &thing).await;
                let expected = expected(action, capability, whose);
                if status != expected {
                    wrong.push(format!("{action:?} {whose:?} with {capability:?}: {status} instead of {expected}"));
                }
            }
        }
        let oneself = member(&actor).to_string();
        let status = answer(&site, &world, &cookie, Action::RemovePerson, &oneself).await;
        if status != expected(Action::RemovePerson, capability, Own) {
            wrong.push(format!("RemovePerson Own with {capability:?}: {status}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    let manager = ours.boss.may_manage().expect("a manager");
    assert!(colleagues::list(&world.app, &manager).await.is_ok(), "whoever manages is still there");
}
