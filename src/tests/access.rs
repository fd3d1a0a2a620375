//! Who gets in where: the access table against the routes that there are, and each route tried by those it is not for.

use std::collections::BTreeSet;

use leptos_axum::generate_route_list;
use linka::{
    model::{
        base::{
            ids::{BundleId, PurchaseId},
            money::Money,
            terms::Urgency,
        },
        money::purchases::{PaymentMethod, TypedPurchase},
        people::{
            access::Access,
            members::{Capabilities, Capability, StaffRole},
        },
    },
    server::{
        db::MIGRATIONS,
        http::{self, access, done},
        service::{money::purchases, work::closing},
    },
    ui::app::App as Pages,
};
use reqwest::{Method, header};
use sqlx::PgPool;

use super::support::{Answer, Site, World};

#[tokio::test]
async fn the_access_table_names_exactly_the_routes_that_there_are() {
    let mut routes: BTreeSet<String> = generate_route_list(Pages).iter().map(|page| page.path().to_owned()).collect();
    routes.extend(leptos::server_fn::axum::server_fn_paths().map(|(path, _)| path.to_owned()));
    routes.extend(http::other_routes().map(ToOwned::to_owned));
    let table: BTreeSet<String> = access::table().iter().map(|(path, _)| (*path).to_owned()).collect();
    assert_eq!(table.len(), access::table().len(), "a route stands in two rows");
    let missing: Vec<_> = routes.difference(&table).collect();
    let stale: Vec<_> = table.difference(&routes).collect();
    assert!(missing.is_empty(), "routes in no row of the access table: {missing:?}");
    assert!(stale.is_empty(), "rows without a route: {stale:?}");
}

/// Add a form to `SAYING` or `SHOWN_BY_ITS_PAGE` of `server::http::done`.
#[tokio::test]
async fn every_form_says_that_it_is_done_or_its_page_shows_it() {
    let forms = leptos::server_fn::axum::server_fn_paths().filter(|(_, method)| *method == Method::POST);
    let forms: BTreeSet<&str> = forms.map(|(path, _)| path).collect();
    let table: BTreeSet<&str> = done::table().map(|(path, _)| path).collect();
    assert_eq!(table.len(), done::table().count(), "a form stands in two rows");
    assert_eq!(forms.difference(&table).collect::<Vec<_>>(), Vec::<&&str>::new(), "forms in no row");
    assert_eq!(table.difference(&forms).collect::<Vec<_>>(), Vec::<&&str>::new(), "rows without a form");
}

#[tokio::test]
async fn a_route_in_no_row_is_for_nobody() {
    assert_eq!(access::of("/forgotten"), None);
    let answer = || async { "a secret" };
    let router = axum::Router::new()
        .route("/forgotten", axum::routing::get(answer))
        .layer(axum::middleware::from_fn(access::check));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = listener.local_addr().expect("an address");
    tokio::spawn(async move { axum::serve(listener, router).await });
    let answer = reqwest::get(format!("http://{address}/forgotten")).await.expect("an answer");
    assert_eq!(answer.status(), 404);
}

