//! Texts: one catalogue of Fluent messages per language, for pages, mails and documents alike.
//!
//! `t!("key")` and `t!("key", name = value)` speak the language of the request, `t!(locale => "key")` a given one. The
//! tests below find every key that the source uses and every message that nothing uses.

use std::sync::LazyLock;

use fluent_bundle::{FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle};
use leptos::prelude::use_context;
use serde::{Deserialize, Serialize};
use unic_langid::LanguageIdentifier;

use crate::model::base::{
    bilingual::Bilingual,
    text::{UNITS, is_short_word},
};

/// A language of the interface. The server provides it into the context of every request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub enum Locale {
    /// Czech.
    #[default]
    Cs,
    /// English.
    En,
}

impl Locale {
    /// All languages, the default first.
    pub const ALL: [Locale; 2] = [Locale::Cs, Locale::En];

    /// The language of a code such as `cs`; none for a language that there is not.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|locale| locale.code() == code)
    }

    /// The language that a browser likes best of those that there are, by its header `Accept-Language` (RFC 9110, 12.5.4); Slovaks
    /// read Czech. None when it likes none of them.
    #[must_use]
    pub fn preferred(accepted: &str) -> Option<Self> {
        let liked = accepted.split(',').filter_map(|part| {
            let mut part = part.split(';');
            let range = part.next()?.trim().to_ascii_lowercase();
            let language = range.split('-').next().unwrap_or_default();
            let locale = if language == "sk" { Locale::Cs } else { Self::from_code(language)? };
            let quality = part.find_map(|parameter| parameter.trim().strip_prefix("q=")?.parse::<f32>().ok());
            Some((locale, quality.unwrap_or(1.0))).filter(|(_, quality)| *quality > 0.0)
        });
        // Of equals the first counts.
        liked.reduce(|best, next| if next.1 > best.1 { next } else { best }).map(|(locale, _)| locale)
    }

    /// The code, as in the attribute `lang` and in the language cookie.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Locale::Cs => "cs",
            Locale::En => "en",
        }
    }

    /// The language of the request that is being answered.
    #[must_use]
    pub fn current() -> Self {
        use_context().unwrap_or_default()
    }

    /// What something of the catalogue is called in this language, or in Czech where it has no name in it.
    #[must_use]
    pub fn of(self, words: &Bilingual) -> &str {
        match self {
            Locale::Cs => &words.cs,
            Locale::En => words.english(),
        }
    }

    fn bundle(self) -> &'static Bundle {
        match self {
            Locale::Cs => &CZECH,
            Locale::En => &ENGLISH,
        }
    }
}

/// What something of the catalogue is called in the language of the request.
#[must_use]
pub fn named(words: &Bilingual) -> String {
    Locale::current().of(words).to_owned()
}

/// The text of a key of the catalogue; with `name = value` pairs for its variables.
macro_rules! t {
    ($key:literal $(,)?) => {
        $crate::ui::texts::text($crate::ui::texts::Locale::current(), $key, None)
    };
    ($key:literal, $($name:ident = $value:expr),+ $(,)?) => {
        $crate::ui::texts::t!($crate::ui::texts::Locale::current() => $key, $($name = $value),+)
    };
    ($locale:expr => $key:literal $(,)?) => {
        $crate::ui::texts::text($locale, $key, None)
    };
    ($locale:expr => $key:literal, $($name:ident = $value:expr),+ $(,)?) => {{
        let mut arguments = $crate::ui::texts::Arguments::new();
        $( arguments.set(stringify!($name), $value); )+
        $crate::ui::texts::text($locale, $key, Some(&arguments))
    }};
}
pub(crate) use t;

/// Values for the variables of a message.
pub type Arguments<'a> = FluentArgs<'a>;

type Bundle = FluentBundle<FluentResource>;

static CZECH: LazyLock<Bundle> = LazyLock::new(|| {
    let mut bundle = bundle(Locale::Cs, catalogue::CZECH);
    bundle.set_formatter(Some(with_decimal_comma));
    bundle
});
static ENGLISH: LazyLock<Bundle> = LazyLock::new(|| bundle(Locale::En, catalogue::ENGLISH));

