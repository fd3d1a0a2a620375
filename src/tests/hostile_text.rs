//! Names that are markup: every text that the database holds is one, and no page lets any of it become markup.

use std::collections::{BTreeMap, BTreeSet};

use linka::{
    model::{
        base::{
            ids::{BundleId, CustomerId, PurchaseId, RequestId, SubscriptionId},
            money::Money,
            terms::Urgency,
        },
        money::{
            purchases::{PaymentMethod, TypedPurchase},
            subscriptions::Recurrence,
        },
        ordering::{
            drafts::{Subject, TypedWish},
            requests::RequestDetails,
            visitors::TypedVisit,
        },
        paths,
        people::{members::StaffRole, registrations::TypedRegistration},
    },
    server::{
        auth::{Caller, tokens::Token},
        db::MIGRATIONS,
        service::{
            money::{purchases, subscriptions},
            ordering::{drafts, visitors},
            work::closing,
        },
    },
    ui::routes::PAGES,
};
use sqlx::{AssertSqlSafe, PgPool};

use super::{
    line_breaks::broken,
    page_parts::missing,
    people::client,
    support::{Site, World},
};

/// Ends a title, an attribute, a text area; runs; leads elsewhere; and is an entity.
const HOSTILE: &str = "</title></textarea><meta http-equiv=refresh content=0;url=//evil.example><script>evil()</script>\" onevil='1' x='&evil;";

/// The same in few letters, for what may not be long.
const SHORT: &str = "</title><script>evil()</script>\" onevil='&evil;";

/// What people type and read in one piece, at the end of all that.
const BREAKABLE: &str = " s 5 min";

/// Addresses of the steps that an order once had: nobody sees anything there.
const LEAD_ON: &[&str] = &[paths::DRAFT_WORK_TYPE, paths::DRAFT_DETAILS, paths::DRAFT_URGENCY];

/// Pages that show what was typed before it was made hostile, as it was typed.
const AS_TYPED: &[&str] = &[paths::AUDIT, paths::OWN_AUDIT];

/// By what people and the program find things again: they are no free text, and must stay what they are.
const NUMBERS: &[&str] =
    &["service_request.number", "purchase.number", "tax_document.number", "response_tier.code", "payment_task.name"];

/// What people write that stands on most pages; that these are reached shows that the rest is.
const WRITTEN: &[&str] = &[
    "customer.name",
    "customer.street",
    "customer.city",
    "member.name",
    "staff.name",
    "program.name",
    "work_type.name",
    "service_request.what_happened",
    "service_request.contact_name",
    "closure.reason",
    "line_region.name",
    "response_tier.name",
    "contract.number",
];

const TEXTS: &str = "
    select table_name || '.' || column_name from information_schema.columns join information_schema.tables
    using (table_schema, table_name)
    where table_schema = 'public' and table_type = 'BASE TABLE' and data_type = 'text' and is_generated = 'NEVER'
      and table_name not like '\\_%'
    order by 1";

/// Makes every text hostile that its constraints let be, in every row. Which those were.
async fn make_hostile(world: &World) -> BTreeSet<String> {
    let columns: Vec<String> = sqlx::query_scalar(TEXTS).fetch_all(world.app.db.pool()).await.expect("columns");
    let mut changed = BTreeSet::new();
    for column in columns.iter().filter(|column| !NUMBERS.contains(&column.as_str())) {
        let (table, name) = column.split_once('.').expect("a table and a column");
        for text in [HOSTILE, SHORT] {
            let mut tx = world.app.db.pool().begin().await.expect("a transaction");
            // Some names are the only ones of their kind.
            let update =
                format!("update {table} set {name} = $1 || ctid::text || '{BREAKABLE}' where {name} is not null");
            let done = sqlx::query(AssertSqlSafe(update)).bind(text).execute(&mut *tx).await;
            if done.is_ok_and(|done| done.rows_affected() > 0) && tx.commit().await.is_ok() {
                changed.insert(column.clone());
                break;
            }
        }
    }
    changed
}

