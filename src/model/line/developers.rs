//! The interface for programs as people read it: what can be asked, with what, and what is answered or refused.

/// All of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Interface {
    /// What can be asked, in the order of the addresses.
    pub operations: Vec<Operation>,
    /// What may be refused.
    pub refusals: Vec<RefusalInWords>,
}

/// One thing that a program can ask for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Operation {
    /// What clients that are generated call it; by it the catalogue of texts knows it.
    pub id: String,
    /// By which method.
    pub method: String,
    /// At which address.
    pub path: String,
    /// The code of what its token has to be good for.
    pub scope: String,
    /// What it does, in some words.
    pub summary: String,
    /// More of it.
    pub description: String,
    /// What the address and the headers say.
    pub parameters: Vec<DescribedField>,
    /// What is sent.
    pub body: Vec<DescribedField>,
    /// An example of that, as JSON.
    pub example: Option<String>,
    /// The status of the answer when it is done.
    pub status: String,
    /// What is answered then; of a list what one of it holds.
    pub answered: Vec<DescribedField>,
}

/// One field of what is sent or answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DescribedField {
    /// By what the catalogue of texts knows it: with what it is a part of, or what stands for all of the same name.
    pub key: String,
    /// What it is called.
    pub name: String,
    /// Whether it is always there.
    pub is_required: bool,
    /// What it means.
    pub about: String,
}

/// One reason for which a program is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefusalInWords {
    /// The code, which never changes its meaning.
    pub code: String,
    /// The status of the answer.
    pub status: u16,
    /// What it means.
    pub about: String,
}
