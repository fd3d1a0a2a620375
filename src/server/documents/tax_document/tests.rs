//! What is printed is read again by programs that know nothing of how it was made: poppler's, a reader of codes, xmllint.

use chrono::TimeDelta;

use super::*;
use crate::{
    model::fixtures::{date, local, vat},
    server::documents::isdoc,
};

fn party(name: &str, dic: &str) -> Party {
    Party {
        name: name.into(),
        street: "Lipová 184/7".into(),
        city: "Dolany".into(),
        postal_code: "339 01".into(),
        ico: "70874121".into(),
        dic: dic.into(),
    }
}