/// What a legitimate call of each server function looks like, on the order `{order}`, the request `{number}`.
fn sample(path: &str) -> Option<(Method, &'static str)> {
    let get = |query| Some((Method::GET, query));
    let post = |form| Some((Method::POST, form));
    match path {
        "/api/line"
        | "/api/viewer"
        | "/api/account"
        | "/api/form-key"
        | "/api/requests"
        | "/api/desk/appointments"
        | "/api/desk/board"
        | "/api/desk/board/week" => get(""),
        "/api/account/wishes" => get(""),
        "/api/account/save-wishes" => {
            post("kinds%5Burgent%5D=true&push_kinds%5Btrouble%5D=true&quiet_from=18&quiet_until=7")
        }
        "/api/account/push/add" => post(
            // The keys of the example of RFC 8291.
            "endpoint=https%3A%2F%2Fpush.example.com%2F1&auth=BTBZMqHH6r4Tts7J_aSIgg\
             &p256dh=BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
        ),
        "/api/account/push/remove" => post("device=1"),
        "/api/account/push/try" => post("key=00000000-0000-4000-8000-000000000001"),
        "/api/account/who-may" => get("capability=order"),
        "/api/audit/page" | "/api/audit/own" => get("search=x"),
        "/api/drafts/new" => get("draft={session}"),
        "/api/drafts/what" | "/api/drafts/times" | "/api/drafts/hold" | "/api/drafts/summary" => get("id={order}"),
        "/api/bundles" => get(""),
        "/api/bundles/purchase-form" => get("bundle=1&quantity=2"),
        "/api/bundles/purchase" => post("id={purchase}&bundle=1&quantity=1&method=transfer&total=166980"),
        "/api/bundles/purchase-page" => get("number={bought}"),
        "/api/bundles/cancel" => post("number={bought}"),
        "/api/desk/customer-form" => get("customer={customer}"),
        "/api/desk/add-customer" => post("name=Škola&key={session}"),
        "/api/desk/save-customer" => post("customer={customer}&name=Škola"),
        "/api/desk/block-customer" => post("customer={customer}&reason=Po+splatnosti"),
        "/api/desk/unblock-customer" => post("customer={customer}"),
        "/api/desk/set-customer-active" => post("customer={customer}&active=true"),
        "/api/licences/page" => get("customer={customer}"),
        "/api/licences/save" | "/api/licences/remove" => post("customer={customer}&program={program}"),
        "/api/licences/save-computer" => post("customer={customer}&computer=PC&teamviewer_id=123456789"),
        "/api/licences/remove-computer" => post("customer={customer}&computer=1"),
        "/api/account/erasure" => get(""),
        "/api/account/erase" => post("own_password=nothing&heir=call_off"),
        "/api/members/erasure" => get("customer={customer}&member={member}"),
        "/api/members/erase" => post("customer={customer}&member={member}&reason=Na+přání&heir=call_off"),
        "/api/members/page" => get("customer={customer}&member={member}"),
        "/api/members/add" => post("customer={customer}&name=Jana&key={session}"),
        "/api/members/save" => post("customer={customer}&member={member}&name=Jana"),
        "/api/members/set-active" => post("customer={customer}&member={member}&active=true"),
        "/api/members/new-link" | "/api/members/end-sessions" | "/api/members/unlock" => {
            post("customer={customer}&member={member}")
        }
        "/api/desk/set-trusted" => post("customer={customer}&trusted=true"),
        "/api/requests/page" | "/api/requests/move-choice" => get("number={number}"),
        "/api/sign-in" => post("email=nobody%40example.com&password=nothing"),
        "/api/forms/keep" => post("page=%2Forder&typed=what_happened%3Dx"),
        "/api/sign-out" | "/api/account/end-other-sessions" => post(""),
        "/api/language" => post("language=cs"),
        "/api/account/end-session" => post("id={session}"),
        "/api/drafts/save" => post(
            "id={order}&subject={program}.{work_type}&what_happened=Program+nejde+spustit&urgency=normal\
             &contact_name=Jana&contact_phone=601234567",
        ),
        "/api/drafts/pick-slot" => post("id={order}&start={start}"),
        "/api/drafts/release-slot" | "/api/drafts/confirm" | "/api/drafts/discard" => post("id={order}"),
        "/api/desk/request" | "/api/desk/mails-about" => get("number={closed}"),
        "/api/desk/act" => get("number={number}&act=time"),
        "/api/desk/release-reserve" => post("date=2026-11-24"),
        "/api/desk/preview" => get("number={number}&act=cancel"),
        "/api/desk/add-note" => post("number={number}&internal_note=Zavolat+zítra&key={session}"),
        "/api/desk/hand-over" => post("number={number}"),
        "/api/desk/customer-called" => post("number={number}&key={session}"),
        "/api/desk/put-off-until" => post("number={number}&rest_until=2026-12-01T10:00"),
        "/api/desk/counts" => get(""),
        "/api/desk/put-off" => post("number={number}&rest=over"),
        "/api/desk/set-time" => {
            post("number={number}&agree=true&starts[at1795424400]=true&reason=Po+telefonu&key={session}")
        }
        "/api/desk/reassign" => post("number={number}&technician={person}&reason=Nemoc&key={session}"),
        "/api/desk/cancel" => post("number={number}&reason=Na+přání&key={session}"),
        "/api/desk/reclassify" => {
            post("number={number}&work_type={work_type}&urgency=normal&reason=Na+přání&key={session}")
        }
        "/api/desk/follow-up" => post("number={number}&what_happened=Dokončit+uzávěrku&key={session}"),
        "/api/desk/queue" | "/api/desk/intake" | "/api/desk/figures" => get(""),
        "/api/desk/outages" | "/api/desk/new-outage" => get(""),
        "/api/desk/outage" => get("outage={outage}"),
        "/api/desk/open-outage" => {
            post("outage={session}&program={program}&work_type={work_type}&outage_name_cs=Stravné+nejde")
        }
        "/api/desk/save-outage" => post("outage={outage}&outage_name_cs=Stravné+nejde+spustit"),
        "/api/desk/join-outage" => post("outage={outage}&joins={number}"),
        "/api/desk/leave-outage" => post("outage={outage}&number={number}"),
        "/api/desk/tell-outage" => post("outage={outage}&message_cs=Pracujeme&message_en=Working&key={session}"),
        "/api/desk/resolve-outage" => post("outage={outage}&answer_cs=Hotovo&answer_en=Done&key={session}"),
        "/api/desk/lift-minimum" => post("outage={outage}&lifting_reason=Naše+chyba"),
        "/api/drafts/join-outage" => post("id={order}&outage={outage}&join_phone=601234567"),
        "/api/desk/merge" => post("number={number}&into={closed}&key={session}"),
        "/api/desk/add-caller" => post("organisation=Škola&program={program}&caller_name=Jana&key={session}"),
        "/api/desk/write-call" => post("customer={customer}&what_happened=Nejde+tisk+stravenek&key={session}"),
        "/api/desk/contests"
        | "/api/desk/decided-contests"
        | "/api/desk/missed"
        | "/api/work/contests"
        | "/api/desk/customers"
        | "/api/desk/mails"
        | "/api/demo/mails"
        | "/api/documents"
        | "/api/usage"
        | "/api/usage/interventions"
        | "/api/usage/contract"
        | "/api/work/day" => get(""),
        "/api/usage/statement" => get("span=month"),
        "/api/desk/customer" => get("id={customer}"),
        "/api/work/page" => get("number={number}"),
        "/api/receipts/page" => get("number={closed}&ordinal=1"),
        "/api/receipts/contest" => post("number={closed}&ordinal=1&segment={segment}&reason=To+jsme+nechtěli"),
        "/api/receipts/consent" => post("number={number}&agreed=true"),
        "/api/desk/decide-contest" => post("contest={contest}&decision=accepted&answer=Máte+pravdu&key={session}"),
        "/api/desk/ending-contracts" => get(""),
        "/api/desk/add-contract" => post("customer={customer}&number=SLS-9&key={session}"),
        "/api/desk/amend-contract" => post("customer={customer}&contract=1&version=0&key={session}"),
        "/api/desk/withdraw-amendment" => {
            post("customer={customer}&contract=1&version=0&from_day=2026-12-01&key={session}")
        }
        "/api/desk/set-contract-validity" => post("customer={customer}&contract=1&version=0&key={session}"),
        "/api/desk/remove-contract-file" => post("customer={customer}&contract=1&attached=1"),
        "/api/desk/attach-contract-file" => post("customer={customer}&contract=1&file=00&file_name=x.pdf"),
        "/api/desk/resend-mail" => post("mail={mail}"),
        "/api/sales" | "/api/sales/bank" | "/api/sales/purchases" => get(""),
        "/api/sales/purchase" => get("number=B2026-000001"),
        "/api/sales/import" => post("file=00&file_name=x.csv"),
        "/api/sales/assign-payment" => post("payment=1&document=2026100001"),
        "/api/sales/set-aside-payment" => post("payment=1&reason=Nepatří+nám"),
        "/api/sales/resolve-alert" => post("alert=1"),
        "/api/sales/refund" => post("number=B2026-000001&minutes=10&reason=Na+přání&key={session}"),
        "/api/sales/refund-paid" => post("refund={session}"),
        "/api/work/start" => post("number={number}&kind=work&key={session}"),
        "/api/work/pause" => post("number={number}"),
        "/api/work/correct" => post("number={number}&segment={segment}&kind=work&key={session}"),
        "/api/work/split" => {
            post("number={number}&segment={segment}&kind_before=work&kind_after=waiting&key={session}")
        }
        "/api/work/texts" => get(""),
        "/api/work/text" => get("block={block}"),
        "/api/work/save-text" => post("block_title=Tisk&block_body=Tisk+funguje.&key={session}"),
        "/api/work/step-text" => post("block={block}&place=0&up=false"),
        "/api/work/delete-text" | "/api/work/restore-text" => post("block={block}"),
        "/api/work/reopening" => get("number={closed}"),
        "/api/work/reopen" => post("number={closed}&reason=Nesed%C3%AD+minuty&key={session}"),
        "/api/work/attempt" => post("number={number}&channel=phone&key={session}"),
        "/api/work/no-show" => post("number={number}&key={session}"),
        "/api/work/remark" => post("contest={contest}&remark=Volal+jsem"),
        "/api/work/consent" => {
            post("number={number}&agreed=true&said_by=Jana&said_at=2026-11-23T08%3A00&words=Pokračujte")
        }
        "/api/work/close" => post("number={number}&report=Hotovo&finished=true&key={session}"),
        "/api/settings/try-mail" | "/api/settings/try-cards" => post(""),
        "/api/settings/page"
        | "/api/settings/connections"
        | "/api/settings/company"
        | "/api/settings/vat"
        | "/api/settings/series"
        | "/api/settings/limits"
        | "/api/settings/notice"
        | "/api/settings/text" => get(""),
        "/api/settings/preview-vat" | "/api/settings/save-vat" => post("valid_from=2027-01-01&percent=23"),
        "/api/settings/remove-vat" => post("vat_from=2027-01-01"),
        "/api/settings/begin-series" => post("series=credit_note%3A2026&first=10"),
        "/api/settings/save-limits" => post(
            "future_appointments=20&waiting_requests=10&unpaid_purchases=10&purchases_per_day=20&downloads=3\
                  &drafts=20&holds=3&holds_per_hour=30&writes_per_minute=120",
        ),
        "/api/settings/put-notice" => post("text_cs=Výpadek&text_en=Outage&ends_at=2099-01-01T08%3A00"),
        "/api/settings/remove-notice" => post(""),
        "/api/settings/save-text" => post("text_cs=Dobrý den&text_en="),
        "/api/settings/save-company" => post(
            "name=Linka&ico=12345679&dic=CZ12345679&register=C+1&street=Lipová+5&city=Plzeň&postal_code=30100\
                  &email=a%40example.com&account=19-2000145399%2F0800&company_confirmed=true",
        ),
        "/api/programs/page" | "/api/work-types/page" | "/api/work-types/work-type" => get(""),
        "/api/programs/program" => get("program=1"),
        "/api/programs/add" | "/api/skills/add" => post("name=Sklad+2"),
        "/api/programs/save" => post("program=1&name=Sklad"),
        "/api/programs/add-version" => post("program=1&version=2026.3&released_on=2026-11-01"),
        "/api/programs/remove-version" => post("program=1&version=2026.3"),
        "/api/work-types/add" => post("name=Oprava"),
        "/api/work-types/describe" => post("work_type=1&name=Oprava"),
        "/api/work-types/check" => post(
            "work_type=1&minutes_from=20&minutes_to=45&slot_minutes=45&skill=programs&choice=customer&active=true\
             &valid_from=2026-12-01&shown=slot_minutes%3D60",
        ),
        "/api/catalogue-changes/preview" => get("row=tier%3Afast&from=2026-12-01&change=normal_lead_minutes%3D60"),
        "/api/catalogue-changes/make" => post(
            "row=tier%3Afast&id={session}&from=2026-12-01&change=normal_lead_minutes%3D60\
             &shown=normal_lead_minutes%3D510",
        ),
        "/api/catalogue-changes/withdraw" => post("row=tier%3Afast&id={session}"),
        "/api/skills/skill" => get("skill=programs"),
        "/api/skills/rename" => post("skill=programs&name=Programy"),
        "/api/skills/delete" => post("skill=programs"),
        "/api/tiers/page" | "/api/price-list/page" | "/api/regions/page" => get(""),
        "/api/tiers/tier" => get("tier=basic"),
        "/api/tiers/add" => post("name=Blesk&urgent_target_minutes=30&normal_lead_minutes=60"),
        "/api/tiers/rename" => post("tier=fast&name=Rychlá"),
        "/api/tiers/check" => post(
            "tier=fast&urgent_target_minutes=120&normal_lead_minutes=510&active=true&valid_from=2026-12-01\
             &shown=normal_lead_minutes%3D510",
        ),
        "/api/tiers/move-up" => post("tier=fast"),
        "/api/price-list/bundle" => get("bundle=1"),
        "/api/price-list/add" => post("bundle_minutes=30&price=800&validity_months=12&sold_from=2026-12-01"),
        "/api/price-list/change" => {
            post("bundle=1&bundle_minutes=60&price=1400&validity_months=12&sold_from=2026-12-01")
        }
        "/api/price-list/retire" => post("bundle=1&retired_from=2026-12-01"),
        "/api/price-list/move-up" => post("bundle=2"),
        "/api/regions/region" => get("region=1"),
        "/api/regions/add" => post("name=Slezsko&phone=377457978"),
        "/api/regions/save" => post("region=1&name=Jihozápad&postal_prefixes=3"),
        "/api/regions/check" => post("region=1&phone=377457978&valid_from=2026-12-01&shown=phone%3D377457977"),
        "/api/regions/delete" | "/api/regions/move-up" => post("region=2"),
        "/api/line-settings/page" => get("page=line"),
        "/api/line-settings/check" => {
            post("page=line&valid_from=2026-12-01&values[hold_minutes]=15&shown=hold_minutes=10")
        }
        "/api/line-settings/preview" => get("page=line&from=2026-12-01&change=hold_minutes%3D15"),
        "/api/line-settings/make" => {
            post("page=line&id={session}&from=2026-12-01&change=hold_minutes%3D15&shown=hold_minutes%3D10")
        }
        "/api/line-settings/withdraw" => post("page=line&id={session}"),
        "/api/staff/page" | "/api/backups" | "/api/imports" => get(""),
        "/api/imports/send" => post("file=00&file_name=customers.csv&dry_run=true"),
        "/api/staff/person" => get("person={person}"),
        "/api/staff/invite" => post("name=Zora&email=zora%40example.com&roles[manager]=true"),
        "/api/staff/save" => post("person={person}&name=Zora&roles[manager]=true"),
        "/api/staff/set-active" => post("person={person}&active=true"),
        "/api/staff/change-address" => post("person={person}&email=zora@example.com"),
        "/api/staff/new-link" | "/api/staff/end-sessions" | "/api/staff/unlock" => post("person={person}"),
        "/api/plans/all" | "/api/closures/page" | "/api/desk/displaced" | "/api/desk/absent" => get(""),
        "/api/plans/one" => get("person={person}"),
        "/api/plans/change" => post("person={person}&week_first=2026-12-01&day1=7-15"),
        "/api/plans/absence" => post("person={person}&kind=off&first=2026-12-01&absence_note=Dovolená"),
        "/api/plans/remove-exception" => post("id=1"),
        "/api/plans/sick-today" => post("person={person}"),
        "/api/closures/close" => post("first=2026-12-30&why=Inventura"),
        "/api/closures/open" => post("date=2026-12-30"),
        "/api/desk/redistribute" => post("choices[1]=pick"),
        "/api/staff/leaving" => get("person={person}"),
        "/api/staff/let-go" => post("person={person}&from=2026-12-01&choices[1]=pick"),
        "/api/password/page" => get("token=none"),
        "/api/password/choose" => post("token=none&password=kolo+stoji+u+plotu&password_again=kolo+stoji+u+plotu"),
        "/api/requests/move" => post("number={number}&start={start}&key={session}"),
        "/api/requests/cancel" => post("number={number}&key={session}"),
        _ => None,
    }
}