/// The catalogues as they stand in the source, one file per group of pages.
mod catalogue {
    /// Includes the same files of one language.
    macro_rules! files {
        ($language:literal) => {
            [
                include_str!(concat!("locales/", $language, "/common.ftl")),
                include_str!(concat!("locales/", $language, "/line.ftl")),
                include_str!(concat!("locales/", $language, "/account.ftl")),
                include_str!(concat!("locales/", $language, "/gallery.ftl")),
                include_str!(concat!("locales/", $language, "/problems.ftl")),
                include_str!(concat!("locales/", $language, "/order.ftl")),
                include_str!(concat!("locales/", $language, "/requests.ftl")),
                include_str!(concat!("locales/", $language, "/home.ftl")),
                include_str!(concat!("locales/", $language, "/desk.ftl")),
                include_str!(concat!("locales/", $language, "/plans.ftl")),
                include_str!(concat!("locales/", $language, "/cases.ftl")),
                include_str!(concat!("locales/", $language, "/consequences.ftl")),
                include_str!(concat!("locales/", $language, "/board.ftl")),
                include_str!(concat!("locales/", $language, "/outages.ftl")),
                include_str!(concat!("locales/", $language, "/figures.ftl")),
                include_str!(concat!("locales/", $language, "/usage.ftl")),
                include_str!(concat!("locales/", $language, "/receipts.ftl")),
                include_str!(concat!("locales/", $language, "/work.ftl")),
                include_str!(concat!("locales/", $language, "/workbench.ftl")),
                include_str!(concat!("locales/", $language, "/bundles.ftl")),
                include_str!(concat!("locales/", $language, "/contracts.ftl")),
                include_str!(concat!("locales/", $language, "/developers.ftl")),
                include_str!(concat!("locales/", $language, "/documents.ftl")),
                include_str!(concat!("locales/", $language, "/tax_documents.ftl")),
                include_str!(concat!("locales/", $language, "/mails.ftl")),
                include_str!(concat!("locales/", $language, "/evidence.ftl")),
                include_str!(concat!("locales/", $language, "/mail_in.ftl")),
                include_str!(concat!("locales/", $language, "/sales.ftl")),
                include_str!(concat!("locales/", $language, "/accounting.ftl")),
                include_str!(concat!("locales/", $language, "/receivables.ftl")),
                include_str!(concat!("locales/", $language, "/audit.ftl")),
                include_str!(concat!("locales/", $language, "/settings.ftl")),
                include_str!(concat!("locales/", $language, "/catalogue.ftl")),
                include_str!(concat!("locales/", $language, "/transfer.ftl")),
                include_str!(concat!("locales/", $language, "/doctor.ftl")),
            ]
        };
    }
    pub const CZECH: &[&str] = &files!("cs");
    pub const ENGLISH: &[&str] = &files!("en");
}

/// The text of a key in a language: what [`t!`] expands to.
///
/// A key that is missing shows itself rather than failing the page; the tests do not let it come so far.
#[must_use]
pub fn text(locale: Locale, key: &str, arguments: Option<&Arguments<'_>>) -> String {
    let bundle = locale.bundle();
    let Some(pattern) = bundle.get_message(key).and_then(|message| message.value()) else {
        found_in_tests(&format!("no text for the key {key}"));
        return key.to_owned();
    };
    let mut errors = Vec::new();
    let text = bundle.format_pattern(pattern, arguments, &mut errors).into_owned();
    if !errors.is_empty() {
        found_in_tests(&format!("the text {key} has errors: {errors:?}"));
    }
    text
}

/// A fault of the catalogue fails a test; in production a page with a strange word is better than none.
#[expect(clippy::panic, reason = "in tests only")]
fn found_in_tests(fault: &str) {
    if cfg!(test) {
        panic!("{fault}");
    }
    tracing::warn!(fault, "catalogue of texts");
}

/// A bundle of the files. A message that cannot be read, or that stands twice, is left out here and found by the tests.
fn bundle(locale: Locale, files: &[&'static str]) -> Bundle {
    // Plurals follow this language; a code that could not be read would leave those of none.
    let language: LanguageIdentifier = locale.code().parse().unwrap_or_default();
    let mut bundle = Bundle::new_concurrent(vec![language]);
    bundle.set_use_isolating(false);
    for file in files {
        let bound = bind_units(file);
        let source = if locale == Locale::Cs { bind_short_words(&bound) } else { bound };
        let resource = FluentResource::try_new(source).unwrap_or_else(|(readable, _)| readable);
        let _ = bundle.add_resource(resource);
    }
    bundle
}

/// Binds a number to its unit, and the parts of one number, date or telephone number to each other: no line begins with "min", and
/// none ends within "601 234 567" or "1. 12.".
fn bind_units(source: &str) -> String {
    let mut bound = String::with_capacity(source.len() + 256);
    let mut rest = source;
    while let Some((before, after)) = rest.split_once(' ') {
        bound.push_str(before);
        let is_digit = |character: char| character.is_ascii_digit();
        // Most numbers are variables.
        let is_number = before.ends_with('}') || before.ends_with(is_digit);
        let unit = after.split(|c: char| !c.is_alphabetic() && c != '%').next().unwrap_or_default();
        let goes_on = before.strip_suffix('.').unwrap_or(before).ends_with(is_digit) && after.starts_with(is_digit);
        bound.push(if goes_on || is_number && UNITS.split(' ').any(|known| known == unit) { '\u{a0}' } else { ' ' });
        rest = after;
    }
    bound.push_str(rest);
    bound
}

/// Binds one-letter words to the next one, as Czech typography wants: no line may end with "s" or "v".
fn bind_short_words(source: &str) -> String {
    let mut bound = String::with_capacity(source.len() + 256);
    let mut before_previous = '\n';
    let mut previous = '\n';
    for character in source.chars() {
        let short_word = is_short_word(previous) && matches!(before_previous, ' ' | '\u{a0}' | '(' | '}');
        bound.push(if character == ' ' && short_word { '\u{a0}' } else { character });
        before_previous = previous;
        previous = character;
    }
    bound
}

/// Numbers within Czech sentences: 1,5 instead of 1.5. Fluent itself knows plurals only.
fn with_decimal_comma<Memoizer>(value: &FluentValue<'_>, _: &Memoizer) -> Option<String> {
    match value {
        FluentValue::Number(number) => Some(number.as_string().replace('.', ",")),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
