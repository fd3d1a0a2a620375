//! Who gets in where: the access table against the routes that there are, and each route tried by those it is not for.

mod everybody;
mod matrix;
mod samples;

use std::{collections::BTreeSet, iter};

use leptos_axum::generate_route_list;
use linka::{
    api,
    model::{paths, people::access::Access},
    server::{
        db::MIGRATIONS,
        http::{self, access, done, sent_forms},
    },
    ui::app::App as Pages,
};
use reqwest::{Method, header};
use sqlx::{AssertSqlSafe, PgPool};

use self::{everybody::Customers, samples::sample};
use super::support::{Answer, some_of};

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

/// A form of rights, prices, the bank, money that goes back, or of ending sessions: `confirmed` in the row of its module.
#[sqlx::test(migrator = "MIGRATIONS")]
async fn what_a_browser_left_alone_must_not_do_asks_anew_who_it_is(pool: PgPool) {
    let customers = Customers::build(pool.clone()).await;
    let forms: BTreeSet<&str> = api::confirmed().collect();
    assert!(forms.len() > 20, "{forms:?}");
    let stale = "update session set confirmed_at = confirmed_at - interval '10 minutes'";
    sqlx::query(stale).execute(&pool).await.expect("a while later");
    let mut asked = BTreeSet::new();
    for (route, access) in access::table() {
        let by = match access {
            Access::Desk | Access::Staff => &customers.staff,
            Access::Manager => &customers.manager,
            _ => &customers.victim,
        };
        // Who is signed out would be asked nothing any more.
        if sample(route).is_none() || *route == "/api/sign-out" {
            continue;
        }
        let answer = customers.call(route, by).await;
        if answer.status == 401 && answer.body.contains("confirm_required") {
            asked.insert(*route);
        }
    }
    assert_eq!(asked, forms);
}

/// Each form with a key, sent when its key has said something else already.
#[sqlx::test(migrator = "MIGRATIONS")]
async fn no_form_with_a_key_says_it_is_done_when_it_says_something_new(pool: PgPool) {
    let customers = Customers::build(pool.clone()).await;
    let (mut told, mut expected) = (BTreeSet::new(), BTreeSet::new());
    for (route, field) in sent_forms::table().filter_map(|(route, field)| Some((route, field?))) {
        // A technician's work is not among what the routes are tried on.
        if access::of(route) == Some(Access::Technician) {
            continue;
        }
        expected.insert(route);
        let (_, arguments) = sample(route).expect(route);
        let arguments = customers.filled(arguments);
        let fields: Vec<(String, String)> = serde_urlencoded::from_str(&arguments).expect("a form");
        let key = fields.into_iter().find_map(|(name, value)| (name == field).then_some(value)).expect(route);
        let other = "insert into sent_form (login_id, form, content, sent_at)
                     select id, sha256(convert_to($1, 'utf8') || uuid_send($2::text::uuid)), sha256('x'), now() from login";
        sqlx::query(other).bind(route).bind(key).execute(&pool).await.expect("another content");
        for cookie in [&customers.staff, &customers.manager, &customers.victim] {
            let answer = customers.call(route, cookie).await;
            if answer.status == 409 && answer.body.contains("form_used") {
                told.insert(route);
            }
        }
    }
    assert_eq!(told, expected);
}

