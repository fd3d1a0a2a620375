//! A letter as HTML that mail programs of all ages show: MJML, put together from escaped pieces.

use super::{
    SendError,
    codes::Picture,
    letter::{Letter, Link, footer},
};
use crate::{
    model::base::text,
    ui::{format, texts::Locale},
};

// The colours of `style/_tokens.scss`, light theme, as old mail programs want them.
const PAPER: &str = "#fbfaf7";
const CARD: &str = "#ffffff";
const INK: &str = "#1c2330";
const INK_SOFT: &str = "#525b68";
const ACCENT: &str = "#005c69";

/// The letter as an HTML document.
///
/// * `called` – the number of the line, and whether somebody reads what is answered
///
/// # Errors
/// [`SendError::Refused`] when the markup is not well-formed, which no escaped text can cause.
pub fn render(
    (letter, further, pictures): (&Letter, &[Link], &[Picture]),
    locale: Locale,
    base_url: &str,
    called: (&str, bool),
) -> Result<String, SendError> {
    let markup = mjml((letter, further, pictures), locale, base_url, called);
    let refused = |error: &dyn std::fmt::Display| SendError::Refused(format!("the layout failed: {error}"));
    let document = mrml::parse(&markup).map_err(|error| refused(&error))?;
    // No web fonts: a mail loads nothing from anywhere.
    let options =
        mrml::prelude::render::RenderOptions { fonts: std::collections::HashMap::default(), ..Default::default() };
    document.element.render(&options).map_err(|error| refused(&error))
}

fn mjml(
    (letter, further, pictures): (&Letter, &[Link], &[Picture]),
    locale: Locale,
    base_url: &str,
    (phone, is_answered): (&str, bool),
) -> String {
    let headline = unbroken(&escape(&letter.headline));
    let paragraphs: String = letter
        .paragraphs
        .iter()
        .map(|paragraph| {
            format!("<mj-text>{}</mj-text>", with_number(&escape(paragraph), phone).replace('\n', "<br />"))
        })
        .collect();
    let further: String = further
        .iter()
        .map(|link| {
            let href = escape(&format!("{base_url}{}", link.path));
            format!(r#"<mj-text><a href="{href}">{}</a></mj-text>"#, escape(&link.label))
        })
        .collect();
    let pictures: String = pictures.iter().map(shown).collect();
    format!(
        r#"<mjml lang="{lang}">
          <mj-head>
            <mj-title>{subject}</mj-title>
            <mj-attributes>
              <mj-all font-family="system-ui, -apple-system, 'Segoe UI', Roboto, Arial, sans-serif" />
              <mj-text color="{INK}" font-size="17px" line-height="1.5" padding="8px 24px" />
              <mj-section padding="0" />
            </mj-attributes>
          </mj-head>
          <mj-body background-color="{PAPER}">
            <mj-section><mj-column>
              <mj-text color="{ACCENT}" font-weight="700" padding="24px 24px 12px">Linka</mj-text>
            </mj-column></mj-section>
            <mj-section background-color="{CARD}" border-radius="12px" padding="16px 0"><mj-column>
              <mj-text font-size="26px" font-weight="700" line-height="1.25"><h1 style="margin:0;font-size:26px">{headline}</h1></mj-text>
              {paragraphs}
              <mj-button align="left" href="{href}" background-color="{ACCENT}" color="{CARD}" font-size="17px" font-weight="600" border-radius="6px" inner-padding="12px 24px" padding="12px 24px">{label}</mj-button>
              {further}
              {pictures}
            </mj-column></mj-section>
            <mj-section><mj-column>
              <mj-text color="{INK_SOFT}" font-size="14px" padding="16px 24px 32px">{footer}</mj-text>
            </mj-column></mj-section>
          </mj-body>
        </mjml>"#,
        lang = locale.code(),
        subject = escape(&letter.subject),
        href = escape(&format!("{base_url}{}", letter.link.path)),
        label = escape(&letter.link.label),
        footer = with_number(&escape(&footer(locale, phone, is_answered)), phone),
    )
}

/// A picture with what stands below it.
fn shown(picture: &Picture) -> String {
    format!(
        r#"<mj-image src="cid:{id}" alt="{alt}" width="200px" align="left" padding="12px 24px 0" /><mj-text font-size="14px" padding="0 24px 8px">{caption}</mj-text>"#,
        id = escape(&picture.id),
        alt = escape(&picture.alt),
        caption = escape(&picture.caption),
    )
}

/// Keeps "8:00–8:45" on one line, which would be broken after its dash.
fn unbroken(escaped: &str) -> String {
    let word = |word: &str| match word.contains('–') {
        true => format!(r#"<span style="white-space:nowrap">{word}</span>"#),
        false => word.to_owned(),
    };
    escaped.split(' ').map(word).collect::<Vec<_>>().join(" ")
}

/// The number of the line as a link, where it stands in a text.
fn with_number(escaped: &str, phone: &str) -> String {
    if phone.is_empty() {
        return escaped.to_owned();
    }
    let phone = escape(phone);
    escaped.replace(&phone, &format!(r#"<a href="{}" style="white-space:nowrap">{phone}</a>"#, format::tel(&phone)))
}

/// What people write is data: no character of it is markup.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + text.len() / 8);
    // XML has no place for some characters, not even as entities, and rows may be older than what is kept today.
    for character in text::lines(text).chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            other => escaped.push(other),
        }
    }
    escaped
}
