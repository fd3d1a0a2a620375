//! Intake: whoever calls is found by whatever they say, and what they say becomes one request.

use linka::{
    model::{
        base::{
            fields::FieldCode,
            ids::{ProgramId, RequestId, WorkTypeId},
            seen::Seen,
            terms::Urgency,
        },
        ordering::requests::{RequestSource, RequestState},
        problem::Problem,
        work::{callers::TypedCaller, intake::CallerCard, lanes::Lane},
    },
    server::{
        auth::Desk,
        db::MIGRATIONS,
        service::work::{
            callers, cases, dispatch,
            intake::{self, Calling, TypedCall},
        },
    },
};
use sqlx::PgPool;

use super::lanes::{booked, desk, line};
use crate::support::{Place, Site, World};

async fn calling(world: &World, search: &str) -> Calling {
    let _ = world;
    Calling { search: search.to_owned(), ..Calling::default() }
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_caller_is_found_by_whatever_names_them(pool: PgPool) {
    let world = line(pool).await;
    let (place, _other, desk) =
        (world.place("Školní jídelna Lipová").await, world.place("Pekárna").await, desk(&world).await);
    let app = &world.app;
    let number = booked(&world, &place, Urgency::Normal).await;
    world.contract(place.customer, 30).await;
    world
        .sql(&format!(
            "update member set name = 'Růžena Malá', phone = '601 234 567' where customer_id = {}",
            place.customer
        ))
        .await;
    let email: String = sqlx::query_scalar("select email from login where member_id = (select min(id) from member)")
        .fetch_one(app.db.pool())
        .await
        .expect("an address");
    world
        .sql(&format!(
            "insert into customer_contact (customer_id, kind, position, value, label)
             values ({0}, 'phone', 0, '+420377111222', 'kuchyň'), ({0}, 'email', 0, 'kuchyn@jidelna.example', '')",
            place.customer
        ))
        .await;
    let known = format!(
        "update licence set number = 'LIC-7/2026' where customer_id = {0};
         insert into computer (customer_id, name, teamviewer_id) values ({0}, 'Pokladna', '123456789')",
        place.customer
    );
    for statement in known.split(';') {
        world.sql(statement).await;
    }
    let contract = format!("sls-{}", place.customer);
    let number_typed = number.to_string();
    let own = ["377 111 222", "Kuchyn@jidelna", "lic-7/2026", "123 456 789"];
    let others = ["601234567", "+420 601 234 567", "ruzena", "lipova", "00000001", &email, &contract, &number_typed];
    for search in own.into_iter().chain(others) {
        let page = intake::page(app, &desk, &calling(&world, search).await).await.expect("a page");
        let card = page.caller.unwrap_or_else(|| panic!("{search} finds {:?}", page.found));
        assert_eq!(card.customer, place.customer, "{search}");
        assert_eq!(card.open.iter().map(|open| open.number).collect::<Vec<_>>(), [number]);
        assert_eq!((card.tier.cs.as_str(), card.times.len()), ("Standard", 3));
    }
    let by_computer = intake::page(app, &desk, &calling(&world, "123 456 789").await).await.expect("a page");
    assert_eq!(by_computer.phone, "", "it is no telephone's");
    let by_number = intake::page(app, &desk, &calling(&world, &number.to_string()).await).await.expect("a page");
    assert_eq!(by_number.request, Some(number));
    // The exchange says who calls.
    let exchange = Calling { phone: "420601234567".into(), ..Calling::default() };
    let page = intake::page(app, &desk, &exchange).await.expect("a page");
    assert_eq!((page.caller.expect("a card").customer, page.phone.as_str()), (place.customer, "+420601234567"));
    let nobody = intake::page(app, &desk, &calling(&world, "nikdo takový").await).await.expect("a page");
    assert!(nobody.caller.is_none() && nobody.found.is_empty());
    let several = intake::page(app, &desk, &calling(&world, "0000000").await).await.expect("a page");
    assert!(several.caller.is_none() && several.found.len() == 2);
}

fn said(world: &World, member: i64) -> TypedCall {
    TypedCall {
        member: Some(linka::model::base::ids::MemberId(member)),
        program: Some(world.program),
        work_type: Some(world.repair),
        urgency: Some(Urgency::Normal),
        what_happened: "Nejde tisk stravenek.".into(),
        contact_name: "Růžena Malá".into(),
        contact_phone: "601 234 567".into(),
        ..TypedCall::default()
    }
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn nothing_is_written_down_for_who_may_not_order(pool: PgPool) {
    let world = line(pool).await;
    let (place, desk) = (world.place("A").await, desk(&world).await);
    let (app, member) = (&world.app, world.id("select min(id) from member").await);
    let former = intake::write(app, &desk, place.customer, &said(&world, member), RequestId(app.random.uuid())).await;
    let former = former.expect("written");
    world
        .sql(
            "update customer set blocked_at = now(), block_reason = 'Po splatnosti.',
                                 blocked_by = (select min(id) from staff)",
        )
        .await;
    let id = RequestId(app.random.uuid());
    let refused = intake::write(app, &desk, place.customer, &said(&world, member), id).await;
    assert_eq!(refused, Err(Problem::Blocked));
    let follow_up = dispatch::follow_up(app, &desk, former, "Zbývá doladit sestavy.", id).await;
    assert_eq!(follow_up, Err(Problem::Blocked));
    let card = Calling { customer: Some(place.customer), ..Calling::default() };
    let card = intake::page(app, &desk, &card).await.expect("a page").caller.expect("a card");
    assert_eq!(card.standing.block.map(|block| block.reason).as_deref(), Some("Po splatnosti."));
}

async fn card(world: &World, desk: &Desk, place: &Place) -> CallerCard {
    let calling = Calling { customer: Some(place.customer), ..Calling::default() };
    intake::page(&world.app, desk, &calling).await.expect("a page").caller.expect("a card")
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn what_a_time_means_is_shown_beside_it_without_being_done_and_is_what_is_done(pool: PgPool) {
    let world = line(pool).await;
    let (place, desk) = (world.place("A").await, desk(&world).await);
    let app = &world.app;
    let member = place.boss.member().expect("a member").id();
    let written = "select (select count(*) from service_request) + (select count(*) from mail)
                        + (select count(*) from appointment) + (select count(*) from request_event)";
    let before = world.id(written).await;
    let issued = "select request_number_issued(2026)";
    let numbers = world.id(issued).await;
    let shown = card(&world, &desk, &place).await;
    assert_eq!(world.id(written).await, before, "looking writes nothing");
    assert_eq!(world.id(issued).await, numbers, "and uses no number up");
    let mails = shown.times.iter().flat_map(|time| &time.means.mails);
    let about: Vec<_> = mails.flat_map(|mail| &mail.paragraphs).filter(|text| text.contains("Požadavek")).collect();
    assert!(!about.is_empty() && about.iter().all(|text| text.contains("[…]")), "{about:?}");
    let [first, second, _] = &shown.times[..] else { panic!("{:?}", shown.times) };
    assert_eq!(first.means.after.as_ref().map(|agreed| agreed.slot), Some(first.slot));
    let told: Vec<_> = first.means.mails.iter().map(|mail| mail.is_customers).collect();
    assert_eq!(told, [true]);
    let typed = |start, seen: Seen| TypedCall { start: Some(start), seen, ..said(&world, member.0) };
    let write =
        async |typed: TypedCall| intake::write(app, &desk, place.customer, &typed, RequestId(app.random.uuid())).await;
    let is_told = |outcome: &Result<_, Problem>| matches!(outcome, Err(Problem::ChangedMeanwhile(_)));
    let unseen = write(typed(first.slot.start, Seen::default())).await;
    assert!(is_told(&unseen), "{unseen:?}");
    assert_eq!(world.id(written).await, before, "and nothing is done");

    let known = world.id("select coalesce(max(id), 0) from mail").await;
    let number = write(typed(second.slot.start, shown.seen())).await.expect("agreed");
    let done = cases::page(app, &desk, number).await.expect("a page");
    assert_eq!(done.technician, second.means.after.as_ref().map(|agreed| agreed.technician.clone()));
    let mails = world.id(&format!("select count(*) from mail where id > {known}")).await;
    assert_eq!(i64::try_from(second.means.mails.len()), Ok(mails));
    // The same customer has something at that time by now: it is shown, and then it is done knowingly.
    let stale = write(typed(second.slot.start, shown.seen())).await;
    assert!(is_told(&stale), "{stale:?}");
    let anew = card(&world, &desk, &place).await;
    let again = anew.times.iter().find(|time| time.slot == second.slot).expect("others are free");
    assert!(again.means.beside.iter().any(|beside| beside.is_at_once));
    write(typed(second.slot.start, anew.seen())).await.expect("two people mean it");

    // No mail reaches who ordered by now.
    let seen = card(&world, &desk, &place).await;
    world.sql("delete from login where member_id is not null").await;
    let unreached = write(typed(seen.times[0].slot.start, seen.seen())).await;
    assert!(is_told(&unreached), "{unreached:?}");
    let anew = card(&world, &desk, &place).await;
    assert!(anew.times[0].means.is_to_be_called && anew.people.iter().all(|person| !person.is_reached));
    write(typed(anew.times[0].slot.start, anew.seen())).await.expect("they are called");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn what_is_said_becomes_one_request_in_the_queue_or_with_a_time(pool: PgPool) {
    let world = line(pool).await;
    let (place, desk) = (world.place("A").await, desk(&world).await);
    let app = &world.app;
    // Somebody without a sign-in: a person of the customer all the same.
    let member = world
        .id(&format!("insert into member (customer_id, name) values ({}, 'Růžena Malá') returning id", place.customer))
        .await;
    let id = RequestId(app.random.uuid());
    let number = intake::write(app, &desk, place.customer, &said(&world, member), id).await.expect("written");
    assert_eq!(intake::write(app, &desk, place.customer, &said(&world, member), id).await, Ok(number));
    let page = cases::page(app, &desk, number).await.expect("a page");
    assert_eq!((page.source, page.lane), (RequestSource::Phone, Some(Lane::New)));
    assert_eq!(page.request.summary.ordered_by, "Růžena Malá");

    let card = card(&world, &desk, &place).await;
    let start = card.times[0].slot.start;
    let with_time = TypedCall { start: Some(start), seen: card.seen(), ..said(&world, member) };
    let booked =
        intake::write(app, &desk, place.customer, &with_time, RequestId(app.random.uuid())).await.expect("booked");
    let page = cases::page(app, &desk, booked).await.expect("a page");
    assert_eq!((page.request.summary.state, page.lane), (RequestState::Scheduled, None));
    assert!(page.request.estimate.is_some());

    // A time that was shown for other work is not taken for this one.
    let shown = TypedCall { times_of: Some(WorkTypeId(0)), ..with_time.clone() };
    let refused = intake::write(app, &desk, place.customer, &shown, RequestId(app.random.uuid())).await;
    assert_eq!(refused, Err(Problem::field("start", FieldCode::DoesNotMatch)));

    // A time that nobody is free at: nothing is written down.
    let before = world.id("select count(*) from service_request").await;
    let nobody = TypedCall { start: Some(start - chrono::TimeDelta::days(1)), ..with_time };
    assert!(intake::write(app, &desk, place.customer, &nobody, RequestId(app.random.uuid())).await.is_err());
    assert_eq!(world.id("select count(*) from service_request").await, before);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn what_is_missing_is_told_at_once_and_foreign_people_are_nobodys(pool: PgPool) {
    let world = line(pool).await;
    let (place, other, desk) = (world.place("A").await, world.place("B").await, desk(&world).await);
    let app = &world.app;
    let write =
        async |typed: &TypedCall| intake::write(app, &desk, place.customer, typed, RequestId(app.random.uuid())).await;
    let Err(Problem::Invalid { fields }) = write(&TypedCall::default()).await else { panic!("it says nothing") };
    let names: Vec<_> = fields.iter().map(|field| field.field.as_str()).collect();
    assert_eq!(names, ["member", "program", "work_type", "urgency", "what_happened", "contact_name", "contact_phone"]);
    let foreign = other.boss.member().expect("a member").id().0;
    assert_eq!(write(&said(&world, foreign)).await, Err(Problem::field("member", FieldCode::Unknown)));
    let own = place.boss.member().expect("a member").id().0;
    let urgent = TypedCall { urgency: Some(Urgency::Urgent), ..said(&world, own) };
    assert!(matches!(write(&urgent).await, Err(Problem::Urgency(_))), "the guard holds on the telephone, too");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_telephone_exchange_leads_to_the_callers_card(pool: PgPool) {
    let world = line(pool).await;
    let place = world.place("Školní jídelna").await;
    world.sql(&format!("update member set phone = '601234567' where customer_id = {}", place.customer)).await;
    let caller = world.staff(linka::model::people::members::StaffRole::Dispatcher).await;
    let cookie = world.cookie(&caller).await;
    let site = Site::serve(world.app.clone()).await;
    let answer = site.get("/desk?phone=%2B420601234567", &cookie).await;
    let card = answer.location.expect("it leads on");
    assert_eq!((answer.status, card.as_str()), (303, "/desk/new?phone=%2B420601234567"));
    let shown = site.get(&card, &cookie).await;
    assert_eq!(shown.status, 200);
    assert!(shown.body.contains("Školní jídelna") && shown.body.contains("Jana Nováková"), "{}", shown.body);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn whom_nobody_knows_is_written_in_once_and_all_or_nothing(pool: PgPool) {
    let world = line(pool).await;
    let (desk, app) = (desk(&world).await, &world.app);
    let nobody = intake::page(app, &desk, &calling(&world, "Školka Nová").await).await.expect("a page");
    assert!(nobody.found.is_empty() && nobody.caller.is_none());
    let typed = TypedCaller {
        organisation: "Školka Nová".into(),
        ico: "27074358".into(),
        program: Some(nobody.programs[0].id),
        caller_name: "Jana Malá".into(),
        caller_phone: "601 234 567".into(),
        ..TypedCaller::default()
    };
    let key = app.random.uuid();
    let unknown = TypedCaller { program: Some(ProgramId(9_999)), ..typed.clone() };
    let refused = callers::add(app, &desk, &unknown, key).await;
    assert_eq!(refused, Err(Problem::field("program", FieldCode::Unknown)), "and its organisation is not written");
    let add = || callers::add(app, &desk, &typed, key);
    let (one, second, third, fourth) = tokio::join!(add(), add(), add(), add());
    let customer = one.clone().expect("written in");
    assert_eq!((second, third, fourth), (one.clone(), one.clone(), one), "its IČO is taken by itself only");
    assert_eq!(callers::add(app, &desk, &typed, key).await, Ok(customer), "the form again");
    let count =
        async |table: &str| world.id(&format!("select count(*) from {table} where customer_id = {customer}")).await;
    assert_eq!((count("member").await, count("licence").await), (1, 1));
    let card = intake::page(app, &desk, &calling(&world, "601234567").await).await.expect("a page").caller;
    let card = card.expect("the card");
    assert_eq!((card.customer, card.people[0].name.as_str()), (customer, "Jana Malá"));

    // The IČO is another customer's by now: nothing of a second one is written, the person included.
    let other = TypedCaller { organisation: "Jiná".into(), ..typed };
    let again = callers::add(app, &desk, &other, app.random.uuid());
    assert_eq!(again.await, Err(Problem::field("ico", FieldCode::AlreadyUsed)));
    assert_eq!(world.id("select count(*) from member").await, 1);
    // A second person of the same organisation.
    let colleague =
        TypedCaller { customer: Some(customer), caller_name: "Petr Malý".into(), ..TypedCaller::default() };
    callers::add(app, &desk, &colleague, app.random.uuid()).await.expect("written in");
    assert_eq!(count("member").await, 2);
}
