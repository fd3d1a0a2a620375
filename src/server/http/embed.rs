//! What the vendor shows of its line on its own web sites (design, Embedding): as JSON, as a picture, and as a page to frame. Nothing
//! of it depends on who asks; it sets no cookie and runs no script.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use axum::{
    Json,
    extract::{Query, Request, State},
    http::{HeaderName, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use base64ct::{Base64, Encoding};
use chrono::{DateTime, Utc};
use html_escape::{encode_double_quoted_attribute as attribute, encode_text};
use serde::Deserialize;
use serde_json::json;

use super::session::refuse;
use crate::{
    model::{
        base::calendar::{DayKind, LineStatus, to_local},
        line::embed::{EmbedDay, EmbedLine},
        paths,
        problem::Problem,
    },
    server::{
        app::App,
        auth::{Client, tokens::sha256},
        service::{line::embed, people::guesses},
    },
    ui::{
        format, line_words,
        texts::{Locale, t},
    },
};

/// How often one network may ask within a minute: an office full of people, and no more.
const PER_MINUTE: u32 = 600;
/// How many networks a process counts at the same time; of more, it begins anew.
const NETWORKS: usize = 10_000;

/// For how long whoever has been told believes it, and that every site may read it.
const ANYWHERE: [(HeaderName, &str); 3] = [
    (header::CACHE_CONTROL, "public, max-age=60"),
    (HeaderName::from_static("cross-origin-resource-policy"), "cross-origin"),
    (HeaderName::from_static("x-robots-tag"), "noindex"),
];

/// How often each network has asked within the minute under way. Each process counts for itself: a count in the database would cost
/// more than the answer.
#[derive(Debug, Clone, Default)]
pub struct Asking(Arc<Mutex<Minute>>);

/// Which minute it is, and how often each network has asked within it.
#[derive(Debug, Default)]
struct Minute {
    number: i64,
    asked: HashMap<[u8; 32], u32>,
}

impl Asking {
    /// Whether a network may ask once more; else in how many seconds.
    fn admit(&self, network: [u8; 32], now: DateTime<Utc>) -> Result<(), u32> {
        let number = now.timestamp().div_euclid(60);
        let mut minute = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if minute.number != number || minute.asked.len() >= NETWORKS {
            *minute = Minute { number, asked: HashMap::new() };
        }
        let count = minute.asked.entry(network).or_default();
        *count += 1;
        if *count <= PER_MINUTE {
            return Ok(());
        }
        Err(u32::try_from(60 - now.timestamp().rem_euclid(60)).unwrap_or(60))
    }
}

/// Lets a network ask, or tells it to come later.
pub async fn limit(State((app, asking)): State<(App, Asking)>, request: Request, next: Next) -> Response {
    let address = request.extensions().get::<Client>().and_then(|client| client.address);
    match asking.admit(guesses::network(address), app.clock.now()) {
        Ok(()) => next.run(request).await,
        Err(retry_after_s) => refuse(Problem::Throttled { retry_after_s }),
    }
}

/// How it is asked: in which language, and on which ground the picture stands.
#[derive(Debug, Deserialize)]
pub struct Asked {
    #[serde(default)]
    lang: String,
    #[serde(default)]
    theme: String,
}

impl Asked {
    fn locale(&self) -> Locale {
        Locale::from_code(&self.lang).unwrap_or_default()
    }

    /// What is drawn on a ground that is known; else the browser says which it is.
    fn style(&self) -> String {
        match self.theme.as_str() {
            "light" => format!(":root{{{LIGHT}}}"),
            "dark" => format!(":root{{{DARK}}}"),
            _ => format!(":root{{{LIGHT}}}@media(prefers-color-scheme:dark){{:root{{{DARK}}}}}"),
        }
    }
}

/// Whether somebody answers, and the first free times, for programs.
pub async fn status_json(State(app): State<App>, Query(asked): Query<Asked>) -> Response {
    let now = app.clock.now();
    match embed::line(&app).await {
        Ok(line) => (ANYWHERE, [(header::ACCESS_CONTROL_ALLOW_ORIGIN, "*")], Json(told(&line, asked.locale(), now)))
            .into_response(),
        Err(problem) => refuse(problem),
    }
}

fn told(line: &EmbedLine, locale: Locale, now: DateTime<Utc>) -> serde_json::Value {
    let instant = |at: DateTime<Utc>| at.with_timezone(&chrono_tz::Europe::Prague).to_rfc3339();
    let status = line.calendar.status(now);
    let (is_open, until, reopens, today) = match &status {
        LineStatus::Open { until } => (true, Some(*until), None, "working"),
        LineStatus::Closed { reopens, today } => (false, None, *reopens, kind(today)),
    };
    let days = line.days(now);
    json!({
        "open": is_open,
        "open_until": until.map(instant),
        "opens_at": reopens.map(instant),
        "today": today,
        "text": line_words::status(locale, &status, Some(now)),
        "badge": badge(line, locale, now),
        "first_urgent": line.first_urgent(now).map(instant),
        "first_normal": days.first().and_then(|day| day.starts.first()).copied().map(instant),
        "outages": line.outages.iter().map(|name| locale.of(name)).collect::<Vec<_>>(),
        "phones": line.regions.iter().map(|region| json!({ "region": region.name, "phone": region.phone })).collect::<Vec<_>>(),
        "as_of": instant(now),
    })
}

const fn kind(day: &DayKind) -> &'static str {
    match day {
        DayKind::Working => "working",
        DayKind::Weekend => "weekend",
        DayKind::Holiday(_) => "holiday",
        DayKind::Closure(_) => "closure",
    }
}

