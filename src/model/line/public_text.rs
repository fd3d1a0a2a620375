//! What the vendor says of its line on the public page, in its own words (design, Public text).

use serde::{Deserialize, Serialize};

use crate::model::base::{
    bilingual::Bilingual,
    fields::{FieldCode, FieldProblem, keep_lines},
    seen::Fields,
};

/// The most characters of the text in one language.
pub const PUBLIC_TEXT_MAX: usize = 4_000;

/// The fields of the form of the text as it is typed.
#[must_use]
pub fn fields(text: &Bilingual) -> Fields {
    Fields::default().with("text_cs", &text.cs).with("text_en", &text.en)
}

/// The text as it is kept, or every field that is not right. Either language may be empty: without English, Czech stands there.
///
/// # Errors
/// What is wrong, in the order of the form.
pub fn check(typed: &Bilingual) -> Result<Bilingual, Vec<FieldProblem>> {
    let keep = |text: &str| keep_lines(text, 0..=PUBLIC_TEXT_MAX);
    match (keep(&typed.cs), keep(&typed.en)) {
        (Ok(cs), Ok(en)) => Ok(Bilingual { cs, en }),
        (cs, en) => {
            let wrong: [(&str, Option<FieldCode>); 2] = [("text_cs", cs.err()), ("text_en", en.err())];
            Err(wrong.into_iter().filter_map(|(field, code)| Some(FieldProblem::new(field, code?))).collect())
        }
    }
}

/// Words that look alike.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Span {
    /// What they say.
    pub text: String,
    /// Whether they matter more than the others.
    pub is_strong: bool,
    /// Whether they are said with stress.
    pub is_stressed: bool,
    /// Where they lead, if anywhere: to a page of ours, another site, a mail address or a telephone.
    pub link: Option<String>,
}

impl Span {
    /// Whether words look and lead as others do.
    #[must_use]
    pub fn looks_like(&self, other: &Self) -> bool {
        (self.is_strong, self.is_stressed, &self.link) == (other.is_strong, other.is_stressed, &other.link)
    }
}

/// A part of a text that stands by itself. There is no other markup, and nothing of what was typed is markup of a page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Block {
    /// What follows is about this.
    Heading(Vec<Span>),
    /// Some sentences.
    Paragraph(Vec<Span>),
    /// One thing after the other.
    List {
        /// Whether their order matters.
        is_numbered: bool,
        /// The things.
        items: Vec<Vec<Span>>,
    },
}

/// The text of the public page as it is shown.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct PublicText {
    /// In Czech.
    pub cs: Vec<Block>,
    /// In English; the same as in Czech where nobody has written it.
    pub en: Vec<Block>,
}

/// What `/settings/text` shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublicTextPage {
    /// As it was typed.
    pub typed: Bilingual,
    /// As it is shown.
    pub shown: PublicText,
}
