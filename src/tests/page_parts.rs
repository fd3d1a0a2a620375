//! What no page may lack: for whoever hears it read one headline and a label for each field, and for whoever types a password that it is one.
//! What walks over all pages asks here.

use std::collections::BTreeSet;

/// The value of an attribute of a tag.
fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    tag.split_once(&format!(" {name}=\""))?.1.split('"').next()
}

/// What a page lacks.
pub(crate) fn missing(page: &str) -> BTreeSet<String> {
    let mut missing = BTreeSet::new();
    let headlines = page.matches("<h1").count();
    if headlines != 1 {
        missing.insert(format!("{headlines} headlines"));
    }
    let mut in_label = false;
    for markup in page.split('<') {
        let tag = markup.split('>').next().unwrap_or_default();
        let name = tag.split([' ', '/']).next().unwrap_or_default();
        match name {
            "label" => in_label = true,
            "" if tag.starts_with("/label") => in_label = false,
            "input" | "select" | "textarea" => {
                let kind = attribute(tag, "type").unwrap_or_default();
                let is_unseen = matches!(kind, "hidden" | "submit") || attribute(tag, "aria-hidden") == Some("true");
                let is_named = attribute(tag, "aria-label").or_else(|| attribute(tag, "aria-labelledby")).is_some();
                let is_labelled = attribute(tag, "id").is_some_and(|id| page.contains(&format!("for=\"{id}\"")));
                if !is_unseen && !is_named && !is_labelled && !in_label {
                    missing.insert(format!("a label of <{tag}>"));
                }
                // Hidden while it is typed, and filled in and pasted by whoever keeps it.
                let is_password = attribute(tag, "name").is_some_and(|name| name.contains("password"));
                let is_kept = attribute(tag, "autocomplete").is_some_and(|what| what.ends_with("-password"));
                if is_password && (kind != "password" || !is_kept || tag.contains("onpaste")) {
                    missing.insert(format!("what makes a password of <{tag}>"));
                }
            }
            _ => {}
        }
    }
    missing
}

#[test]
fn a_page_without_a_headline_or_a_label_is_seen() {
    let whole = "<h1>Účet</h1><label for=\"a\">A</label><input id=\"a\" name=\"a\"><label><input name=\"b\"> B</label>\
                 <input type=\"hidden\" name=\"c\"><select name=\"d\" aria-label=\"D\"></select>";
    assert_eq!(missing(whole), BTreeSet::new());
    for (page, lacks) in [
        ("<p>Účet</p>", "0 headlines"),
        ("<h1>A</h1><h1>B</h1>", "2 headlines"),
        ("<h1>A</h1><label>A</label><input name=\"a\">", "a label of <input name=\"a\">"),
        ("<h1>A</h1><label for=\"b\">A</label><textarea id=\"a\"></textarea>", "a label of <textarea id=\"a\">"),
        (
            "<h1>A</h1><label>A <input type=\"text\" name=\"own_password\"></label>",
            "what makes a password of <input type=\"text\" name=\"own_password\">",
        ),
    ] {
        assert_eq!(missing(page), [lacks.to_owned()].into(), "{page}");
    }
}
