//! The sandbox as people see it: the page on which they pay, or do not.

use axum::{
    Form, Router,
    extract::{Path, State},
    http::{HeaderValue, StatusCode, header},
    response::{Html, IntoResponse, Redirect, Response},
    routing::get,
};
use serde::Deserialize;

use super::{CardMode, Sandbox, lock};

/// The page of a checkout session.
pub fn routes(sandbox: Sandbox) -> Router {
    Router::new().route("/pay/{session}", get(show).post(act)).with_state(sandbox)
}

/// What is done on the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Action {
    Pay,
    /// With a card that pays now, and is declined when it is drawn from later.
    PayOnce,
    Decline,
}

#[derive(Deserialize)]
struct Deed {
    action: Action,
}

async fn show(State(sandbox): State<Sandbox>, Path(session): Path<String>) -> Response {
    page(&sandbox, &session, false)
}

async fn act(State(sandbox): State<Sandbox>, Path(session): Path<String>, Form(deed): Form<Deed>) -> Response {
    match deed.action {
        Action::Decline => {
            let declined = sandbox.change(|books, ink| books.decline(ink, &session)).is_ok();
            page(&sandbox, &session, declined)
        }
        Action::Pay => pay(&sandbox, &session, CardMode::Pay),
        Action::PayOnce => pay(&sandbox, &session, CardMode::Decline),
    }
}

fn pay(sandbox: &Sandbox, session: &str, mode: CardMode) -> Response {
    match sandbox.change(|books, ink| books.pay_with(ink, session, mode, true, None)) {
        Ok(back) => Redirect::to(&back).into_response(),
        Err(_) => page(sandbox, session, false),
    }
}

fn page(sandbox: &Sandbox, id: &str, declined: bool) -> Response {
    sandbox.change(|_, _| ());
    let books = lock(&sandbox.0.books);
    let Some((session, name)) = books.shown(id) else {
        return html(StatusCode::NOT_FOUND, "Platba nenalezena", "<p>Tuto zkušební platbu neznáme.</p>");
    };
    let total = crowns(session["amount_total"].as_i64().unwrap_or_default());
    let back = match session["cancel_url"].as_str() {
        Some(url) => format!("<a class=\"button\" href=\"{}\">Zpět k obchodu</a>", escape(url)),
        None => String::new(),
    };
    let what = format!(
        "<dl><div><dt>Co platíte</dt><dd>{}</dd></div><div><dt>Částka s DPH</dt><dd>{total}</dd></div></dl>",
        escape(name)
    );
    if session["status"] != "open" {
        let closed = "<p>Tato platba už je uzavřená. Nic dalšího tu zaplatit nejde.</p>";
        return html(StatusCode::OK, "Platba je uzavřená", &format!("{what}{closed}<p class=\"buttons\">{back}</p>"));
    }
    let trouble = if declined {
        "<p class=\"problem\" role=\"alert\">Banka kartu zamítla. Zkuste to znovu, nebo se vraťte k obchodu.</p>"
    } else {
        ""
    };
    let is_setup = session["mode"] == "setup";
    let main = if is_setup { "Uložit kartu".to_owned() } else { format!("Zaplatit {total}") };
    let once = if is_setup || books.keeps_card(id) {
        "<button name=\"action\" value=\"pay_once\">Kartou, kterou banka příště zamítne</button>"
    } else {
        ""
    };
    let body = format!(
        "{trouble}{what}<form method=\"post\" class=\"buttons\">\
         <button name=\"action\" value=\"pay\" class=\"main\">{main}</button>{once}\
         <button name=\"action\" value=\"decline\">Zamítnout kartu</button>{back}</form>"
    );
    html(StatusCode::OK, "Zkušební platba", &body)
}

fn html(status: StatusCode, title: &str, body: &str) -> Response {
    let page = format!(
        "<!doctype html><html lang=\"cs\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>{title}</title>\
         <style>{STYLE}</style></head><body><main><p class=\"notice\">Zkušební platba – žádné peníze se nepohnou</p>\
         <h1>{title}</h1>{body}</main></body></html>"
    );
    let policy = HeaderValue::from_static("default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'");
    let headers =
        [(header::CONTENT_SECURITY_POLICY, policy), (header::CACHE_CONTROL, HeaderValue::from_static("no-store"))];
    (status, headers, Html(page)).into_response()
}

const STYLE: &str = "\
:root{color-scheme:light dark;--paper:#faf9f5;--card:#fff;--ink:#1f2533;--soft:#4c5363;--line:#d9dde2;--strong:#6d7686;\
--accent:#0d5c66;--on:#fff;--soon:#fdf1d6;--bad:#fdeeeb;--badink:#a31621}\
@media(prefers-color-scheme:dark){:root{--paper:#151b1f;--card:#1d2529;--ink:#e9ecef;--soft:#b4bcc4;--line:#37424a;\
--strong:#8d99a3;--accent:#7fd0d8;--on:#10272a;--soon:#3a2f14;--bad:#3d1f1d;--badink:#ffb4a9}}\
*{box-sizing:border-box}body{margin:0;background:var(--paper);color:var(--ink);font:1.0625rem/1.5 system-ui,sans-serif}\
main{max-width:34rem;margin:0 auto;padding:1.5rem 1rem 3rem}h1{font-size:1.75rem;line-height:1.2;margin:1.5rem 0 1rem}\
.notice{background:var(--soon);border-radius:6px;padding:.75rem 1rem;margin:0;font-weight:600}\
.problem{background:var(--bad);color:var(--badink);border-radius:6px;padding:.75rem 1rem}\
dl{background:var(--card);border:1px solid var(--line);border-radius:12px;padding:1rem 1.25rem;margin:0 0 1.5rem}\
dt{color:var(--soft);font-size:.875rem}dd{margin:0;font-weight:600}dl div+div{margin-top:.75rem}\
.buttons{display:grid;gap:.75rem;text-align:center}button,.button{font:inherit;font-weight:600;min-height:3rem;\
padding:.625rem 1.25rem;border-radius:6px;border:1px solid var(--strong);background:var(--card);color:var(--ink);\
text-decoration:none;cursor:pointer}.main{background:var(--accent);border-color:var(--accent);color:var(--on)}\
:focus-visible{outline:3px solid #6f4bd8;outline-offset:2px}";

/// `12 100,00 Kč`, with spaces that do not break.
fn crowns(haler: i64) -> String {
    let whole = (haler / 100).to_string();
    let mut grouped = String::new();
    for (place, digit) in whole.chars().enumerate() {
        if place > 0 && (whole.len() - place).is_multiple_of(3) {
            grouped.push('\u{a0}');
        }
        grouped.push(digit);
    }
    format!("{grouped},{:02}\u{a0}Kč", haler % 100)
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;").replace('\'', "&#39;")
}

#[cfg(test)]
mod tests {
    use super::{crowns, escape};

    #[test]
    fn money_and_names_are_written_for_people() {
        assert_eq!(crowns(1_210_050).replace('\u{a0}', " "), "12 100,50 Kč");
        assert_eq!(crowns(99).replace('\u{a0}', " "), "0,99 Kč");
        assert_eq!(escape("<a href=\"'&'\">"), "&lt;a href=&quot;&#39;&amp;&#39;&quot;&gt;");
    }
}
