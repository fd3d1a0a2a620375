//! What is done to each page as a whole before it is sent, so that no place that shows something can forget it.
//!
//! What is read in one piece stays on one line, whoever wrote it: the numbers of requests and purchases, which browsers break at
//! their hyphen, and in Czech what [`text::unbroken`] binds of what people have typed; the texts of the catalogue are bound already.
//! The marks go by which what wakes in the browser tells texts apart, wherever nothing wakes: they are a tenth of some pages. And
//! `crossorigin` has no value: leptos gives it the nonce, for which HTML has no meaning.

use std::fmt::Write;

use crate::model::base::text;

/// Elements whose text is nothing that is read in lines, or stands as it was typed.
const AS_IT_IS: [&str; 9] = ["script", "style", "title", "textarea", "option", "code", "pre", "samp", "svg"];
/// What wakes in the browser, which counts the elements that it finds; and what within it does not.
const ISLAND: &str = "leptos-island";
const WITHIN_ISLAND: &str = "leptos-children";

/// Stands between two texts that would otherwise be one.
const MARK: &str = "<!>";
const CROSS_ORIGIN: &str = " crossorigin=\"";

/// A page as it is sent.
pub fn page(html: String) -> String {
    let is_czech = html.contains("<html lang=\"cs\"");
    let mut bound = String::with_capacity(html.len() + html.len() / 32);
    let mut rest = html.as_str();
    // Whether there may be another element, in what is open: nothing wakes there.
    let mut may_wrap = vec![true];
    while let Some(at) = rest.find('<') {
        let (text, markup) = rest.split_at(at);
        push_text(&mut bound, text, is_czech, may_wrap.last() == Some(&true));
        let Some(end) = end_of_tag(markup) else {
            rest = markup;
            break;
        };
        let (tag, after) = markup.split_at(end);
        let closes = tag.starts_with("</");
        let opens = !closes && !tag.ends_with("/>");
        let name = tag[1 + usize::from(closes)..].split([' ', '>', '/']).next().unwrap_or_default();
        rest = after;
        if tag == MARK && may_wrap.last() == Some(&true) {
            continue;
        }
        push_tag(&mut bound, name, tag);
        if closes && may_wrap.len() > 1 && [ISLAND, WITHIN_ISLAND].contains(&name) {
            may_wrap.pop();
        } else if opens && AS_IT_IS.contains(&name) {
            let whole = after.find(&format!("</{name}")).unwrap_or(after.len());
            bound.push_str(&after[..whole]);
            rest = &after[whole..];
        } else if opens && [ISLAND, WITHIN_ISLAND].contains(&name) {
            may_wrap.push(name == WITHIN_ISLAND);
        }
    }
    bound.push_str(rest);
    bound
}

/// Where what begins with a tag or a comment goes on behind it: values of attributes may hold anything.
fn end_of_tag(markup: &str) -> Option<usize> {
    if markup.starts_with("<!--") {
        return Some(markup.find("-->")? + 3);
    }
    let mut at = 1;
    loop {
        at += markup[at..].find(['"', '>'])? + 1;
        if markup.as_bytes().get(at - 1) == Some(&b'>') {
            return Some(at);
        }
        at += markup[at..].find('"')? + 1;
    }
}

fn push_tag(bound: &mut String, name: &str, tag: &str) {
    let valued = if name == "link" { tag.split_once(CROSS_ORIGIN) } else { None };
    match valued.and_then(|(before, value)| Some((before, value.split_once('"')?.1))) {
        Some((before, after)) => bound.extend([before, " crossorigin", after]),
        None => bound.push_str(tag),
    }
}

fn push_text(bound: &mut String, text: &str, is_czech: bool, may_wrap: bool) {
    let words = if is_czech { text::unbroken(text) } else { None };
    let mut rest = words.as_deref().unwrap_or(text);
    while may_wrap && let Some((from, until)) = first_number(rest) {
        bound.push_str(&rest[..from]);
        // Writing to a string does not fail.
        let _ = write!(bound, r#"<span class="whole">{}</span>"#, &rest[from..until]);
        rest = &rest[until..];
    }
    bound.push_str(rest);
}

/// Where the first number of a request or a purchase stands in a text, "2026-000123" or "B2026-000123".
fn first_number(text: &str) -> Option<(usize, usize)> {
    const YEAR: usize = 4;
    const SERIAL: usize = 6;
    let bytes = text.as_bytes();
    let are_digits = |part: Option<&[u8]>| part.is_some_and(|part| part.iter().all(u8::is_ascii_digit));
    let goes_on = |byte: Option<&u8>| byte.is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'-');
    text.match_indices('-').find_map(|(dash, _)| {
        let year = dash.checked_sub(YEAR)?;
        let until = dash + 1 + SERIAL;
        let from = if year > 0 && bytes.get(year - 1) == Some(&b'B') { year - 1 } else { year };
        let is_number = are_digits(bytes.get(year..dash)) && are_digits(bytes.get(dash + 1..until));
        let is_whole = !goes_on(from.checked_sub(1).and_then(|before| bytes.get(before))) && !goes_on(bytes.get(until));
        (is_number && is_whole).then_some((from, until))
    })
}

