//! What customers say of the work when it is done (design, Rating).

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::model::base::{
    bilingual::Bilingual,
    fields::{FieldCode, FieldProblem, keep_lines},
    numbers::InterventionRef,
};

/// The best that can be said.
pub const SCORE_MAX: u32 = 5;
/// From which score on somebody is pleased.
pub const PLEASED_FROM: u32 = 4;
/// The most characters of what is said.
pub const RATING_WORDS_MAX: usize = 1_000;
/// For how many days a mail's link is good.
pub const RATING_DAYS: i64 = 60;

/// What was said of an intervention.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rating {
    /// From 1, the worst, to [`SCORE_MAX`].
    pub score: u32,
    /// In words, if any.
    pub words: String,
}

impl Rating {
    /// A rating as it was typed.
    ///
    /// # Errors
    /// What is wrong, in the order of the form.
    pub fn check(score: &str, words: &str) -> Result<Self, Vec<FieldProblem>> {
        let score = match score.trim() {
            "" => Err(FieldCode::Missing),
            typed => match typed.parse() {
                Ok(score) if (1..=SCORE_MAX).contains(&score) => Ok(score),
                _ => Err(FieldCode::OutOfRange),
            },
        };
        match (score, keep_lines(words, 0..=RATING_WORDS_MAX)) {
            (Ok(score), Ok(words)) => Ok(Self { score, words }),
            (score, words) => {
                let of = |field: &str, code: Option<FieldCode>| code.map(|code| FieldProblem::new(field, code));
                Err([of("score", score.err()), of("rating_words", words.err())].into_iter().flatten().collect())
            }
        }
    }
}

/// What the page of a mail's link shows, to whoever has the mail.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RatingPage {
    /// Which link.
    pub link: Uuid,
    /// What makes it good.
    pub secret: String,
    /// The intervention.
    pub intervention: InterventionRef,
    /// The program.
    pub program: Bilingual,
    /// The kind of work.
    pub work_type: Bilingual,
    /// When it was closed.
    pub closed_at: DateTime<Utc>,
    /// What the receipt bills, in minutes.
    pub billed: u32,
    /// Which score it was given already.
    pub rated: Option<u32>,
    /// When somebody agreed to what is billed.
    pub agreed_at: Option<DateTime<Utc>>,
    /// Whether the link is too old.
    pub is_over: bool,
}

/// What the desk reads of an intervention of which something was said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Feedback {
    /// Which intervention.
    pub intervention: InterventionRef,
    /// What was said of it.
    pub rating: Option<Rating>,
    /// When somebody agreed to what its latest receipt bills.
    pub agreed_at: Option<DateTime<Utc>>,
}

#[cfg(test)]
mod tests {
    use super::{FieldCode, FieldProblem, RATING_WORDS_MAX, Rating};

    #[test]
    fn a_rating_is_a_score_and_perhaps_words() {
        assert_eq!(Rating::check("5", " Děkuji.\r\n"), Ok(Rating { score: 5, words: "Děkuji.".into() }));
        assert_eq!(Rating::check("1", ""), Ok(Rating { score: 1, words: String::new() }));
        let wrong = |field: &str, code| Err(vec![FieldProblem::new(field, code)]);
        assert_eq!(Rating::check("", ""), wrong("score", FieldCode::Missing));
        for nonsense in ["0", "6", "-1", "pět", "4.5"] {
            assert_eq!(Rating::check(nonsense, ""), wrong("score", FieldCode::OutOfRange), "{nonsense}");
        }
        assert_eq!(Rating::check("3", &"ž".repeat(RATING_WORDS_MAX + 1)), wrong("rating_words", FieldCode::TooLong));
    }
}
