//! Patterns of addresses, and what stands in an address that is of one.

/// The values of a pattern's placeholders at an address; none when the address is no such one.
#[must_use]
pub fn values<'a>(pattern: &'static str, path: &'a str) -> Option<Vec<(&'static str, &'a str)>> {
    let mut values = Vec::new();
    let (mut wanted, mut given) = (segments(pattern), segments(path));
    loop {
        match (wanted.next(), given.next()) {
            (None, None) => return Some(values),
            (Some(wanted), Some(given)) => match placeholder(wanted) {
                Some(_) if given.is_empty() => return None,
                Some(name) => values.push((name, given)),
                None if wanted == given => {}
                None => return None,
            },
            _ => return None,
        }
    }
}

/// What stands between the slashes; a slash at the end is none.
pub fn segments(path: &str) -> impl Iterator<Item = &str> {
    let path = path.strip_prefix('/').unwrap_or(path);
    path.strip_suffix('/').unwrap_or(path).split('/')
}

/// The name of a placeholder, if the segment of a pattern is one.
#[must_use]
pub fn placeholder(segment: &str) -> Option<&str> {
    segment.strip_prefix('{')?.strip_suffix('}')
}

#[cfg(test)]
mod tests {
    use super::{
        super::{HOME, NEW_CONTRACT, RECEIPT, REQUEST, REQUESTS, new_contract, receipt},
        values,
    };
    use crate::model::base::{
        ids::CustomerId,
        numbers::{InterventionRef, RequestNumber},
    };

    #[test]
    fn an_address_is_of_its_own_pattern() {
        let number = RequestNumber::new(2026, 42).unwrap();
        let path = receipt(InterventionRef { number, ordinal: 2 });
        assert_eq!(path, "/requests/2026-000042/receipt/2");
        assert_eq!(values(RECEIPT, &path), Some(vec![("number", "2026-000042"), ("ordinal", "2")]));
        assert_eq!(values(REQUEST, &path), None);
        assert_eq!(values(REQUEST, "/requests/"), None);
        assert_eq!(values(REQUESTS, "/requests/"), Some(Vec::new()));
        assert_eq!(values(HOME, "/"), Some(Vec::new()));
        assert_eq!(values(NEW_CONTRACT, &new_contract(CustomerId(3))), Some(vec![("customer", "3")]));
    }
}