/// "otevřeno do 15:30, urgentní termín nejdřív dnes v 10:45".
fn badge(line: &EmbedLine, locale: Locale, now: DateTime<Utc>) -> String {
    let open = line_words::brief_status(locale, &line.calendar.status(now), now);
    let urgent =
        line.first_urgent(now).map(|at| t!(locale => "embed-urgent", when = format::on(locale, at, Some(now))));
    let outage = (!line.outages.is_empty()).then(|| t!(locale => "embed-outage"));
    [Some(open), outage, urgent].into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// Colours on a light ground, and on a dark one.
const LIGHT: &str = "--paper:#fbfaf7;--ink:#1d2430;--line:#c9c6bd;--open:#1b7a3d;--closed:#8a6100;color-scheme:light";
const DARK: &str = "--paper:#12181d;--ink:#e9ebee;--line:#3d464f;--open:#63c98a;--closed:#e0b252;color-scheme:dark";

/// The same as a picture.
pub async fn status_svg(State(app): State<App>, Query(asked): Query<Asked>) -> Response {
    let now = app.clock.now();
    let line = match embed::line(&app).await {
        Ok(line) => line,
        Err(problem) => return refuse(problem),
    };
    let words = badge(&line, asked.locale(), now);
    let is_open = matches!(line.calendar.status(now), LineStatus::Open { .. });
    // Letters are about so wide; the text is fitted to that in whatever font there is.
    let text = words.chars().count() * 7;
    let (width, label, words) = (text + 44, attribute(&words), encode_text(&words));
    let (style, dot) = (asked.style(), if is_open { "open" } else { "closed" });
    let svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"32\" viewBox=\"0 0 {width} 32\" role=\"img\" \
         aria-label=\"{label}\"><title>{words}</title><style>{style}rect{{fill:var(--paper);stroke:var(--line)}}\
         text{{fill:var(--ink);font:14px system-ui,sans-serif}}.open{{fill:var(--open)}}.closed{{fill:var(--closed)}}</style>\
         <rect x=\".5\" y=\".5\" width=\"{}\" height=\"31\" rx=\"6\"/><circle class=\"{dot}\" cx=\"18\" cy=\"16\" r=\"5\"/>\
         <text x=\"32\" y=\"21\" textLength=\"{text}\" lengthAdjust=\"spacingAndGlyphs\">{words}</text></svg>",
        width - 1
    );
    let policy = format!("default-src 'none'; style-src '{}'; frame-ancestors 'none'", hash_of(&within(&svg)));
    (ANYWHERE, [(header::CONTENT_TYPE, "image/svg+xml".to_owned()), (header::CONTENT_SECURITY_POLICY, policy)], svg)
        .into_response()
}

/// What stands in the one `<style>` of a text.
fn within(text: &str) -> String {
    let inner = text.split_once("<style>").and_then(|(_, rest)| rest.split_once("</style>"));
    inner.map(|(style, _)| style.to_owned()).unwrap_or_default()
}

/// By what a policy lets a style in.
fn hash_of(style: &str) -> String {
    format!("sha256-{}", Base64::encode_string(&sha256(style.as_bytes())))
}