/// The table asks for the proof, and so does the function itself.
#[test]
fn a_confirmed_function_asks_for_the_proof_itself() {
    let mut found = 0;
    for entry in ["line", "minutes", "money", "ordering", "people", "work"] {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/api").join(entry);
        for file in std::fs::read_dir(folder).expect("a folder").flatten() {
            let source = std::fs::read_to_string(file.path()).expect("a file");
            let rows = source.lines().filter(|line| line.trim_end().ends_with(" confirmed,")).count();
            assert_eq!(source.matches(".confirmed()?").count(), rows, "{}", file.path().display());
            found += rows;
        }
    }
    assert_eq!(found, api::confirmed().count());
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

/// What people of the vendor write among themselves stands in nothing that a customer can open: no page, no file, no answer.
#[sqlx::test(migrator = "MIGRATIONS")]
async fn notes_of_staff_reach_no_customer_by_any_route(pool: PgPool) {
    let note = "Pozor-na-ně-interně";
    let plant = [
        "insert into request_note (customer_id, request_id, staff_id, at, note, key)
         select customer_id, id, (select min(id) from staff), now(), '{note}', gen_random_uuid() from service_request
         where number is not null",
        "insert into contact_attempt (customer_id, request_id, staff_id, at, channel, note, key)
         select customer_id, id, (select min(id) from staff), now(), 'phone', '{note}', gen_random_uuid()
         from service_request where number is not null",
        "update customer set note = '{note}'",
    ];
    let customers = Customers::build(pool.clone()).await;
    for statement in plant {
        let statement = AssertSqlSafe(statement.replace("{note}", note));
        sqlx::query(statement).execute(&pool).await.expect("a note");
    }
    let (mut opened, mut seen_by_staff) = (0, 0);
    for (place, (route, _)) in access::table().iter().enumerate() {
        let is_opened = !route.starts_with("/api/") || sample(route).is_some_and(|(method, _)| method == Method::GET);
        // A stream ends with its page only; it tells that something has changed, and nothing of what.
        if !is_opened || *route == paths::LIVE {
            continue;
        }
        // Whoever sees most sees all that there is; what the others see is theirs in turn.
        for cookie in
            iter::once(&customers.victim).chain(some_of(&[&customers.colleague, &customers.other], place).copied())
        {
            let answer = customers.call(route, cookie).await;
            assert!(!answer.body.contains(note), "{route}");
            opened += usize::from(answer.status == 200);
        }
        seen_by_staff += usize::from(customers.call(route, &customers.staff).await.body.contains(note));
    }
    assert!(opened > 50 && seen_by_staff > 1, "{opened} were opened, and staff read it on {seen_by_staff}");
}

/// Routes that name somebody's data: for anybody else they do not exist.
fn names_data(call: &str) -> bool {
    ["{order}", "{number}", "{id}", "{closed}", "{purchase}", "{bought}", "{attachment}", "{subscription}", "{webhook}"]
        .iter()
        .any(|name| call.contains(name))
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
    for folder in ["/pkg", "/pkg/"] {
        let answer = customers.call(folder, customers.stranger).await;
        assert_eq!(answer.status, 404, "{folder} is listed: {}", answer.body);
    }
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_zero_byte_in_path_query_or_form_is_refused_and_never_our_fault(pool: PgPool) {
    let customers = Customers::build(pool).await;
    let mut sent = 0;
    let mut refused = async |method: Method, address: String, form: Option<String>, page: bool| {
        sent += 1;
        for cookie in some_of(&[customers.stranger, &customers.victim, &customers.staff], sent) {
            let mut request = customers.site.request(method.clone(), &address).header(header::COOKIE, *cookie);
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
            Access::Orderer | Access::Buyer | Access::CustomerManager | Access::Integrator => {
                assert_eq!(answer.status, 403, "{route}: {}", answer.body);
                let missing = match access {
                    Access::Buyer => "buy",
                    Access::CustomerManager | Access::Integrator => "manage",
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
            Access::Member
            | Access::Orderer
            | Access::Buyer
            | Access::BillingViewer
            | Access::CustomerManager
            | Access::Integrator => {
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
        if matches!(access, Access::Desk | Access::Manager) {
            let answer = customers.call(route, &customers.technician).await;
            assert_eq!(answer.status, 403, "{route} as a technician: {}", answer.body);
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
    // The interface for programs speaks to nobody else, whatever they accept.
    let is_tried =
        |route: &str| !route.contains("session") && route != "/api/sign-out" && !route.starts_with(paths::API);
    let tried = access::table().iter().filter(|(route, _)| is_tried(route));
    for (place, (route, _)) in tried.enumerate() {
        let address = customers.filled(route);
        for cookie in some_of(&[customers.stranger, &customers.victim], place) {
            for method in [Method::GET, Method::PUT, Method::DELETE] {
                send(method, &address, cookie, None).await;
            }
            for form in some_of(&["", "call=/api/nothing&a=b", "%ff%fe=%zz", "a=%00", "{}"], place) {
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
    for (address, status) in [("/documents/1999.zip", 404), ("/requests?search=a%00b", 400)] {
        assert_eq!(send(Method::GET, address, &customers.victim, None).await.status, status, "{address}");
        // Who takes anything is shown a page where pages and files are, as by the page itself.
        let request = customers.site.request(Method::GET, address).header(header::COOKIE, &customers.victim);
        let answer = customers.site.send(request).await.expect("an answer");
        assert_eq!(answer.status, status, "{address}");
        assert_is_for_people(address, &answer);
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
