//! Blocks of text from which a technician writes reports: much of what is done is done again and again, and said alike.

use serde::{Deserialize, Serialize};

use crate::model::base::{
    fields::{FieldProblem, keep_line, keep_lines},
    ids::ReportBlockId,
};

/// The most characters of the name by which a block is found.
pub const BLOCK_TITLE_MAX: usize = 60;

/// The most characters of a block.
pub const BLOCK_BODY_MAX: usize = 1_000;

/// How many blocks a technician keeps at most: more are not found by looking.
pub const MOST_BLOCKS: usize = 50;

/// A block of text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportBlock {
    /// The row.
    pub id: ReportBlockId,
    /// By what it is found.
    pub title: String,
    /// What it says, in the customer's words.
    pub body: String,
}

/// What the page of a technician's blocks shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportBlocksPage {
    /// Those that there are, in the order that the technician gave them.
    pub blocks: Vec<ReportBlock>,
    /// The one that was thrown away last: it can be taken back.
    pub deleted: Option<ReportBlock>,
}

/// A block as it is typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BlockForm {
    /// By what it is found.
    pub title: String,
    /// What it says.
    pub body: String,
}

impl BlockForm {
    /// The block as it is kept.
    ///
    /// # Errors
    /// Everything that is wrong, in the order of the form.
    pub fn check(&self) -> Result<Self, Vec<FieldProblem>> {
        match (keep_line(&self.title, 1..=BLOCK_TITLE_MAX), keep_lines(&self.body, 1..=BLOCK_BODY_MAX)) {
            (Ok(title), Ok(body)) => Ok(Self { title, body }),
            (title, body) => {
                let wrong = [("block_title", title.err()), ("block_body", body.err())];
                Err(wrong.into_iter().filter_map(|(field, code)| Some(FieldProblem::new(field, code?))).collect())
            }
        }
    }
}

/// A report with a block at its end, on a line of its own.
#[must_use]
pub fn with_block(report: &str, block: &str) -> String {
    let written = report.trim_end();
    if written.is_empty() { block.to_owned() } else { format!("{written}\n{block}") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::base::fields::FieldCode;

    #[test]
    fn a_block_is_added_on_a_line_of_its_own_and_nothing_typed_is_lost() {
        assert_eq!(with_block("", "Tisk funguje."), "Tisk funguje.");
        assert_eq!(with_block("  \n", "Tisk funguje."), "Tisk funguje.");
        assert_eq!(with_block("Přihlášeno.", "Tisk funguje."), "Přihlášeno.\nTisk funguje.");
        assert_eq!(with_block("  Přihlášeno.\r\n\r\n", "Tisk."), "  Přihlášeno.\nTisk.");
    }

    #[test]
    fn a_block_has_a_name_and_words() {
        let form = |title: &str, body: &str| BlockForm { title: title.to_owned(), body: body.to_owned() }.check();
        assert_eq!(
            form(" Tisk ", "Tisk\r\nfunguje. "),
            Ok(BlockForm { title: "Tisk".into(), body: "Tisk\nfunguje.".into() })
        );
        let long = "ž".repeat(BLOCK_BODY_MAX + 1);
        let wrong = form("", &long).expect_err("nothing is right");
        assert_eq!(
            wrong,
            [FieldProblem::new("block_title", FieldCode::Missing), FieldProblem::new("block_body", FieldCode::TooLong)]
        );
    }
}
