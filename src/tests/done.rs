//! The word of success after a form (design, Forms): said once, by the page to which it led, in our own words only.

use linka::{
    model::{base::done::Done, paths, people::members::StaffRole},
    server::db::MIGRATIONS,
};
use reqwest::{Method, header};
use sqlx::PgPool;

use super::support::{Answer, Site, World};

struct Settings {
    site: Site,
    cookie: String,
}

impl Settings {
    async fn new(pool: PgPool) -> Self {
        let world = World::new(pool).await;
        let manager = world.staff(StaffRole::Manager).await;
        let cookie = world.cookie(&manager).await;
        Self { site: Site::serve(world.app.clone()).await, cookie }
    }

    /// Adds a skill; what the browser was told.
    async fn add_skill(&self, name: &str) -> Answer {
        self.site.post("/api/skills/add", &self.cookie, paths::WORK_TYPES, &[("name", name)]).await
    }

    /// Opens a page with one more cookie.
    async fn open(&self, page: &str, cookie: &str) -> Answer {
        self.site.get(page, &format!("{}; {cookie}", self.cookie)).await
    }
}

/// The cookie with the word that an answer sets, with all that is said of it.
fn word(answer: &Answer) -> Option<String> {
    let set = answer.headers.get_all(header::SET_COOKIE).iter().filter_map(|value| value.to_str().ok());
    set.map(str::to_owned).find(|cookie| cookie.starts_with("linka-done="))
}

fn says_something(answer: &Answer) -> bool {
    answer.body.contains("role=\"status\" class=\"done\"")
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_form_that_is_done_says_so_once_on_the_page_to_which_it_leads(pool: PgPool) {
    let settings = Settings::new(pool).await;
    let answer = settings.add_skill("Rozvrhy").await;
    assert_eq!((answer.status, answer.location.as_deref()), (303, Some(paths::WORK_TYPES)), "{}", answer.body);
    let told = word(&answer).expect("a word");
    assert!(told.contains(&format!("Path={}", paths::WORK_TYPES)), "{told}");
    assert!(told.contains("HttpOnly") && told.contains("Max-Age=60"), "{told}");
    let cookie = told.split(';').next().expect("a cookie");
    let page = settings.open(paths::WORK_TYPES, cookie).await;
    assert!(says_something(&page) && page.body.contains("Přidáno."), "{}", page.body);
    assert!(page.body.contains("<title>Přidáno. "), "a screen reader begins with it");
    let taken = word(&page).expect("the cookie is taken away");
    assert!(taken.contains("Max-Age=0") && taken.contains(&format!("Path={}", paths::WORK_TYPES)), "{taken}");
    assert_eq!(page.headers[header::CACHE_CONTROL], "no-store");
    let again = settings.site.get(paths::WORK_TYPES, &settings.cookie).await;
    assert!(!says_something(&again));
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_refused_form_says_nothing_of_success(pool: PgPool) {
    let settings = Settings::new(pool).await;
    let answer = settings.add_skill("").await;
    assert_eq!(answer.status, 422);
    assert_eq!(word(&answer), None);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn nobody_makes_a_page_say_words_that_are_not_ours(pool: PgPool) {
    let settings = Settings::new(pool).await;
    let page = paths::WORK_TYPES;
    for forged in ["Zavolejte 900", "<script>alert(1)</script>", "", "saved", "SAVED"] {
        let answer = settings.open(page, &format!("linka-done={forged}.{page}")).await;
        let is_ours = Done::from_code(forged).is_some();
        assert_eq!((answer.status, says_something(&answer)), (200, is_ours), "{forged}");
        assert!(forged.is_empty() || is_ours || !answer.body.contains(forged), "{forged}");
    }
    let of_another_page = settings.open(page, &format!("linka-done=saved.{}", paths::SETTINGS)).await;
    assert!(!says_something(&of_another_page) && word(&of_another_page).is_none());
    let of_none = settings.open(page, "linka-done=saved").await;
    assert!(!says_something(&of_none));
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn programs_are_told_nothing(pool: PgPool) {
    let settings = Settings::new(pool).await;
    let request = settings
        .site
        .request(Method::POST, "/api/skills/add")
        .header(header::COOKIE, &settings.cookie)
        .header("sec-fetch-site", "same-origin")
        .header(header::ACCEPT, "application/json")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body("name=Rozvrhy");
    let answer = settings.site.send(request).await.expect("an answer");
    assert!(answer.status < 400, "{}", answer.body);
    assert_eq!(word(&answer), None);
}