#[cfg(test)]
mod tests {
    use super::page;

    fn czech(body: &str) -> String {
        let page = page(format!("<html lang=\"cs\">{body}</html>"));
        page["<html lang=\"cs\">".len()..page.len() - "</html>".len()].to_owned()
    }

    #[test]
    fn numbers_stand_whole_and_typed_words_are_bound() {
        let whole = r#"<span class="whole">2026-000123</span>"#;
        assert_eq!(czech("<p>Požadavek 2026-000123.</p>"), format!("<p>Požadavek {whole}.</p>"));
        assert_eq!(czech("<p>2026-000123, 2026-000123/1</p>"), format!("<p>{whole}, {whole}/1</p>"));
        assert_eq!(czech("<p>B2026-000007</p>"), r#"<p><span class="whole">B2026-000007</span></p>"#);
        assert_eq!(czech("<p>Oprava v 10 min</p>"), "<p>Oprava v\u{a0}10\u{a0}min</p>");
        let english = "<html lang=\"en\"><p>a cup, 2026-000123</p></html>".to_owned();
        assert_eq!(page(english), format!("<html lang=\"en\"><p>a cup, {whole}</p></html>"));
    }

    #[test]
    fn what_is_no_line_of_a_page_stays_as_it_is() {
        for body in [
            "<a title=\"v 5 min > 2026-000123\" href=\"/requests/2026-000123\">x</a>",
            "<textarea>v 5 min, 2026-000123</textarea>",
            "<script>a = \"<p>v 5 min 2026-000123\"</script>",
            "<option value=\"1\">v 5 min</option>",
            "<!-- v 5 min --><p>x</p>",
            "<leptos-island data-x=\"1\"><p>2026-000123</p></leptos-island>",
            "<p>12026-000123, 2026-0001234, X2026-000123, 2026-00012</p>",
            "<p>unfinished",
            "<p",
            "",
        ] {
            assert_eq!(czech(body), body);
        }
        assert_eq!(
            czech("<leptos-island><b>x</b></leptos-island>2026-000123"),
            r#"<leptos-island><b>x</b></leptos-island><span class="whole">2026-000123</span>"#
        );
        let within = "<leptos-island><leptos-children>2026-000123</leptos-children>2026-000123</leptos-island>";
        assert_eq!(czech(within).matches("<span").count(), 1, "what an island shows and does not wake");
    }

    #[test]
    fn marks_stay_only_where_something_wakes() {
        assert_eq!(czech("<p>Zbývá <!>5<!> min</p><!>"), "<p>Zbývá 5 min</p>");
        let island = "<leptos-island><b>a<!>b</b><leptos-children>c<!>d</leptos-children>e<!>f</leptos-island>";
        let left = "<leptos-island><b>a<!>b</b><leptos-children>cd</leptos-children>e<!>f</leptos-island>";
        assert_eq!(czech(&format!("g<!>{island}<!>h")), format!("g{left}h"));
        assert_eq!(czech("<script>a = \"<!>\"</script>"), "<script>a = \"<!>\"</script>");
    }

    #[test]
    fn nothing_stands_in_crossorigin() {
        assert_eq!(
            czech(r#"<link rel="preload" href="/a.wasm" crossorigin="c-x==" as="fetch"><link rel="icon" href="/i">"#),
            r#"<link rel="preload" href="/a.wasm" crossorigin as="fetch"><link rel="icon" href="/i">"#
        );
    }

    #[test]
    fn what_is_bound_is_bound_once() {
        let body = "<p>v 5 min</p><h1>s námi</h1>";
        assert_eq!(czech(&czech(body)), czech(body));
    }
}