/// Routes that name somebody's data: for anybody else they do not exist.
fn names_data(call: &str) -> bool {
    ["{order}", "{number}", "{id}", "{closed}", "{purchase}", "{bought}"].iter().any(|name| call.contains(name))
}

struct Customers {
    site: Site,
    victim: String,
    stranger: &'static str,
    /// Another customer's boss.
    other: String,
    /// The victim's colleague without any capability.
    colleague: String,
    staff: String,
    fill: Vec<(&'static str, String)>,
}

impl Customers {
    async fn build(pool: PgPool) -> Self {
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
        let fill = vec![
            ("{order}", order.to_string()),
            ("{id}", order.to_string()),
            ("{number}", number.to_string()),
            ("{ordinal}", "1".to_owned()),
            ("{bundle}", "1".to_owned()),
            ("{purchase}", purchase.to_string()),
            ("{bought}", bought.to_string()),
            ("{closed}", work.number.to_string()),
            ("{segment}", segment.to_string()),
            ("{block}", "1".to_owned()),
            ("{contest}", "1".to_owned()),
            ("{mail}", "1".to_owned()),
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
            ("{session}", victim.boss.session().expect("a session").id.to_string()),
        ];
        Self {
            victim: world.cookie(&victim.boss).await,
            stranger: "",
            other: world.cookie(&other.boss).await,
            colleague: world.cookie(&colleague).await,
            staff: world.cookie(&staff).await,
            site: Site::serve(world.app.clone()).await,
            fill,
        }
    }

