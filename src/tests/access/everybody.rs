//! Those who try the routes, and whose data the routes name.

use linka::{
    model::{
        base::{
            ids::{BundleId, PurchaseId, SubscriptionId},
            money::Money,
            terms::Urgency,
        },
        money::{
            purchases::{PaymentMethod, TypedPurchase},
            subscriptions::Recurrence,
        },
        paths,
        people::members::{Capabilities, Capability, StaffRole},
    },
    server::{
        auth::tokens::Token,
        service::{
            money::{purchases, subscriptions},
            work::closing,
        },
    },
};
use reqwest::{Method, header};
use sqlx::PgPool;
use uuid::Uuid;

use super::samples::sample;
use crate::support::{Answer, Site, World};

/// Two customers with people of each kind, and what the routes name.
pub(super) struct Customers {
    pub(super) site: Site,
    pub(super) victim: String,
    pub(super) stranger: &'static str,
    /// Another customer's boss.
    pub(super) other: String,
    /// The victim's colleague without any capability.
    pub(super) colleague: String,
    /// The victim's colleagues with one capability each, and with none.
    pub(super) each: Vec<(Option<Capability>, String)>,
    pub(super) staff: String,
    pub(super) manager: String,
    pub(super) technician: String,
    fill: Vec<(&'static str, String)>,
}

impl Customers {
    pub(super) async fn build(pool: PgPool) -> Self {
        let world = World::new(pool).await;
        // There are more routes than anybody may call within a minute.
        world.without_limits().await;
        world.technicians(3, "07:00", "15:30").await;
        let (victim, other) = (world.place("Victim").await, world.place("Other").await);
        let orderer = victim.boss.may_order().expect("an orderer");
        let booked = world.order(&orderer, Urgency::Normal).await;
        let starts = world.starts(&orderer, booked).await;
        let number = world.book(&orderer, booked, starts[0]).await.expect("a booking");
        let work = world.work_under_way(&victim, 1, 30).await.remove(0);
        let key = world.app.random.uuid();
        closing::close(&world.app, &work.technician, work.number, "Opraveno.", Some(true), key).await.expect("closed");
        let segment = world.id("select max(id) from time_segment").await;
        let pool = world.app.db.pool();
        let link: Uuid = sqlx::query_scalar("select id from rating_link").fetch_one(pool).await.expect("a link");
        let key: Vec<u8> = sqlx::query_scalar("select key from installation_key").fetch_one(pool).await.expect("a key");
        let attachment = world.app.random.uuid();
        world
            .sql(&format!(
                "insert into attachment (id, customer_id, request_id, event_id, position, member_id, at, name, kind, content,
                                         bytes)
                 select '{attachment}', r.customer_id, r.id, (select max(id) from request_event where request_id = r.id), 1,
                        r.member_id, now(), 'tisk.txt', 'text', 'x', 1
                 from service_request r where r.number = '{number}'"
            ))
            .await;
        let came = world
            .id("insert into inbound_mail (came_at, sha256, bytes, content, is_whole, state, reason, said, has_audio)
                 values (now(), sha256('x'), 1, 'Subject: x', true, 'waiting', 'unknown_sender', 'Program nejde spustit', true)
                 returning id")
            .await;
        let order = world.order(&orderer, Urgency::Normal).await;
        world.pick(&orderer, order, starts[8]).await.expect("a hold");
        let purchase = PurchaseId(world.app.random.uuid());
        let typed = TypedPurchase {
            quantity: "1".into(),
            reference: String::new(),
            method: Some(PaymentMethod::Transfer),
            shown: Money::from_haler(166_980),
        };
        let buyer = victim.boss.may_buy().expect("a buyer");
        let bought =
            purchases::buy(&world.app, &buyer, purchase, BundleId(1), &typed).await.expect("a purchase").number;
        let colleague = world.member(victim.customer, Capabilities::NONE.with(Capability::SeeBilling)).await;
        let staff = world.staff(StaffRole::Dispatcher).await;
        let plan = world.plan(90, Recurrence::Month).await;
        let subscription = SubscriptionId(world.app.random.uuid());
        let buyer = victim.boss.may_buy().expect("a buyer");
        subscriptions::subscribe(&world.app, &buyer, subscription, plan, None, Money::from_haler(121_000))
            .await
            .expect("subscribed");
        let mut each = Vec::new();
        for capability in [None].into_iter().chain(Capability::ALL.iter().copied().map(Some)) {
            let person = world.member(victim.customer, capability.into_iter().collect()).await;
            each.push((capability, world.cookie(&person).await));
        }
        let ready = world.app.random.uuid();
        world
            .sql(&format!(
                "insert into readiness_link
                 select '{ready}', r.customer_id, r.id, a.id, r.member_id, upper(a.during)
                 from service_request r join appointment a on a.request_id = r.id where r.number = '{number}'"
            ))
            .await;
        let fill = vec![
            ("{order}", order.to_string()),
            ("{id}", order.to_string()),
            ("{number}", number.to_string()),
            ("{ordinal}", "1".to_owned()),
            ("{bundle}", "1".to_owned()),
            ("{plan}", plan.to_string()),
            ("{subscription}", subscription.to_string()),
            ("{purchase}", purchase.to_string()),
            ("{bought}", bought.to_string()),
            ("{closed}", work.number.to_string()),
            ("{segment}", segment.to_string()),
            ("{block}", "1".to_owned()),
            ("{contest}", "1".to_owned()),
            ("{ready}", ready.to_string()),
            ("{ready_secret}", Token::of_link(&key, ready).to_hex()),
            ("{link}", link.to_string()),
            ("{secret}", Token::of_link(&key, link).to_hex()),
            ("{attachment}", attachment.to_string()),
            ("{mail}", "1".to_owned()),
            ("{came}", came.to_string()),
            ("{customer}", victim.customer.to_string()),
            ("{person}", "1".to_owned()),
            ("{member}", victim.boss.member().expect("a member").id().to_string()),
            ("{act}", "time".to_owned()),
            ("{program}", "1".to_owned()),
            ("{work_type}", "1".to_owned()),
            ("{skill}", "programs".to_owned()),
            ("{tier}", "fast".to_owned()),
            ("{region}", "1".to_owned()),
            ("{program}", world.program.to_string()),
            ("{work_type}", world.repair.to_string()),
            ("{outage}", world.outage("Stravné nejde spustit").await.to_string()),
            ("{start}", serde_urlencoded::to_string([("", starts[12].to_rfc3339())]).expect("a form")[1..].to_owned()),
            ("{webhook}", world.webhook(victim.customer).await.to_string()),
            ("{session}", victim.boss.session().expect("a session").id.to_string()),
        ];
        Self {
            victim: world.cookie(&victim.boss).await,
            stranger: "",
            other: world.cookie(&other.boss).await,
            colleague: world.cookie(&colleague).await,
            each,
            staff: world.cookie(&staff).await,
            manager: world.cookie(&world.staff(StaffRole::Manager).await).await,
            technician: world.cookie(&world.staff(StaffRole::Technician).await).await,
            site: Site::serve(world.app.clone()).await,
            fill,
        }
    }

