//! What the web server makes of forms and of those who mean no good (design, Web), and of bad input.

use chrono::TimeDelta;
use linka::{
    model::base::terms::Urgency,
    server::{
        db::MIGRATIONS,
        service::ordering::{drafts, requests},
    },
    ui::islands::BY_ITSELF,
};
use reqwest::{Method, header};
use sqlx::PgPool;

use super::support::{Answer, Site, World};
use linka::{
    model::{base::ids::RequestId, ordering::drafts::Subject},
    server::auth::Orderer,
};

struct Desk {
    world: World,
    site: Site,
    cookie: String,
    orderer: Orderer,
    order: RequestId,
}

impl Desk {
    async fn new(pool: PgPool) -> Self {
        let world = World::new(pool).await;
        world.technicians(2, "07:00", "15:30").await;
        let place = world.place("A").await;
        let orderer = place.boss.may_order().expect("an orderer");
        let order = world.order(&orderer, Urgency::Normal).await;
        let cookie = world.cookie(&place.boss).await;
        let site = Site::serve(world.app.clone()).await;
        Self { world, site, cookie, orderer, order }
    }

    async fn post(&self, action: &str, step: &str, fields: &[(&str, &str)]) -> Answer {
        let id = self.order.to_string();
        let page = if step.is_empty() { format!("/order/{id}") } else { format!("/order/{id}/{step}") };
        let subject = Subject { program: self.world.program, work_type: self.world.repair }.to_string();
        let mut all = vec![("id", id.as_str())];
        if fields.iter().any(|(name, _)| *name == "urgency") {
            all.push(("subject", &subject));
        }
        all.extend_from_slice(fields);
        self.site.post(&format!("/api/drafts/{action}"), &self.cookie, &page, &all).await
    }
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_refused_form_comes_back_as_it_was_left_with_a_fitting_status(pool: PgPool) {
    let desk = Desk::new(pool).await;
    let fields = [("what_happened", "krátké"), ("contact_name", "Petr & <Pavel>"), ("contact_phone", "12")];
    let answer = desk.post("save", "", &fields).await;
    assert_eq!(answer.status, 422);
    assert!(answer.location.is_none(), "no problem and no data travel in a URL");
    for kept in ["krátké", "Petr &amp; &lt;Pavel&gt;", "value=\"12\""] {
        assert!(answer.body.contains(kept), "{kept}: {}", answer.body);
    }
    for field in ["subject", "what_happened", "urgency", "contact_phone"] {
        assert!(answer.body.contains(&format!("href=\"#{field}\"")), "the summary leads to {field}");
    }
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn looking_for_what_can_be_ordered_loses_nothing_that_was_typed(pool: PgPool) {
    let desk = Desk::new(pool).await;
    let typed = [("what_happened", "Po uzávěrce hlásí chybu."), ("contact_name", "Petr Svoboda"), ("q", "zebra")];
    // By the button, and by the Enter key, which sends none.
    for asked in [&[("search", "true")][..], &[]] {
        let answer = desk.post("save", "", &[&typed[..], asked].concat()).await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        for kept in ["Po uzávěrce hlásí chybu.", "value=\"Petr Svoboda\"", "value=\"zebra\"", "Nic takového tu nemáme"]
        {
            assert!(answer.body.contains(kept), "{kept}: {}", answer.body);
        }
    }
    let whole = [("contact_phone", "601234567"), ("urgency", "normal")];
    assert_eq!(
        desk.post("save", "", &[&typed[..], &whole[..]].concat()).await.status,
        303,
        "what is chosen is ordered"
    );
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn what_is_typed_into_a_textarea_cannot_leave_it(pool: PgPool) {
    let desk = Desk::new(pool).await;
    let attack = "</textarea><script>alert(1)</script> a dost dlouhý text";
    // Refused: shown again from the form. Saved: shown again from the database, on three pages.
    let refused = desk.post("save", "", &[("what_happened", attack)]).await;
    assert_eq!(refused.status, 422);
    let fields =
        [("what_happened", attack), ("contact_name", attack), ("contact_phone", "601234567"), ("urgency", "normal")];
    assert_eq!(desk.post("save", "", &fields).await.status, 303);
    let start = desk.world.starts(&desk.orderer, desk.order).await[0];
    desk.world.pick(&desk.orderer, desk.order, start).await.expect("a hold");
    let details = desk.site.get(&format!("/order/{}", desk.order), &desk.cookie).await;
    let confirm = desk.site.get(&format!("/order/{}/confirm", desk.order), &desk.cookie).await;
    let number = desk.world.book(&desk.orderer, desk.order, start).await.expect("a booking");
    let request = desk.site.get(&format!("/requests/{number}"), &desk.cookie).await;
    for page in [refused, details, confirm, request] {
        assert!(page.body.contains("&lt;script"), "{} shows the text", page.status);
        assert!(!page.body.contains("<script>alert"), "{}", page.body);
    }
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_form_of_another_site_is_refused(pool: PgPool) {
    let desk = Desk::new(pool).await;
    let form = format!("id={}", desk.order);
    for (name, value) in
        [("sec-fetch-site", "cross-site"), ("sec-fetch-site", "same-site"), ("origin", "https://evil.example")]
    {
        let request = desk
            .site
            .request(Method::POST, "/api/drafts/discard")
            .header(name, value)
            .header(header::COOKIE, &desk.cookie)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(form.clone());
        assert_eq!(desk.site.send(request).await.expect("an answer").status, 403, "{name}: {value}");
    }
    desk.world.starts(&desk.orderer, desk.order).await;
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn no_answer_follows_a_foreign_referer_or_a_foreign_page(pool: PgPool) {
    let desk = Desk::new(pool).await;
    for (page, back) in [("/", "/"), ("/sign-in?next=/order", "/sign-in?next=/order"), ("//evil.example", "/")] {
        let request = desk
            .site
            .request(Method::POST, page)
            .header(header::REFERER, "https://evil.example/")
            .header(header::ACCEPT, "text/html")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body("call=/api/language&language=en&page=https://evil.example/");
        let answer = desk.site.send(request).await.expect("an answer");
        assert_eq!((answer.status, answer.location.as_deref()), (303, Some(back)), "{page}");
    }
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn every_page_sets_a_policy_that_runs_nothing_of_others(pool: PgPool) {
    let desk = Desk::new(pool).await;
    let time = format!("/order/{}/time", desk.order);
    for path in ["/", "/sign-in", "/requests", "/nowhere", time.as_str()] {
        let answer = desk.site.get(path, &desk.cookie).await;
        let policy = answer.headers["content-security-policy"].to_str().expect("a policy").to_owned();
        for part in ["default-src 'self'", "object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'", "'nonce-"]
        {
            assert!(policy.contains(part), "{path}: {policy}");
        }
        assert!(!policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'"), "{path}: {policy}");
        let nonce = policy.split("'nonce-").nth(1).and_then(|rest| rest.split('\'').next()).expect("a nonce");
        let scripts = answer.body.matches("<script").count();
        assert_eq!(scripts, answer.body.matches(&format!("nonce=\"{nonce}\"")).count(), "{path}: every script has it");
        assert_eq!(answer.headers["x-content-type-options"], "nosniff");
    }
    let with_policy_of_nothing = desk.site.get("/api/line", "").await;
    assert!(with_policy_of_nothing.headers["content-security-policy"].to_str().expect("ASCII").contains("'none'"));
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn pages_without_islands_carry_no_script_and_the_order_does(pool: PgPool) {
    let desk = Desk::new(pool).await;
    for path in ["/line", "/sign-in", "/bundles", "/requests", "/account"] {
        let answer = desk.site.get(path, &desk.cookie).await;
        assert_eq!(answer.status, 200, "{path}");
        assert!(!answer.body.contains("<script"), "{path} carries a script: {}", answer.body);
    }
    let time = desk.site.get(&format!("/order/{}/time", desk.order), &desk.cookie).await;
    assert!(time.body.contains("<script") && time.body.contains("<leptos-island"));
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_body_of_3_mb_is_refused_with_413_and_a_page(pool: PgPool) {
    let desk = Desk::new(pool).await;
    let text = "x".repeat(3_000_000);
    let answer = desk.post("save", "", &[("what_happened", &text)]).await;
    assert_eq!(answer.status, 413);
    assert!(answer.body.contains("<h1"), "a page, not a bare word: {:.200}", answer.body);
    assert!(answer.body.contains("tlačítkem Zpět"), "it says where the text is: {:.2000}", answer.body);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_text_beyond_its_limit_comes_back_whole_and_its_field_says_so(pool: PgPool) {
    let desk = Desk::new(pool).await;
    let text = "Příliš žluťoučký kůň. ".repeat(9_000);
    let answer = desk.post("save", "", &[("what_happened", &text), ("contact_name", "Jana")]).await;
    assert_eq!(answer.status, 422);
    assert!(answer.body.contains(&text) && answer.body.contains("value=\"Jana\""), "nothing is lost");
    assert!(answer.body.contains("href=\"#what_happened\""), "the field says that it is too long");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn every_form_stands_at_the_address_of_its_page(pool: PgPool) {
    let desk = Desk::new(pool).await;
    let page = format!("/order/{}", desk.order);
    let opened = desk.site.get(&page, &desk.cookie).await;
    assert_eq!(opened.status, 200);
    assert!(opened.body.contains("name=\"call\" value=\"/api/drafts/save\""), "{}", opened.body);
    let forms = opened.body.matches("<form").count();
    assert_eq!(opened.body.matches(&format!("action=\"{page}\"")).count(), forms, "{}", opened.body);
    // What a browser opens that finds an address of a server function.
    let by_hand = desk.site.get("/api/drafts/save", &desk.cookie).await;
    assert_eq!(by_hand.status, 404);
    assert!(by_hand.body.contains("<h1"), "{}", by_hand.body);
    assert!(desk.site.get("/api/viewer", &desk.cookie).await.body.contains("<h1"), "what it answers is for programs");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_refused_form_is_at_an_address_that_can_be_opened_again_by_its_sender_only(pool: PgPool) {
    let desk = Desk::new(pool).await;
    let page = format!("/order/{}", desk.order);
    let request = desk
        .site
        .request(Method::POST, &page)
        .header(header::COOKIE, &desk.cookie)
        .header(header::ACCEPT, "text/html")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(format!("call=/api/drafts/save&id={}&what_happened=kr%C3%A1tk%C3%A9", desk.order));
    let answer = desk.site.send(request).await.expect("an answer");
    let shown = answer.location.expect("the page");
    assert!(answer.status == 303 && shown.starts_with(&format!("{page}?kept=")), "{} {shown}", answer.status);
    for time in ["led there", "reloaded", "by Back"] {
        let answer = desk.site.get(&shown, &desk.cookie).await;
        assert_eq!(answer.status, 422, "{time}");
        assert!(answer.body.contains("krátké</textarea>"), "{time}: {}", answer.body);
    }
    // An open page takes nothing else for itself as it is now.
    let follows = desk.site.request(Method::GET, &shown).header(header::COOKIE, &desk.cookie).header(BY_ITSELF, "1");
    let follows = desk.site.send(follows).await.expect("an answer");
    assert!(follows.status == 200 && follows.body.contains("krátké</textarea>"), "{} {}", follows.status, follows.body);
    let fresh = desk.site.get(&page, &desk.cookie).await;
    assert!(fresh.status == 200 && !fresh.body.contains("error-summary"), "{}", fresh.body);
    let stranger = desk.world.place("Stranger").await;
    let stranger = desk.world.cookie(&stranger.boss).await;
    let kept = shown.split_once('?').expect("its name").1;
    for address in [&shown, &format!("/order?{kept}")] {
        assert!(!desk.site.get(address, &stranger).await.body.contains("krátké"), "{address}");
    }
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn an_old_step_of_an_order_leads_to_its_request(pool: PgPool) {
    let desk = Desk::new(pool).await;
    let id = desk.order;
    let start = desk.world.starts(&desk.orderer, id).await[0];
    let number = desk.world.book(&desk.orderer, id, start).await.expect("a booking");
    let request = format!("/requests/{number}");
    for step in ["work-type", "details", "urgency", "time", "confirm"] {
        let answer = desk.site.get(&format!("/order/{id}/{step}"), &desk.cookie).await;
        assert_eq!((answer.status, answer.location.as_deref()), (303, Some(request.as_str())), "{step}");
    }
    // What was left open in another tab and is sent now.
    for (action, step) in [("save", ""), ("pick-slot", "time"), ("release-slot", "confirm")] {
        let start = start.to_rfc3339();
        let fields = [
            ("start", start.as_str()),
            ("what_happened", "Program nejde spustit."),
            ("contact_name", "Jana"),
            ("contact_phone", "601234567"),
            ("urgency", "normal"),
        ];
        let answer = desk.post(action, step, &fields).await;
        assert_eq!((answer.status, answer.location.as_deref()), (303, Some(request.as_str())), "{action}");
    }
    let cancelled = [("number", number.to_string()), ("key", desk.world.app.random.uuid().to_string())];
    let cancelled = cancelled.each_ref().map(|(name, value)| (*name, value.as_str()));
    let cancel = format!("{request}/cancel");
    assert_eq!(desk.site.post("/api/requests/cancel", &desk.cookie, &cancel, &cancelled).await.status, 303);
    for page in [cancel, format!("{request}/move")] {
        let answer = desk.site.get(&page, &desk.cookie).await;
        assert_eq!((answer.status, answer.location.as_deref()), (303, Some(request.as_str())), "{page}");
    }
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_step_that_comes_too_soon_leads_to_the_one_before_and_a_discarded_draft_to_a_new_order(pool: PgPool) {
    let desk = Desk::new(pool).await;
    let id = RequestId(desk.world.app.random.uuid());
    let wish = desk.world.wish(desk.world.repair, Urgency::Normal);
    drafts::save_wish(&desk.world.app, &desk.orderer, id, &wish).await.expect("begun");
    desk.world.sql(&format!("update service_request set urgency = null where id = '{id}'")).await;
    for step in ["work-type", "details", "urgency", "time", "confirm"] {
        let answer = desk.site.get(&format!("/order/{id}/{step}"), &desk.cookie).await;
        let first = format!("/order/{id}");
        assert_eq!((answer.status, answer.location.as_deref()), (303, Some(first.as_str())), "{step}");
    }
    drafts::discard(&desk.world.app, &desk.orderer, id).await.expect("discarded");
    let answer = desk.site.get(&format!("/order/{id}/details"), &desk.cookie).await;
    assert_eq!((answer.status, answer.location.as_deref()), (303, Some("/order")));
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn back_from_an_order_that_was_begun_finds_what_was_typed(pool: PgPool) {
    let desk = Desk::new(pool).await;
    let begun = desk.site.get("/order", &desk.cookie).await;
    let page = begun.location.expect("an address of its own");
    let id = page.strip_prefix("/order?draft=").expect("which names the draft to be").to_owned();
    let blank = desk.site.get(&page, &desk.cookie).await;
    assert!(blank.status == 200 && blank.body.contains(&format!("value=\"{id}\"")), "{}", blank.body);
    let subject = Subject { program: desk.world.program, work_type: desk.world.repair }.to_string();
    let fields = [
        ("id", id.as_str()),
        ("subject", subject.as_str()),
        ("what_happened", "Program nejde spustit."),
        ("urgency", "normal"),
        ("contact_name", "Jana"),
        ("contact_phone", "601234567"),
    ];
    let sent = desk.site.post("/api/drafts/save", &desk.cookie, &page, &fields).await;
    assert_eq!((sent.status, sent.location), (303, Some(format!("/order/{id}/time"))));
    let back = desk.site.get(&page, &desk.cookie).await;
    assert_eq!((back.status, back.location), (303, Some(format!("/order/{id}"))));
    let kept = desk.site.get(&format!("/order/{id}"), &desk.cookie).await;
    assert!(kept.body.contains("Program nejde spustit.</textarea>"), "{}", kept.body);
    // Nobody else learns that there is such a draft, nor can write in it.
    let stranger = desk.world.place("Stranger").await;
    let stranger = desk.world.cookie(&stranger.boss).await;
    let blank = desk.site.get(&page, &stranger).await;
    assert!(blank.status == 200 && !blank.body.contains("Program nejde spustit."), "{}", blank.body);
    assert_eq!(desk.site.post("/api/drafts/save", &stranger, &page, &fields).await.status, 404);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn times_that_were_never_on_offer_are_refused_clearly(pool: PgPool) {
    let desk = Desk::new(pool).await;
    let start = desk.world.starts(&desk.orderer, desk.order).await[0];
    let off_grid = (start + TimeDelta::minutes(7)).to_rfc3339();
    let far = (start + TimeDelta::days(400)).to_rfc3339();
    for (what, start, status) in [
        ("no time", "tomorrow", 400),
        ("nothing", "", 422),
        ("past", "2026-11-20T09:00:00+01:00", 422),
        ("too soon", "2026-11-23T09:00:00+01:00", 422),
        ("Sunday", "2026-11-29T09:00:00+01:00", 422),
        ("holiday", "2026-12-25T09:00:00+01:00", 422),
        ("night", "2026-11-27T03:00:00+01:00", 422),
        ("off the grid", off_grid.as_str(), 422),
        ("a year ahead", far.as_str(), 422),
        ("beyond all calendars", "+262142-12-31T23:59:59Z", 422),
        ("before all calendars", "-262142-01-01T00:00:00Z", 422),
    ] {
        let answer = desk.post("pick-slot", "time", &[("start", start)]).await;
        assert_eq!(answer.status, status, "{what}: {}", answer.body);
        assert!(answer.body.contains("<h1"), "{what}: a page");
    }
    assert_eq!(desk.world.count("held").await, 0);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_forged_hold_confirms_nothing(pool: PgPool) {
    let desk = Desk::new(pool).await;
    let (thief, place) = (desk.world.place("Thief").await, &desk);
    let start = desk.world.starts(&desk.orderer, desk.order).await[0];
    desk.world.pick(&place.orderer, place.order, start).await.expect("a hold");
    let thief_cookie = desk.world.cookie(&thief.boss).await;
    let id = desk.order.to_string();
    let begun = format!("/order?draft={id}");
    let stolen = desk.site.post("/api/drafts/confirm", &thief_cookie, &begun, &[("id", &id)]).await;
    assert_eq!(stolen.status, 404, "another's hold");
    let own = desk.world.order(&thief.boss.may_order().expect("an orderer"), Urgency::Normal).await.to_string();
    let page = format!("/order/{own}/confirm");
    let unheld = desk.site.post("/api/drafts/confirm", &thief_cookie, &page, &[("id", &own)]).await;
    assert_eq!(unheld.status, 409, "no hold at all: {}", unheld.body);
    assert_eq!(desk.world.count("confirmed").await, 0);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_ceiling_below_the_minimum_is_answered_with_the_minimum(pool: PgPool) {
    let desk = Desk::new(pool).await;
    let start = desk.world.starts(&desk.orderer, desk.order).await[0];
    desk.world.pick(&desk.orderer, desk.order, start).await.expect("a hold");
    for ceiling in ["29", "5", "0", "481"] {
        let answer = desk.post("confirm", "confirm", &[("ceiling_minutes", ceiling)]).await;
        assert_eq!(answer.status, 422, "{ceiling}");
        for said in [
            "Napište aspoň tolik minut, kolik je minimum za",
            "Nejméně 30, nejvýš 480 minut.",
            &format!("value=\"{ceiling}\""),
        ] {
            assert!(answer.body.replace('\u{a0}', " ").contains(said), "{said}: {}", answer.body);
        }
    }
    let answer = desk.post("confirm", "confirm", &[("ceiling_minutes", "30")]).await;
    assert_eq!(answer.status, 303, "{}", answer.body);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_double_submit_of_the_confirmation_is_one_request_told_twice(pool: PgPool) {
    let desk = Desk::new(pool).await;
    let start = desk.world.starts(&desk.orderer, desk.order).await[0];
    desk.world.pick(&desk.orderer, desk.order, start).await.expect("a hold");
    let first = desk.post("confirm", "confirm", &[("ceiling_minutes", "60")]).await;
    let second = desk.post("confirm", "confirm", &[("ceiling_minutes", "60")]).await;
    assert_eq!((first.status, second.status), (303, 303));
    assert_eq!(first.location, second.location);
    assert_eq!(desk.world.count("confirmed").await, 1);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn an_expired_hold_leads_back_to_fresh_times_and_nothing_is_lost(pool: PgPool) {
    let desk = Desk::new(pool).await;
    let start = desk.world.starts(&desk.orderer, desk.order).await[0];
    desk.world.pick(&desk.orderer, desk.order, start).await.expect("a hold");
    desk.world.app.clock.advance(TimeDelta::minutes(10));
    let answer = desk.post("confirm", "confirm", &[]).await;
    assert_eq!(answer.status, 409);
    assert!(answer.body.contains("Podržení termínu vypršelo"), "{}", answer.body);
    assert!(answer.body.contains("name=\"start\""), "fresh times stand on the page");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn forms_that_are_not_of_their_shape_are_refused_as_such(pool: PgPool) {
    let desk = Desk::new(pool).await;
    for (action, form) in [
        ("drafts/save", "id=not-a-uuid&subject=1.1"),
        ("drafts/save", "subject=1.1"),
        ("drafts/confirm", ""),
        ("requests/cancel", "number=2026-1&key=1"),
        ("drafts/save", "%ff%fe=%00"),
        ("language", "language=cs&language=en"),
    ] {
        let request = desk
            .site
            .request(Method::POST, &format!("/api/{action}"))
            .header(header::COOKIE, &desk.cookie)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(form);
        let answer = desk.site.send(request).await.expect("an answer");
        assert_eq!(answer.status, 400, "{action} {form}: {}", answer.body);
        assert!(answer.body.contains("malformed"), "{}", answer.body);
    }
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_zero_byte_in_a_text_is_no_failure_of_the_server(pool: PgPool) {
    let desk = Desk::new(pool).await;
    let fields = [
        ("what_happened", "Program hlásí \u{0} chybu při tisku."),
        ("contact_name", "Petr"),
        ("contact_phone", "601234567"),
        ("urgency", "normal"),
    ];
    let answer = desk.post("save", "", &fields).await;
    assert!(answer.status < 500, "{}: {}", answer.status, answer.body);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_text_is_kept_without_what_is_no_text_and_measured_as_it_is_kept(pool: PgPool) {
    let desk = Desk::new(pool).await;
    let lines = vec!["x"; 2_000].join("\r\n");
    let fields = |what_happened, contact_name| {
        let phone = "\u{202d}377\u{2011}457\u{2013}977\u{202c}";
        [
            ("what_happened", what_happened),
            ("contact_name", contact_name),
            ("contact_phone", phone),
            ("urgency", "normal"),
        ]
    };
    let answer = desk.post("save", "", &fields(&lines, "Jana\u{202e} Nov\u{fffe}á")).await;
    assert_eq!(answer.status, 303, "3,999 characters are no more than 4,000: {}", answer.body);
    let kept = "select count(*) from service_request where length(what_happened) = 3999 and contact_name = 'Jana Nová'
                and contact_phone = '+420377457977'";
    assert_eq!(desk.world.id(kept).await, 1);

    let answer = desk.post("save", "", &fields(&lines, "\u{202e}\u{202e}\u{202e}")).await;
    assert_eq!(answer.status, 422, "nobody sees such a name");
    assert!(answer.body.contains("href=\"#contact_name\""), "{}", answer.body);

    let mut claim = fields(&lines, "Jana").to_vec();
    claim.retain(|(name, _)| *name != "urgency");
    claim.extend([
        ("urgency", "urgent"),
        ("what_stopped", "Nevydáváme\u{202e}\r\nobědy"),
        ("since", "od\u{ffff} rána\u{85}"),
    ]);
    let answer = desk.post("save", "", &claim).await;
    assert_eq!(answer.status, 303, "{}", answer.body);
    let kept =
        "select count(*) from service_request where what_stopped = E'Nevydáváme\\nobědy' and stopped_since = 'od rána'";
    assert_eq!(desk.world.id(kept).await, 1);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn the_calendar_file_is_in_utc_and_follows_a_move(pool: PgPool) {
    let desk = Desk::new(pool).await;
    let starts = desk.world.starts(&desk.orderer, desk.order).await;
    let number = desk.world.book(&desk.orderer, desk.order, starts[0]).await.expect("a booking");
    let path = format!("/requests/{number}/calendar.ics");
    let before = desk.site.get(&path, &desk.cookie).await;
    assert!(before.headers["content-type"].to_str().expect("ASCII").starts_with("text/calendar"));
    requests::move_appointment(&desk.world.app, &desk.orderer, number, Some(starts[4]), uuid::Uuid::from_u128(1))
        .await
        .expect("a move");
    let after = desk.site.get(&path, &desk.cookie).await;
    for (file, start, sequence) in [(before, starts[0], 0), (after, starts[4], 1)] {
        for line in [
            format!("UID:{}@linka", desk.order),
            format!("SEQUENCE:{sequence}"),
            format!("DTSTART:{}", start.format("%Y%m%dT%H%M%SZ")),
        ] {
            assert!(file.body.lines().any(|l| l == line), "{line} in\n{}", file.body);
        }
    }
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn health_and_readiness_tell_apart_the_process_and_the_database(pool: PgPool) {
    let desk = Desk::new(pool).await;
    assert_eq!(desk.site.get("/healthz", "").await.status, 200);
    assert_eq!(desk.site.get("/readyz", "").await.status, 200);
    desk.world.app.db.pool().close().await;
    assert_eq!(desk.site.get("/healthz", "").await.status, 200);
    assert_eq!(desk.site.get("/readyz", "").await.status, 503);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn who_orders_is_filled_in_as_the_one_who_will_sit_there(pool: PgPool) {
    let desk = Desk::new(pool).await;
    desk.world.sql("update member set phone = '+420601234567'").await;
    desk.world.sql("update service_request set what_happened = null, contact_name = null, contact_phone = null").await;
    let page = desk.site.get(&format!("/order/{}", desk.order), &desk.cookie).await;
    assert!(page.body.contains("value=\"+420\u{a0}601\u{a0}234\u{a0}567\""), "{}", page.body);
}