    fn filled(&self, text: &str) -> String {
        self.fill.iter().fold(text.to_owned(), |text, (name, value)| text.replace(name, value))
    }

    /// Calls a route as a program does; a page or download is opened.
    async fn call(&self, route: &str, cookie: &str) -> Answer {
        // The number of a purchase is none of a request.
        let named = if route.starts_with("/bundles/purchases/") {
            route.replace("{number}", "{bought}")
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
        let mut request = self.site.request(method, &path).header(header::COOKIE, cookie);
        if !is_get {
            request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded").body(arguments);
        }
        self.site.send(request).await.expect("an answer")
    }
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_stranger_gets_into_no_route_that_is_not_public(pool: PgPool) {
    let customers = Customers::build(pool).await;
    for (route, access) in access::table() {
        let answer = customers.call(route, customers.stranger).await;
        match access {
            Access::Public => assert!(answer.status < 500 && answer.status != 403, "{route}: {}", answer.status),
            _ if route.starts_with("/api/") => {
                assert_eq!(answer.status, 401, "{route}: {}", answer.body);
                assert!(answer.body.contains("sign_in_required"), "{route}: {}", answer.body);
            }
            _ => {
                assert_eq!(answer.status, 303, "{route}");
                assert!(answer.location.expect("a location").starts_with("/sign-in?next="), "{route}");
            }
        }
    }
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_zero_byte_in_path_query_or_form_is_refused_and_never_our_fault(pool: PgPool) {
    let customers = Customers::build(pool).await;
    let refused = async |method: Method, address: String, form: Option<String>, page: bool| {
        for cookie in [customers.stranger, &customers.victim, &customers.staff] {
            let mut request = customers.site.request(method.clone(), &address).header(header::COOKIE, cookie);
            if page {
                request = request.header(header::ACCEPT, "text/html");
            }
            if let Some(form) = &form {
                request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded").body(form.clone());
            }
            let status = customers.site.send(request).await.expect("an answer").status;
            assert!(matches!(status, 400 | 404 | 405), "{status} for {method} {address} {form:?}");
        }
    };
    for (route, _) in access::table() {
        let values: Vec<&str> = route.split('/').filter(|part| part.starts_with('{')).collect();
        for value in &values {
            let address = customers.filled(&route.replacen(value, "a%00b", 1));
            refused(Method::GET, address, None, true).await;
        }
        let (method, arguments) = sample(route).unwrap_or((Method::GET, ""));
        let arguments = customers.filled(arguments);
        let address = customers.filled(route);
        if method == Method::GET {
            refused(Method::GET, format!("{address}?{arguments}&q=%00"), None, true).await;
            continue;
        }
        for (at, _) in arguments.match_indices('=') {
            let form = format!("{}%00{}", &arguments[..=at], &arguments[at + 1..]);
            refused(Method::POST, address.clone(), Some(form.clone()), true).await;
            refused(Method::POST, address.clone(), Some(form), false).await;
        }
        // A form that is refused is answered with the page that it names.
        let fields = [("id", "1")];
        let page = "/documents/%00/document.pdf";
        let answer = customers.site.post(&address, &customers.victim, page, &fields).await;
        assert!(answer.status < 500, "{} for {address}", answer.status);
    }
    for nowhere in ["/%00", "/pkg/%00.css", "/documents/%00/document.pdf", "/healthz%00"] {
        refused(Method::GET, nowhere.to_owned(), None, true).await;
    }
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn another_customer_finds_nothing_of_the_victims(pool: PgPool) {
    let customers = Customers::build(pool).await;
    let mut tried = 0;
    for (route, access) in access::table() {
        let call = sample(route).map_or(*route, |(_, arguments)| arguments);
        let is_for_customers =
            !matches!(access, Access::Staff | Access::Corrector | Access::Technician | Access::Desk | Access::Manager);
        if !names_data(call) || !is_for_customers {
            continue;
        }
        tried += 1;
        let answer = customers.call(route, &customers.other).await;
        assert_eq!(answer.status, 404, "{route}: {}", answer.body);
    }
    assert!(tried >= 20, "only {tried} routes name data");
    // The victim's own session cannot be ended by naming it.
    assert_eq!(customers.call("/api/account/end-session", &customers.other).await.status, 404);
    // Whoever may, finds it all untouched.
    assert_eq!(customers.call("/api/drafts/summary", &customers.victim).await.status, 200);
    assert_eq!(customers.call("/api/requests/move-choice", &customers.victim).await.status, 200);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_member_without_the_capability_cannot_order_move_or_cancel(pool: PgPool) {
    let customers = Customers::build(pool).await;
    // Signing out would end the session with which the others are tried.
    for (route, access) in access::table().iter().filter(|(route, _)| *route != "/api/sign-out") {
        let answer = customers.call(route, &customers.colleague).await;
        match access {
            Access::Orderer | Access::Buyer | Access::CustomerManager => {
                assert_eq!(answer.status, 403, "{route}: {}", answer.body);
                let missing = match access {
                    Access::Buyer => "buy",
                    Access::CustomerManager => "manage",
                    _ => "order",
                };
                assert!(answer.body.contains(missing), "{route} says which capability is missing: {}", answer.body);
            }
            Access::Staff | Access::Corrector | Access::Technician | Access::Desk | Access::Manager => {
                assert_eq!(answer.status, 403, "{route}");
            }
            Access::Public | Access::SignedIn | Access::Member | Access::BillingViewer => {
                assert!(answer.status < 500, "{route}: {}", answer.status);
            }
        }
    }
    // The page of the order tells whom to ask.
    let page = customers.call("/order", &customers.colleague).await;
    assert_eq!(page.status, 403);
    assert!(page.body.contains("Jana Nováková"), "{}", page.body);
    // Without see_all, a colleague's request does not exist.
    assert_eq!(customers.call("/requests/{number}", &customers.colleague).await.status, 404);
    assert_eq!(customers.call("/requests/{number}/calendar.ics", &customers.colleague).await.status, 404);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn staff_do_not_get_into_members_routes_nor_members_into_staffs(pool: PgPool) {
    let customers = Customers::build(pool).await;
    for (route, access) in access::table() {
        match access {
            Access::Member | Access::Orderer | Access::Buyer | Access::BillingViewer | Access::CustomerManager => {
                let answer = customers.call(route, &customers.staff).await;
                assert_eq!(answer.status, 403, "{route} as staff: {}", answer.body);
            }
            Access::Staff => {
                let answer = customers.call(route, &customers.victim).await;
                assert_eq!(answer.status, 403, "{route} as a member: {}", answer.body);
                // What they do may be refused for reasons of its own.
                let status = customers.call(route, &customers.staff).await.status;
                assert!(matches!(status, 200 | 303 | 409), "{route} as staff: {status}");
            }
            Access::Corrector | Access::Technician | Access::Manager => {
                let answer = customers.call(route, &customers.victim).await;
                assert_eq!(answer.status, 403, "{route} as a member: {}", answer.body);
                let answer = customers.call(route, &customers.staff).await;
                assert_eq!(answer.status, 403, "{route} as a dispatcher: {}", answer.body);
            }
            Access::Desk => {
                let answer = customers.call(route, &customers.victim).await;
                assert_eq!(answer.status, 403, "{route} as a member: {}", answer.body);
            }
            Access::Public | Access::SignedIn => {}
        }
    }
}

/// What a browser gets is a page, or leads to one, or is a file: never JSON, and never a bare status.
fn assert_is_for_people(what: &str, answer: &Answer) {
    let kind = answer.headers.get(header::CONTENT_TYPE).map(|kind| kind.to_str().expect("ASCII")).unwrap_or_default();
    let is_page = kind.starts_with("text/html");
    match answer.status {
        200..=299 => assert!(!kind.contains("json"), "{what}: {kind}"),
        300..=399 => assert!(answer.location.is_some(), "{what}: leads nowhere"),
        status => assert!(is_page && answer.body.contains("<h1"), "{what}: {status} {kind} {:.200}", answer.body),
    }
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn whatever_a_browser_sends_it_is_answered_with_a_page(pool: PgPool) {
    let customers = Customers::build(pool).await;
    let send = async |method: Method, address: &str, cookie: &str, form: Option<&str>| {
        let mut request = customers.site.request(method.clone(), address).header(header::COOKIE, cookie);
        request =
            request.header(header::ACCEPT, "text/html,application/xhtml+xml").header("sec-fetch-site", "same-origin");
        if let Some(form) = form {
            request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded").body(form.to_owned());
        }
        let answer = customers.site.send(request).await.expect("an answer");
        assert_is_for_people(&format!("{method} {address} {:.100}", form.unwrap_or_default()), &answer);
        answer
    };
    // Ending the session of those who try would be the end of the trying.
    let tried = access::table().iter().filter(|(route, _)| !route.contains("session") && *route != "/api/sign-out");
    for (route, _) in tried {
        let address = customers.filled(route);
        for cookie in [customers.stranger, &customers.victim] {
            for method in [Method::GET, Method::PUT, Method::DELETE] {
                send(method, &address, cookie, None).await;
            }
            for form in ["", "call=/api/nothing&a=b", "%ff%fe=%zz", "a=%00", "{}"] {
                send(Method::POST, &address, cookie, Some(form)).await;
            }
            if let Some((Method::POST, arguments)) = sample(route) {
                let form = format!("call={route}&{}", customers.filled(arguments).replace('=', "=x"));
                send(Method::POST, "/", cookie, Some(&form)).await;
            }
        }
        send(Method::GET, &route.replace('{', "%00"), &customers.victim, None).await;
    }
    for address in ["/%00", "/nowhere", &format!("/{}", "x".repeat(300)), "/pkg/none.css", "/readyz%00"] {
        let answer = send(Method::GET, address, "", None).await;
        assert!((400..500).contains(&answer.status), "{address}: {}", answer.status);
    }
    let abuse = format!("call=/api/language&language={}", "x".repeat(1_200_000));
    assert_eq!(send(Method::POST, "/", "", Some(&abuse)).await.status, 413);
    let foreign = customers.site.request(Method::POST, "/").header("sec-fetch-site", "cross-site");
    let foreign = foreign.header(header::ACCEPT, "text/html").body("call=/api/language&language=en");
    let answer = customers.site.send(foreign).await.expect("an answer");
    assert_eq!(answer.status, 403);
    assert_is_for_people("a form of another site", &answer);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn programs_are_told_problems_as_json(pool: PgPool) {
    let customers = Customers::build(pool).await;
    for (address, status, problem) in [
        ("/api/viewer?a=%00", 400, "malformed"),
        ("/api/account", 401, "sign_in_required"),
        ("/requests/2026-000001/calendar.ics%00", 400, "malformed"),
    ] {
        let request = customers.site.request(Method::GET, address).header(header::ACCEPT, "*/*");
        let answer = customers.site.send(request).await.expect("an answer");
        assert_eq!(answer.status, status, "{address}");
        assert!(answer.body.contains(&format!("{{\"problem\":\"{problem}\"")), "{address}: {}", answer.body);
    }
}