    pub(super) fn filled(&self, text: &str) -> String {
        self.fill.iter().fold(text.to_owned(), |text, (name, value)| text.replace(name, value))
    }

    /// Calls a route as a program does; a page or download is opened.
    pub(super) async fn call(&self, route: &str, cookie: &str) -> Answer {
        // The number of a purchase is none of a request.
        let named = if route.starts_with("/bundles/purchases/") {
            route.replace("{number}", "{bought}")
        } else if route == paths::SUBSCRIBE {
            route.replace("{bundle}", "{plan}")
        } else {
            route.to_owned()
        };
        let (method, arguments) =
            if route.starts_with("/api/") { sample(route).expect(route) } else { (Method::GET, "") };
        let arguments = self.filled(arguments);
        let is_get = method == Method::GET;
        let path = if is_get && !arguments.is_empty() {
            format!("{}?{arguments}", self.filled(&named))
        } else {
            self.filled(&named)
        };
        // As a program, which is told what is lacking.
        let request = self.site.request(method, &path).header(header::COOKIE, cookie);
        let mut request = request.header(header::ACCEPT, "application/json");
        if !is_get {
            request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded").body(arguments);
        }
        let answer = self.site.send(request).await.expect("an answer");
        assert_says_what_it_is(route, &answer, !cookie.is_empty());
        answer
    }
}

/// Whatever is answered tells browsers what it is, that nobody frames it and no other site hears where somebody was; and what is shown to
/// somebody is kept by nobody.
fn assert_says_what_it_is(route: &str, answer: &Answer, is_somebodys: bool) {
    let told = |name: &str| answer.headers.get(name).map(|value| value.to_str().expect("ASCII")).unwrap_or_default();
    let (kind, policy) = (told("content-type"), told("content-security-policy"));
    assert_eq!((told("x-content-type-options"), told("referrer-policy")), ("nosniff", "same-origin"), "{route}");
    assert!(policy.contains("default-src") && policy.contains("frame-ancestors 'none'"), "{route}: {policy}");
    assert!(answer.body.is_empty() || !kind.is_empty(), "{route}: {:.200}", answer.body);
    assert!(!kind.starts_with("text/") || kind.to_lowercase().contains("charset=utf-8"), "{route}: {kind}");
    if is_somebodys && answer.status == 200 {
        assert_eq!(told("cache-control"), "no-store", "{route}");
    }
}
