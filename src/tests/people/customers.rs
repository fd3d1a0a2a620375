//! Customers as the vendor's people keep them: what is kept, on which terms they pay, and whether they may order.

use linka::{
    model::{
        base::{seen::Seen, terms::Urgency},
        people::{
            customers::{Address, ContactKind, TypedCustomer},
            members::StaffRole,
        },
        problem::{FieldCode, Problem},
    },
    server::{
        auth::Desk,
        db::{self, MIGRATIONS},
        service::{ordering::drafts, people::customers},
    },
};
use sqlx::PgPool;

use crate::support::{Shop, Site, World};

/// Nobody's name, and everybody's trouble.
const HOSTILE: &str = "</textarea><script>alert('x')</script> & \u{202e}Škola “Lipová”";

async fn dispatcher(world: &World) -> Desk {
    world.staff(StaffRole::Dispatcher).await.desk().expect("a dispatcher")
}

fn school(ico: &str) -> TypedCustomer {
    TypedCustomer { name: "Školní jídelna".into(), ico: ico.into(), ..TypedCustomer::default() }
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_form_that_comes_twice_adds_one_customer(pool: PgPool) {
    let world = World::new(pool).await;
    let desk = dispatcher(&world).await;
    let key = world.app.random.uuid();
    let before = world.id("select count(*) from customer").await;
    let typed = TypedCustomer {
        address: Address {
            street: "Hlavná 1".into(),
            city: "Bratislava".into(),
            postal_code: "811 01".into(),
            dic: "sk2020".into(),
        },
        country: "sk".into(),
        phones: "+421 2 1234 5678, sekretariát\n377 457 977".into(),
        emails: "Info@Skola.sk".into(),
        note: "Volat po desáté.".into(),
        ..school("")
    };
    let (one, other) =
        tokio::join!(customers::add(&world.app, &desk, &typed, key), customers::add(&world.app, &desk, &typed, key),);
    let id = one.or(other).expect("added");
    assert_eq!(customers::add(&world.app, &desk, &typed, key).await, Ok(id));
    assert_eq!(world.id("select count(*) from customer").await, before + 1);
    let page = customers::form_page(&world.app, &desk, Some(id)).await.expect("a page");
    let (_, facts) = page.customer.expect("the customer");
    assert_eq!((facts.ico.as_deref(), facts.country.as_str()), (None, "SK"), "from abroad, without an IČO");
    assert_eq!(facts.contact_lines(ContactKind::Phone), "+421212345678, sekretariát\n+420377457977");
    assert_eq!(facts.contact_lines(ContactKind::Email), "info@skola.sk");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn an_ico_is_one_customers_also_when_two_are_added_at_once(pool: PgPool) {
    let world = World::new(pool).await;
    let desk = dispatcher(&world).await;
    let key = || world.app.random.uuid();
    let typed = school("27074358");
    let (first, second) = tokio::join!(
        customers::add(&world.app, &desk, &typed, key()),
        customers::add(&world.app, &desk, &typed, key()),
    );
    let used = Problem::field("ico", FieldCode::AlreadyUsed);
    assert!(first.is_ok() != second.is_ok(), "{first:?}, {second:?}");
    assert_eq!(first.as_ref().err().or(second.as_ref().err()), Some(&used));
    let id = customers::add(&world.app, &desk, &school(""), key()).await.expect("another without one");
    customers::add(&world.app, &desk, &school(""), key()).await.expect("and one more");
    assert_eq!(customers::save(&world.app, &desk, id, &school("27074358"), &Seen::default()).await, Err(used));
    let wrong = customers::save(&world.app, &desk, id, &school("27074359"), &Seen::default()).await;
    assert_eq!(wrong, Err(Problem::field("ico", FieldCode::DoesNotMatch)));
    // What was brought in from elsewhere and is no IČO may stay, as long as it stays.
    world.sql(&format!("update customer set ico = '70874121' where id = {id}")).await;
    customers::save(&world.app, &desk, id, &school("70874121"), &Seen::default()).await.expect("it stands already");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn the_number_to_call_is_that_of_the_region_that_was_chosen(pool: PgPool) {
    let world = World::new(pool).await;
    let desk = dispatcher(&world).await;
    let place = world.place("A").await.customer;
    let phone = async |region: &str, postal_code: &str| {
        let city = if postal_code.is_empty() { "" } else { "Obec" };
        let typed = TypedCustomer {
            region: region.into(),
            address: Address {
                street: city.into(),
                city: city.into(),
                postal_code: postal_code.into(),
                dic: String::new(),
            },
            ..school("")
        };
        customers::save(&world.app, &desk, place, &typed, &Seen::default()).await.expect("saved");
        world.id(&format!("select replace(line_phone({place}, now()), ' ', '')::bigint")).await
    };
    assert_eq!(phone("", "602 00").await, 377_462_201, "by the postal code");
    assert_eq!(phone("Severovýchod", "602 00").await, 377_462_520, "chosen");
    assert_eq!(phone("Atlantida", "602 00").await, 377_462_201, "there is no such region");
    assert_eq!(phone("", "").await, 377_457_977, "the first one");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn who_is_blocked_reads_and_keeps_what_is_agreed_but_orders_and_buys_nothing(pool: PgPool) {
    let shop = Shop::new(pool).await;
    let world = &shop.world;
    world.technicians(2, "07:00", "15:30").await;
    let manager = world.staff(StaffRole::Manager).await.manager().expect("a manager");
    let orderer = shop.place.boss.may_order().expect("an orderer");
    let agreed = world.order(&orderer, Urgency::Normal).await;
    let starts = world.starts(&orderer, agreed).await;
    world.book(&orderer, agreed, starts[0]).await.expect("a booking");
    let draft = world.order(&orderer, Urgency::Normal).await;
    world.pick(&orderer, draft, starts[4]).await.expect("a hold");

    let customer = shop.place.customer;
    let short = customers::block(&world.app, &manager, customer, " ", false).await;
    assert_eq!(short, Err(Problem::field("reason", FieldCode::Missing)));
    customers::block(&world.app, &manager, customer, "Po splatnosti je faktura <1>.", false).await.expect("blocked");
    assert_eq!(drafts::confirm(&world.app, &orderer, draft, "").await, Err(Problem::Blocked));
    assert_eq!(world.order_for(&orderer, world.repair, Urgency::Normal).await, Err(Problem::Blocked));
    assert_eq!(world.count("confirmed").await, 1, "what is agreed stays");

    let site = Site::serve(world.app.clone()).await;
    let cookie = world.cookie(&shop.place.boss).await;
    for page in ["/requests", "/usage", "/documents", "/account", "/order?draft=00000000-0000-4000-8000-000000000001"] {
        let shown = site.get(page, &cookie).await;
        assert_eq!(shown.status, 200, "{page}");
        assert!(shown.body.contains("Po splatnosti je faktura &lt;1&gt;."), "{page}: {}", shown.body);
        assert!(shown.body.contains("tel:"), "{page} says whom to call");
    }
    let key = world.app.random.uuid().to_string();
    let fields =
        [("id", key.as_str()), ("bundle", "1"), ("quantity", "1"), ("method", "transfer"), ("total", "166980")];
    let bought = site.post("/api/bundles/purchase", &cookie, "/bundles/1/purchase", &fields).await;
    assert_eq!(bought.status, 409, "{}", bought.body);
    assert_eq!(shop.count("purchase").await, 0);
    // Whoever writes it, the database says the same.
    let insert = format!(
        "insert into service_request (id, customer_id, member_id, program_id, created_at)
         select gen_random_uuid(), {customer}, id, {}, now() from member where customer_id = {customer} limit 1",
        world.program
    );
    let refused = sqlx::query(sqlx::AssertSqlSafe(insert)).execute(world.app.db.pool()).await;
    assert!(refused.expect_err("refused").to_string().contains("the customer is blocked"));

    customers::unblock(&world.app, &manager, customer).await.expect("unblocked");
    drafts::confirm(&world.app, &orderer, draft, "").await.expect("nothing was lost");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn race_nothing_is_ordered_after_a_block(pool: PgPool) {
    let world = World::new(pool).await;
    world.without_limits().await;
    let manager = world.staff(StaffRole::Manager).await.manager().expect("a manager");
    let place = world.place("A").await;
    let orderer = place.boss.may_order().expect("an orderer");
    for _ in 0..12 {
        let (blocked, ordered) = tokio::join!(
            customers::block(&world.app, &manager, place.customer, "Po splatnosti.", false),
            world.order_for(&orderer, world.repair, Urgency::Normal),
        );
        blocked.expect("blocked");
        assert!(matches!(ordered, Ok(_) | Err(Problem::Blocked)), "{ordered:?}");
        let drafts = world.id("select count(*) from service_request").await;
        assert_eq!(world.order_for(&orderer, world.repair, Urgency::Normal).await, Err(Problem::Blocked));
        assert_eq!(world.id("select count(*) from service_request").await, drafts);
        customers::unblock(&world.app, &manager, place.customer).await.expect("unblocked");
    }
    assert_eq!(world.deadlocks().await, 0);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn the_people_of_who_is_no_customer_any_more_are_out(pool: PgPool) {
    let world = World::new(pool).await;
    let manager = world.staff(StaffRole::Manager).await.manager().expect("a manager");
    let place = world.place("A").await;
    let cookie = world.cookie(&place.boss).await;
    let site = Site::serve(world.app.clone()).await;
    assert_eq!(site.get("/requests", &cookie).await.status, 200);
    customers::set_active(&world.app, &manager, place.customer, false).await.expect("gone");
    assert_eq!(site.get("/requests", &cookie).await.status, 303, "to sign in");
    customers::set_active(&world.app, &manager, place.customer, true).await.expect("back");
    assert_eq!(site.get("/requests", &cookie).await.status, 303, "what ended does not come back");
    assert_eq!(site.get("/requests", &world.cookie(&place.boss).await).await.status, 200);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn pages_show_hostile_names_as_text_in_both_languages(pool: PgPool) {
    let world = World::new(pool).await;
    let caller = world.staff(StaffRole::Manager).await;
    let cookie = world.cookie(&caller).await;
    let site = Site::serve(world.app.clone()).await;
    let key = world.app.random.uuid().to_string();
    let fields = [("name", HOSTILE), ("phones", "377457977, <b>účtárna</b>"), ("pinned_note", HOSTILE), ("key", &key)];
    let added = site.post("/api/desk/add-customer", &cookie, "/desk/customers/new", &fields).await;
    assert_eq!(added.status, 303, "{}", added.body);
    let page = added.location.expect("a location");
    for language in ["cs", "en"] {
        let cookie = format!("{cookie}; linka-language={language}");
        for page in [page.clone(), format!("{page}/edit"), format!("{page}/people/new"), "/desk/customers".into()] {
            let shown = site.get(&page, &cookie).await;
            assert_eq!(shown.status, 200, "{page}");
            assert!(!shown.body.contains("<script>alert") && !shown.body.contains("<b>účtárna"), "{}", shown.body);
            assert!(!shown.body.contains('\u{202e}') && shown.body.contains("Lipová"), "{page}: {}", shown.body);
        }
    }
    let other = world.app.random.uuid().to_string();
    let refused = site
        .post("/api/desk/add-customer", &cookie, "/desk/customers/new", &[("name", ""), ("ico", "12"), ("key", &other)])
        .await;
    assert_eq!(refused.status, 422);
    assert!(refused.body.contains("ico-error") && refused.body.contains("name-error"), "{}", refused.body);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn the_desk_keeps_the_address_and_a_manager_the_trust_of_a_customer(pool: PgPool) {
    let shop = Shop::new(pool).await;
    let manager = shop.world.staff(StaffRole::Manager).await;
    let desk = dispatcher(&shop.world).await;
    let customer = shop.place.customer;
    let address = Address {
        street: "Lipová 5".into(),
        city: "Plzeň".into(),
        postal_code: "30100".into(),
        dic: "cz00000001".into(),
    };
    let typed = TypedCustomer { address: address.clone(), ..school("") };
    customers::save(&shop.world.app, &desk, customer, &typed, &Seen::default()).await.expect("saved");
    let wrong = TypedCustomer { address: Address { postal_code: "3".into(), ..address }, ..school("") };
    assert_eq!(
        customers::save(&shop.world.app, &desk, customer, &wrong, &Seen::default()).await,
        Err(Problem::field("postal_code", FieldCode::Unknown))
    );
    let mut tx = shop.world.app.db.staff().await.expect("a transaction");
    let billing = db::people::customers::billing(&mut tx, customer).await.expect("a query").expect("a customer");
    assert_eq!((billing.address.postal_code.as_str(), billing.address.dic.as_str()), ("301 00", "CZ00000001"));
    drop(tx);

    let site = Site::serve(shop.world.app.clone()).await;
    let cookie = shop.world.cookie(&manager).await;
    let id = customer.to_string();
    let page = format!("/desk/customers/{id}");
    let trusted = site.post("/api/desk/set-trusted", &cookie, &page, &[("customer", &id), ("trusted", "true")]).await;
    assert_eq!((trusted.status, trusted.location.as_deref()), (303, Some(page.as_str())));
    assert_eq!(shop.count("customer where trusted").await, 1);
    let dispatcher = shop.world.staff(StaffRole::Dispatcher).await;
    let looked_at = site.get(&page, &shop.world.cookie(&dispatcher).await).await;
    assert!(looked_at.body.contains("Lipová 5") && !looked_at.body.contains("set-trusted"), "{}", looked_at.body);
    assert!(!looked_at.body.contains("block-customer"), "only managers block");
}