struct Hostile {
    world: World,
    people: Vec<(&'static str, Caller)>,
    fill: Vec<(&'static str, String)>,
    changed: BTreeSet<String>,
}

impl Hostile {
    /// Everything that the tests know how to make, made of hostile text: once before what is frozen with it, once after.
    async fn new(pool: PgPool) -> Self {
        let world = World::new(pool).await;
        world.technicians(3, "07:00", "15:30").await;
        world.sql("insert into closure (date, reason) values ('2026-12-01', 'Inventura')").await;
        let place = world.place("Škola").await;
        let contract = world.contract(place.customer, 300).await;
        world.sql("insert into public_text (text_cs, text_en) values ('Dobrý den', 'Good morning')").await;
        make_hostile(&world).await;
        let orderer = place.boss.may_order().expect("an orderer");
        let booked = world.order(&orderer, Urgency::Normal).await;
        let details = RequestDetails {
            what_happened: HOSTILE.into(),
            contact_name: SHORT.into(),
            contact_phone: "601 234 567".into(),
        };
        let wish = TypedWish { details, ..world.wish(world.repair, Urgency::Normal) };
        drafts::save_wish(&world.app, &orderer, booked, &wish).await.expect("written");
        let starts = world.starts(&orderer, booked).await;
        let number = world.book(&orderer, booked, starts[0]).await.expect("a booking");
        let mut under_way = world.work_under_way(&place, 2, 30).await;
        let (running, work) = (under_way.remove(1), under_way.remove(0));
        let key = world.app.random.uuid();
        closing::close(&world.app, &work.technician, work.number, HOSTILE, Some(true), key).await.expect("closed");
        let draft = world.order(&orderer, Urgency::Normal).await;
        world.pick(&orderer, draft, starts[8]).await.expect("a hold");
        let purchase = PurchaseId(world.app.random.uuid());
        let typed = TypedPurchase {
            quantity: "1".into(),
            reference: "</title><b>".into(),
            method: Some(PaymentMethod::Transfer),
            shown: Money::from_haler(166_980),
        };
        let buyer = place.boss.may_buy().expect("a buyer");
        let bought =
            purchases::buy(&world.app, &buyer, purchase, BundleId(1), &typed).await.expect("a purchase").number;
        let plan = world.plan(90, Recurrence::Month).await;
        let subscription = SubscriptionId(world.app.random.uuid());
        let shown = Money::from_haler(121_000);
        subscriptions::subscribe(&world.app, &buyer, subscription, plan, None, shown).await.expect("subscribed");
        let member = place.boss.member().expect("a member").id();
        let mut people = vec![("a visitor", Caller::default()), ("a member", place.boss)];
        for role in [StaffRole::Dispatcher, StaffRole::Technician, StaffRole::Manager] {
            people.push((role.code(), world.staff(role).await));
        }
        // The technician who looks is the one who works.
        let segment = world.id("select s.id from time_segment s join intervention i on i.id = s.intervention_id where i.state = 'open'").await;
        for table in ["appointment", "time_segment"] {
            world
                .sql(&format!(
                    "update {table} set technician_id = (select staff_id from login where email like 'staff%' order by id offset 1 limit 1)
                     where intervention_id = (select intervention_id from time_segment where id = {segment})"
                ))
                .await;
        }
        let outage = world.outage("Stravné nejde spustit").await;
        world
            .sql(
                "insert into report_block (staff_id, title, body, position, key)
                 select staff_id, 'Tisk', 'Tisk funguje.', 1, gen_random_uuid()
                 from login where email like 'staff%' order by id offset 1 limit 1",
            )
            .await;
        let pool = world.app.db.pool();
        let link: uuid::Uuid = sqlx::query_scalar("select id from rating_link").fetch_one(pool).await.expect("a link");
        let key: Vec<u8> = sqlx::query_scalar("select key from installation_key").fetch_one(pool).await.expect("a key");
        let came = world
            .id("insert into inbound_mail (came_at, sha256, bytes, content, is_whole, state, reason, from_address, from_name, title, said,
                                           left_out, has_audio)
                 values (now(), sha256('x'), 1, 'Subject: x', true, 'waiting', 'unknown_sender', 'x@y.example', 'Jana', 'Tisk', 'Nejde.',
                         'winmail.dat', true) returning id")
            .await;
        let rating = paths::rating(link, &Token::of_link(&key, link).to_hex());
        let ready = world.app.random.uuid();
        world
            .sql(&format!(
                "insert into readiness_link
                 select '{ready}', r.customer_id, r.id, a.id, r.member_id, upper(a.during)
                 from service_request r join appointment a on a.request_id = r.id and a.state = 'confirmed'
                 order by a.id limit 1"
            ))
            .await;
        let ready = paths::readiness(ready, &Token::of_link(&key, ready).to_hex());
        let document = "select number from tax_document where kind = 'proforma' order by id desc limit 1";
        let document: String =
            sqlx::query_scalar(document).fetch_one(world.app.db.pool()).await.expect("what is to be paid");
        let payment = part_of(&world, &document).await;
        let webhook = world.webhook(place.customer).await;
        let former = merged(&world, place.customer).await;
        let other = world.place("Družina").await.customer;
        world.contract(other, 300).await;
        let changed = make_hostile(&world).await;
        let visit = visit(&world).await;
        let fill = vec![
            ("{visit}", visit.to_string()),
            ("{webhook}", webhook.to_string()),
            ("{former}", former.to_string()),
            ("{other}", other.to_string()),
            ("{document}", document),
            ("{payment}", payment.to_string()),
            ("{id}", draft.to_string()),
            ("{rating}", rating),
            ("{came}", came.to_string()),
            ("{ready}", ready),
            ("{act}", "follow-up".to_owned()),
            ("{number}", number.to_string()),
            ("{closed}", work.number.to_string()),
            ("{running}", running.number.to_string()),
            ("{contract}", contract.to_string()),
            ("{bought}", bought.to_string()),
            ("{ordinal}", "1".to_owned()),
            ("{plan}", plan.to_string()),
            ("{bundle}", "1".to_owned()),
            ("{segment}", segment.to_string()),
            ("{block}", "1".to_owned()),
            ("{customer}", place.customer.to_string()),
            ("{person}", "1".to_owned()),
            ("{member}", member.to_string()),
            ("{program}", "1".to_owned()),
            ("{work_type}", "1".to_owned()),
            ("{skill}", "programs".to_owned()),
            ("{tier}", "fast".to_owned()),
            ("{region}", "1".to_owned()),
            ("{outage}", outage.to_string()),
        ];
        Self { world, people, fill, changed }
    }

    fn address(&self, path: &str) -> String {
        let path = match path {
            paths::RATING => "{rating}".to_owned(),
            paths::READINESS => "{ready}".to_owned(),
            paths::REGISTER_TIME => paths::REGISTER_TIME.replace("{id}", "{visit}"),
            // What has not begun has an address of its own.
            paths::ORDER => paths::new_order(RequestId(self.world.app.random.uuid())),
            paths::FORMER_REQUESTS => paths::FORMER_REQUESTS.replace("{customer}", "{former}"),
            paths::CUSTOMER_MERGE => format!("{path}?into={{other}}"),
            paths::SALES_UNMATCH => format!("{path}?payment={{payment}}"),
            paths::SUBSCRIBE => paths::SUBSCRIBE.replace("{bundle}", "{plan}"),
            path if path.contains("purchases/{number}") => path.replace("{number}", "{bought}"),
            path if path.starts_with("/documents/") => path.replace("{number}", "{document}"),
            path if path.contains("{segment}") => path.replace("{number}", "{running}"),
            path if path.contains("{ordinal}") || path.ends_with("/reopening") => path.replace("{number}", "{closed}"),
            path if path.starts_with("/desk/customers/") => path.replace("{id}", "{customer}"),
            path => path.to_owned(),
        };
        self.fill.iter().fold(path, |path, (name, value)| path.replace(name, value))
    }
}

/// What of a page is markup that no page of ours has.
fn breaches(page: &str) -> Vec<String> {
    let mut breaches: Vec<String> = ["<script>evil", "<meta http-equiv=refresh", "</title><", "<b>", "&evil;"]
        .into_iter()
        .filter(|markup| page.contains(markup) && !(*markup == "</title><" && page.matches("</title><").count() == 1))
        .map(ToOwned::to_owned)
        .collect();
    // Within a tag a quote ends the value of an attribute, and what follows is another.
    for tag in page.split('<').skip(1) {
        let mut rest = tag;
        while let Some((before, after)) = rest.split_once(['"', '>']) {
            if before.contains("onevil") {
                breaches.push(format!("an attribute in <{tag}"));
            }
            if rest.as_bytes()[before.len()] == b'>' {
                break;
            }
            rest = after.split_once('"').map_or("", |(_, after)| after);
        }
    }
    breaches
}

#[test]
fn a_breach_is_seen_in_a_title_in_text_and_in_an_attribute() {
    assert_eq!(
        breaches("<title>&lt;/title&gt;</title><p title=\"&quot; onevil='1'\">\" onevil='1' &amp;evil;</p>"),
        [""; 0]
    );
    for breach in [
        format!("<title>{HOSTILE}</title>"),
        format!("<p>{SHORT}</p>"),
        format!("<p class=\"a\" title=\"{HOSTILE}\">x</p>"),
        "<p>&evil;</p>".to_owned(),
    ] {
        assert!(!breaches(&breach).is_empty(), "{breach}");
    }
}

/// A customer that was merged into another one, with something that it had called off before.
async fn merged(world: &World, into: CustomerId) -> CustomerId {
    let place = world.place("Školka").await;
    let orderer = place.boss.may_order().expect("an orderer");
    let order = world.order(&orderer, Urgency::Normal).await;
    let start = world.starts(&orderer, order).await[0];
    world.book(&orderer, order, start).await.expect("a booking");
    for done in [
        format!("update appointment set state = 'cancelled' where request_id = '{order}'"),
        format!("update service_request set state = 'cancelled' where id = '{order}'"),
        format!("update customer set active = false, merged_into = {into} where id = {}", place.customer),
    ] {
        world.sql(&done).await;
    }
    place.customer
}

/// A transfer by whoever is called so, which pays a part of a document.
async fn part_of(world: &World, document: &str) -> i64 {
    let part = "with s as (
             insert into bank_statement (sha256, file_name, format, imported_at, staff_id, lines, incoming)
             select sha256('x'), 'x', 'gpc', now(), min(id), 1, 1 from staff returning id)
         insert into bank_payment (statement_id, booked_on, amount, currency, variable_symbol, counter_account, counter_name, message,
                                   reference, state, document_id, decided_at, note)
         select s.id, '2026-11-23', 1, 'CZK', d.symbol, '', $1, $1, 'x', 'matched', d.id, now(), $1
         from s, tax_document d where d.number = $2 returning id";
    let part = sqlx::query_scalar(part).bind(SHORT).bind(document).fetch_one(world.app.db.pool()).await;
    part.expect("a payment")
}

/// What a visitor orders, in words of the same kind.
async fn visit(world: &World) -> RequestId {
    let subject = Subject { program: world.program, work_type: world.repair };
    let visit = TypedVisit { subject: subject.to_string(), what_happened: HOSTILE.into() };
    let typed = TypedRegistration {
        ico: "27408264".into(),
        organisation: SHORT.into(),
        name: SHORT.into(),
        email: "jana@skola.cz".into(),
        phone: "601 234 567".into(),
        ..TypedRegistration::default()
    };
    let key = world.app.random.uuid();
    let order = visitors::begin(&world.app, &client(None), (&visit, &typed), key, "cs").await.expect("begun");
    order.expect("an order")
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn no_text_of_anybodys_becomes_markup_on_any_page(pool: PgPool) {
    let hostile = Hostile::new(pool).await;
    let missed: Vec<_> = WRITTEN.iter().filter(|column| !hostile.changed.contains(**column)).collect();
    assert!(missed.is_empty(), "not hostile: {missed:?} of {:?}", hostile.changed);
    let site = Site::serve(hostile.world.app.clone()).await;
    let (mut shown, mut lines, mut lacking) = (BTreeSet::new(), BTreeMap::new(), BTreeMap::new());
    for (who, caller) in &hostile.people {
        let cookie = if caller.0.is_some() { hostile.world.cookie(caller).await } else { String::new() };
        for page in PAGES {
            let answer = site.get(&hostile.address(page.path), &cookie).await;
            assert!(answer.status < 500, "{} as {who}: {}", page.path, answer.body);
            assert_eq!(breaches(&answer.body), Vec::<String>::new(), "{} as {who}", page.path);
            if !AS_TYPED.contains(&page.path) {
                lines.extend(broken(&answer.body).into_iter().map(|found| (found, page.path)));
            }
            if answer.status == 200 {
                lacking.extend(missing(&answer.body).into_iter().map(|part| (part, page.path)));
            }
            if answer.status == 200 || LEAD_ON.contains(&page.path) {
                shown.insert(page.path);
            }
        }
    }
    assert_eq!(lacking, BTreeMap::new(), "what pages lack");
    assert_eq!(lines, BTreeMap::new(), "read in one piece, and may be broken over lines");
    let unseen: Vec<_> = PAGES.iter().map(|page| page.path).filter(|path| !shown.contains(path)).collect();
    assert_eq!(unseen, Vec::<&str>::new(), "pages that nobody was shown");
}