/// How the page looks.
const PAGE: &str = "body{margin:0;padding:12px 16px;background:var(--paper);color:var(--ink);font:16px/1.45 system-ui,sans-serif}\
    h1{font-size:17px;margin:0 0 4px}h2{font-size:15px;margin:12px 0 4px}p{margin:0 0 4px}dl{margin:0}\
    dt{font-weight:600;margin-top:6px}dd{margin:0;font-variant-numeric:tabular-nums}dd span{display:inline-block;margin-right:12px}\
    a{color:inherit;font-weight:600}.warn{border-left:4px solid var(--closed);padding-left:8px}";

/// Free times of the next days, as a page to frame. Which sites may is the manager's list.
pub async fn slots(State(app): State<App>, Query(asked): Query<Asked>) -> Response {
    let now = app.clock.now();
    let line = match embed::line(&app).await {
        Ok(line) => line,
        Err(problem) => return refuse(problem),
    };
    let style = format!("{}{PAGE}", asked.style());
    // What stands in the list are origins and nothing else; the database holds it to that.
    let policy = format!(
        "default-src 'none'; style-src '{}'; base-uri 'none'; form-action 'none'; frame-ancestors 'self' {}",
        hash_of(&style),
        line.origins.join(" ")
    );
    let page = slots_page(&line, asked.locale(), &style, &app.mail.link(paths::ORDER), now);
    let headers = [
        (header::CONTENT_TYPE, "text/html; charset=utf-8".to_owned()),
        (header::CONTENT_SECURITY_POLICY, policy.trim_end().to_owned()),
    ];
    (ANYWHERE, headers, page).into_response()
}

fn slots_page(line: &EmbedLine, locale: Locale, style: &str, order: &str, now: DateTime<Utc>) -> String {
    let escaped = |text: String| encode_text(&text).into_owned();
    let said = escaped(line_words::status(locale, &line.calendar.status(now), Some(now)));
    let urgent = line.first_urgent(now).map(|at| {
        let when = format::on(locale, at, Some(now));
        format!("<p>{}</p>", escaped(t!(locale => "embed-urgent-sentence", when = when)))
    });
    let outages = line.outages.iter().map(|name| {
        format!("<p class=\"warn\">{}</p>", escaped(t!(locale => "embed-outage-named", name = locale.of(name))))
    });
    let days: String = line.days(now).iter().map(|day| day_rows(day, locale)).collect();
    let free = match &line.work_type {
        Some(work) if !days.is_empty() => {
            let title = escaped(t!(locale => "embed-free", work = locale.of(work)));
            format!("<h2>{title}</h2><dl>{days}</dl>")
        }
        _ => format!("<p>{}</p>", escaped(t!(locale => "embed-none"))),
    };
    let (outages, urgent) = (outages.collect::<String>(), urgent.unwrap_or_default());
    format!(
        "<!DOCTYPE html><html lang=\"{}\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" \
         content=\"width=device-width, initial-scale=1\"><title>{}</title><style>{style}</style></head><body><main>\
         <h1>{said}</h1>{outages}{urgent}{free}<p><a href=\"{}\" target=\"_top\">{}</a></p></main></body></html>",
        locale.code(),
        escaped(t!(locale => "embed-title")),
        attribute(order),
        escaped(t!(locale => "embed-order")),
    )
}

fn day_rows(day: &EmbedDay, locale: Locale) -> String {
    let times: String = day
        .starts
        .iter()
        .map(|start| format!("<span>{}</span>", format::time(locale, to_local(*start).time())))
        .collect();
    let more = if day.more > 0 { t!(locale => "embed-more", count = day.more) } else { String::new() };
    let date = format::date_day(locale, day.date);
    format!("<dt>{}</dt><dd>{times} {}</dd>", encode_text(&date), encode_text(&more))
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, TimeDelta};

    use super::{Asking, PER_MINUTE};

    #[test]
    fn a_network_asks_so_often_within_a_minute_and_no_more() {
        let asking = Asking::default();
        let now = DateTime::from_timestamp(1_795_420_810, 0).expect("an instant");
        assert!((0..PER_MINUTE).all(|_| asking.admit([1; 32], now).is_ok()));
        assert_eq!(asking.admit([1; 32], now), Err(50));
        assert_eq!(asking.admit([2; 32], now), Ok(()), "nobody else has");
        assert_eq!(asking.admit([1; 32], now + TimeDelta::seconds(50)), Ok(()));
    }
}
