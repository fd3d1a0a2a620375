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
        problem::Problem,
    },
    server::{
        auth::Caller,
        db::MIGRATIONS,
        service::{money::purchases, people::colleagues},
    },
};
use reqwest::{Method, header};
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

/// What comes of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Told {
    /// An answer with this status.
    Status(u16),
    /// That this capability would be needed: any other refusal is another one.
    Lacks(Capability),
}

use Told::{Lacks, Status};

/// What the answer is to a person who has this capability and no other.
fn expected(action: Action, capability: Option<Capability>, whose: Whose) -> Told {
    let has = |wanted: Capability| capability == Some(wanted);
    match (action, whose) {
        // Who reads pages for members is told whom to ask, and what is somebody else's does not exist.
        (Action::SeeRequest, Own) => Status(200),
        (Action::SeeRequest, Colleagues) if has(Capability::SeeAll) => Status(200),
        (Action::SeeRequest, _) => Status(404),
        (Action::SeePurchase, _) if !has(Capability::Buy) && !has(Capability::SeeBilling) => {
            Lacks(Capability::SeeBilling)
        }
        (Action::SeePurchase, Own | Colleagues) => Status(200),
        (Action::SeePurchase, Foreign) => Status(404),
        (Action::SeePerson | Action::RemovePerson, _) if !has(Capability::Manage) => Lacks(Capability::Manage),
        (Action::SeePerson, Own | Colleagues) => Status(200),
        (Action::RemovePerson, Own | Colleagues) => Status(303),
        (Action::SeePerson | Action::RemovePerson, Foreign) => Status(404),
        // A form that is refused comes back on its page, which is not there for who may not see the request.
        (Action::CancelRequest, Own) if has(Capability::Order) => Status(303),
        (Action::CancelRequest, Own) => Lacks(Capability::Order),
        (Action::CancelRequest, Colleagues) if has(Capability::SeeAll) => Lacks(Capability::Order),
        (Action::CancelRequest, Colleagues | Foreign) => Status(404),
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

/// The page on which an action stands, the server function behind it, and by which name that takes the thing.
fn place_of(action: Action, thing: &str) -> (String, &'static str, &'static str) {
    match action {
        Action::SeeRequest => (format!("/requests/{thing}"), "/api/requests/page", "number"),
        Action::SeePurchase => (format!("/bundles/purchases/{thing}"), "/api/bundles/purchase-page", "number"),
        Action::SeePerson => (format!("/account/people/{thing}"), "/api/colleagues/page", "member"),
        Action::RemovePerson => (format!("/account/people/{thing}"), "/api/colleagues/remove", "member"),
        Action::CancelRequest => (format!("/requests/{thing}/cancel"), "/api/requests/cancel", "number"),
    }
}

/// Calls an action on one thing, as a browser does. Whoever is refused asks once more as a program, which is told why.
async fn answer(site: &Site, world: &World, cookie: &str, action: Action, thing: &str) -> Told {
    let (page, function, name) = place_of(action, thing);
    let is_form = matches!(action, Action::RemovePerson | Action::CancelRequest);
    let key = world.app.random.uuid().to_string();
    let fields = [(name, thing), ("key", &key), ("heir", "call_off")];
    let status = if is_form {
        site.post(function, cookie, &page, &fields).await.status
    } else {
        site.get(&page, cookie).await.status
    };
    if status != 403 {
        return Status(status);
    }
    let call = if is_form {
        site.request(Method::POST, function).form(&fields)
    } else {
        site.request(Method::GET, &format!("{function}?{name}={thing}"))
    };
    let call = call.header(header::COOKIE, cookie).header(header::ACCEPT, "application/json");
    let told = site.send(call).await.expect("an answer");
    match serde_json::from_str(&told.body) {
        Ok(Problem::Forbidden { capability: Some(capability) }) if told.status == 403 => Lacks(capability),
        other => panic!("{function} of {thing}: {} {other:?}", told.status),
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
                let told = answer(&site, &world, &cookie, action, &thing).await;
                let expected = expected(action, capability, whose);
                if told != expected {
                    wrong.push(format!("{action:?} {whose:?} with {capability:?}: {told:?} instead of {expected:?}"));
                }
            }
        }
        let oneself = member(&actor).to_string();
        let told = answer(&site, &world, &cookie, Action::RemovePerson, &oneself).await;
        if told != expected(Action::RemovePerson, capability, Own) {
            wrong.push(format!("RemovePerson Own with {capability:?}: {told:?}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    let manager = ours.boss.may_manage().expect("a manager");
    assert!(colleagues::list(&world.app, &manager).await.is_ok(), "whoever manages is still there");
}
